// What a result shows: the words around a hit, and which of them were looked for.
(() => {
  "use strict";
  const { words } = labbookSearch;
  const CHARACTERS_MAX = 180;
  const CHARACTERS_BEFORE = 40;
  // A second hit of the same word says less than the first of another.
  const REPEATED = 0.1;

  /** Where the query's words stand in a text: `[{ start, end, of }]`, `of` numbering the query's words. */
  function hits(index, query, text) {
    const found = [];
    for (const { word, start, end } of words(text)) {
      const id = index.ids.get(word);
      const of = id === undefined ? -1 : query.findIndex((each) => each.meanings.has(id));
      if (of >= 0) found.push({ start, end, of });
    }
    return found;
  }

  /** A text in parts: `[{ text, marked }]`. */
  function inParts(text, found, from, to) {
    const parts = [];
    let at = from;
    const push = (end, marked) => {
      if (end > at) parts.push({ text: text.slice(at, end), marked });
      at = Math.max(at, end);
    };
    for (const { start, end } of found) {
      if (end <= at || start >= to) continue;
      push(Math.max(start, at), false);
      push(Math.min(end, to), true);
    }
    push(to, false);
    return parts;
  }

  /** The whole text, the query's words marked. Fillers of a question are not. */
  const marked = (index, query, text) => inParts(text, told(query, hits(index, query, text)), 0, text.length);

  const told = (query, found) => {
    const shared = Math.max(0, ...query.map((each) => each.share));
    return found.filter(({ of }) => query[of].share === shared);
  };

  /** The hit from which a teaser shows most of what was looked for. */
  function best(query, found) {
    let [first, most] = [null, -1];
    found.forEach((hit, index) => {
      const seen = new Set();
      let sum = 0;
      for (let at = index; at < found.length && found[at].end <= hit.start + CHARACTERS_MAX - CHARACTERS_BEFORE; at++) {
        const worth = query[found[at].of].rarity || 0;
        sum += seen.has(found[at].of) ? worth * REPEATED : worth;
        seen.add(found[at].of);
      }
      if (sum > most) [first, most] = [hit, sum];
    });
    return first;
  }

  /** Some words of a text around the best hit, in parts; its beginning if there is no hit. */
  function teaser(index, query, text) {
    const found = told(query, hits(index, query, text));
    const hit = best(query, found);
    let from = hit ? Math.max(0, hit.start - CHARACTERS_BEFORE) : 0;
    if (text.length - from < CHARACTERS_MAX) from = Math.max(0, text.length - CHARACTERS_MAX);
    let to = Math.min(text.length, from + CHARACTERS_MAX);
    // Whole words, where the script has gaps.
    const gap = text.indexOf(" ", from);
    if (from > 0 && gap >= 0 && gap < (hit ? hit.start : from + CHARACTERS_BEFORE)) from = gap + 1;
    const lastGap = text.lastIndexOf(" ", to);
    if (to < text.length && lastGap > to - CHARACTERS_BEFORE) to = lastGap;
    const parts = inParts(text, found, from, to);
    if (from > 0) parts.unshift({ text: "… ", marked: false });
    if (to < text.length) parts.push({ text: " …", marked: false });
    return parts;
  }

  Object.assign(labbookSearch, { marked, teaser });
})();
