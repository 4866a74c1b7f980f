// Blocks of code: what the button copies, and lines that unfold.

import assert from "node:assert/strict";
import { browserTest, onDisk, published } from "./harness.mjs";

/** What is on the clipboard after the button of the block in this language was pressed. */
async function copied(visitor, language) {
  const block = visitor.page.locator(`.code[data-language="${language}"]`).first();
  await block.getByRole("button", { name: "Copy", exact: true }).press("Enter");
  await block.getByRole("button", { name: "Copied" }).waitFor();
  return visitor.asks(() => navigator.clipboard.readText());
}

for (const [where, place] of [["on the web", published], ["from files", async (which) => onDisk(which)]]) {
  browserTest(`what is copied is what one wants to paste, ${where}`, async ({ reader }) => {
    const visitor = await reader(await place("pieces"));
    await visitor.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await visitor.goes("code.html");
    // Of a session only what was typed, of Rust only the lines that show.
    const command = await copied(visitor, "console");
    assert.match(command, /^cargo run --release -- .* --telephone$/);
    const code = await copied(visitor, "rust");
    assert.match(code, /fn main\(\)/);
    assert.doesNotMatch(code, /hidden = 1/);
    assert.ok(await visitor.asks(() => document.activeElement.matches(".copy")), "the focus stays on the button");
  });
}

browserTest("hidden lines unfold, with and without scripts", async ({ reader }) => {
  for (const scripts of [true, false]) {
    const visitor = await reader(await published("pieces"), { scripts });
    await visitor.goes("code.html");
    const line = visitor.page.locator(".boring", { hasText: "hidden = 1" });
    assert.ok(!(await line.isVisible()));
    await visitor.page.locator(".unfold").first().check();
    assert.ok(await line.isVisible());
  }
});

browserTest("code that grows wider than its block, as by a font that comes late, can be scrolled by keyboard", async ({ reader }) => {
  const visitor = await reader(await published("pieces"));
  await visitor.goes("code.html");
  const fits = await visitor.asks(() => {
    const block = [...document.querySelectorAll("pre")].find((each) => each.scrollWidth <= each.clientWidth);
    block.id = "grows";
    block.firstElementChild.style.width = "3000px";
    return Boolean(block);
  });
  assert.ok(fits, "the page has a block that fits");
  await visitor.until("the wide block is in the tab order", () => document.getElementById("grows").tabIndex === 0);
});
