// The query side of search, without a browser: node --test tests/browser/
// It runs theme/scripts/search/ on the index that src/search/ wrote: the fixture (a Rust test keeps it current) and, where
// SEARCH_SITES names a folder of built books, on these, with search-questions.json.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { opened } from "./search-engine.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const FIXTURE = join(HERE, "search-fixture");

const book = opened(FIXTURE);
const { engine, index, find } = book;
const joined = (parts) => parts.map(({ text, marked }) => (marked ? `[${text}]` : text)).join("");

test("titles, anchors and ancestors come back", () => {
  const [first] = index.sections;
  assert.deepEqual([first.page.path, first.page.title, first.heading, first.anchor], ["files.html", "Reading files", "Reading files", ""]);
  assert.deepEqual([...first.page.ancestors], ['Part "One"']);
  assert.deepEqual([...index.sections].slice(1, 5).map(({ anchor }) => anchor), ["errors", "", "uninitialised-memory-1", "the-loop"]);
});

test("both sides find the same words in a text", () => {
  index.sections.forEach((section, number) => {
    const { starts, spread, sections } = index.postings;
    const here = new Set();
    spread.forEach((count, id) => {
      if (sections.subarray(starts[id], starts[id] + count).includes(number)) here.add(index.terms[id]);
    });
    const words = new Set(engine.words(book.textOf(section)).map(({ word }) => word));
    assert.deepEqual([...words].sort(), [...here].sort());
  });
});

test("a word's place in the text is where it stands", () => {
  const text = "Don't, MaybeUninit 语言好 x";
  const found = [...engine.words(text)].map(({ word, start, end }) => [word, text.slice(start, end)]);
  assert.deepEqual(found, [["don", "Don"], ["maybe_uninit", "MaybeUninit"], ["语言", "语言"], ["言好", "言好"], ["好", "好"], ["x", "x"]]);
});

test("the best section comes first", () => {
  assert.equal(find("reading a file")[0], "files.html");
  assert.equal(find("file errors")[0], "files.html#errors");
  assert.equal(find("memory that is not initialised")[0], "memory.html#uninitialised-memory-1");
});

test("the last word may be unfinished", () => {
  assert.equal(find("alloc")[0], "memory.html");
  assert.equal(find("uninitialised mem")[0], "memory.html#uninitialised-memory-1");
  assert.deepEqual(find("alloc "), []);
});

test("word forms are found", () => {
  assert.equal(find("allocating ")[0], "memory.html");
  assert.equal(find("loops ")[0], "memory.html#the-loop");
  assert.equal(find("uninitialized memory ")[0], "memory.html#uninitialised-memory-1");
});

test("typing errors are forgiven where nothing else is found", () => {
  assert.equal(find("memroy ")[0], "memory.html");
  assert.equal(find("elemment ")[0], "memory.html#the-loop");
  assert.equal(find("uninitalsied ")[0], "memory.html#uninitialised-memory-1");
  assert.deepEqual(find("lup "), []);
});

test("edits are counted", () => {
  const { edits } = engine;
  assert.deepEqual([edits("loop", "loop", 2), edits("loop", "lopo", 2), edits("loop", "lop", 2), edits("loop", "blooop", 2)], [0, 1, 1, 2]);
  assert.equal(edits("abcdef", "uvwxyz", 2), 3);
  assert.equal(edits("allco", "allocation", 1, true), 1);
});

test("identifiers are found whole and by part, however they are joined", () => {
  for (const query of ["read_to_string", "readtostring ", "read to string", "ReadToString"]) assert.equal(find(query)[0], "files.html", query);
  for (const query of ["MaybeUninit", "maybeuninit", "uninit ", "maybe_un"]) assert.equal(find(query)[0], "memory.html#uninitialised-memory-1", query);
  assert.equal(find("http ")[0], "memory.html#uninitialised-memory-1");
  assert.equal(find("read_to_nowhere")[0], "files.html");
});

