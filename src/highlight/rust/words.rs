//! What a word of Rust is, by itself and by what follows it.

use super::scan;
use crate::highlight::spans::Class;

/// Words that are keywords wherever they stand.
const KEYWORDS: &[&str] = &[
    "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern",
    "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref",
    "return", "static", "struct", "super", "trait", "type", "unsafe", "use", "where", "while",
    "yield",
];

/// Words that are keywords only before one of certain others.
const KEYWORDS_BEFORE: &[(&str, &[&str])] = &[
    ("auto", &["trait"]),
    (
        "default",
        &["async", "const", "fn", "impl", "type", "unsafe"],
    ),
    ("gen", &["move"]),
    ("safe", &["fn", "static"]),
];

/// The types that need no import and are not written with a capital.
const PRIMITIVES: &[&str] = &[
    "bool", "char", "f16", "f32", "f64", "f128", "i8", "i16", "i32", "i64", "i128", "isize", "str",
    "u8", "u16", "u32", "u64", "u128", "usize",
];

/// Whether `word` is a keyword wherever it stands.
pub(super) fn is_keyword(word: &str) -> bool {
    KEYWORDS.binary_search(&word).is_ok()
}

/// The class of `word`, with `after` behind it.
pub(super) fn class(word: &str, after: &str) -> Option<Class> {
    match word {
        "self" => return Some(Class::Parameter),
        "Self" => return Some(Class::Type),
        "true" | "false" => return Some(Class::Number),
        _ => {}
    }
    if is_keyword(word) || is_keyword_before(word, after) {
        return Some(Class::Keyword);
    }
    if PRIMITIVES.contains(&word) {
        return Some(Class::Type);
    }
    let mut letters = word.trim_start_matches('_').chars();
    if letters.next().is_some_and(char::is_uppercase) {
        // `T` and `Point` are types, `MAX` and `HTTP_PORT` constants.
        let mut letters = letters.peekable();
        let constant = letters.peek().is_some() && !letters.any(char::is_lowercase);
        return Some(if constant { Class::Number } else { Class::Type });
    }
    is_called(after).then_some(Class::Function)
}

/// The class of `word` behind a dot: a method, a field, or `await`.
pub(super) fn member(word: &str, after: &str) -> Option<Class> {
    match word {
        "await" => Some(Class::Keyword),
        _ => is_called(after).then_some(Class::Function),
    }
}

/// The class of `raw` behind a `&`: `&raw const place`, or a variable of that name.
pub(super) fn raw_pointer(after: &str) -> Option<Class> {
    matches!(next_word(after), "const" | "mut").then_some(Class::Keyword)
}

fn is_keyword_before(word: &str, after: &str) -> bool {
    if word == "union" {
        // `union Bits {`, but `union.insert(…)`: a name follows, on the same line.
        return next_word(after).starts_with(char::is_uppercase);
    }
    KEYWORDS_BEFORE
        .iter()
        .any(|(keyword, followers)| *keyword == word && followers.contains(&next_word(after)))
}

/// The word that follows after spaces, or nothing.
fn next_word(after: &str) -> &str {
    let next = after.trim_start_matches(' ');
    match scan::word(next) {
        Some(length) if next.len() < after.len() => &next[..length],
        _ => "",
    }
}

fn is_called(after: &str) -> bool {
    after.starts_with('(') || after.starts_with("::<")
}
