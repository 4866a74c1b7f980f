//! Contrast of the colours of the theme in use.

use super::{finds, finds_nothing};
use crate::harness::Book;

const TOKENS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/theme/tokens.css");

/// A book whose theme has our tokens, with one text replaced by another. The line on which that stands.
fn with(ours: &str, theirs: &str) -> (Book, usize) {
    let tokens = std::fs::read_to_string(TOKENS).unwrap();
    let at = tokens
        .find(ours)
        .unwrap_or_else(|| panic!("no {ours} in tokens.css"));
    let line = 1 + tokens[..at].matches('\n').count();
    let book = Book::with("# One\n")
        .settings("[output.labbook]\ntheme = \"colours\"\n")
        .file("colours/tokens.css", &tokens.replacen(ours, theirs, 1));
    (book, line)
}

#[track_caller]
fn finds_in_tokens(ours: &str, theirs: &str, words: &[&str]) {
    let (book, line) = with(ours, theirs);
    let place = format!("colours/tokens.css:{line}");
    let expected: Vec<(&str, &str)> = words.iter().map(|word| (place.as_str(), *word)).collect();
    finds(book, &expected);
}

#[test]
fn a_text_that_can_hardly_be_read() {
    finds_in_tokens(
        "--muted: light-dark(#665e54, ",
        "--muted: light-dark(#888888, ",
        &["`--muted` on `--tint` has a contrast of 2.93:1 in the light theme, "],
    );
    finds_in_tokens(
        "--hot: light-dark(#b93c0a, #ff8f57)",
        "--hot: light-dark(#b93c0a, #804020)",
        &["in the dark theme"],
    );
    finds_in_tokens(
        "--code-tag: light-dark(#a22a51, ",
        "--code-tag: light-dark(var(--rule), ",
        &["make `--code-tag` darker or what it stands on lighter"],
    );
}

#[test]
fn a_surface_that_is_too_near_to_its_text() {
    let (book, _) = with("--card: light-dark(#fffdf8,", "--card: light-dark(#665e54,");
    let found = book.build().problems();
    assert!(
        found.contains("`--muted` on `--card` has a contrast of 1.00:1 in the light theme"),
        "{found}"
    );
}

#[test]
fn a_token_that_is_missing_or_cannot_be_read() {
    let (book, _) = with("--flow: ", "--flows: ");
    finds(book, &[("colours/tokens.css", "`--flow` is missing")]);
    finds_in_tokens(
        "--ok: light-dark(#1f6f34, #7bd88f)",
        "--ok: color-mix(in srgb, green, black)",
        &["`--ok: color-mix(in srgb, green, black)` is no colour that labbook can read"],
    );
}

#[test]
fn colours_that_are_good() {
    for (ours, theirs) in [
        ("x", "x"),
        (
            "--ink: light-dark(#1f1c18, #e9e4db)",
            "--ink: light-dark(rgb(0 0 0), hsl(0 0% 100%))",
        ),
        (
            "--code-keyword: light-dark(#93306b, #e59ac6)",
            "--code-keyword: var( --ink )",
        ),
    ] {
        finds_nothing(with(ours, theirs).0);
    }
}
