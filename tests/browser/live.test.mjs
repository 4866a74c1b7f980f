// Writing a book under `labbook serve`: the open page follows the files.

import assert from "node:assert/strict";
import { barriers, overflow } from "./barriers.mjs";
import { browserTest, serving } from "./harness.mjs";

const PAGE = "03-one-front-door.html";
const CHAPTER = "chapters/03-one-front-door.md";

/** An author with chapter 3 open: somewhere in its middle, an answer unfolded, and the page marked, so that a reload would show. */
async function author(reader, site) {
  const visitor = await reader(site);
  await visitor.goes(PAGE);
  await visitor.page.locator(".answer summary").first().click();
  await visitor.asks(() => {
    window.sameDocument = true;
    document.getElementById("who-gets-the-next-request").scrollIntoView();
  });
  return visitor;
}

const place = () => ({ same: window.sameDocument, top: document.getElementById("who-gets-the-next-request").getBoundingClientRect().top });

const LAST = "Chapter 4 keeps the answers that were already made.";
const append = (text) => (chapter) => chapter.replace(LAST, `${LAST}\n\n${text}`);

browserTest("a changed chapter changes in the open page, which keeps its place", async ({ reader }) => {
  const site = await serving();
  const visitor = await author(reader, site);
  const before = await visitor.asks(place);
  site.edit(CHAPTER, append("A paragraph about xylophones."));
  await visitor.sees("main p", "A paragraph about xylophones.");
  const after = await visitor.asks(place);
  assert.equal(after.same, true, "the page was loaded anew");
  assert.ok(Math.abs(after.top - before.top) <= 1, `moved from ${before.top} to ${after.top}`);
  await visitor.sees(".answer[open]");
  // And back: nothing of the change is left.
  site.edit(CHAPTER, (chapter) => chapter.replace("A paragraph about xylophones.", ""));
  await visitor.seesNo("main p:text('xylophones')");
});

browserTest("after a change the page still works: copying, questions, search, sections", async ({ reader }) => {
  const site = await serving();
  const visitor = await author(reader, site);
  const copies = visitor.page.locator(".code .copy");
  const before = await copies.count();
  site.edit(CHAPTER, append("## About xylophones\n\nThey are struck.\n\n```text\ncode\n```"));
  await visitor.sees("main h2", "About xylophones");
  await visitor.sees(".sections a", "About xylophones");
  assert.equal(await copies.count(), before + 1);
  const quiz = visitor.page.locator(".prediction").first();
  assert.equal(await quiz.getByRole("button", { name: "Keep my guess" }).count(), 1);
  await quiz.getByLabel("About 1 second").check();
  await quiz.getByRole("button", { name: "Keep my guess" }).click();
  await visitor.sees(".verdict", "You guessed otherwise");
  await visitor.presses("s");
  await visitor.types("xylophones");
  await visitor.sees(".search-heading", "About xylophones");
  await visitor.presses("Enter");
  await visitor.isAt(`${PAGE}#about-xylophones`);
});

browserTest("a broken chapter: file and line over the last good page, until it is mended", async ({ reader }) => {
  const site = await serving();
  const visitor = await author(reader, site);
  let line = 0;
  site.edit(CHAPTER, (chapter) => {
    const broken = append("{{#include nowhere.md}}")(chapter);
    line = broken.slice(0, broken.indexOf("{{#include nowhere")).split("\n").length;
    return broken;
  });
  const overlay = await visitor.sees(".live-problems[role=alert]");
  await visitor.sees(".live-problems li .live-place", `${CHAPTER}:${line}`);
  await visitor.sees(".live-problems li", "nowhere.md");
  assert.equal((await visitor.asks(place)).same, true);
  assert.match(await visitor.page.locator("main").textContent(), /Round robin sends 40 a second to each/);
  // It can be put away to read, and is there again with the next fault.
  await overlay.getByRole("button", { name: "Close" }).click();
  await visitor.seesNo(".live-problems");
  site.edit(CHAPTER, (chapter) => chapter.replace("nowhere.md", "still-nowhere.md"));
  await visitor.sees(".live-problems li", "still-nowhere.md");
  site.edit(CHAPTER, (chapter) => chapter.replace("{{#include still-nowhere.md}}", "Mended with a xylophone."));
  await visitor.seesNo(".live-problems");
  await visitor.sees("main p", "Mended with a xylophone.");
  assert.equal((await visitor.asks(place)).same, true);
});

