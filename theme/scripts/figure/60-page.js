// All figures of the page: bound when the module has come, again when content was exchanged, and opened by the address.
(() => {
  "use strict";
  const { labbook } = window;
  const { live } = labbook;
  const figures = new Map();
  const isSame = (one, another) => JSON.stringify(one) === JSON.stringify(another);

  /** Binds what is new. What it takes the place of goes on in it, unless the author opens the figure otherwise now. */
  live.bindAll = (isNewModule) => {
    const left = new Map();
    for (const [id, figure] of figures) {
      if (figure.element.isConnected && !isNewModule) continue;
      left.set(id, { author: figure.author, state: figure.state() });
      figure.close();
      figures.delete(id);
    }
    for (const element of document.querySelectorAll('figure[data-kind="live"]:has(.figure-controls)')) {
      if (figures.has(element.id)) continue;
      const author = live.readElement(element);
      const was = left.get(element.id);
      const figure = live.bind(element, author, isSame(was?.author, author) ? was.state : undefined);
      figures.set(element.id, figure);
      if (live.obstacle()) figure.still(live.obstacle());
    }
  };

  /** Opens the state that the address leads to, and brings it on the screen. */
  live.follow = () => {
    const wanted = live.readAddress(location.hash);
    const figure = wanted && figures.get(wanted.id);
    if (!figure) return;
    figure.restore(wanted.state);
    figure.element.scrollIntoView({ block: "start", behavior: "instant" });
    figure.element.focus({ preventScroll: true });
  };

  /** Says in the list of keys what figures answer to. */
  function addKeys(list) {
    const { make } = live;
    for (const [key, meaning] of [["Space", "In a figure: play or pause"], [".", "In a figure: one step"]]) {
      const [term, entry] = [make("dt"), make("div")];
      term.append(make("kbd", { textContent: key }));
      entry.append(term, make("dd", { textContent: meaning }));
      list.lastElementChild.before(entry);
    }
  }

  /**
   * A figure of this page, for scripts and tests: a promise, kept when it runs, of `digest()`, `state()` (seed, set, actions, and
   * `at` in ms), `picture()` (the module's SVG), `restore(state)`, `seek(ms)`, `step(ms)` and `set(control, value)`.
   */
  labbook.figure = (id) => figures.get(id).asked();

  labbook.whenContent(() => live.isHere() && live.bindAll(false));
  addEventListener("hashchange", live.follow);
  addEventListener("load", () => live.isHere() || live.bindAll(false));
  const keys = document.querySelector("dialog.help dl");
  if (keys) addKeys(keys);
})();
