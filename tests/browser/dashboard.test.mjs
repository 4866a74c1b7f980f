// The dashboard of a lab that runs: it follows the lab, and what is poked happens.

import assert from "node:assert/strict";
import { COLOUR_RULES, barriers, overflow } from "./barriers.mjs";
import { browserTest, running } from "./harness.mjs";

const LAB = "lab-03";

/** A learner with the dashboard open, once it is live. */
async function learner(reader, site, options) {
  const visitor = await reader(site, options);
  await visitor.goes();
  if (options?.scripts !== false) await visitor.sees(".board-line", /^live$/);
  return visitor;
}

const stopTwo = (visitor) => visitor.page.getByRole("group", { name: "Stopped servers" }).getByLabel("2");
const picture = () => document.querySelector("#board svg").outerHTML;

browserTest("the picture and the numbers follow the lab", async ({ reader }) => {
  const visitor = await learner(reader, await running(LAB));
  const before = await visitor.asks(picture);
  await visitor.until("the picture moves", (before) => document.querySelector("#board svg").outerHTML !== before, before);
  const sentence = await visitor.page.locator(".figure-sentence").textContent();
  await visitor.until("the sentence follows", (before) => document.querySelector(".figure-sentence").textContent !== before, sentence);
  await visitor.sees(".board-latencies svg");
});

browserTest("a server is stopped by keyboard: picture, log, and another page say so", async ({ reader }) => {
  const site = await running(LAB);
  const visitor = await learner(reader, site);
  const other = await learner(reader, site);
  await stopTwo(visitor).focus();
  await visitor.presses("Space");
  await visitor.sees(".board-log li", "server 2 is out");
  await visitor.sees("#board svg .f-fail", "not answering");
  await other.until("the other page's control follows", () => document.querySelector('[data-control="stop"] input[value="2"]').checked);
  await stopTwo(visitor).uncheck();
  await visitor.sees(".board-log li", "server 2 is back");
});

browserTest("a server with the longest line is marked while it has it, and only then", async ({ reader }) => {
  const visitor = await learner(reader, await running(LAB));
  const isMarked = () => document.querySelector("#board svg .s-hot") !== null;
  const policy = visitor.page.getByRole("group", { name: "Policy" });
  await policy.getByLabel("Round robin").check();
  await visitor.page.getByRole("group", { name: "Slow servers" }).getByLabel("3").check();
  const rate = visitor.page.getByRole("slider", { name: "Requests a second" });
  await rate.fill("200");
  await visitor.until("a slow server that gets as much as the others is marked", isMarked);
  await rate.fill("20");
  await visitor.until("the mark goes with the line", () => document.querySelector("#board svg .s-hot") === null);
});

browserTest("a browser's own requests go through the balancer", async ({ reader }) => {
  const { service } = await running(LAB);
  const visitor = await reader(service);
  const answer = await visitor.goes();
  assert.equal(answer.status(), 200);
  assert.match(answer.headers()["x-server"], /^server-\d$/);
});

browserTest("a lab that has ended is said to have ended, and its last picture stays", async ({ reader }) => {
  const site = await running(LAB);
  const visitor = await learner(reader, site);
  visitor.forgive(/events/, /ERR_CONNECTION_REFUSED/, /ERR_INCOMPLETE_CHUNKED_ENCODING/);
  await site.stop();
  await visitor.sees(".board-line", "the lab does not answer");
  await visitor.sees("#board svg");
});

browserTest("without scripts there is a still picture with its words", async ({ reader }) => {
  const visitor = await learner(reader, await running(LAB), { scripts: false });
  await visitor.sees(".board-line", "a still picture");
  await visitor.sees("#board svg");
  await visitor.sees(".figure-sentence", /\w/);
  await visitor.sees(".board-pokes code", "curl");
});

browserTest("no barriers and nothing too wide, in both themes, wide and narrow", async ({ reader }) => {
  const site = await running(LAB);
  for (const [theme, width, rules] of [
    ["light", 1320],
    ["dark", 800, COLOUR_RULES],
    ["light", 360],
    ["dark", 360, COLOUR_RULES],
  ]) {
    const visitor = await learner(reader, site, { theme, width });
    assert.deepEqual(await barriers(visitor, rules), [], `${theme}, ${width}`);
    assert.equal(await overflow(visitor), 0, `${theme}, ${width}`);
  }
});
