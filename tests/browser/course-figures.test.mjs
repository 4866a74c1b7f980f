// The figures of our own book: the same to the last bit as a native run, quick enough, and what a reader of chapter 3 does with them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Figure, digests, figuresOf } from "./figures.mjs";
import { ROOT, browserTest, onDisk, published } from "./harness.mjs";

const PAGES = ["index.html", "03-one-front-door.html"];

/** `figure seed` to what a native run gives after a minute, with the controls at their defaults. */
const native = new Map(
  readFileSync(join(ROOT, "labs/figures/digests.txt"), "utf8")
    .trim()
    .split("\n")
    .map((line) => [line.slice(0, line.lastIndexOf(" ")), line.slice(line.lastIndexOf(" ") + 1)]),
);

browserTest("a minute of each figure ends in Chromium as natively, for a dozen seeds", async ({ reader }) => {
  const visitor = await reader(await published());
  const seeds = [...new Set([...native.keys()].map((key) => key.split(" ")[1]))];
  assert.equal(seeds.length, 12);
  // A chapter may show one figure twice.
  const compared = new Set();
  for (const page of PAGES) {
    await visitor.goes(page);
    for (const { figure, seed, digest } of await digests(visitor, seeds, 60_000, { set: "", actions: "" })) {
      assert.equal(digest, native.get(`${figure} ${seed}`), `${figure}, seed ${seed}`);
      compared.add(`${figure} ${seed}`);
    }
  }
  assert.equal(compared.size, native.size);
});

browserTest("chapter 3 by keyboard, from files: least connections empties the line that round robin has made", async ({ reader }) => {
  const visitor = await reader(onDisk());
  await visitor.goes(PAGES[1]);
  const figure = new Figure(visitor, "who-gets-the-next");
  const before = await figure.sentence();
  assert.match(before, /^Round robin, 120 requests a second: server 3 is 100 % busy and has \d\d waiting/);
  await figure.choice("Round robin").focus();
  await visitor.presses("ArrowRight");
  await figure.is("least connections", ({ actions }) => actions.endsWith("12s:policy=least-connections"));
  await figure.asks("seek", 60_000);
  assert.match(await figure.sentence(), /^Least connections.* has \d waiting/);
});

browserTest("chapter 3 by mouse: a server that is stopped is out two probes later, and a fork keeps the run that was left", async ({ reader }) => {
  const visitor = await reader(await published());
  await visitor.goes(PAGES[1]);
  const figure = new Figure(visitor, "who-gets-the-next");
  const group = figure.element.locator('[data-control="stop"]');
  await group.locator("label", { hasText: "1" }).click();
  await figure.is("with server 1 stopped", ({ actions }) => actions === "12s:stop=1+4");
  await figure.asks("seek", 16_000);
  assert.match(await figure.asks("picture"), /server-1-note[^>]*>not answering/);
  const left = await figure.asks("digest");
  await figure.asks("seek", 14_000);
  await group.locator("label", { hasText: "2" }).click();
  await figure.is("a fork", ({ actions }) => actions === "12s:stop=1+4,14s:stop=1+2+4");
  await figure.button("Back to the other run").click();
  await figure.asks("seek", 16_000);
  assert.equal(await figure.asks("digest"), left);
});

browserTest("every figure of the course has controls, a sentence and numbers", async ({ reader }) => {
  const visitor = await reader(await published());
  for (const page of PAGES) {
    await visitor.goes(page);
    for (const id of await figuresOf(visitor)) {
      const figure = new Figure(visitor, id);
      assert.match(await figure.sentence(), /\d/, id);
      assert.ok((await figure.element.locator("[data-control]").count()) >= 3, id);
      assert.ok((await figure.element.locator("details td").count()) >= 3, id);
    }
  }
});
