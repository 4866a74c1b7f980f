// A large book's pages list only the chapters near them. "All chapters" fetches the rest, once, in a script of its own
// (a page opened from a file can load scripts and nothing else), and puts them in place of the short list.
(() => {
  "use strict";
  const { whenContent } = window.labbook;

  /** The whole list, its links seen from this page. */
  function wholeList(root) {
    const list = new DOMParser().parseFromString(window.labbookChapters, "text/html").querySelector(".chapters");
    for (const link of list.querySelectorAll("a[data-path]")) {
      link.setAttribute("href", root + link.dataset.path);
      if (link.dataset.path === document.body.dataset.path) link.setAttribute("aria-current", "page");
    }
    return list;
  }

  function show(link) {
    const root = link.getAttribute("href").replace(/toc\.html$/, "");
    const list = wholeList(root);
    link.closest(".chapters").replaceWith(list);
    const current = list.querySelector("[aria-current]") || list.querySelector("a");
    current.scrollIntoView({ block: "center" });
    current.focus({ preventScroll: true });
    document.dispatchEvent(new Event("labbook:content"));
  }

  function load(event) {
    event.preventDefault();
    const link = event.currentTarget;
    const script = document.createElement("script");
    script.src = link.dataset.chapters;
    script.addEventListener("load", () => show(link));
    script.addEventListener("error", () => location.assign(link.href));
    document.head.append(script);
  }

  whenContent(() => {
    const link = document.querySelector(".more a[data-chapters]");
    if (link) link.onclick = load;
  });
})();
