// Reading with JavaScript off: everything that teaches is there, and nothing is shown that would not work.

import assert from "node:assert/strict";
import { DARK, ground } from "./grounds.mjs";
import { browserTest, onDisk, published } from "./harness.mjs";

/** Buttons that can be seen but have nothing to do: without scripts only a popover's button works. */
const deadButtons = () =>
  [...document.querySelectorAll("button, [role='button'], input[type='button']")]
    .filter((each) => each.checkVisibility() && !each.hasAttribute("popovertarget"))
    .map((each) => each.outerHTML);

for (const [where, place] of [["on the web", published], ["from files", async () => onDisk()]]) {
  browserTest(`without scripts, ${where}: the book can be read from its first page to its last`, async ({ reader }) => {
    const visitor = await reader(await place(), { scripts: false });
    await visitor.goes("index.html");
    await visitor.page.getByRole("link", { name: /^Start with/ }).click();
    await visitor.isAt("01-the-narrowest-part.html");
    for (;;) {
      await visitor.sees("main h1");
      for (const figure of await visitor.page.locator("main .figure svg").all()) assert.ok(await figure.isVisible());
      assert.deepEqual(await visitor.asks(deadButtons), [], visitor.page.url());
      const next = visitor.page.locator(".turn .next");
      if (!(await next.count())) break;
      await next.click();
      await visitor.page.waitForLoadState();
    }
    await visitor.isAt("glossary.html");
    await visitor.page.locator(".turn .previous").click();
    await visitor.isAt("08-tonight-something-is-out.html");
    await visitor.page.getByRole("navigation", { name: "Chapters" }).getByRole("link", { name: "One front door" }).click();
    await visitor.isAt("03-one-front-door.html");
  });
}

browserTest("without scripts, answers unfold", async ({ reader }) => {
  const visitor = await reader(await published(), { scripts: false });
  await visitor.goes("03-one-front-door.html");
  await visitor.seesNo(".answer p");
  await visitor.page.locator(".answer summary").first().click();
  await visitor.sees(".answer p", "The third server gets");
});

browserTest("without scripts, the theme is the system's", async ({ reader }) => {
  const visitor = await reader(await published(), { scripts: false, theme: "dark" });
  await visitor.goes("03-one-front-door.html");
  assert.equal(await visitor.asks(ground), DARK);
});

browserTest("without scripts, the drawer opens on a telephone", async ({ reader }) => {
  const visitor = await reader(await published(), { scripts: false, width: 360 });
  await visitor.goes("03-one-front-door.html");
  await visitor.seesNo(".sidebar");
  await (await visitor.sees(".menu-button")).click();
  await visitor.sees(".sidebar");
  assert.deepEqual(await visitor.asks(deadButtons), []);
  await visitor.page.getByRole("link", { name: "Answers already made" }).first().click();
  await visitor.isAt("04-answers-already-made.html");
});

browserTest("without scripts, no page of any kind shows a dead button", async ({ reader }) => {
  for (const which of ["ours", "pieces"]) {
    const visitor = await reader(await published(which), { scripts: false });
    const pages = which === "ours" ? ["index.html", "print.html", "toc.html", "404.html"] : ["text.html", "code.html", "questions.html", "lab.html"];
    for (const path of pages) {
      await visitor.goes(path);
      await visitor.sees("main");
      assert.deepEqual(await visitor.asks(deadButtons), [], path);
    }
  }
});
