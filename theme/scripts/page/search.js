// Search: the dialog, by button, `/` or `s`. The engine and the index are loaded when it first opens.
(() => {
  "use strict";
  const { guarded } = window.labbook;
  const button = document.querySelector(".search-button");
  if (!button || !window.HTMLDialogElement) return;
  const KEPT = `labbook.${document.documentElement.dataset.book || "book"}.search`;
  let view = null;
  let loaded = null;

  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  function build() {
    const input = make("input", {
      type: "text", class: "search-input", inputmode: "search", enterkeyhint: "search", autocomplete: "off",
      autocapitalize: "off", spellcheck: "false", "aria-label": "Search the book", placeholder: "Search the book",
    });
    const close = make("button", { type: "button", class: "icon-button search-close", "aria-label": "Close search" });
    const status = make("p", { class: "search-status", role: "status" });
    const list = make("ol", { class: "search-results", "aria-label": "Results" });
    const keys = make("p", { class: "search-keys", "aria-hidden": "true" });
    for (const [key, does] of [["↑ ↓", "choose"], ["Enter", "open"], ["Esc", "close"]]) {
      keys.append(make("kbd", {}, key), ` ${does} `);
    }
    const form = make("form", { class: "search-form", role: "search" }, input, close);
    const dialog = make("dialog", { class: "search", "aria-label": "Search" }, form, status, list, keys);
    document.body.append(dialog);
    view = { dialog, input, list, status, root: button.dataset.root, folder: button.dataset.index.replace(/[^/]*$/, "") };

    close.addEventListener("click", () => dialog.close());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      list.querySelector("a")?.click();
    });
    dialog.addEventListener("click", (event) => {
      // On the backdrop, or away by a result; one on this page would leave the dialog open.
      if (event.target === dialog || (event.target.closest("a") && !event.ctrlKey && !event.metaKey)) dialog.close();
    });
    input.addEventListener("input", () => guarded(() => sessionStorage.setItem(KEPT, input.value)));
    input.value = guarded(() => sessionStorage.getItem(KEPT)) || "";
  }

  const script = (src) =>
    new Promise((resolve, reject) => {
      const element = make("script", { src });
      element.addEventListener("load", resolve);
      element.addEventListener("error", reject);
      document.head.append(element);
    });

  function load() {
    view.status.textContent = "Loading the index …";
    loaded = Promise.all([window.labbookSearch || script(button.dataset.engine), script(button.dataset.index)]);
    loaded.then(
      () => window.labbookSearch.start(view),
      () => {
        loaded = null;
        view.status.textContent = "The index could not be loaded. Close and open the search to try again.";
      },
    );
  }

  function open() {
    if (!view) build();
    if (view.dialog.open) return;
    view.dialog.showModal();
    view.input.select();
    if (!loaded) load();
  }

  document.addEventListener("click", (event) => event.target.closest(".search-button") && open());
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    if ((event.key !== "/" && event.key !== "s") || event.target.closest?.("input, select, textarea, [contenteditable], dialog")) return;
    event.preventDefault();
    open();
  });
  // The content was exchanged (`labbook serve`): what was loaded is of the book before.
  document.addEventListener("labbook:content", () => (loaded = null));
})();
