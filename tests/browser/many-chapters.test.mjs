// A book with more chapters than a page lists: the rest comes when it is asked for.

import assert from "node:assert/strict";
import { barriers } from "./barriers.mjs";
import { browserTest, onDisk, published } from "./harness.mjs";

for (const [where, place] of [["on the web", published], ["from files", async (which) => onDisk(which)]]) {
  browserTest(`the whole list of chapters comes when it is asked for, ${where}`, async ({ reader }) => {
    const visitor = await reader(await place("many"));
    await visitor.goes("100.html");
    assert.equal(await visitor.page.locator('.sidebar a[data-path="7.html"]').count(), 0);
    await visitor.page.getByRole("link", { name: "All chapters" }).focus();
    await visitor.presses("Enter");
    await visitor.focusIsOn('.sidebar a[data-path="100.html"][aria-current="page"]');
    assert.deepEqual(await barriers(visitor), []);
    await visitor.page.locator('.sidebar a[data-path="7.html"]').click();
    await visitor.isAt("7.html");
  });
}

browserTest("without scripts, the whole list of chapters is a page", async ({ reader }) => {
  const visitor = await reader(await published("many"), { scripts: false });
  await visitor.goes("100.html");
  await visitor.page.getByRole("link", { name: "All chapters" }).click();
  await visitor.isAt("toc.html");
  await visitor.page.locator('main a[data-path="7.html"]').click();
  await visitor.isAt("7.html");
});
