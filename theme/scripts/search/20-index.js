// Reads the index that src/search/ writes, and adds what it leaves to the browser: the words of headings and titles.
(() => {
  "use strict";
  const { words } = labbookSearch;
  const SYMBOLS = " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";
  const LAST_SYMBOLS = 64;
  const COUNTS = [1, 2, 3, 4, 6, 9, 14, 22];
  const LENGTH_STEPS = 4;

  const VALUES = new Uint8Array(128);
  for (let value = 0; value < SYMBOLS.length; value++) VALUES[SYMBOLS.charCodeAt(value)] = value;

  /** All numbers of a string (see src/search/encode.rs): a symbol below 64 is the last of its number. */
  function numbers(text) {
    const found = [];
    let value = 0;
    let unit = 1;
    for (let at = 0; at < text.length; at++) {
      const symbol = VALUES[text.charCodeAt(at)];
      value += symbol * unit;
      unit *= SYMBOLS.length - LAST_SYMBOLS;
      if (symbol >= LAST_SYMBOLS) continue;
      found.push(value);
      value = 0;
      unit = 1;
    }
    return found;
  }

  /** Words of which each says by a capital how many characters it shares with the one before. */
  function frontCoded(text) {
    const found = [];
    let before = "";
    for (let at = 0; at < text.length; ) {
      const shared = text.charCodeAt(at) - 65;
      const start = at + 1;
      do at++;
      while (at < text.length && !isCapital(text.charCodeAt(at)));
      before = before.slice(0, shared) + text.slice(start, at);
      found.push(before);
    }
    return found;
  }

  const isCapital = (code) => code >= 65 && code <= 90;

  /** What src/search/mod.rs leaves out: the anchor of a heading that has nothing special about it. */
  const plainAnchor = (heading) => heading.toLowerCase().replace(/ /g, "-").replace(/[^a-z0-9_-]/g, "");

  const lines = (text) => (text ? text.split("\n") : []);

  function readPages(data) {
    let first = 0;
    return lines(data.pages).map((line, number) => {
      const [count, path, title, ...ancestors] = line.split("\t");
      const page = { number, path, title, ancestors, first, count: Number(count) };
      first += page.count;
      return page;
    });
  }

  function readSections(data, pages) {
    const headings = data.sections.split("\n");
    return pages.flatMap((page) =>
      headings.slice(page.first, page.first + page.count).map((line) => {
        const [heading, anchor = plainAnchor(heading)] = line.split("\t");
        return { page, heading, anchor };
      }),
    );
  }

  /** Where each section's text is: the script's digest and the place in it. */
  function placeTexts(data, sections) {
    let next = 0;
    for (const line of lines(data.texts)) {
      const [count, digest] = line.split(" ");
      for (let at = 0; at < Number(count); at++) sections[next + at].text = { digest, at };
      next += Number(count);
    }
  }

  /** For each word, where its sections begin in `sections` and `counts`. The most widespread words stand first there. */
  function readPostings(data, spread) {
    const order = spread.map((_, word) => word).sort((a, b) => spread[b] - spread[a] || a - b);
    const starts = new Uint32Array(spread.length);
    const gaps = numbers(data.gaps);
    const sections = new Uint32Array(gaps.length);
    let at = 0;
    for (const word of order) {
      starts[word] = at;
      for (let next = 0, end = at + spread[word]; at < end; at++) {
        sections[at] = next + gaps[at];
        next = sections[at] + 1;
      }
    }
    const counts = Uint8Array.from(numbers(data.counts), (step) => COUNTS[step]);
    return { starts, spread, sections, counts };
  }

  /** A field that is short and shown anyway: its words are read from the text itself. */
  class ShortField {
    constructor(texts, idOf) {
      this.places = new Map();
      this.ids = texts.map((text) => words(text).map(({ word }) => idOf(word)));
      this.ids.forEach((ids, unit) => {
        for (const id of ids) {
          if (!this.places.has(id)) this.places.set(id, []);
          this.places.get(id).push(unit);
        }
      });
      const length = this.ids.reduce((sum, ids) => sum + ids.length, 0);
      this.lengthMean = length / Math.max(1, texts.length) || 1;
    }
  }

  /** The index, ready for `search`. */
  function readIndex(data) {
    const pages = readPages(data);
    const sections = readSections(data, pages);
    placeTexts(data, sections);
    const terms = frontCoded(data.words);
    const ids = new Map(terms.map((term, id) => [term, id]));
    const idOf = (term) => {
      if (!ids.has(term)) ids.set(term, terms.push(term) - 1);
      return ids.get(term);
    };
    const lengths = Float32Array.from(numbers(data.lengths), (step) => 2 ** (step / LENGTH_STEPS) - 1);
    return {
      language: data.language,
      pages,
      sections,
      terms,
      ids,
      lengths,
      lengthMean: lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length) || 1,
      postings: readPostings(data, numbers(data.spread)),
      headings: new ShortField(sections.map((section) => section.heading), idOf),
      titles: new ShortField(pages.map((page) => page.title), idOf),
      ancestors: new ShortField(pages.map((page) => page.ancestors.join(" ")), idOf),
      forms: labbookSearch.readForms(terms, data.language),
    };
  }

  labbookSearch.readIndex = readIndex;
})();
