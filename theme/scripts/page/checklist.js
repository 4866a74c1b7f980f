// Checklists: each box keeps its state, under the list's name.
(() => {
  "use strict";
  const { store, whenContent } = window.labbook;

  function remember(list) {
    const key = `checklist.${list.dataset.checklist}`;
    const boxes = [...list.querySelectorAll("input[data-item]")];
    const kept = store.read(key) || [];
    // What the lab itself has graded as solved is done, whatever this browser remembers.
    for (const box of boxes) box.checked = kept.includes(box.dataset.item) || box.dataset.done !== undefined;
    // Not one more listener each time the content is exchanged.
    list.onchange = () => store.write(key, boxes.filter((box) => box.checked).map((box) => box.dataset.item));
  }

  whenContent(() => document.querySelectorAll("[data-checklist]").forEach(remember));
})();
