// What the browser tests share: a copy of our book, built and served, and a reader with a browser who notices everything
// that a page should not do. `browserTest("…", async ({ reader, site }) => …)` is a whole test.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Missing, findAll, launch } from "../../scripts/browser.mjs";
import { serveFolder } from "./static-server.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
export const ROOT = join(HERE, "../..");
/** The crate of the book of live figures. */
const LANES = join(ROOT, "tests/site/live_figures/fixture");
/** What our book is made of: builds leave a cache, so they are given a copy. */
const OUR_BOOK = ["book.toml", "chapters", "labs"];
/** How long a reader waits for anything, in milliseconds: far longer than it takes, for a loaded machine. */
const PATIENCE = 10_000;

/** Tests must not be left out in CI; on other machines they may. */
const MUST_RUN = !["", "0", "false", undefined].includes(process.env.CI);

/** A program of this checkout: the one that a variable of this name (LABBOOK, LAB_03) names, or the last one that was built. */
function findProgram(name) {
  const variable = name.toUpperCase().replace("-", "_");
  const named = process.env[variable];
  const places = named ? [named] : ["release", "debug"].map((kind) => join(ROOT, "target", kind, name));
  const built = places.filter((place) => existsSync(place)).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (!built.length) throw new Missing(`the program ${name} is missing: run cargo build, or name it with ${variable}=/path/to/${name}`);
  return built[0];
}

const findLabbook = () => findProgram("labbook");

function whatIsMissing() {
  try {
    findAll();
    findLabbook();
    return null;
  } catch (error) {
    if (error instanceof Missing) return error.message;
    throw error;
  }
}

const missing = whatIsMissing();
const ending = [];
after(async () => {
  for (const end of ending.reverse()) await end();
});

/** Makes something once for all tests of a file, and ends it after them. */
function once(make) {
  let made = null;
  return () => (made ??= make());
}

const browser = once(async () => {
  const { browser, close } = await launch();
  ending.push(close);
  return browser;
});

function temporaryFolder() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "labbook-test-")));
  ending.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** More chapters than a page lists. */
function addManyChapters(folder) {
  const numbers = Array.from({ length: 210 }, (_, at) => at + 1);
  for (const number of numbers) writeFileSync(join(folder, `src/${number}.md`), `# Number ${number}\n\nOne line.\n`);
  writeFileSync(join(folder, "src/SUMMARY.md"), numbers.map((number) => `- [Number ${number}](${number}.md)\n`).join(""));
}

/**
 * What the program is run with. The figures of our book are compiled where those of the checkout are: cargo has made them there
 * already, and would make them anew for each copy of the book.
 */
const ourSurroundings = once(() => {
  const folder = temporaryFolder();
  const figures = join(ROOT, "labs/figures");
  const lines = ["#!/bin/sh", `case $PWD in */book/labs/figures) cd '${figures}' ;; esac`, 'PATH=${PATH#*:} exec cargo "$@"', ""];
  writeFileSync(join(folder, "cargo"), lines.join("\n"), { mode: 0o755 });
  return { ...process.env, PATH: `${folder}:${process.env.PATH}`, CARGO_TARGET_DIR: join(ROOT, "target") };
});
const surroundings = (which) => (which === "ours" ? ourSurroundings() : process.env);

/** A copy of our book (`ours`), of the one that holds every piece (`pieces`), that one with `many` chapters, or of those with live `figures` and with `charts`. */
function copyBook(which) {
  const folder = join(temporaryFolder(), "book");
  const [from, parts] = {
    ours: [ROOT, OUR_BOOK],
    figures: [join(HERE, "figures"), ["book.toml", "src"]],
    charts: [join(HERE, "charts"), ["book.toml", "labs", "src"]],
  }[which] ?? [join(HERE, "pieces"), ["book.toml", "labs", "src"]];
  for (const part of parts) cpSync(join(from, part), join(folder, part), { recursive: true });
  if (which === "many") addManyChapters(folder);
  if (which === "figures") for (const part of ["Cargo.toml", "Cargo.lock", "src"]) cpSync(join(LANES, part), join(folder, "lanes", part), { recursive: true });
  // All have the theme of this checkout, not the one that was built into the program.
  cpSync(join(ROOT, "theme"), join(folder, "theme"), { recursive: true });
  const settings = readFileSync(join(folder, "book.toml"), "utf8");
  if (!/^theme =/m.test(settings)) writeFileSync(join(folder, "book.toml"), settings.replace("[output.labbook]", '$&\ntheme = "theme"'));
  return folder;
}

