// A lab's dashboard. Its picture, its words and its controls are those of the book's live figures, and so are the scripts that
// show them; here is what those expect to find.
document.documentElement.classList.add("js");
(() => {
  "use strict";
  const decoder = new TextDecoder();
  const live = {};
  window.labbook = { live };

  /** Text that stands in the words of a frame. */
  live.decode = (words, at, size) => decoder.decode(new Uint8Array(words.buffer, words.byteOffset + 4 * at, size));
})();
