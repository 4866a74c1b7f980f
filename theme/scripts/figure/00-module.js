// Live figures. The module with the figures' own code comes as a classic script that calls `labbook.figures(BASE64)`: a page
// opened from a file can load scripts and nothing else. It is unpacked and compiled when the first figure needs it, and each
// figure gets an instance of its own, so that one that fails leaves the others alone.
(() => {
  "use strict";
  const { labbook } = window;
  /** What the parts of this bundle share. */
  const live = (labbook.live = {});
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  let packed = null;
  let compiled = null;

  /** Takes the module: WebAssembly as an .lzma file in base64. Called again (by `labbook serve`), it takes the place of the last one. */
  labbook.figures = (base64) => {
    const isFirst = packed === null;
    packed = base64;
    compiled = null;
    live.bindAll(true);
    if (isFirst) live.follow();
  };

  live.isHere = () => packed !== null;

  /** Why figures cannot run here, or nothing. */
  live.obstacle = () => {
    if (!window.WebAssembly) return "this browser has no WebAssembly";
    return packed === null ? "its program did not come" : "";
  };

  function compile() {
    const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
    return WebAssembly.compile(live.unpack(bytes));
  }

  /** An instance of the module, with bytes and text put in and taken out of its memory. */
  live.instance = async () => {
    const { exports } = await WebAssembly.instantiate(await (compiled ??= compile()), {});
    // Memory moves when it grows: every look at it is a new one.
    const bytes = (length) => new Uint8Array(exports.memory.buffer, exports.figure_output(), length);
    return {
      ...exports,
      /** Puts text in; gives its length, as the exports want it. */
      give(text) {
        const input = encoder.encode(text);
        const at = exports.figure_input(input.length);
        if (!at) throw new Error("too long for the figure");
        new Uint8Array(exports.memory.buffer, at, input.length).set(input);
        return input.length;
      },
      /** The text that an export answers with. */
      ask: (name, ...args) => decoder.decode(bytes(exports[name](...args))),
      /** The words of a frame, valid until the next call. */
      frame(handle) {
        const { buffer, byteOffset, length } = bytes(exports.figure_frame(handle));
        // An answer of bytes need not stand where words may.
        return byteOffset % 4 ? new Int32Array(buffer.slice(byteOffset, byteOffset + length)) : new Int32Array(buffer, byteOffset, length / 4);
      },
    };
  };

  live.decode = (words, at, length) => decoder.decode(new Uint8Array(words.buffer, words.byteOffset + 4 * at, length));
})();
