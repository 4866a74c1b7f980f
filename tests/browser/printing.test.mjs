// Paper: the text alone, in light colours, with nothing left folded.

import assert from "node:assert/strict";
import { browserTest, published } from "./harness.mjs";

const INK = "rgb(31, 28, 24)";
const NOT_ON_PAPER = ".sidebar, .bar, .turn, .sections, .sections-folded, .skip-link, .icon-button, .copy, .check, dialog";

/** Whether the text of every folded part takes room on the page. */
const leftFolded = () =>
  [...document.querySelectorAll("main details")].filter((each) => !each.lastElementChild.checkVisibility()).map((each) => each.textContent.slice(0, 60));

for (const path of ["03-one-front-door.html", "print.html"]) {
  for (const theme of ["light", "dark"]) {
    browserTest(`printed, ${path} is light, whole and alone (${theme} on screen)`, async ({ reader }) => {
      const visitor = await reader(await published(), { theme });
      await visitor.goes("index.html");
      // Chosen by the button, too: a reader's own dark theme must not reach the paper.
      if (theme === "dark") await visitor.asks(() => localStorage.setItem("labbook.theme", "dark"));
      await visitor.goes(path);
      await visitor.page.emulateMedia({ media: "print", colorScheme: theme });
      await visitor.seesNo(NOT_ON_PAPER);
      assert.equal(await visitor.asks(() => getComputedStyle(document.querySelector("main h1")).color), INK);
      await visitor.sees("main h1");
      for (const figure of await visitor.page.locator("main .figure svg").all()) assert.ok(await figure.isVisible());
      assert.deepEqual(await visitor.asks(leftFolded), []);
      assert.equal(await visitor.asks(() => document.documentElement.scrollWidth - innerWidth), 0);
    });
  }
}

browserTest("the whole book in one page has every chapter", async ({ reader }) => {
  const visitor = await reader(await published());
  await visitor.goes("print.html");
  for (const title of ["The narrowest part", "One front door", "Tonight, something is out", "Glossary"]) {
    await visitor.sees("main h1", title);
  }
});

browserTest("nothing is wider than the paper, where nothing scrolls", async ({ reader }) => {
  for (const [which, pages] of [["pieces", ["text.html", "code.html", "questions.html", "lab.html"]], ["ours", ["03-one-front-door.html"]]]) {
    const visitor = await reader(await published(which));
    await visitor.page.emulateMedia({ media: "print" });
    for (const path of pages) {
      await visitor.goes(path);
      // A4 between our margins, and less than A5.
      for (const width of [627, 360]) {
        await visitor.page.setViewportSize({ width, height: 900 });
        const cut = await visitor.asks(() => [document.documentElement, ...document.querySelectorAll("main pre")].filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.localName));
        assert.deepEqual(cut, [], `${path}, ${width} px`);
      }
    }
  }
});