browserTest("a page opened while the book is broken shows the overlay, too", async ({ reader }) => {
  const site = await serving();
  const first = await author(reader, site);
  site.edit(CHAPTER, append("{{#include nowhere.md}}"));
  await first.sees(".live-problems");
  const second = await reader(site);
  await second.goes("05-closer-to-the-reader.html");
  await second.sees(".live-problems .live-place", CHAPTER);
  await second.sees("main h1", "Closer to the reader");
});

browserTest("the overlay can be read and used in both themes and on a telephone", async ({ reader }) => {
  const site = await serving();
  const visitor = await author(reader, site);
  site.edit(CHAPTER, append("{{#include nowhere.md}}"));
  site.edit("chapters/05-closer-to-the-reader.md", (chapter) => `${chapter}\n{{#include ${"a-rather-long-name-".repeat(8)}.md}}\n`);
  await visitor.sees(".live-problems li", "a-rather-long-name");
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1320, 360]) {
      await visitor.page.emulateMedia({ colorScheme });
      await visitor.page.setViewportSize({ width, height: 740 });
      assert.deepEqual(await barriers(visitor), [], `${colorScheme}, ${width} px`);
      assert.equal(await overflow(visitor), 0);
    }
  }
  await visitor.page.getByRole("button", { name: "Close" }).focus();
  await visitor.presses("Enter");
  await visitor.seesNo(".live-problems");
});

browserTest("a new chapter comes into the list of the open page, a removed one goes", async ({ reader }) => {
  const site = await serving();
  const visitor = await author(reader, site);
  const entry = "- [On xylophones](09-xylophones.md)";
  site.edit("chapters/09-xylophones.md", () => "# On xylophones\n\nThey are struck.\n");
  site.edit("chapters/SUMMARY.md", (summary) => summary.replace("\n[Glossary]", `${entry}\n\n[Glossary]`));
  const link = await visitor.sees(".sidebar .chapters a", "On xylophones");
  assert.equal((await visitor.asks(place)).same, true);
  await link.click();
  await visitor.isAt("09-xylophones.html");
  await visitor.sees("main p", "They are struck.");
  await visitor.goes(PAGE);
  site.edit("chapters/SUMMARY.md", (summary) => summary.replace(entry, ""));
  await visitor.seesNo(".sidebar .chapters a:has-text('On xylophones')");
});

browserTest("an edit of the theme is seen in the open page", async ({ reader }) => {
  const site = await serving();
  const visitor = await reader(site);
  await visitor.goes(PAGE);
  site.edit("theme/tokens.css", (tokens) => tokens.replace("--bg: light-dark(#fbf8f2", "--bg: light-dark(#ffeedd"));
  await visitor.until("the ground has the new colour", () => getComputedStyle(document.documentElement).backgroundColor === "rgb(255, 238, 221)");
});

browserTest("several changes one after the other end with the last", async ({ reader }) => {
  const site = await serving();
  const visitor = await author(reader, site);
  for (const count of [1, 2, 3, 4, 5, 6, 7, 8]) site.edit(CHAPTER, (chapter) => chapter.replace(/(Chapter 4 keeps the|Version) .*/, `Version ${count}.`));
  await visitor.sees("main p", "Version 8.");
});

browserTest("a page that may no longer have the policy is loaded anew without it, and no style is blocked before", async ({ reader }) => {
  const site = await serving("pieces");
  const visitor = await reader(site);
  await visitor.goes("text.html");
  site.edit("src/text.md", (text) => `${text}\n\n<p id="struck" style="color: rgb(1, 2, 3)">Struck.</p>\n`);
  await visitor.until("the style holds", () => {
    const struck = document.getElementById("struck");
    return struck && getComputedStyle(struck).color === "rgb(1, 2, 3)";
  });
});
