// The list of keys: by `?`, or by the button in the foot. Escape and its own button close it without us.
(() => {
  "use strict";
  const dialog = document.querySelector("dialog.help");
  if (!dialog) return;
  const open = () => document.querySelector("dialog[open]") || dialog.showModal();
  document.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close();
    else if (target.closest(".help-button")) open();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || event.defaultPrevented || event.target.closest?.("input, select, textarea, [contenteditable]")) return;
    event.preventDefault();
    open();
  });
})();
