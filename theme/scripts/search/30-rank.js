// Ranks sections for a query: BM25F over text, heading, page title and the titles above it.
(() => {
  "use strict";
  const { words, meanings } = labbookSearch;

  /** Tuned on one half of tests/browser/search-questions.json, reported on the other. */
  const WEIGHTS = (labbookSearch.weights = {
    text: 1,
    heading: 4,
    title: 1.3,
    ancestors: 0.7,
    textLength: 0.65,
    headingLength: 0.5,
    titleLength: 0.3,
    saturation: 1.8,
    coverage: 1,
    phrase: 0.3,
    beginning: 1.15,
    filler: 0.2,
  });
  const WORDS_MAX = 16;
  const CHARACTERS_MAX = 400;
  const PHRASE_CANDIDATES = 60;
  const SCORE_SHARE_MIN = 0.12;

  // English words that a question is asked with; they count little where others are given.
  const FILLERS = new Set(
    ("a about an and any are as at be by can could do does for from get given has have how i in into is it its make " +
      "many may me mean means my need of on or our should so tell than that the their them there they this to use using " +
      "want was we were what when where which who why will with would you your").split(" "),
  );

  /** The words of a query: what they may mean, and how much each counts. */
  function readQuery(index, query) {
    const text = query.normalize("NFC").slice(0, CHARACTERS_MAX);
    const found = words(text);
    const open = found.length && found[found.length - 1].end === text.length;
    const distinct = new Map();
    found.slice(-WORDS_MAX).forEach(({ word }, at, all) => {
      const isLast = open && at === all.length - 1;
      if (distinct.has(word) && !isLast) return;
      distinct.set(word, { word, isLast, meanings: meanings(index.forms, word, isLast) });
    });
    let list = [...distinct.values()];
    // An identifier that the book does not have: its parts may still be there.
    list = list.flatMap((each) =>
      each.meanings.size || !each.word.includes("_")
        ? [each]
        : each.word.split("_").map((word) => ({ word, isLast: false, meanings: meanings(index.forms, word, false) })),
    );
    const english = /^en\b/i.test(index.language);
    const isFiller = ({ word, isLast }) => english && FILLERS.has(word) && !(isLast && list.length === 1);
    const onlyFillers = list.every(isFiller);
    for (const each of list) each.share = !onlyFillers && isFiller(each) ? WEIGHTS.filler : 1;
    return list;
  }

  /** Adds a short field's part: `sectionsOf(unit)` gives the first section and the one after the last. */
  function addShort(sum, field, id, weight, length, sectionsOf) {
    for (const unit of field.places.get(id) || []) {
      const part = weight / (1 - length + (length * field.ids[unit].length) / field.lengthMean);
      const [start, end] = sectionsOf(unit);
      for (let section = start; section < end; section++) sum[section] += part;
    }
  }

  /** How strongly each section speaks of one word of the query. */
  function strength(index, query) {
    const { postings, lengths, lengthMean, headings, titles, ancestors, pages } = index;
    const sum = new Float32Array(index.sections.length);
    const ofPage = (page) => [pages[page].first, pages[page].first + pages[page].count];
    const ofSection = (section) => [section, section + 1];
    for (const [id, weight] of query.meanings) {
      const start = postings.starts[id];
      for (let at = start; at < start + (postings.spread[id] || 0); at++) {
        const section = postings.sections[at];
        const norm = 1 - WEIGHTS.textLength + (WEIGHTS.textLength * lengths[section]) / lengthMean;
        sum[section] += (WEIGHTS.text * weight * postings.counts[at]) / norm;
      }
      addShort(sum, headings, id, WEIGHTS.heading * weight, WEIGHTS.headingLength, ofSection);
      addShort(sum, titles, id, WEIGHTS.title * weight, WEIGHTS.titleLength, ofPage);
      addShort(sum, ancestors, id, WEIGHTS.ancestors * weight, 0, ofPage);
    }
    return sum;
  }

  /** How many neighbours in the query are neighbours in the heading or the page's title too. */
  function phrases(index, query, section) {
    const page = index.sections[section].page;
    const fields = [index.headings.ids[section]];
    if (page.first === section) fields.push(index.titles.ids[page.number]);
    let count = 0;
    for (let at = 0; at + 1 < query.length; at++) {
      const [first, second] = [query[at].meanings, query[at + 1].meanings];
      if (fields.some((ids) => ids.some((id, place) => first.has(id) && second.has(ids[place + 1])))) count++;
    }
    return count;
  }

  /**
   * The sections that answer a query best: `{ query, results: [{ section, score }], total }`; `section` is a number
   * into `index.sections`, `query` what `teaser` marks.
   */
  function search(index, text, limit = 20) {
    const query = readQuery(index, text);
    const size = index.sections.length;
    const scores = new Float32Array(size);
    const covered = new Float32Array(size);
    let whole = 0;
    for (const each of query) {
      const sum = strength(index, each);
      let spread = 0;
      for (let section = 0; section < size; section++) if (sum[section] > 0) spread++;
      if (spread === 0) continue;
      each.rarity = each.share * Math.log(1 + (size - spread + 0.5) / (spread + 0.5));
      whole += each.rarity;
      for (let section = 0; section < size; section++) {
        if (sum[section] === 0) continue;
        scores[section] += (each.rarity * sum[section]) / (WEIGHTS.saturation + sum[section]);
        covered[section] += each.rarity;
      }
    }
    let results = [];
    for (let section = 0; section < size; section++) {
      if (scores[section] === 0) continue;
      let score = scores[section] * (covered[section] / whole) ** WEIGHTS.coverage;
      if (index.sections[section].page.first === section) score *= WEIGHTS.beginning;
      results.push({ section, score });
    }
    const byScore = (a, b) => b.score - a.score || a.section - b.section;
    results.sort(byScore);
    const candidates = results.slice(0, PHRASE_CANDIDATES);
    for (const result of candidates) result.score *= 1 + WEIGHTS.phrase * phrases(index, query, result.section);
    candidates.sort(byScore);
    results = candidates.filter((result) => result.score >= candidates[0].score * SCORE_SHARE_MIN);
    return { query, results: results.slice(0, limit) };
  }

  labbookSearch.search = search;
})();
