// Live figures, as a reader plays with them: by mouse, by keyboard, by touch, from a server and from files, moving and not.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { barriers, overflow } from "./barriers.mjs";
import { Figure, digests, figuresOf, pictures, spent } from "./figures.mjs";
import { browserTest, onDisk, published, serving } from "./harness.mjs";

const PAGE = "lanes.html";
const PLACES = [["on the web", () => published("figures")], ["from files", async () => onDisk("figures")]];

async function opens(reader, place, options) {
  const visitor = await reader(await place(), options);
  await visitor.goes(PAGE);
  return [visitor, new Figure(visitor, "first"), new Figure(visitor, "second")];
}

const onTheWeb = PLACES[0][1];

/** Leaves some time to play, and pauses. */
async function playsAWhile(figure) {
  const before = await figure.at();
  await figure.button("Play").click();
  await figure.reaches(before + 50, true);
  await figure.button("Pause").click();
  await figure.isAtRest();
}

for (const [where, place] of PLACES) {
  browserTest(`a figure by mouse, ${where}: play, pause, step, stop a lane, another policy, rewind, fork and return`, async ({ reader }) => {
    const [, figure] = await opens(reader, place, { motion: true });
    await playsAWhile(figure);
    const played = await figure.at();
    await figure.button("Step").click();
    await figure.reaches(played + 100);
    assert.match(await figure.said(), /^At 12\.\d s: After 12\.\d s, \d+ requests/);
    await figure.words("lane 2").click();
    await figure.words("Random").click();
    const stoppedAt = `${(played + 100) / 1000}s`;
    assert.equal((await figure.asks("state")).actions, `${stoppedAt}:stop=2,${stoppedAt}:policy=random`);
    await figure.asks("seek", 20_000);
    const first = await figure.asks("digest");
    // Back to before the lane was stopped: its control says so.
    await figure.time().click({ position: { x: 20, y: 5 } });
    assert.ok((await figure.at()) < 12_000);
    assert.ok(!(await figure.box("lane 2").isChecked()));
    assert.ok(await figure.choice("In turn").isChecked());
    await figure.words("lane 3").click();
    await figure.element.getByText("You see run 2, which left run 1 at").waitFor();
    assert.match(await figure.said(), /^Run 2 begins here; run 1 is kept\. At /);
    assert.match((await figure.asks("state")).actions, /^[\d.]+s:stop=3$/);
    await figure.asks("seek", 20_000);
    assert.notEqual(await figure.asks("digest"), first);
    await figure.button("Back to the other run").click();
    await figure.element.getByText("You see run 1.").waitFor();
    assert.equal(await figure.asks("digest"), first, "the run that was left is as it was");
    assert.ok(await figure.box("lane 2").isChecked());
    assert.ok(await figure.isTrue());
    await figure.button("Reset").click();
    await figure.reaches(12_000);
    assert.deepEqual(await figure.asks("state"), { seed: "1", set: "policy=in-turn,rate=60", actions: "", at: 12_000 });
    assert.ok(!(await figure.box("lane 2").isChecked()));
    await figure.button("Back to the other run").waitFor({ state: "hidden" });
  });

  browserTest(`a figure by keyboard, ${where}: play, pause, step, stop a lane, another policy, rewind, fork and return`, async ({ reader }) => {
    const [visitor, figure] = await opens(reader, place, { motion: true });
    await figure.time().focus();
    await visitor.presses("Space");
    await figure.plays();
    await figure.reaches(12_050, true);
    await visitor.presses("Space");
    await figure.stands();
    await figure.isAtRest();
    const played = await figure.at();
    await visitor.presses(".");
    await figure.reaches(played + 100);
    await figure.button("Play").focus();
    await visitor.presses("Space");
    await figure.plays();
    await visitor.presses("Space");
    await figure.stands();
    await figure.box("lane 2").focus();
    await visitor.presses("Space");
    await visitor.until("lane 2 is stopped", async () => /s:stop=2$/.test((await window.labbook.figure("first")).state().actions));
    await figure.choice("In turn").focus();
    await visitor.presses("ArrowRight");
    await visitor.until("the policy is another", async () => /s:policy=random$/.test((await window.labbook.figure("first")).state().actions));
    await figure.time().focus();
    await visitor.presses("Home");
    await figure.reaches(0);
    await visitor.presses("ArrowRight", "ArrowRight");
    await figure.reaches(200);
    await figure.element.getByLabel("Requests a second").focus();
    await visitor.presses("ArrowRight");
    await visitor.sees("#first .figure-fork", "You see run 2, which left run 1 at 0.2 s.");
    assert.equal((await figure.asks("state")).actions, "0.2s:rate=70");
    await figure.button("Back to the other run").focus();
    await visitor.presses("Enter");
    await visitor.sees("#first .figure-fork", "You see run 1.");
    assert.equal(visitor.page.url(), visitor.site.address(PAGE), "arrows stay in the figure");
  });

  browserTest(`a link to a state, ${where}, opens the figure as it was`, async ({ reader }) => {
    const [visitor, figure] = await opens(reader, place);
    await figure.asks("seek", 3000);
    await figure.asks("set", "stop", "2+3");
    await figure.asks("seek", 7250);
    await figure.asks("set", "policy", "random");
    await figure.asks("seek", 12_500);
    const digest = await figure.asks("digest");
    await figure.button("Link to this").click();
    await visitor.until("there is a link", () => location.hash);
    const fragment = "#fig=first&seed=1&set=policy=in-turn,rate=60&actions=3s:stop=2+3,7.25s:policy=random&t=12.5";
    assert.equal(await visitor.asks(() => location.hash), fragment);
    const other = await reader(visitor.site);
    await other.goes(PAGE + fragment);
    const restored = new Figure(other, "first");
    await restored.reaches(12_500);
    assert.equal(await restored.asks("digest"), digest);
    assert.ok(await restored.isTrue());
    assert.ok(await restored.box("lane 3").isChecked());
    assert.match(await restored.sentence(), /^After 12\.5 s/);
    await restored.isAtRest();
    await other.focusIsOn("#first");
    // The same page, another state.
    await other.asks(() => (location.hash = "#fig=third&seed=9&t=4"));
    const third = new Figure(other, "third");
    await third.reaches(4000);
    await other.until("it is on the screen", () => document.querySelector("#third").getBoundingClientRect().top < innerHeight / 2);
    assert.equal((await third.asks("state")).seed, "9");
  });
}

