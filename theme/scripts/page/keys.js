// Left and right arrows turn to the previous and next chapter, unless they have something else to do.
(() => {
  "use strict";
  // What answers to arrows itself: fields, sliders, and whatever scrolls sideways once it has the focus.
  const OWN = 'input, select, textarea, summary, [contenteditable], [tabindex="0"], [role="slider"], [data-kind="live"]';

  function direction(key) {
    const rightToLeft = getComputedStyle(document.documentElement).direction === "rtl";
    if (key === "ArrowRight") return rightToLeft ? "prev" : "next";
    if (key === "ArrowLeft") return rightToLeft ? "next" : "prev";
    return null;
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest?.(OWN)) return;
    const way = direction(event.key);
    // A first page without the links at its foot has them in its head, like every page.
    const link = way && (document.querySelector(`.turn [rel="${way}"]`) || document.querySelector(`link[rel="${way}"]`));
    if (link) location.href = link.href;
  });
})();
