// Fills the dialog that page/search.js opened: results while the reader types, texts as they arrive.
(() => {
  "use strict";
  const { readIndex, search, marked, teaser } = labbookSearch;
  const RESULTS_MAX = 20;
  const loading = new Map();

  const make = (tag, className, ...children) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children);
    return element;
  };

  const withMarks = (parts) => parts.map((part) => (part.marked ? make("mark", "", part.text) : part.text));

  /** The texts under a digest: loaded once, as a script beside the index. */
  function texts(folder, digest) {
    if (!loading.has(digest)) {
      loading.set(
        digest,
        new Promise((resolve) => {
          const script = document.createElement("script");
          script.src = `${folder}search-text-${digest}.js`;
          script.addEventListener("load", () => resolve(window.labbookSearchTexts[digest]));
          // Without its text a result still has its heading; the next search tries again.
          script.addEventListener("error", () => resolve(loading.delete(digest) && null));
          document.head.append(script);
        }),
      );
    }
    return loading.get(digest);
  }

  /** One result: a link with the heading, where it stands, and the words around the hit. */
  function item(view, query, { page, heading, anchor, text }) {
    const link = make("a", "search-result");
    link.href = view.root + page.path.split("/").map(encodeURIComponent).join("/") + (anchor && `#${encodeURIComponent(anchor)}`);
    const title = heading || page.title;
    const above = title === page.title ? page.ancestors : [...page.ancestors, page.title];
    link.append(make("span", "search-heading", ...withMarks(marked(view.index, query, title))));
    if (above.length) {
      link.append(" ", make("span", "search-path", ...withMarks(marked(view.index, query, above.join(" › ")))));
    }
    const words = make("span", "search-teaser");
    link.append(" ", words);
    const element = make("li", "", link);
    fill.set(element, async () => {
      const list = await texts(view.folder, text.digest);
      if (list) words.replaceChildren(...withMarks(teaser(view.index, query, list[text.at])));
    });
    return element;
  }

  // Texts are loaded for results that the reader can see, and not between two letters of a word.
  const fill = new WeakMap();
  const TYPING_MS = 100;

  function fillWhenSeen(view) {
    view.observer?.disconnect();
    view.observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (!isIntersecting) continue;
          view.observer.unobserve(target);
          setTimeout(() => target.isConnected && fill.get(target)(), TYPING_MS);
        }
      },
      { root: view.list },
    );
    for (const element of view.list.children) view.observer.observe(element);
  }

  /** What is said of the results: how many, and which words the book does not have. */
  function told(count, query, value) {
    if (!value) return "";
    if (count === 0) return "Nothing found. Try fewer words, another form of the word, or only its beginning.";
    const number = count === 1 ? "1 section" : count < RESULTS_MAX ? `${count} sections` : `The best ${count} sections`;
    const missing = query.filter((each) => each.rarity === undefined).map((each) => `“${each.word.replace(/_/g, "")}”`);
    return missing.length ? `${number}; nothing for ${missing.join(", ")}.` : `${number}.`;
  }

  function show(view) {
    const value = view.input.value.trim();
    if (value === view.shown) return;
    view.shown = value;
    const { query, results } = search(view.index, view.input.value, RESULTS_MAX);
    view.list.replaceChildren(...results.map(({ section }) => item(view, query, view.index.sections[section])));
    view.list.scrollTop = 0;
    fillWhenSeen(view);
    view.status.textContent = told(results.length, query, value);
  }

  /** Arrows go through the results; a letter typed on a result goes on in the field. */
  function move(event, view) {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const stops = [view.input, ...view.list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && at >= 0) {
      event.preventDefault();
      stops[Math.min(stops.length - 1, Math.max(0, at + step))].focus();
    } else if (at > 0 && (event.key === "Backspace" || (event.key.length === 1 && event.key !== " "))) {
      view.input.focus();
    }
  }

  /**
   * Starts searching. `view`: the `dialog`, its `input`, `list` and `status`; `root`: the way to the site's root;
   * `folder`: that of the index. Called again when another index was loaded.
   */
  function start(view) {
    view.index = readIndex(window.labbookSearchIndex);
    view.shown = null;
    view.input.oninput = () => show(view);
    view.dialog.onkeydown = (event) => move(event, view);
    show(view);
  }

  labbookSearch.start = start;
})();
