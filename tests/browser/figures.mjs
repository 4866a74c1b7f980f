// What the tests of live figures share: a figure as its reader meets it, and as the page's own scripts know it.

import assert from "node:assert/strict";

/** A figure in the page that `visitor` has open. */
export class Figure {
  constructor(visitor, id) {
    this.visitor = visitor;
    this.id = id;
    this.element = visitor.page.locator(`#${id}`);
  }

  button = (name) => this.element.getByRole("button", { name, exact: true });
  time = () => this.element.locator(".figure-time input");
  sentence = () => this.element.locator(".figure-sentence").textContent();
  /** What a screen reader hears. */
  said = () => this.element.locator("[role=status]").textContent();
  choice = (name) => this.element.getByRole("radio", { name, exact: true });
  box = (name) => this.element.getByRole("checkbox", { name, exact: true });
  /** The words that a finger or a mouse meets in the place of a choice or a box. */
  words = (text) => this.element.locator("label", { hasText: text });

  /** What `labbook.figure(id)` answers: `digest`, `state`, `picture`, or does: `restore`, `seek`, `step`, `set`. */
  asks = (what, ...args) =>
    this.visitor.asks(async ([id, name, given]) => (await window.labbook.figure(id))[name](...given), [this.id, what, args]);

  /** Its time in milliseconds. */
  at = async () => (await this.asks("state")).at;

  /** Waits until its state (seed, set, actions, at) is such that `condition` holds. */
  async is(what, condition) {
    const last = Date.now() + 10_000;
    for (let state = await this.asks("state"); !condition(state); state = await this.asks("state")) {
      assert.ok(Date.now() < last, `waited in vain: ${this.id} is ${what}; it is ${JSON.stringify(state)}`);
      await pictures(this.visitor, 1);
    }
  }

  /** Waits until its time is `ms`; later than that, if `isLater`. */
  reaches = (ms, isLater = false) => this.is(`at ${ms} ms${isLater ? " and later" : ""}`, ({ at }) => (isLater ? at > ms : at === ms));

  /** Waits until it plays, or stands. */
  plays = () => this.button("Pause").waitFor();
  stands = () => this.button("Play").waitFor();

  /** Whether the page's picture is the one that the module has. */
  isTrue = () =>
    this.visitor.asks(async (id) => {
      const picture = (await window.labbook.figure(id)).picture();
      const svg = new DOMParser().parseFromString(picture, "image/svg+xml").documentElement;
      return svg.isEqualNode(document.querySelector(`#${id} .figure-picture svg`));
    }, this.id);

  /** Fails unless nothing moves for some pictures of the page. */
  async isAtRest() {
    const before = await this.at();
    await pictures(this.visitor, 10);
    assert.equal(await this.at(), before, `${this.id} went on`);
  }
}

/** Waits for `count` pictures of the page. */
export const pictures = (visitor, count) =>
  visitor.asks(async (left) => {
    for (; left > 0; left--) await new Promise((drawn) => requestAnimationFrame(drawn));
  }, count);

/** What a hundred pictures of the page cost of script once `begin` has run, in milliseconds: median and 95th percentile. */
export async function spent(visitor, begin) {
  await visitor.asks(() => {
    const request = (window.untimed ??= window.requestAnimationFrame);
    const times = (window.spent = []);
    window.requestAnimationFrame = (act) =>
      request.call(window, (now) => {
        const before = performance.now();
        act(now);
        times.push(performance.now() - before);
      });
  });
  await begin();
  await visitor.until("a hundred pictures were drawn", () => window.spent.length >= 100);
  return visitor.asks(() => {
    window.requestAnimationFrame = window.untimed;
    const sorted = window.spent.sort((a, b) => a - b);
    return [0.5, 0.95].map((part) => Number(sorted[Math.floor(part * sorted.length)].toFixed(2)));
  });
}

/** The ids of the page's live figures. */
export const figuresOf = (visitor) =>
  visitor.asks(() => [...document.querySelectorAll('figure[data-kind="live"]')].map((figure) => figure.id));

/**
 * For each live figure of the open page and each seed, the digest after `ms`: `{ id, figure, set, seed, digest }`. `state` may
 * say `set` and `actions`, where they shall not be the author's.
 */
export const digests = (visitor, seeds, ms = 60_000, state = {}) =>
  visitor.asks(
    async ([wanted, at, given]) => {
      const found = [];
      for (const { id, dataset } of document.querySelectorAll('figure[data-kind="live"]')) {
        const figure = await window.labbook.figure(id);
        for (const seed of wanted.map(String)) {
          figure.restore({ ...given, seed, at });
          found.push({ id, figure: dataset.figure, set: dataset.set, seed, digest: figure.digest() });
        }
      }
      return found;
    },
    [seeds, ms, state],
  );
