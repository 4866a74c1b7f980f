// Everything can be reached and seen by keyboard, and keys that belong to a field stay with it.

import assert from "node:assert/strict";
import { browserTest, published } from "./harness.mjs";

/** More stops than any page has. */
const STOPS_MAX = 400;

/** What has the focus: its name, and why one could overlook it. */
function lookAtFocus() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const { top, bottom, left, right } = element.getBoundingClientRect();
  const faults = [];
  if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) faults.push("no outline");
  if (right - left < 2 || bottom - top < 2) faults.push("no size");
  if (bottom <= 0 || top >= innerHeight || right <= 0 || left >= innerWidth) faults.push("not in the window");
  const name = element.getAttribute("aria-label") || (element.labels?.[0] ?? element).textContent.trim().slice(0, 40);
  const figure = element.closest("figure")?.id ?? "";
  return { faults, name: `<${element.localName} class="${element.className}"> ${name} ${figure}` };
}

async function tabThrough(visitor) {
  const stops = [];
  for (let count = 0; count < STOPS_MAX; count++) {
    await visitor.presses("Tab");
    const stop = await visitor.asks(lookAtFocus);
    if (!stop) return stops;
    stops.push(stop);
  }
  throw new Error("Tab does not come to an end");
}

for (const [which, path, width] of [
  ["ours", "index.html", 1320],
  ["ours", "03-one-front-door.html", 1320],
  ["ours", "03-one-front-door.html", 360],
  ["pieces", "text.html", 800],
  ["pieces", "code.html", 360],
  ["pieces", "questions.html", 1320],
  ["pieces", "lab.html", 360],
  ["figures", "lanes.html", 1320],
  ["figures", "lanes.html", 360],
]) {
  browserTest(`the focus can be seen at every stop: ${path}, ${width} px`, async ({ reader }) => {
    const visitor = await reader(await published(which), { width });
    await visitor.goes(path);
    const stops = await tabThrough(visitor);
    assert.ok(stops.length > 5, `${stops.length} stops`);
    assert.match(stops[0].name, /skip-link/);
    const hidden = stops.filter(({ faults }) => faults.length).map(({ faults, name }) => `${name}: ${faults.join(", ")}`);
    assert.deepEqual(hidden, []);
    const reached = new Set(stops.map(({ name }) => name));
    assert.equal(reached.size > stops.length / 2, true, "the same few stops again and again");
  });
}

browserTest("arrows in a field or a wide block of code stay there", async ({ reader }) => {
  const visitor = await reader(await published("pieces"), { width: 360 });
  await visitor.goes("questions.html");
  await visitor.page.getByLabel("Your answer").focus();
  await visitor.types("ab");
  await visitor.presses("ArrowLeft", "ArrowRight", "/", "s", "?");
  assert.equal(await visitor.page.getByLabel("Your answer").inputValue(), "ab/s?");
  await visitor.page.getByRole("radio").first().focus();
  await visitor.presses("ArrowRight");
  assert.ok(await visitor.page.getByRole("radio").nth(1).isChecked(), "arrows choose among answers");
  await visitor.goes("code.html");
  const block = visitor.page.locator('pre[tabindex="0"]').first();
  await block.focus();
  await visitor.presses("ArrowRight", "ArrowRight", "ArrowRight");
  await visitor.until("the block scrolled", () => document.activeElement.scrollLeft > 0);
  assert.equal(visitor.page.url(), visitor.site.address("code.html"));
  await visitor.asks(() => document.activeElement.blur());
  await visitor.presses("ArrowRight");
  await visitor.isAt("part/long.html");
});

browserTest("arrows with another key are the browser's", async ({ reader }) => {
  const visitor = await reader(await published("pieces"));
  await visitor.goes("part/long.html");
  await visitor.presses("Shift+ArrowRight", "Control+ArrowRight", "Meta+ArrowLeft");
  await visitor.presses("ArrowRight");
  await visitor.isAt("part/short.html");
});

browserTest("folded chapters open by keyboard", async ({ reader }) => {
  const visitor = await reader(await published("pieces"));
  await visitor.goes("text.html");
  const fold = visitor.page.locator(".sidebar .fold").first();
  const inside = visitor.page.locator('.sidebar a[data-path="part/long.html"]');
  const before = await inside.isVisible();
  await fold.focus();
  await visitor.presses("Space");
  assert.equal(await inside.isVisible(), !before);
});

browserTest("in the drawer, the button to close it gives the focus back", async ({ reader }) => {
  const visitor = await reader(await published(), { width: 360 });
  await visitor.goes("05-closer-to-the-reader.html");
  await (await visitor.sees(".menu-button")).focus();
  await visitor.presses("Enter");
  const close = await visitor.sees(".drawer-close");
  await close.focus();
  await visitor.presses("Enter");
  await visitor.seesNo(".sidebar");
  await visitor.focusIsOn(".menu-button");
});

browserTest("a drawer closes when the window grows", async ({ reader }) => {
  const visitor = await reader(await published(), { width: 360 });
  await visitor.goes("05-closer-to-the-reader.html");
  await (await visitor.sees(".menu-button")).click();
  await visitor.sees(".drawer-close");
  await visitor.page.setViewportSize({ width: 1320, height: 900 });
  await visitor.until("it is no drawer", () => !document.querySelector(".sidebar").matches(":popover-open"));
  await visitor.sees(".sidebar");
});
