// Keeps an open page the same as the book on disk, while `labbook serve` runs. It stands before all other scripts, so that
// it sees the page as it was sent: what they add to unchanged parts stays when only the changed ones are exchanged.
(() => {
  "use strict";
  if (!window.EventSource) return;

  // What shows the book beside the text: each is exchanged whole, when it has changed.
  const REGIONS = [
    ".brand-name", ".bar-title", ".sidebar .chapters", ".kicker", ".sections-folded", ".sections", ".course", ".turn", ".origin",
  ];
  const HEAD = 'title, link[rel~="icon"], meta[name="description"]';
  const HEADINGS = "main :is(h1, h2, h3, h4, h5, h6)[id]";
  // The program of live figures is a script that may come again: the page's own scripts let figures go on in it.
  const PROGRAM = 'script[src*="labbook/figures-"]';
  const PLACE = "labbook.live.place";
  const script = document.currentScript.src;
  const main = document.querySelector("main");
  let since = script.slice(script.indexOf("?") + 1);
  let source = null;

  const make = (tag, className, ...children) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children);
    return element;
  };
  const written = (node) => node.outerHTML ?? node.textContent;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const listOf = (nodes) => nodes.map((node) => ({ node, written: written(node) }));

  // As they were sent.
  let parts = listOf(main ? [...main.childNodes] : []);
  const regions = new Map(REGIONS.map((selector) => [selector, all(selector).map(written).join("\n")]));
  const scripts = scriptsOf(document);
  const bodyClass = document.body.className;
  const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content;

  function scriptsOf(page) {
    const sources = all(`script[src]:not(${PROGRAM})`, page).map((each) => each.getAttribute("src"));
    return sources.filter((each) => !each.includes("/live.js?")).join("\n");
  }

  // ---- The reader's place: what is on the screen stays where it is.

  /** Of these nodes, the first on the screen, or the last above it, and how far it is from the upper edge. */
  function placeOf(nodes) {
    const elements = nodes.filter((node) => node.getBoundingClientRect);
    const tops = elements.map((node) => ({ node, top: node.getBoundingClientRect().top }));
    return tops.find(({ top }) => top >= 0 && top < innerHeight) || tops.filter(({ top }) => top < 0).at(-1);
  }

  function comeBack({ node, top }) {
    // At the top of a page the top is where one wants to stay.
    if (scrollY > 0) scrollBy({ top: node.getBoundingClientRect().top - top, behavior: "instant" });
  }

  // ---- What the reader has opened, chosen or written in a part that is exchanged.

  const nameOf = (details) => details.id || details.querySelector("summary")?.textContent || "";
  const fieldsOf = (root) => all("input, select, textarea", root);
  const fieldName = (field) => [field.name, field.type, field.dataset.item ?? (field.type === "text" ? "" : field.value)].join(" ");

  function stateOf(roots) {
    const elements = roots.filter((root) => root.querySelectorAll);
    const within = (selector) => elements.flatMap((root) => [...(root.matches(selector) ? [root] : []), ...all(selector, root)]);
    return {
      details: within("details").map((each) => [nameOf(each), each.open]),
      fields: elements.flatMap(fieldsOf).map((each) => [fieldName(each), each.checked, each.value, each === document.activeElement]),
    };
  }

  function restore(roots, before) {
    // Names may repeat: the first of a name gets the state of the first.
    const taken = (list, name) => list.splice(list.findIndex((each) => each[0] === name) >>> 0, 1)[0];
    for (const root of roots.filter((each) => each.querySelectorAll)) {
      for (const each of [...(root.matches("details") ? [root] : []), ...all("details", root)]) {
        const was = taken(before.details, nameOf(each));
        if (was) each.open = was[1];
      }
      for (const each of fieldsOf(root)) {
        const was = taken(before.fields, fieldName(each));
        if (!was) continue;
        // A live figure goes on by itself, and its fields say how it stands.
        if (!each.closest('[data-kind="live"]')) {
          if (each.dataset.done === undefined) each.checked = was[1];
          if (each.type === "text" || !each.type) each.value = was[2];
          each.dispatchEvent(new Event("input", { bubbles: true }));
        }
        if (was[3]) each.focus({ preventScroll: true });
      }
    }
  }

  // ---- Exchanging.

  /** Exchanges those parts of the text that have changed; true if any has. `isMade`: the site is made of it, too. */
  function exchangeText(html, isMade) {
    if (!main) return false;
    const holder = document.createElement("template");
    holder.innerHTML = html.trim();
    const next = listOf([...holder.content.childNodes]);
    while (parts.length && isBlank(parts[0])) parts.shift().node.remove();
    while (parts.length && isBlank(parts.at(-1))) parts.pop().node.remove();
    let start = 0;
    while (start < parts.length && start < next.length && same(parts[start], next[start])) start++;
    let end = 0;
    while (end < Math.min(parts.length, next.length) - start && same(parts.at(-1 - end), next.at(-1 - end))) end++;
    const old = parts.slice(start, parts.length - end);
    const fresh = next.slice(start, next.length - end);
    if (!old.length && !fresh.length) return false;
    // A script of the author's runs only in a page that is loaded, which can be done once the site is made.
    if ([...old, ...fresh].some((each) => each.written.includes("<script"))) return isMade && reload();
    const after = end ? parts.at(-end).node : null;
    const place = placeOf(parts.filter((part) => !old.includes(part)).map((part) => part.node));
    const state = stateOf(old.map((each) => each.node));
    old.forEach((each) => each.node.remove());
    const nodes = fresh.map((each) => document.importNode(each.node, true));
    nodes.forEach((node) => main.insertBefore(node, after));
    const made = fresh.map((each, index) => ({ node: nodes[index], written: each.written }));
    parts = [...parts.slice(0, start), ...made, ...(end ? parts.slice(-end) : [])];
    contentChanged();
    restore(nodes, state);
    if (place) comeBack(place);
    return true;
  }

  const isBlank = (part) => part.node.nodeType === Node.TEXT_NODE && !part.written.trim();

  /** A script may have put another node in the place of one that was sent: then it is not looked at any more. */
  const same = (old, fresh) => old.written === fresh.written && old.node.parentNode === main;

  function exchangeRegions(page) {
    let changed = false;
    for (const selector of REGIONS) {
      const fresh = all(selector, page);
      const now = fresh.map(written).join("\n");
      if (regions.get(selector) === now) continue;
      regions.set(selector, now);
      changed = true;
      const old = all(selector);
      fresh.forEach((each, index) => {
        const copy = document.importNode(each, true);
        if (!old[index]) return insert(copy, each);
        const state = stateOf([old[index]]);
        const folds = new Set(all(".fold", old[index]).filter((fold) => fold.checked).map(foldName));
        old[index].replaceWith(copy);
        restore([copy], { details: state.details, fields: [] });
        if (old[index].querySelector(".fold")) all(".fold", copy).forEach((fold) => (fold.checked ||= folds.has(foldName(fold))));
      });
      old.slice(fresh.length).forEach((each) => each.remove());
    }
    return changed;
  }

  const foldName = (fold) => fold.parentElement.querySelector("a, span")?.textContent;

  /** Puts a region that was not there before beside what it stands beside in the new page. */
  function insert(copy, fresh) {
    const next = fresh.nextElementSibling;
    const before = next && (next.id ? document.getElementById(next.id) : document.querySelector(`.${next.className.split(" ")[0]}`));
    if (before) before.before(copy);
    else document.querySelector(`.${fresh.parentElement.className.split(" ")[0]}`)?.append(copy);
  }

  function exchangeHead(page) {
    for (const fresh of all(HEAD, page.head)) {
      const name = fresh.localName + (fresh.rel || fresh.name || "");
      const old = all(HEAD, document.head).find((each) => each.localName + (each.rel || each.name || "") === name);
      if (old && written(old) !== written(fresh)) old.replaceWith(document.importNode(fresh, true));
    }
    const old = all('link[rel="stylesheet"]', document.head);
    const fresh = all('link[rel="stylesheet"]', page.head).map((each) => each.getAttribute("href"));
    fresh.forEach((href, index) => {
      if (old[index]?.getAttribute("href").replace(/\?.*/, "") !== href) exchangeStyle(old[index], href);
    });
    old.slice(fresh.length).forEach((link) => link.remove());
  }

  function exchangeProgram(page) {
    const [old, fresh] = [document, page].map((each) => each.querySelector(PROGRAM));
    if (!old || !fresh || old.getAttribute("src") === fresh.getAttribute("src")) return;
    const script = make("script");
    script.src = fresh.getAttribute("src");
    old.replaceWith(script);
  }

  /** Puts a style sheet in the place of another, which stays until this one has come: without any, the page would jump. */
  function exchangeStyle(old, href) {
    const link = make("link");
    link.rel = "stylesheet";
    link.href = href;
    link.onload = link.onerror = () => old?.remove();
    if (old) old.after(link);
    else document.head.append(link);
  }

  /** Files of the author's that are shown in this page. */
  function exchangeFiles({ paths, revision }) {
    const changed = new Set(paths.map((path) => `/${path}`));
    const isChanged = (address) => {
      const url = new URL(address, location.href);
      return url.origin === location.origin && changed.has(decodeURIComponent(url.pathname));
    };
    const anew = (address) => `${address.replace(/[?#].*/, "")}?${revision}`;
    if (all("script[src]").some((each) => isChanged(each.src))) return reload();
    for (const link of all('link[rel="stylesheet"]')) {
      if (isChanged(link.href)) exchangeStyle(link, anew(link.getAttribute("href")));
    }
    for (const each of all("img[src], source[src], video[src], audio[src]")) {
      if (isChanged(each.src)) each.setAttribute("src", anew(each.getAttribute("src")));
    }
  }

  function contentChanged() {
    document.dispatchEvent(new Event("labbook:content"));
  }

  // ---- Loading anew, when that is the only way: the place and what was opened are kept.

  function reload() {
    const open = all("main details").map((each) => [nameOf(each), each.open]);
    const place = placeOf(all(HEADINGS));
    try {
      const kept = { page: location.pathname, id: place?.node.id, top: place?.top, scroll: scrollY, open };
      sessionStorage.setItem(PLACE, JSON.stringify(kept));
    } catch {
      // Without storage the page begins at its top, which is a small loss.
    }
    source?.close();
    location.reload();
  }

  function comeBackAfterReload() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(PLACE));
      sessionStorage.removeItem(PLACE);
      if (kept?.page !== location.pathname) return;
      restore([main], { details: kept.open, fields: [] });
      scrollTo({ top: kept.scroll, behavior: "instant" });
      const node = kept.id && document.getElementById(kept.id);
      if (node) comeBack({ node, top: kept.top });
    } catch {
      // As above.
    }
  }

  // ---- The whole page, after its site was made.

  async function exchangePage() {
    const answer = await fetch(location.pathname + location.search, { cache: "no-store" });
    // A page keeps the policy that it was loaded under, and what is parsed in it has to obey that one.
    if (policy && answer.headers.get("content-security-policy") !== policy) return reload();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const isOther = scriptsOf(page) !== scripts || page.body.className !== bodyClass;
    if (isOther) return reload();
    tell("live-gone");
    exchangeHead(page);
    const text = page.querySelector("main");
    const isNew = text && exchangeText(text.innerHTML, true);
    if (exchangeRegions(page) && !isNew) contentChanged();
    exchangeProgram(page);
  }

  // ---- Messages.

  /** Puts a message into the page, or takes it away. */
  function tell(name, role, ...children) {
    document.querySelector(`.${name}`)?.remove();
    if (!children.length) return;
    const close = make("button", "live-close", "Close");
    close.type = "button";
    const message = make("section", name, ...children, close);
    message.setAttribute("role", role);
    message.tabIndex = -1;
    close.addEventListener("click", () => message.remove());
    document.body.append(message);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    document.querySelector(".live-problems, .live-gone")?.remove();
  });

  function showProblems(problems) {
    if (!problems.length) return tell("live-problems");
    const item = ({ file, line, message }) => {
      const where = make("code", "live-place", line ? `${file}:${line}` : file);
      return make("li", "", ...(file ? [where, " "] : []), make("span", "live-message", message));
    };
    const many = problems.length > 1;
    const title = make("p", "live-title", many ? `${problems.length} problems keep the book from being built` : "A problem keeps the book from being built");
    const list = make("ol", "", ...problems.map(item));
    // What scrolls must be reached by keyboard.
    list.tabIndex = 0;
    list.setAttribute("aria-label", "Problems");
    tell("live-problems", "alert", title, list, make("p", "live-note", "What you see is the last good page."));
  }

  function showGone() {
    if (document.body.classList.contains("not-found")) return;
    const home = make("a", "", "Go to the first page");
    home.href = "/";
    tell("live-gone", "status", make("p", "live-title", "This page is no longer in the book."), make("p", "", home));
  }

  // ---- Listening. A browser opens six connections to a server: pages out of sight give theirs back.

  function listen() {
    if (source || document.hidden) return;
    source = new EventSource(`/.labbook/events?page=${encodeURIComponent(decodeURI(location.pathname))}&since=${since}`);
    const on = (name, act) =>
      source.addEventListener(name, (event) => {
        since = event.lastEventId;
        act(JSON.parse(event.data));
      });
    on("hello", () => {});
    on("problems", showProblems);
    on("page", ({ html }) => exchangeText(html, false));
    on("files", exchangeFiles);
    on("site", exchangePage);
    on("reload", reload);
    on("gone", showGone);
    source.addEventListener("error", () => {
      // Refused, not interrupted: a browser does not try again by itself.
      if (source?.readyState === EventSource.CLOSED) setTimeout(again, 5000);
    });
  }

  function again() {
    source?.close();
    source = null;
    listen();
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      source?.close();
      source = null;
    } else {
      listen();
    }
  });
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => event.persisted && again());
  addEventListener("load", comeBackAfterReload);
  listen();
})();