function build(which) {
  const folder = copyBook(which);
  const site = join(dirname(folder), "site");
  const { status, stderr } = spawnSync(findLabbook(), ["build", folder, "-d", site], { encoding: "utf8", env: surroundings(which) });
  assert.equal(status, 0, `labbook build: ${stderr}`);
  return site;
}

const built = Object.fromEntries(["ours", "pieces", "many", "figures", "charts"].map((which) => [which, once(() => build(which))]));

/** A place that a reader can visit: `address(path)` of a page, and the `origin` that everything must come from. */
const place = (origin, more) => ({ origin, address: (path = "") => origin + path, ...more });

/** The built book in a folder of the reader's own disk. */
export const onDisk = (which = "ours") => place(pathToFileURL(`${built[which]()}/`).href, { folder: built[which]() });

/** The built book on a plain web server, as a host of static files would publish it. `stop()` cuts it off. */
export async function published(which = "ours") {
  const folder = built[which]();
  const server = await serveFolder(folder);
  ending.push(server.stop);
  return place(server.origin, { folder, stop: server.stop });
}

/** Starts a program that runs until the tests end; gives the addresses it says (as `pattern` finds them), and `stop()`. */
async function start(name, words, { pattern, ...options }) {
  const program = spawn(findProgram(name), words, { stdio: ["ignore", "pipe", "pipe"], ...options });
  const ended = new Promise((resolve) => program.once("exit", resolve));
  const stop = async () => {
    program.kill("SIGINT");
    await ended;
  };
  ending.push(stop);
  const addresses = await new Promise((resolve, reject) => {
    let said = "";
    const read = (text) => {
      said += text;
      const found = pattern.exec(said);
      if (found) resolve(found.slice(1));
    };
    program.stdout.setEncoding("utf8").on("data", read);
    program.stderr.setEncoding("utf8").on("data", read);
    program.once("exit", () => reject(new Error(`${name} ${words.join(" ")} ended: ${said}`)));
  });
  return { addresses, stop };
}

/** A book under `labbook serve`, and its files: `edit(path, change)`. */
export async function serving(which = "ours") {
  const folder = copyBook(which);
  const { addresses } = await start("labbook", ["serve", folder, "-p", "0"], { env: surroundings(which), pattern: / pages? at (http:\S+\/)/ });
  const edit = (path, change) => {
    const file = join(folder, path);
    writeFileSync(file, change(existsSync(file) ? readFileSync(file, "utf8") : ""));
  };
  return place(addresses[0], { folder, edit, remove: (path) => rmSync(join(folder, path)) });
}

/** A lab as a whole, on free ports: its dashboard is the place to visit, its `service` another. `stop()` is Ctrl-C. */
export async function running(lab) {
  const pattern = /service +(http:\S+\/)\s+dashboard +(http:\S+\/)/;
  const { addresses, stop } = await start(lab, ["--port", "0"], { cwd: temporaryFolder(), pattern });
  const [service, dashboard] = addresses.map((address) => place(address));
  return { ...dashboard, service, stop };
}

/** Runs in every page before its own scripts: what the page does wrong is said aloud. */
function listen() {
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
    console.error(`against the page's policy: ${violatedDirective}, ${blockedURI}`);
  });
}

/**
 * A reader with a browser of their own, at a place. `options`: `width` (1320), `height`, `theme` of the system ("light"),
 * `scripts` (true), `motion` (false: the system asks for less), `touch` (false). Whatever goes wrong in a page is kept in
 * `faults`, and fails the test; `forgive` names what is meant to.
 */
