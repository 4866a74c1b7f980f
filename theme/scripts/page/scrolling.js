// Code wider than its block can be scrolled by keyboard too; blocks that fit stay out of the tab order.
(() => {
  "use strict";
  const { whenContent } = window.labbook;

  function update() {
    for (const block of document.querySelectorAll("pre")) {
      if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
      else block.removeAttribute("tabindex");
    }
  }

  whenContent(update);
  addEventListener("resize", update);
  document.addEventListener("change", (event) => event.target.matches(".unfold") && update());
})();
