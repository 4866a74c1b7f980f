// axe finds no barrier on any page in either theme, nor in what opens over a page; and no page is wider than its window.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { COLOUR_RULES, barriers, overflow } from "./barriers.mjs";
import { browserTest, published } from "./harness.mjs";

const THEMES = ["light", "dark"];

/** All pages of a built book. A page that only leads to another one is left at once: `leads` names these. */
function pagesOf(site, leads = []) {
  const files = readdirSync(site.folder, { recursive: true }).filter((name) => name.endsWith(".html"));
  return files.filter((name) => !leads.includes(name)).sort();
}

async function faultsOfPage(reader, path) {
  const faults = [];
  const note = (what, lines) => faults.push(...lines.map((line) => `${path}, ${what}: ${line}`));
  await reader.page.setViewportSize({ width: 1320, height: 900 });
  await reader.goes(path);
  for (const width of [1320, 800, 360]) {
    await reader.page.setViewportSize({ width, height: 900 });
    // Scripts hear of the new width when the next picture of the page is made.
    await reader.asks(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    const tooWide = await overflow(reader);
    if (tooWide > 0) note(`${width} px`, [`${tooWide} px wider than the window`]);
    // At 800 px nothing stands that the other two widths do not have.
    if (width === 800) continue;
    note(`${width} px, light`, await barriers(reader));
    await reader.page.emulateMedia({ colorScheme: "dark" });
    note(`${width} px, dark`, await barriers(reader, COLOUR_RULES));
    await reader.page.emulateMedia({ colorScheme: "light" });
  }
  return faults;
}

for (const [which, leads] of [["ours", []], ["pieces", ["before.html"]], ["figures", []], ["charts", []]]) {
  browserTest(`every page of the book “${which}” is free of barriers in both themes`, async ({ reader }) => {
    const site = await published(which);
    const pages = pagesOf(site, leads);
    assert.ok(pages.includes("index.html") && pages.includes("404.html") && pages.includes("print.html") && pages.includes("toc.html"));
    const visitor = await reader(site);
    const faults = [];
    for (const path of pages) faults.push(...(await faultsOfPage(visitor, path)));
    assert.deepEqual(faults, []);
  });
}

for (const theme of THEMES) {
  browserTest(`search, drawer and help are free of barriers, ${theme}`, async ({ reader }) => {
    const visitor = await reader(await published(), { theme });
    for (const width of [1320, 360]) {
      await visitor.page.setViewportSize({ width, height: 740 });
      await visitor.goes("03-one-front-door.html");
      await visitor.presses("/");
      await visitor.types("round robin");
      await visitor.sees(".search-teaser mark", /round/i);
      await visitor.presses("ArrowDown");
      assert.deepEqual(await barriers(visitor), [], `search, ${width} px`);
      await visitor.presses("Escape");
      await visitor.seesNo(".search");
      await visitor.presses("?");
      await visitor.sees("dialog.help");
      assert.deepEqual(await barriers(visitor), [], `help, ${width} px`);
      assert.equal(await overflow(visitor), 0);
      await visitor.presses("Escape");
      await visitor.seesNo("dialog.help");
    }
    await (await visitor.sees(".menu-button")).click();
    await visitor.sees(".sidebar");
    assert.deepEqual(await barriers(visitor), [], "drawer");
    assert.equal(await overflow(visitor), 0);
  });

  browserTest(`questions that were answered are free of barriers, ${theme}`, async ({ reader }) => {
    const visitor = await reader(await published("pieces"), { theme });
    await visitor.goes("questions.html");
    const wrong = visitor.page.getByRole("radio");
    await wrong.nth(0).check();
    await visitor.page.getByRole("button", { name: "Keep my guess" }).first().click();
    await visitor.page.getByLabel("1 > 2").check();
    await visitor.page.getByRole("button", { name: "Check" }).first().click();
    await visitor.page.getByLabel("Your answer").fill("two");
    await visitor.page.getByRole("button", { name: "Check" }).last().click();
    await visitor.sees(".score", "1 of 2 right.");
    await visitor.page.getByLabel("One thing").check();
    assert.deepEqual(await barriers(visitor), []);
  });
}

browserTest("a page that has moved leads to its new place", async ({ reader }) => {
  const site = await published("pieces");
  for (const scripts of [true, false]) {
    const visitor = await reader(site, { scripts });
    // It has no time for an icon; the browser may ask for the usual one.
    visitor.forgive(/favicon\.ico/);
    await visitor.goes("before.html");
    await visitor.isAt("text.html");
  }
});
