// The list of this page's sections follows the scroll: the one being read is marked.
(() => {
  "use strict";
  const { whenContent } = window.labbook;
  let entries = [];
  let waiting = false;

  function collect() {
    const links = document.querySelectorAll(".sections .section-list a");
    entries = [...links]
      .map((link) => ({ link, heading: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
      .filter((entry) => entry.heading);
    mark();
  }

  /** The last section whose heading has come into the upper third; at the very end, the last of all. */
  function current() {
    const line = innerHeight / 3;
    const atEnd = scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    if (atEnd) return entries.at(-1);
    return entries.filter((entry) => entry.heading.getBoundingClientRect().top <= line).at(-1) || entries[0];
  }

  function mark() {
    waiting = false;
    const now = current();
    for (const { link } of entries) {
      if (link === now?.link) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
    keepInView(now?.link);
  }

  // Only the list itself may move: scrollIntoView would move the page as well.
  function keepInView(link) {
    const list = link?.closest("nav");
    if (!list || list.scrollHeight <= list.clientHeight) return;
    const { top, bottom } = link.getBoundingClientRect();
    const frame = list.getBoundingClientRect();
    if (top < frame.top || bottom > frame.bottom) list.scrollTop += top - frame.top - frame.height / 2;
  }

  whenContent(collect);
  addEventListener(
    "scroll",
    () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(mark);
    },
    { passive: true },
  );
})();
