// The theme: the system's unless the reader chose another, and there before anything is painted.

import assert from "node:assert/strict";
import { DARK, LIGHT, ground } from "./grounds.mjs";
import { browserTest, published } from "./harness.mjs";

/** In every page, before its own scripts: which ground each frame has, from the first one with anything to show. */
function watchFrames() {
  window.grounds = [];
  const look = () => {
    if (document.body) window.grounds.push(getComputedStyle(document.documentElement).backgroundColor);
    if (document.readyState !== "complete") requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  document.addEventListener("DOMContentLoaded", () => (window.themeAtFirst = document.documentElement.dataset.theme));
}

browserTest("a chosen theme is there at the first frame of every page", async ({ reader }) => {
  const visitor = await reader(await published(), { theme: "light" });
  await visitor.page.addInitScript(watchFrames);
  await visitor.goes("01-the-narrowest-part.html");
  await (await visitor.sees(".theme-toggle")).click();
  for (const path of ["02-up-out-and-forgetful.html", "index.html", "print.html", "toc.html"]) {
    await visitor.goes(path);
    assert.equal(await visitor.asks(() => window.themeAtFirst), "dark");
    await visitor.until("a frame was painted", () => document.readyState === "complete" && window.grounds.length > 0);
    assert.deepEqual(await visitor.asks(() => [...new Set(window.grounds)]), [DARK], path);
  }
});

browserTest("without a choice the page follows the system, and its changes", async ({ reader }) => {
  const visitor = await reader(await published(), { theme: "dark" });
  await visitor.goes("03-one-front-door.html");
  assert.equal(await visitor.asks(ground), DARK);
  await visitor.page.emulateMedia({ colorScheme: "light" });
  assert.equal(await visitor.asks(ground), LIGHT);
});

browserTest("the first press of the button always changes something", async ({ reader }) => {
  for (const [theme, after] of [["light", DARK], ["dark", LIGHT]]) {
    const visitor = await reader(await published(), { theme });
    await visitor.goes("03-one-front-door.html");
    await (await visitor.sees(".theme-toggle")).click();
    assert.equal(await visitor.asks(ground), after);
  }
});

browserTest("a choice holds against the system", async ({ reader }) => {
  const visitor = await reader(await published(), { theme: "dark" });
  await visitor.goes("03-one-front-door.html");
  await (await visitor.sees(".theme-toggle")).click();
  await visitor.page.emulateMedia({ colorScheme: "light" });
  await visitor.page.emulateMedia({ colorScheme: "dark" });
  assert.equal(await visitor.asks(ground), LIGHT);
});