browserTest("the picture that the build wrote is the module's, and stays it through a hundred pictures", async ({ reader }) => {
  const [visitor, figure] = await opens(reader, onTheWeb, { motion: true });
  await visitor.asks(() => (window.built = [...document.querySelectorAll(".figure-picture svg")]));
  for (const id of await figuresOf(visitor)) assert.ok(await new Figure(visitor, id).isTrue(), `${id} before the first step`);
  assert.ok(await visitor.asks(() => window.built.every((svg) => svg.isConnected)), "no picture was put in the place of another");
  await figure.element.locator("[data-do=speed]").selectOption("4");
  await figure.button("Play").click();
  await pictures(visitor, 50);
  await figure.box("lane 1").check({ force: true });
  await pictures(visitor, 50);
  await figure.button("Pause").click();
  assert.ok((await figure.at()) > 12_000);
  assert.ok(await figure.isTrue(), "after a hundred pictures");
  assert.ok(await visitor.asks(() => window.built.every((svg) => svg.isConnected)), "the nodes are the ones of the build");
});

browserTest("nothing plays by itself, and one figure at a time", async ({ reader }) => {
  const [visitor, first, second] = await opens(reader, onTheWeb, { motion: true });
  await pictures(visitor, 20);
  assert.equal(await first.at(), 12_000);
  assert.equal(await second.at(), 5000);
  await first.button("Play").click();
  await first.plays();
  await second.button("Play").click();
  await second.plays();
  await first.stands();
  await first.isAtRest();
});

