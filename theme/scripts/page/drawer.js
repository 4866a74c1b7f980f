// The list of chapters: starts with the current one in view; as a drawer it closes when the window grows.
(() => {
  "use strict";
  const sidebar = document.querySelector(".sidebar");
  if (!sidebar) return;

  function showCurrent() {
    const current = sidebar.querySelector('[aria-current="page"]');
    if (!current) return;
    const link = current.getBoundingClientRect();
    const frame = sidebar.getBoundingClientRect();
    if (link.top < frame.top || link.bottom > frame.bottom) {
      sidebar.scrollTop += link.top - frame.top - frame.height / 3;
    }
  }

  showCurrent();
  sidebar.addEventListener("toggle", (event) => {
    if (event.newState === "open") showCurrent();
  });
  matchMedia("(max-width: 800px)").addEventListener("change", () => {
    if (sidebar.matches(":popover-open")) sidebar.hidePopover();
  });
})();