test("scripts without gaps are found by any part", () => {
  for (const query of ["内存安全", "存安", "垃圾回收", "圾", "束縛", "안전성", "ไทย"]) assert.equal(find(query)[0], "世界/页.html", query);
  assert.deepEqual(find("収"), []);
});

test("accents may be left out", () => {
  for (const query of ["cafe", "café", "munchen", "creme ", "naive", "ete "]) assert.equal(find(query)[0], "cafe.html", query);
});

test("a word of a heading is found although it is everywhere", () => {
  assert.equal(find("for")[0], "memory.html#the-loop");
});

test("nothing is asked, nothing is answered", () => {
  for (const query of ["", " ", "…", "?!", "()", "_", "'"]) assert.deepEqual(find(query), [], query);
});

test("hostile queries end, and harm nothing", () => {
  const queries = [
    "a".repeat(100_000), "file ".repeat(20_000), ".*+?^${}()|[]\\", "(a+)+$", "\u{1f980}".repeat(5000), "\ud800", "\u0000", "__proto__", "constructor",
    "hasOwnProperty toString valueOf", "<img src=x onerror=alert(1)>", "%00%2f..", "\u202eabc", "e\u0301".repeat(3000), "_".repeat(9999), "A".repeat(64) + "_" + "B".repeat(64),
  ];
  for (const query of queries) {
    const { results, query: words } = engine.search(index, query);
    assert.ok(results.length <= 20 && words.length <= 400);
    for (const { score } of results) assert.ok(Number.isFinite(score));
  }
  assert.deepEqual(find("__proto__ constructor "), []);
});

test("an index without sections answers nothing", () => {
  const empty = { format: 1, language: "en", pages: "", sections: "", lengths: "", words: "", spread: "", gaps: "", counts: "", texts: "" };
  assert.equal(engine.search(engine.readIndex(empty), "anything").results.length, 0);
});

test("a teaser shows the words that were looked for", () => {
  const { query, results } = engine.search(index, "zero allocation");
  const text = book.textOf(index.sections[results[0].section]);
  assert.equal(joined(engine.teaser(index, query, text)), "[Allocators] [allocate]. [Allocation] of [zero] bytes is no [allocation] at all.");
  assert.equal(joined(engine.marked(index, query, "No words")), "No words");
});

test("a long text is cut around the hit, at words", () => {
  const { query } = engine.search(index, "垃圾 zero");
  const text = `${"before ".repeat(100)}zero 垃圾回收 ${"after ".repeat(100)}`;
  const teaser = joined(engine.teaser(index, query, text));
  assert.match(teaser, /^… (before )+\[zero\] \[垃圾\]回收 (after )+…$/);
  assert.ok(teaser.length < 200);
});

const SITES = process.env.SEARCH_SITES;
const questions = JSON.parse(readFileSync(join(HERE, "search-questions.json"), "utf8"));
for (const name of ["nomicon", "edition-guide"]) {
  const folder = SITES && [join(SITES, name, "labbook"), join(SITES, name)].find((each) => existsSync(join(each, "search-index.js")));
  test(`questions about ${name}`, { skip: !folder && "SEARCH_SITES names no folder with this book" }, (t) => {
    const known = opened(folder);
    const asked = questions.filter((each) => each.book === name);
    const times = [];
    const places = asked.map(({ question, answers }) => {
      const start = performance.now();
      const found = known.find(question);
      times.push(performance.now() - start);
      return found.findIndex((address) => answers.includes(address));
    });
    const first = places.filter((place) => place === 0).length;
    const seen = places.filter((place) => place >= 0 && place < 5).length;
    times.sort((a, b) => a - b);
    t.diagnostic(`${name}: first ${first}, among five ${seen}, of ${asked.length}; median ${times[times.length >> 1].toFixed(2)} ms, longest ${times.at(-1).toFixed(2)} ms`);
    // Measured 0.81 and 0.85 first, 0.98 and 0.96 among five; a change that costs some questions must show.
    assert.ok(first >= 0.77 * asked.length, `only ${first} of ${asked.length} first`);
    assert.ok(seen >= 0.93 * asked.length, `only ${seen} of ${asked.length} among five`);
  });
}
