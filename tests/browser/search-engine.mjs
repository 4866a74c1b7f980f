// The engine of search without a browser: theme/scripts/search/ with an index that src/search/ wrote.

import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";

const ENGINE = join(dirname(fileURLToPath(import.meta.url)), "../../theme/scripts/search");

/** The engine with the index of `folder` loaded, in a world of its own. */
export function opened(folder) {
  const world = createContext({});
  runInContext("globalThis.window = globalThis", world);
  const run = (path) => runInContext(readFileSync(path, "utf8"), world, { filename: path });
  const parts = readdirSync(ENGINE).filter((name) => name !== "50-view.js").sort();
  for (const name of parts) run(join(ENGINE, name));
  for (const name of readdirSync(folder).filter((name) => /^search-(index|text-).*\.js$/.test(name))) run(join(folder, name));
  const engine = world.labbookSearch;
  const readIndex = () => engine.readIndex(world.labbookSearchIndex);
  const index = readIndex();
  const textOf = (section) => world.labbookSearchTexts[section.text.digest][section.text.at];
  const addressOf = (section) => section.page.path + (section.anchor && `#${section.anchor}`);
  // Arrays of the other world are no Arrays here: spread makes them ours.
  const find = (query) => [...engine.search(index, query).results].map(({ section }) => addressOf(index.sections[section]));
  return { engine, index, textOf, find, readIndex };
}
