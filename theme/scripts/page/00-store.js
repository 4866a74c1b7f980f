// What the other scripts share: memory that may fail, and a way to run again when content was exchanged.
window.labbook = (() => {
  "use strict";
  const prefix = `labbook.${document.documentElement.dataset.book || "book"}.`;

  // Storage may be absent, full or forbidden: then nothing is remembered, and nothing breaks.
  const guarded = (access) => {
    try {
      return access();
    } catch {
      return null;
    }
  };

  const store = {
    /** The value kept under `key`, or null. */
    read: (key) => guarded(() => JSON.parse(localStorage.getItem(prefix + key))),
    /** Keeps `value` (anything JSON can hold) under `key`. */
    write: (key, value) => guarded(() => localStorage.setItem(prefix + key, JSON.stringify(value))),
  };

  /** Runs `run` now and after every exchange of the page's content (`labbook serve` does that). */
  const whenContent = (run) => {
    run();
    document.addEventListener("labbook:content", run);
  };

  return { store, guarded, whenContent };
})();
