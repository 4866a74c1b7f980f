// What the reader has finished: a chapter counts once its end has been on screen. Finished chapters get a
// dot in the list and on the first page's cards, and the first page offers to go on where reading stopped.
(() => {
  "use strict";
  const { store, whenContent } = window.labbook;
  const { path, kind } = document.body.dataset;

  const finished = () => store.read("finished") || [];

  function markLink(link) {
    if (link.querySelector(".dot")) return;
    const dot = document.createElement("span");
    dot.className = "dot";
    const words = document.createElement("span");
    words.className = "visually-hidden";
    words.textContent = " (finished)";
    (link.querySelector(".card-title") || link).append(words, dot);
  }

  function showFinished() {
    const done = new Set(finished());
    for (const link of document.querySelectorAll("a[data-path]")) {
      if (done.has(link.dataset.path)) markLink(link);
    }
  }

  function finish() {
    const done = finished();
    if (!done.includes(path)) store.write("finished", [...done, path]);
    showFinished();
  }

  function watchEnd() {
    const foot = document.querySelector(".foot");
    if (!foot || !path || kind !== "article") return;
    store.write("last", path);
    const watcher = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watcher.disconnect();
      finish();
    });
    watcher.observe(foot);
  }

  /** The card to go on with: the last one opened, or after that one is finished the first unfinished. */
  function cardToContinue(cards) {
    const done = new Set(finished());
    const last = cards.find((card) => card.dataset.path === store.read("last"));
    if (last && !done.has(last.dataset.path)) return last;
    return done.size || last ? cards.find((card) => !done.has(card.dataset.path)) : null;
  }

  function offerToContinue() {
    const link = document.querySelector(".start-link");
    const cards = [...document.querySelectorAll(".card[data-path]")];
    const card = link && cardToContinue(cards);
    if (!card) return;
    const title = card.querySelector(".card-title").firstChild.textContent.trim();
    const back = document.querySelector(".bar-continue");
    back.querySelector("strong").textContent = title;
    back.href = link.href = card.href;
    back.hidden = false;
    link.textContent = `Continue with “${title}”`;
    const count = cards.filter((each) => finished().includes(each.dataset.path)).length;
    const note = document.querySelector(".start-done");
    note.textContent = `${count} of ${cards.length} chapters finished`;
    note.hidden = count === 0;
  }

  watchEnd();
  whenContent(showFinished);
  whenContent(offerToContinue);
})();
