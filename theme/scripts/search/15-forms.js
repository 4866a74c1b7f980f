// Which words of the book a typed word may mean: itself, a part of an identifier, another form, a beginning, a typing error.
(() => {
  "use strict";
  const WEIGHTS = (labbookSearch.formWeights = { part: 0.8, stem: 0.85, prefix: 0.4, typo: 0.4 });
  const KEYS_MAX = 300;
  const PREFIX_CHARACTERS_MIN = 2;
  const TYPO_CHARACTERS_MIN = 4;
  const TWO_TYPOS_CHARACTERS_MIN = 8;

  const joined = (term) => term.replace(/_/g, "");

  const STEM_CHARACTERS_MIN = 3;
  const STEMMED = /^[a-z]{3,}$/;
  const VOWEL = /[aeiouy]/;
  /** English endings that change a word's form, not its matter; the rest need not be a word. */
  const ENDINGS = [
    [/i[sz](?:ation|ing|ed|er|e|able)s?$/, "iz"],
    [/at(?:ion|or|ing|ed|e|ive|able)s?$/, "at"],
    [/(?:ing|ed|ings|er|ers|ment|ments|able|ible|ly|ness)$/, ""],
    [/(?:tion|sion)s?$/, "t"],
  ];

  /** What the forms of an English word have in common: allocate, allocation, allocators → allocat. */
  function stem(word) {
    if (!STEMMED.test(word)) return word;
    let base = word;
    if (/[^s]s$/.test(base) && !/(?:us|is)$/.test(base)) base = base.replace(/ies$/, "y").replace(/(?:(?<=ss|x|ch|sh|z)es|s)$/, "");
    for (const [ending, rest] of ENDINGS) {
      const cut = base.replace(ending, rest);
      if (cut === base || cut.length < STEM_CHARACTERS_MIN || !VOWEL.test(cut)) continue;
      base = rest ? cut : cut.replace(/([^aeiouls])\1$/, "$1");
      break;
    }
    return (base.length > STEM_CHARACTERS_MIN ? base.replace(/e$/, "") : base).replace(/(?<=[^aeiou])y$/, "i");
  }

  /** Without accents: a reader may not have them on the keyboard. */
  const folded = (word) => word.normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFC");

  /** One bit a letter; digits and other characters share what is left. */
  function letters(word) {
    let mask = 0;
    for (let at = 0; at < word.length; at++) mask |= 1 << word.charCodeAt(at) % 31;
    return mask;
  }

  function bits(mask) {
    let count = 0;
    for (let rest = mask; rest; rest &= rest - 1) count++;
    return count;
  }

  function add(map, key, value) {
    const list = map.get(key);
    if (list) list.push(value);
    else map.set(key, [value]);
  }

  /** All ways to find the book's words: `terms` by id. */
  function readForms(terms, language) {
    const keys = new Map();
    terms.forEach((term, id) => {
      add(keys, joined(term), [id, 1]);
      if (term.includes("_")) for (const part of new Set(term.split("_"))) add(keys, part, [id, WEIGHTS.part]);
    });
    const sorted = [...keys.keys()].sort();
    const plain = new Map();
    for (const key of sorted) if (/[^\0-\x7f]/.test(key)) add(plain, folded(key), key);
    return { keys, sorted, plain, masks: null, english: /^en\b/i.test(language) };
  }

  /** Keys that begin with `start`, at most `max`. */
  function keysFrom(forms, start, max = Infinity) {
    const first = firstAtLeast(forms.sorted, start);
    let end = first;
    while (end < forms.sorted.length && end - first < max && forms.sorted[end].startsWith(start)) end++;
    return forms.sorted.slice(first, end);
  }

  /** Other forms of a word: English endings, and what differs by accents only. */
  function otherForms(forms, key) {
    const plain = folded(key);
    const found = [...(forms.plain.get(plain) || [])];
    if (plain !== key && forms.keys.has(plain)) found.push(plain);
    if (!forms.english || !STEMMED.test(plain)) return found;
    const common = stem(plain);
    return found.concat(keysFrom(forms, plain.slice(0, STEM_CHARACTERS_MIN)).filter((other) => stem(other) === common));
  }

  /** Edits (insert, delete, replace, swap neighbours) from `a` to `b`, or to a beginning of `b`; above `max`, any number above it. */
  function edits(a, b, max, toBeginning) {
    let [twoBefore, before, row] = [[], [], []];
    for (let j = 0; j <= b.length; j++) before[j] = j;
    for (let i = 1; i <= a.length; i++) {
      row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1];
        let cost = same ? before[j - 1] : 1 + Math.min(before[j - 1], before[j], row[j - 1]);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, twoBefore[j - 2] + 1);
        row[j] = cost;
        if (cost < least) least = cost;
      }
      if (least > max) return max + 1;
      [twoBefore, before] = [before, row];
    }
    return toBeginning ? Math.min(...row) : row[b.length];
  }

  function firstAtLeast(sorted, key) {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function keysWithTypos(forms, word, isLast) {
    if (word.length < TYPO_CHARACTERS_MIN) return [];
    const max = word.length >= TWO_TYPOS_CHARACTERS_MIN ? 2 : 1;
    const mask = letters(word);
    forms.masks = forms.masks || Int32Array.from(forms.sorted, letters);
    const found = [];
    forms.sorted.forEach((key, index) => {
      if (key.length < word.length - max || (!isLast && key.length > word.length + max)) return;
      if (bits(mask & ~forms.masks[index]) > max) return;
      const count = edits(word, isLast ? key.slice(0, word.length + max) : key, max, isLast);
      if (count <= max) found.push([key, count]);
    });
    const least = Math.min(...found.map(([, count]) => count));
    return found.filter(([, count]) => count === least).slice(0, KEYS_MAX);
  }

  /**
   * Ids of the book's words that `word` may mean, each with a weight up to 1: a Map. `isLast`: the reader may
   * still be typing it.
   */
  function meanings(forms, word, isLast) {
    const found = new Map();
    const collect = (key, weight) => {
      for (const [id, own] of forms.keys.get(key) || []) {
        if ((found.get(id) || 0) < own * weight) found.set(id, own * weight);
      }
    };
    const key = joined(word);
    collect(key, 1);
    for (const other of otherForms(forms, key)) collect(other, WEIGHTS.stem);
    if (isLast && (key.length >= PREFIX_CHARACTERS_MIN || key > "\u0e00")) {
      for (const longer of keysFrom(forms, key, KEYS_MAX)) collect(longer, WEIGHTS.prefix);
    }
    if (found.size === 0) for (const [near, count] of keysWithTypos(forms, key, isLast)) collect(near, WEIGHTS.typo / count);
    return found;
  }

  Object.assign(labbookSearch, { readForms, meanings, edits, stem });
})();
