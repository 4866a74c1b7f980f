// Code wider than its block can be scrolled by keyboard too; blocks that fit stay out of the tab order. Widths change with
// the window, with lines that are unfolded, and when the font comes.
(() => {
  "use strict";
  const { whenContent } = window.labbook;
  const blocks = () => document.querySelectorAll("pre");

  const widths = new ResizeObserver(() => {
    for (const block of blocks()) {
      if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
      else block.removeAttribute("tabindex");
    }
  });

  whenContent(() => {
    widths.disconnect();
    for (const block of blocks()) [block, ...block.children].forEach((part) => widths.observe(part));
  });
})();
