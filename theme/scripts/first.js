// Runs in <head> before anything is painted: puts the reader's theme on <html>, so that no page flashes
// in the other one, and says that scripts run, so that styles may show what only works with them.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const theme = localStorage.getItem("labbook.theme");
    if (["light", "dark", "auto"].includes(theme)) root.dataset.theme = theme;
  } catch {
    // No storage (a private window, a page from disk): the book's own default holds.
  }
})();