async function newReader(site, options = {}) {
  const { width = 1320, height = width <= 480 ? 740 : 900, theme = "light", scripts = true, motion = false, touch = false } = options;
  const context = await (await browser()).newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: motion ? "no-preference" : "reduce",
    javaScriptEnabled: scripts,
    hasTouch: touch,
    isMobile: touch,
  });
  context.setDefaultTimeout(PATIENCE);
  if (scripts) await context.addInitScript(listen);
  const faults = [];
  const note = (text) => faults.push(text);
  context.on("weberror", (error) => note(`error in a script: ${error.error().message}`));
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) note(`console: ${message.text()} (${message.location().url})`);
  });
  context.on("request", (request) => {
    if (!request.url().startsWith(site.origin) && !/^(data|blob):/.test(request.url())) note(`request to elsewhere: ${request.url()}`);
  });
  // A page that is left while it loads aborts what it asked for: no fault of its own.
  context.on("requestfailed", (request) => {
    const why = request.failure()?.errorText;
    if (why !== "net::ERR_ABORTED") note(`request failed: ${request.url()}, ${why}`);
  });
  context.on("response", (response) => response.status() >= 400 && note(`${response.status()}: ${response.url()}`));
  const page = await context.newPage();
  return new Reader({ site, context, page, faults });
}

class Reader {
  constructor(parts) {
    Object.assign(this, parts);
    this.forgiven = [];
  }

  /** Opens a page of the place. */
  goes = (path = "") => this.page.goto(this.site.address(path));

  /** Presses keys, one after the other. */
  async presses(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  types = (text) => this.page.keyboard.type(text);

  /** Waits until the page is this one. */
  async isAt(path) {
    const address = this.site.address(path);
    await this.page.waitForURL((url) => url.href === address, { waitUntil: "load" });
  }

  /** Waits until something that matches `selector` (and holds `text`) can be seen, and gives it. */
  async sees(selector, text) {
    const found = this.page.locator(selector).filter({ visible: true, hasText: text }).first();
    await found.waitFor();
    return found;
  }

  /** Waits until nothing that matches `selector` can be seen. */
  async seesNo(selector) {
    await this.page.locator(selector).filter({ visible: true }).first().waitFor({ state: "hidden" });
  }

  /** Waits until `condition`, run in the page with `argument`, holds. */
  async until(what, condition, argument) {
    try {
      return await this.page.waitForFunction(condition, argument, { timeout: PATIENCE });
    } catch (error) {
      throw new Error(`waited in vain at ${this.page.url()}: ${what} (${error.message.split("\n")[0]})`);
    }
  }

  /** Waits until what has the focus matches `selector`. */
  focusIsOn = (selector) => this.until(`the focus is on ${selector}`, (each) => document.activeElement?.matches(each), selector);

  /** Runs `look` in the page. */
  asks = (look, argument) => this.page.evaluate(look, argument);

  /** Says which faults this test means to cause. */
  forgive = (...patterns) => this.forgiven.push(...patterns);

  /** Leaves, and fails if anything went wrong that was not forgiven. */
  async leaves() {
    await this.context.close();
    const wrong = this.faults.filter((fault) => !this.forgiven.some((pattern) => pattern.test(fault)));
    assert.deepEqual(wrong, [], "what went wrong in the pages");
  }
}

/**
 * A test with a browser. `run` is given `reader(site, options)`, which makes readers; they leave when it ends. Where
 * something is missing the test is skipped and says what; in CI (`CI=true`) that fails.
 */
export function browserTest(name, run) {
  if (missing && !MUST_RUN) return test(name, { skip: missing });
  return test(name, async (t) => {
    if (missing) throw new Error(missing);
    const readers = [];
    const reader = async (site, options) => {
      readers.push(await newReader(site, options));
      return readers.at(-1);
    };
    try {
      await run({ reader, t });
    } catch (error) {
      if (error instanceof Missing && !MUST_RUN) return t.skip(error.message);
      // What the page complained about often says why the test failed.
      const complaints = readers.flatMap((each) => each.faults);
      if (complaints.length) error.message += `\nin the pages: ${complaints.join("; ")}`;
      for (const each of readers) await each.context.close();
      throw error;
    }
    for (const each of readers) await each.leaves();
  });
}
