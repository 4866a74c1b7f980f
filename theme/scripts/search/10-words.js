// Search, loaded on first use. This part: text to words, exactly as src/search/words.rs does it for the book's text.
globalThis.labbookSearch = globalThis.labbookSearch || {};
(() => {
  "use strict";
  const RUN = /[\p{Alphabetic}\p{N}\p{M}_]+/gu;
  const CHARACTERS_MAX = 64;
  // What English puts behind an apostrophe is no word: don't, it's, they'll.
  const ENDINGS = new Set(["s", "t", "d", "m", "ll", "re", "ve"]);
  // Scripts without gaps between words: Thai, Lao, Myanmar, Khmer, kana, Han, Hangul.
  const UNSPACED =
    /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu;

  const isUpper = (c) => /^\p{Uppercase}$/u.test(c);
  const isLower = (c) => /^\p{Lowercase}$/u.test(c);

  function beginsPart(run, at) {
    if (!isUpper(run[at])) return false;
    if (isLower(run[at - 1])) return true;
    const plural = run[at + 1] === "s" && at + 2 === run.length;
    return !plural && at + 1 < run.length && isLower(run[at + 1]);
  }

  /** `MaybeUninit` and `maybe_uninit` to `maybe_uninit`; empty for what is no word. */
  function normalised(piece) {
    if (/^[a-z0-9]+$/.test(piece)) return piece.length <= CHARACTERS_MAX ? piece : "";
    const characters = [...piece];
    if (characters.length > CHARACTERS_MAX) return "";
    const parts = [];
    for (const name of piece.split("_").filter(Boolean)) {
      const run = [...name];
      let start = 0;
      for (let at = 1; at <= run.length; at++) {
        if (at < run.length && !beginsPart(run, at)) continue;
        parts.push(run.slice(start, at).join("").toLowerCase());
        start = at;
      }
    }
    return parts.join("_");
  }

  function addPairs(piece, start, take) {
    const characters = [...piece];
    let at = start;
    characters.forEach((character, index) => {
      const word = character + (characters[index + 1] || "");
      take({ word, start: at, end: at + word.length });
      at += character.length;
    });
  }

  /** The words of a text: `[{ word, start, end }]`, in order. */
  function words(text) {
    const found = [];
    const take = (word) => found.push(word);
    const addWord = (piece, start) => {
      const word = normalised(piece);
      if (word) take({ word, start, end: start + piece.length });
    };
    let before = -2;
    for (const { 0: run, index } of text.matchAll(RUN)) {
      const contracted = index === before + 1 && "'’".includes(text[before]) && ENDINGS.has(run);
      before = index + run.length;
      if (contracted) continue;
      let at = 0;
      for (const unspaced of run.matchAll(UNSPACED)) {
        if (unspaced.index > at) addWord(run.slice(at, unspaced.index), index + at);
        addPairs(unspaced[0], index + unspaced.index, take);
        at = unspaced.index + unspaced[0].length;
      }
      if (at < run.length) addWord(run.slice(at), index + at);
    }
    return found;
  }

  labbookSearch.words = words;
})();
