// Measures search on built books: node tests/browser/measure-search.mjs SITE…
// It asks the book's questions of search-questions.json (or, where there are none, its headings) as a reader types them,
// letter by letter, and prints how long a query takes and how large the index is. A target, not a test: machines differ.

import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { opened } from "./search-engine.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
/** How often everything is asked, after a first time that is not counted. */
const ROUNDS = 5;
/** What a query may take, in milliseconds. */
const QUERY_MAX = 20;
/** What an index may weigh: 130 KB, compressed, for 170,000 words. */
const BYTES_A_WORD_MAX = (130 * 1024) / 170_000;

const time = (run) => {
  const start = performance.now();
  run();
  return performance.now() - start;
};
const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
/** The value that a share of the sorted numbers does not exceed. */
const quantile = (numbers, share) => numbers[Math.min(numbers.length - 1, Math.floor(share * numbers.length))];

function queriesOf(site, book) {
  const asked = JSON.parse(readFileSync(join(HERE, "search-questions.json"), "utf8")).filter((each) => each.book === basename(site));
  if (asked.length) return asked.map(({ question }) => question);
  return [...book.index.sections].map(({ heading, page }) => heading || page.title);
}

function measure(site) {
  const folder = [join(site, "labbook"), site].find((each) => existsSync(join(each, "search-index.js")));
  if (!folder) throw new Error(`${site} holds no search-index.js: is it a built book?`);
  const book = opened(folder);
  const queries = queriesOf(site, book);
  const typed = queries.flatMap((query) => Array.from(query, (_, at) => query.slice(0, at + 1)));
  for (const query of typed) book.find(query);
  const times = sorted(Array.from({ length: ROUNDS }, () => typed.map((query) => time(() => book.find(query)))).flat());
  const reading = sorted(Array.from({ length: ROUNDS }, () => time(book.readIndex)));
  const words = [...book.index.sections].reduce((sum, section) => sum + book.textOf(section).split(/\s+/).filter(Boolean).length, 0);
  const bytes = gzipSync(readFileSync(join(folder, "search-index.js")), { level: 9 }).length;
  const p99 = quantile(times, 0.99);
  const aWord = bytes / words;
  console.log(
    `${basename(site)}: ${typed.length} queries (${queries.length} typed letter by letter): median ${quantile(times, 0.5).toFixed(2)} ms, ` +
      `p99 ${p99.toFixed(2)} ms, longest ${times.at(-1).toFixed(2)} ms${p99 > QUERY_MAX ? `: MORE THAN ${QUERY_MAX} ms` : ""}`,
  );
  console.log(
    `  index: ${bytes} bytes gzipped for ${words} words, ${aWord.toFixed(2)} a word (130 KB for 170,000 would be ${BYTES_A_WORD_MAX.toFixed(2)}), ` +
      `read in ${quantile(reading, 0.5).toFixed(1)} ms`,
  );
}

const sites = process.argv.slice(2);
if (!sites.length) {
  console.error("measure-search: name the folder of a built book, or several");
  process.exitCode = 1;
}
for (const site of sites) measure(site);
