// A copy button on every block of code. Its name is an aria-label and its picture comes from the styles,
// so that the text of <main> stays the author's.
(() => {
  "use strict";
  const { whenContent } = window.labbook;
  const SESSIONS = ["console", "shell-session", "sh-session", "session"];

  /** The code as the reader sees it: hidden lines only while they are shown. */
  function visibleText(code, showsHidden) {
    if (showsHidden) return code.textContent;
    const copy = code.cloneNode(true);
    copy.querySelectorAll(".boring").forEach((line) => line.remove());
    return copy.textContent;
  }

  /** Of a console session, what was typed: the lines after a `$`, with those that a final `\` continues. */
  function commands(text) {
    const typed = [];
    let continued = false;
    for (const line of text.split("\n")) {
      if (!continued && !line.startsWith("$ ")) continue;
      typed.push(continued ? line : line.slice(2));
      continued = line.endsWith("\\");
    }
    return typed.length ? typed.join("\n") : text;
  }

  // Where the clipboard is not offered (an address without TLS), a selected text area still copies.
  function copyBySelection(text) {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copyBySelection(text);
    }
  }

  function confirm(button) {
    button.classList.add("copied");
    button.setAttribute("aria-label", "Copied");
    setTimeout(() => {
      button.classList.remove("copied");
      button.setAttribute("aria-label", "Copy");
    }, 1600);
  }

  function addButton(frame, text) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.setAttribute("aria-label", "Copy");
    button.addEventListener("click", async () => {
      await copy(text());
      confirm(button);
      button.focus();
    });
    frame.append(button);
  }

  function addToBlock(block) {
    const code = block.querySelector("pre > code");
    if (!code || block.querySelector(".copy")) return;
    addButton(block, () => {
      const text = visibleText(code, block.querySelector(".unfold")?.checked);
      return SESSIONS.includes(block.dataset.language) ? commands(text) : text;
    });
  }

  // The command of a lab scrolls by itself on a phone: the button stands beside it, not in it.
  function addToLab(command) {
    if (command.parentElement.classList.contains("lab-frame")) return;
    const frame = document.createElement("div");
    frame.className = "lab-frame";
    command.replaceWith(frame);
    frame.append(command);
    addButton(frame, () => command.textContent.trim());
  }

  whenContent(() => {
    document.querySelectorAll(".code").forEach(addToBlock);
    document.querySelectorAll(".lab-command").forEach(addToLab);
  });
})();