browserTest("a figure stops off the screen and in a hidden tab, and goes on only by Play", async ({ reader }) => {
  const [visitor, figure] = await opens(reader, onTheWeb, { motion: true });
  await figure.button("Play").click();
  await figure.plays();
  await visitor.asks(() => document.querySelector("#third").scrollIntoView());
  await visitor.until("it stands", () => document.querySelector("#first [data-do=play]").textContent === "Play");
  await visitor.asks(() => document.querySelector("#first").scrollIntoView());
  await pictures(visitor, 10);
  await figure.isAtRest();
  await figure.button("Play").click();
  await figure.plays();
  await visitor.asks(() => {
    Object.defineProperty(document, "hidden", { value: true, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await figure.stands();
  await visitor.asks(() => {
    delete document.hidden;
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await figure.isAtRest();
});

browserTest("with less motion, a playing figure goes by whole steps, twice a second", async ({ reader }) => {
  const [visitor, figure] = await opens(reader, onTheWeb);
  const times = await visitor.asks(async () => {
    const figure = await window.labbook.figure("first");
    document.querySelector("#first [data-do=play]").click();
    const seen = new Set();
    const until = performance.now() + 1800;
    while (performance.now() < until) {
      await new Promise((drawn) => requestAnimationFrame(drawn));
      seen.add(figure.state().at);
    }
    return [...seen];
  });
  await figure.button("Pause").click();
  assert.deepEqual(times.slice(0, 3), [12_000, 12_100, 12_200]);
  assert.ok(times.length <= 5, `${times.length} pictures`);
  // Asked for while it plays.
  await visitor.page.emulateMedia({ reducedMotion: "no-preference" });
  await figure.button("Play").click();
  await visitor.until("it moves between steps", async () => (await window.labbook.figure("first")).state().at % 100 !== 0);
  await visitor.page.emulateMedia({ reducedMotion: "reduce" });
  await figure.button("Pause").click();
});

browserTest("a playing figure is told in words: seen at once, heard only when it stands", async ({ reader }) => {
  const [visitor, figure] = await opens(reader, onTheWeb, { motion: true });
  await figure.element.locator("summary").click();
  await figure.element.locator("[data-do=speed]").selectOption("4");
  await visitor.asks(() => {
    const heard = (window.heard = []);
    const status = document.querySelector("#first [role=status]");
    new MutationObserver(() => heard.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
  });
  const before = await figure.sentence();
  await figure.button("Play").click();
  await visitor.until("the sentence follows", (text) => document.querySelector("#first .figure-sentence").textContent !== text, before);
  await visitor.until("the numbers follow", () => document.querySelector("#first tbody td").textContent !== "240");
  assert.deepEqual(await visitor.asks(() => window.heard), []);
  await figure.button("Pause").click();
  await figure.stands();
  assert.equal((await visitor.asks(() => window.heard)).length, 1);
  const at = await figure.at();
  assert.equal(await figure.element.locator("summary").textContent(), `The numbers at ${at / 1000} s`);
  const counted = (await figure.sentence()).match(/\d+(?= and)/)[0];
  assert.equal(await figure.element.locator("tbody tr:nth-child(2) td").first().textContent(), counted);
  assert.equal(await figure.element.locator(".figure-time output").textContent(), `${(Math.floor(at / 100) / 10).toFixed(1)} s`);
});

browserTest("a new seed is a new run with the same actions; the other one is kept", async ({ reader }) => {
  const [visitor, , figure] = await opens(reader, onTheWeb);
  await figure.asks("set", "rate", "150");
  const before = await figure.asks("digest");
  const seed = figure.element.getByLabel("Seed");
  await seed.fill("12");
  await visitor.presses("Enter");
  await visitor.sees("#second .figure-fork", "You see run 2, with seed 12.");
  assert.equal(visitor.page.url(), visitor.site.address(PAGE), "Enter sends nothing");
  assert.deepEqual(await figure.asks("state"), { seed: "12", set: "policy=random,stop=1", actions: "5s:rate=150", at: 5000 });
  assert.notEqual(await figure.asks("digest"), before);
  await figure.button("Back to the other run").click();
  await visitor.sees("#second .figure-fork", "You see run 1.");
  assert.equal(await figure.asks("digest"), before);
  assert.equal(await seed.inputValue(), "3");
  await seed.fill("-1");
  await visitor.presses("Enter");
  await visitor.until("it is no seed", () => document.querySelector("#second [data-do=seed]").value === "3");
});

browserTest("at the end a figure stands, and Play begins again", async ({ reader }) => {
  const [visitor, figure] = await opens(reader, onTheWeb, { motion: true });
  await figure.asks("seek", 59_990);
  await figure.button("Play").click();
  await figure.reaches(60_000);
  await figure.stands();
  await figure.button("Step").click();
  await figure.reaches(60_000);
  await figure.button("Play").click();
  await figure.plays();
  await visitor.until("it began again", async () => (await window.labbook.figure("first")).state().at < 10_000);
});

browserTest("an address that leads nowhere leaves the figure as its author opened it, and says so", async ({ reader }) => {
  const visitor = await reader(await published("figures"));
  await visitor.goes(`${PAGE}#fig=first&actions=3s:stop=9&t=4`);
  const figure = new Figure(visitor, "first");
  await visitor.until("it says so", () => /is as its author opened it/.test(document.querySelector("#first [role=status]").textContent));
  assert.equal(await figure.at(), 12_000);
  for (const fragment of ["#fig=nowhere&t=4", "#fig=%E0%A4%A", "#fig=second&t=soon&x", "#fig=second&t=-1"]) await visitor.goes(PAGE + fragment);
  const second = new Figure(visitor, "second");
  assert.equal(await second.at(), 5000);
  await visitor.asks(() => (location.hash = "#fig=second&t=99999999999"));
  await second.reaches(60_000);
});

browserTest("by touch on a telephone: targets are a finger high, and nothing is wider than the window", async ({ reader }) => {
  const [visitor, figure] = await opens(reader, onTheWeb, { width: 360, touch: true, motion: true });
  await figure.button("Play").tap();
  await figure.plays();
  await figure.reaches(12_020, true);
  await figure.button("Pause").tap();
  await figure.stands();
  await figure.words("lane 2").tap();
  await figure.words("Random").tap();
  assert.match((await figure.asks("state")).actions, /stop=2,[\d.]+s:policy=random$/);
  await figure.time().tap({ position: { x: 10, y: 10 } });
  await figure.words("lane 3").tap();
  await figure.button("Back to the other run").tap();
  await visitor.sees("#first .figure-fork", "You see run 1.");
  assert.equal(await overflow(visitor), 0);
  const low = await visitor.asks(() =>
    [...document.querySelectorAll("#first .figure-controls :is(button, select, input), #first summary")]
      .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 44)
      .map((each) => `${each.outerHTML}: ${each.getBoundingClientRect().height}`),
  );
  assert.deepEqual(low, []);
});

browserTest("without scripts a figure is its picture, its sentence and its numbers", async ({ reader }) => {
  for (const place of [onTheWeb, PLACES[1][1]]) {
    const visitor = await reader(await place(), { scripts: false });
    await visitor.goes(PAGE);
    await visitor.sees("#first .figure-picture svg");
    await visitor.sees("#first .figure-sentence", "After 12.0 s, 720 requests were counted");
    await visitor.page.locator("#first summary").click();
    await visitor.sees("#first td", "240");
    await visitor.seesNo(".figure-controls");
  }
});

const LACKS = {
  "WebAssembly": () => delete window.WebAssembly,
  "leave to run it": () => (WebAssembly.compile = () => Promise.reject(new WebAssembly.CompileError("against the policy"))),
};
for (const [what, lack] of Object.entries(LACKS)) {
  browserTest(`in a browser without ${what}, the picture stays still and says why`, async ({ reader }) => {
    const visitor = await reader(await published("figures"));
    await visitor.page.addInitScript(lack);
    await visitor.goes(PAGE);
    await visitor.sees("#first .figure-still", "The picture stays still: this browser");
    await visitor.seesNo("#first .figure-controls");
    await visitor.sees("#first .figure-sentence", "After 12.0 s");
    assert.deepEqual(await barriers(visitor), []);
  });
}

browserTest("a figure whose program fails stands still, and the others go on", async ({ reader }) => {
  const [visitor, first, second] = await opens(reader, onTheWeb, { motion: true });
  visitor.forgive(/unreachable/);
  await visitor.asks(async () => {
    // As if the first figure's program came upon what it did not expect.
    const { instance } = window.labbook.live;
    let isFirst = true;
    window.labbook.live.instance = async () => {
      const made = await instance();
      const fails = isFirst;
      isFirst = false;
      const trap = () => {
        throw new WebAssembly.RuntimeError("unreachable");
      };
      return fails ? { ...made, figure_step: trap } : made;
    };
    document.querySelector("#first").replaceWith(document.querySelector("#first").cloneNode(true));
    document.querySelectorAll("#first .figure-controls :is([data-do=link], .figure-address, .figure-fork, [role=status])").forEach((part) => part.remove());
    document.dispatchEvent(new Event("labbook:content"));
  });
  await first.button("Step").click();
  await visitor.sees("#first .figure-still", "the program of this figure has stopped");
  await visitor.seesNo("#first .figure-controls");
  await second.button("Step").click();
  await second.reaches(5100);
});

browserTest("while its author writes, a figure goes on where its reader is", async ({ reader }) => {
  const site = await serving("figures");
  const visitor = await reader(site);
  await visitor.goes(PAGE);
  await visitor.asks(() => (window.sameDocument = true));
  const first = new Figure(visitor, "first");
  const second = new Figure(visitor, "second");
  await second.asks("restore", { seed: "8", actions: "2s:stop=none", at: 9000 });
  const digest = await second.asks("digest");
  // A figure before them takes the number 1.1: the two that follow are exchanged.
  const block = ["```figure", 'id = "new"', 'caption = "A new one."', 'description = "Bars."', 'live = "counter"', "```"].join("\n");
  site.edit("src/lanes.md", (text) => text.replace("Requests come, and are counted.", `Requests come.\n\n${block}`));
  await visitor.sees("#second .figure-number", "Figure 1.3");
  assert.ok(await visitor.asks(() => window.sameDocument));
  assert.equal(await second.asks("digest"), digest);
  assert.equal(await second.element.getByLabel("Seed").inputValue(), "8");
  assert.ok(await second.isTrue());
  assert.equal(await first.at(), 12_000);
  // Opened otherwise by its author, it is as the author opens it.
  site.edit("src/lanes.md", (text) => text.replace('at = "5 s"', 'at = "6 s"'));
  await visitor.sees("#second summary", "The numbers at 6 s");
  assert.deepEqual(await second.asks("state"), { seed: "3", set: "policy=random,stop=1", actions: "", at: 6000 });
  assert.equal(await visitor.page.getByRole("button", { name: "Link to this" }).count(), 4);
});

browserTest("while the code of figures is written, they go on in the new program", async ({ reader }) => {
  const site = await serving("figures");
  const visitor = await reader(site);
  await visitor.goes(PAGE);
  await visitor.asks(() => (window.sameDocument = true));
  const figure = new Figure(visitor, "second");
  await figure.asks("restore", { seed: "8", actions: "2s:stop=none", at: 9000 });
  const digest = await figure.asks("digest");
  site.edit("lanes/src/texts.rs", (code) => code.replace("requests were counted", "calls were counted"));
  // As long as it takes to compile.
  await figure.element.getByText("calls were counted").waitFor({ timeout: 120_000 });
  await figure.reaches(9000);
  await visitor.until("it is the new program that tells it", () => /^After 9.0 s, \d+ calls/.test(document.querySelector("#second .figure-sentence").textContent));
  assert.ok(await visitor.asks(() => window.sameDocument), "the page was loaded anew");
  assert.equal(await figure.asks("digest"), digest);
  assert.ok(await figure.isTrue());
  await figure.button("Step").click();
  await figure.reaches(9100);
  assert.equal(await visitor.page.getByRole("button", { name: "Link to this" }).count(), 3);
});

browserTest("on paper there are the picture, the sentence and the numbers, and nothing to press", async ({ reader }) => {
  const [visitor, figure] = await opens(reader, onTheWeb);
  await figure.asks("seek", 20_000);
  await visitor.page.emulateMedia({ media: "print" });
  await visitor.seesNo(".figure-controls");
  await visitor.sees("#first .figure-picture svg");
  await visitor.sees("#first .figure-sentence", "After 20.0 s");
  await visitor.sees("#first .figure-numbers td", "400");
});

for (const theme of ["light", "dark"]) {
  browserTest(`a figure in use is free of barriers, ${theme}`, async ({ reader }) => {
    const [visitor, figure] = await opens(reader, onTheWeb, { theme, motion: true });
    await figure.asks("set", "stop", "1+3");
    await figure.asks("seek", 3000);
    await figure.asks("set", "policy", "random");
    await figure.element.locator("summary").click();
    await visitor.asks(() => (navigator.clipboard.writeText = () => Promise.reject(new Error("no clipboard"))));
    await figure.button("Link to this").click();
    await visitor.focusIsOn("#first .figure-address");
    assert.match(await figure.element.getByLabel("Address of this state").inputValue(), /lanes\.html#fig=first&seed=1&/);
    for (const width of [1320, 800, 360]) {
      await visitor.page.setViewportSize({ width, height: 900 });
      assert.deepEqual(await barriers(visitor), [], `${width} px`);
      assert.equal(await overflow(visitor), 0, `${width} px`);
    }
    await visitor.page.emulateMedia({ forcedColors: "active", colorScheme: theme });
    await visitor.sees("#first .figure-controls");
    await figure.button("Play").click();
    await figure.plays();
    assert.deepEqual(await barriers(visitor), [], "playing, with the reader's own colours");
  });
}

browserTest("our book's figures are those of the build, and stay the module's own through a hundred pictures", async ({ reader, t }) => {
  const site = await published();
  const visitor = await reader(site, { motion: true });
  const isLive = (path) => readFileSync(join(site.folder, path), "utf8").includes('class="figure-controls"');
  const paths = readdirSync(site.folder, { recursive: true }).filter((name) => name.endsWith(".html") && isLive(name));
  for (const path of paths) {
    await visitor.goes(path);
    await visitor.asks(() => (window.built = [...document.querySelectorAll("figure[data-kind=live] svg")]));
    for (const id of await figuresOf(visitor)) {
      const figure = new Figure(visitor, id);
      await figure.element.scrollIntoViewIfNeeded();
      assert.ok(await figure.isTrue(), `${path}, ${id}: before the first step`);
      assert.ok(await visitor.asks(() => window.built.every((svg) => svg.isConnected)), `${path}, ${id}: the picture was exchanged`);
      const [median] = await spent(visitor, () => figure.button("Play").click());
      await figure.button("Pause").click();
      assert.ok(await figure.isTrue(), `${path}, ${id}: after a hundred pictures`);
      t.diagnostic(`${path}, ${id}: ${median} ms of script a picture (median)`);
    }
  }
});

browserTest("a frame with 200 requests on the way costs less than a millisecond of script", async ({ reader, t }) => {
  const [visitor] = await opens(reader, onTheWeb);
  const times = await visitor.asks(async () => {
    const dots = Array.from({ length: 200 }, (_, dot) => `crowd-${dot}`);
    const circles = dots.map((id) => `<circle id="${id}" r="3" class="f-flow" transform="translate(0 0)"/>`);
    const answers = { figure_svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200">${circles.join("")}</svg>`, figure_nodes: `${dots.join("\n")}\n\nf-flow\nf-wait` };
    const holder = document.createElement("div");
    document.querySelector("main").append(holder);
    holder.scrollIntoView();
    const picture = window.labbook.live.picture(holder);
    picture.show({ ask: (name) => answers[name] }, 0);
    const spent = [];
    for (let frame = 0; frame < 120; frame++) {
      await new Promise((drawn) => requestAnimationFrame(drawn));
      const words = dots.flatMap((_, dot) => [1, dot, (frame * 137 + dot * 311) % 40000, (frame * 71 + dot * 97) % 20000, 2, dot, (frame + dot) % 60 ? 0 : 1]);
      const before = performance.now();
      picture.patch(new Int32Array(words));
      spent.push(performance.now() - before);
    }
    const last = (dot) => `translate(${((119 * 137 + dot * 311) % 40000) / 100} ${((119 * 71 + dot * 97) % 20000) / 100})`;
    const wrong = dots.filter((id, dot) => document.getElementById(id).getAttribute("transform") !== last(dot));
    return { spent: spent.sort((a, b) => a - b), wrong };
  });
  assert.deepEqual(times.wrong, []);
  const [median, p95] = [times.spent[60], times.spent[114]].map((ms) => ms.toFixed(2));
  t.diagnostic(`median ${median} ms, p95 ${p95} ms`);
  assert.ok(median <= 1, `median ${median} ms`);
});

browserTest("a figure's run has the same digest each time, another one by another seed, and is told to scripts", async ({ reader }) => {
  const [visitor] = await opens(reader, onTheWeb);
  const once = await digests(visitor, [1, 2]);
  assert.equal(once.length, 6);
  assert.deepEqual(await digests(visitor, [1, 2]), once);
  assert.notEqual(once[0].digest, once[1].digest);
  assert.match(once[0].digest, /^[0-9a-f]{16}$/);
});

browserTest("the list of keys has those of figures", async ({ reader }) => {
  const [visitor] = await opens(reader, onTheWeb);
  await visitor.presses("?");
  await visitor.sees("dialog.help dd", "In a figure: play or pause");
});
