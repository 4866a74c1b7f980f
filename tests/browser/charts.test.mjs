// Charts: in both themes, on a telephone and on paper; their numbers as a table; and the reader's own last run, which comes
// into the open page when a lab leaves it.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { browserTest, onDisk, published, serving } from "./harness.mjs";

const PAGE = "charts.html";

/** Leaves a file in the book's folder, as a lab does. */
function leaves(site, path, text) {
  const file = join(site.folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const RUN = ".labbook/runs/lab-03.json";

/** A run on the reader's machine: as ours, but two choices took `ms`. */
function ownRun(site, ms) {
  const run = JSON.parse(readFileSync(join(site.folder, "labs/03-balancer/measured.json"), "utf8"));
  run.date = "2026-11-22";
  run.experiments.policies.figures["two-choices"].p99_ms.value = ms;
  run.experiments.policies.claims[0].measured = ms;
  return JSON.stringify(run);
}

/** A page that was not loaded anew still has this. */
const mark = () => (window.sameDocument = true);
const isSame = () => window.sameDocument === true;

const words = (id) => [...document.querySelectorAll(`#${id} svg text`)].map((each) => each.textContent.trim());

browserTest("a reader's own run comes into the open page, changes and goes", async ({ reader }) => {
  const site = await serving("charts");
  const visitor = await reader(site);
  await visitor.goes(PAGE);
  await visitor.asks(mark);
  await visitor.page.locator("#policies summary").click();
  assert.ok(!(await visitor.asks(words, "policies")).includes("yours"));
  leaves(site, RUN, ownRun(site, 61.7));
  await visitor.sees("#policies svg text", "61.7");
  await visitor.sees("#policies .yours", "Yours: your last run 2026-11-22");
  await visitor.sees("#policies td", "61.7");
  await visitor.sees("p > .yours", "(yours: 61.7 ms)");
  await visitor.sees(".claims th", "Yours");
  await visitor.sees(".claims td.yours", "61.7");
  // Again, as after a second run.
  leaves(site, RUN, ownRun(site, 58.3));
  await visitor.sees("#policies svg text", "58.3");
  assert.ok(!(await visitor.asks(words, "policies")).includes("61.7"));
  // A file that is no record is said quietly.
  leaves(site, RUN, "{");
  await visitor.sees("#policies .own-run-broken", "your own last run is not shown");
  await visitor.seesNo(".live-problems");
  rmSync(join(site.folder, RUN));
  await visitor.seesNo(".own-run-broken");
  assert.ok(!(await visitor.asks(words, "policies")).includes("yours"));
  assert.ok(await visitor.asks(isSame), "the page was loaded anew");
});

browserTest("an exercise that the lab has graded is ticked at once, beside what the browser remembers", async ({ reader }) => {
  const site = await serving("charts");
  const visitor = await reader(site);
  await visitor.goes(PAGE);
  const [choices, health] = ["two-choices", "health"].map((name) => visitor.page.locator(`[data-item="lab-03/${name}"]`));
  await health.check();
  leaves(site, ".labbook/progress.toml", '[lab-03]\ntwo-choices = "2026-11-22"\n');
  await visitor.sees(".exercise-solved", "solved 2026-11-22");
  assert.ok(await choices.isChecked());
  assert.ok(await health.isChecked(), "what was ticked by hand stays");
  await visitor.goes(PAGE);
  assert.ok((await choices.isChecked()) && (await health.isChecked()));
});

browserTest("a chart's numbers are a table, which needs no scripts", async ({ reader }) => {
  for (const scripts of [true, false]) {
    const visitor = await reader(scripts ? await published("charts") : onDisk("charts"), { scripts });
    await visitor.goes(PAGE);
    await visitor.page.locator("#load summary").click();
    await visitor.sees("#load caption", "time from arrival to answer, ms");
    await visitor.sees("#load th[scope=col]", "random, measured");
    await visitor.sees("#load th[scope=row]", "95");
    const name = await visitor.page.getByRole("img", { name: /^With one choice the line grows without end/ });
    assert.equal(await name.count(), 1);
  }
});

browserTest("charts are whole and readable at every width, in both themes and on paper", async ({ reader }) => {
  const visitor = await reader(await published("charts"));
  for (const path of [PAGE, "more.html"]) {
    await visitor.goes(path);
    for (const [width, media] of [[1320, "screen"], [800, "screen"], [360, "screen"], [627, "print"]]) {
      await visitor.page.setViewportSize({ width, height: 900 });
      await visitor.page.emulateMedia({ media });
      const wrong = await visitor.asks(() => {
        const faults = [];
        for (const svg of document.querySelectorAll('[data-kind="chart"] svg')) {
          const frame = svg.getBoundingClientRect();
          for (const text of svg.querySelectorAll("text")) {
            const place = text.getBoundingClientRect();
            const isOut = place.left < frame.left - 1 || place.right > frame.right + 1 || place.top < frame.top - 1 || place.bottom > frame.bottom + 1;
            if (isOut) faults.push(`${text.textContent} leaves its picture`);
            if (place.height < 9) faults.push(`${text.textContent} is ${place.height} px high`);
          }
        }
        return faults;
      });
      assert.deepEqual(wrong, [], `${path}, ${width} px, ${media}`);
      assert.equal(await visitor.asks(() => document.documentElement.scrollWidth - innerWidth), 0, `${path}, ${width} px`);
    }
  }
  await visitor.page.emulateMedia({ media: "screen" });
  const fill = () => getComputedStyle(document.querySelector("#measured-only .f-flow")).fill;
  for (const [colorScheme, flow] of [["light", "rgb(11, 107, 125)"], ["dark", "rgb(92, 200, 215)"]]) {
    await visitor.page.emulateMedia({ colorScheme });
    await visitor.goes(PAGE);
    assert.equal(await visitor.asks(fill), flow, colorScheme);
  }
});

browserTest("on a telephone a claim is a block of lines, each with its name", async ({ reader }) => {
  const visitor = await reader(await published("charts"), { width: 360 });
  await visitor.goes(PAGE);
  const claim = visitor.page.locator(".claims tbody tr").nth(1);
  assert.match(await claim.innerText(), /Two choices keep the slowest/);
  const names = await claim.locator("td[data-head]:visible").evaluateAll((cells) => cells.map((cell) => getComputedStyle(cell, "::before").content));
  assert.deepEqual(names, ['"Simulated"', '"Measured"', '"Holds"'], "and none for what nothing stands in");
});
