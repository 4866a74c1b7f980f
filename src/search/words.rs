//! Text to the words that are searched for. `theme/scripts/search/10-words.js` does the same to what a reader types:
//! a browser test compares the two.
//!
//! A word is a run of letters, digits, marks and underscores, lower-cased. An identifier is one word whose parts stand
//! between underscores, however the source joins them: `MaybeUninit` and `maybe_uninit` are both `maybe_uninit`, which
//! the query finds whole (`maybeuninit`) and by part (`uninit`). Scripts without gaps between words give pairs of characters.

use std::sync::LazyLock;

use regex::Regex;

/// Longer words are data (hashes, base64), not something to look for.
const CHARACTERS_MAX: usize = 64;

/// Blocks of scripts that leave no gap between words: Thai to Lao, Myanmar, Khmer, kana, Han, Hangul, and Han beyond the
/// first plane. Ranges, not script names, so that browser and builder agree whatever Unicode version they know.
const UNSPACED: [(char, char); 10] = [
    ('\u{e00}', '\u{eff}'),
    ('\u{1000}', '\u{109f}'),
    ('\u{1780}', '\u{17ff}'),
    ('\u{3005}', '\u{3007}'),
    ('\u{3040}', '\u{30ff}'),
    ('\u{31f0}', '\u{31ff}'),
    ('\u{3400}', '\u{9fff}'),
    ('\u{ac00}', '\u{d7af}'),
    ('\u{f900}', '\u{faff}'),
    ('\u{20000}', '\u{3ffff}'),
];

/// What English puts behind an apostrophe is no word: don't, it's, they'll.
const ENDINGS: [&str; 7] = ["s", "t", "d", "m", "ll", "re", "ve"];

static MARK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\p{M}").expect("the pattern is constant and valid"));

/// Gives each word of a text to `take`, in order.
pub(super) fn each(text: &str, mut take: impl FnMut(&str)) {
    let mut word = String::new();
    let mut rest = text;
    let mut after_run = false;
    while let Some(start) = rest.find(is_word_character) {
        let between = &rest[..start];
        let run = &rest[start..];
        let end = run.find(|c| !is_word_character(c)).unwrap_or(run.len());
        let (run, tail) = run.split_at(end);
        let contracted = after_run && matches!(between, "'" | "’") && ENDINGS.contains(&run);
        if !contracted {
            each_of_run(run, &mut word, &mut take);
        }
        rest = tail;
        after_run = true;
    }
}

/// The words of a run, which may change between scripts: `Rust语言` is a word and a pair.
fn each_of_run(run: &str, word: &mut String, take: &mut impl FnMut(&str)) {
    let mut rest = run;
    while let Some(first) = rest.chars().next() {
        let unspaced = is_unspaced(first);
        let end = rest
            .find(|c| is_unspaced(c) != unspaced)
            .unwrap_or(rest.len());
        let (piece, tail) = rest.split_at(end);
        if unspaced {
            pairs(piece, take);
        } else if normalise(piece, word) {
            take(word);
        }
        rest = tail;
    }
}

/// Letters, digits, marks and the underscore.
fn is_word_character(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    c.is_alphanumeric() || MARK.is_match(c.encode_utf8(&mut [0; 4]))
}

fn is_unspaced(c: char) -> bool {
    c >= UNSPACED[0].0
        && UNSPACED
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&c))
}

/// Each pair of neighbours, then the last character alone, so that every single one begins some word.
fn pairs(piece: &str, take: &mut impl FnMut(&str)) {
    let starts = piece.char_indices().map(|(at, _)| at);
    let ends = piece.char_indices().map(|(at, c)| at + c.len_utf8());
    for (start, end) in starts.zip(ends.skip(1)) {
        take(&piece[start..end]);
    }
    if let Some((start, _)) = piece.char_indices().next_back() {
        take(&piece[start..]);
    }
}

/// Writes the word that a piece of text stands for; false if it stands for none.
fn normalise(piece: &str, word: &mut String) -> bool {
    word.clear();
    let is_plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    // Nearly every word: nothing to take apart, and a capital at most at its beginning.
    if let [first, rest @ ..] = piece.as_bytes()
        && first.is_ascii_alphanumeric()
        && rest.iter().all(is_plain)
    {
        word.push_str(piece);
        word.make_ascii_lowercase();
        return piece.len() <= CHARACTERS_MAX;
    }
    let characters: Vec<char> = piece.chars().collect();
    if characters.len() > CHARACTERS_MAX {
        return false;
    }
    for part in piece_parts(&characters).filter(|part| !part.is_empty()) {
        if !word.is_empty() {
            word.push('_');
        }
        let part: String = part.iter().collect();
        word.push_str(&part.to_lowercase());
    }
    !word.is_empty()
}

/// The parts of an identifier: between underscores, and where a capital begins a new part.
fn piece_parts(characters: &[char]) -> impl Iterator<Item = &[char]> {
    characters.split(|c| *c == '_').flat_map(|run| {
        let mut starts: Vec<usize> = (1..run.len()).filter(|at| begins_part(run, *at)).collect();
        starts.insert(0, 0);
        starts.push(run.len());
        let bounds: Vec<(usize, usize)> =
            starts.windows(2).map(|pair| (pair[0], pair[1])).collect();
        bounds.into_iter().map(|(start, end)| &run[start..end])
    })
}

/// Whether a part begins at `at`, which is not the first: `tcp|Stream`, `HTTP|Server`, but `ZSTs` is one.
fn begins_part(run: &[char], at: usize) -> bool {
    if !run[at].is_uppercase() {
        return false;
    }
    if run[at - 1].is_lowercase() {
        return true;
    }
    let tail = &run[at + 1..];
    let plural = tail == ['s'];
    !plural && tail.first().is_some_and(|next| next.is_lowercase())
}
