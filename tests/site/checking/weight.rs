//! What the first load of a page weighs.

use super::{finds, finds_nothing};
use crate::harness::Book;

/// Bytes that no compression makes smaller (xorshift64).
fn noise(bytes: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    std::iter::repeat_with(&mut next)
        .flatten()
        .take(bytes)
        .collect()
}

/// A book with a picture of 300,000 bytes.
fn with_picture(text: &str, settings: &str) -> Book {
    Book::with(text)
        .settings(settings)
        .bytes("src/big.png", &noise(300_000))
}

const OURS: &str = "[output.labbook]\n";

#[test]
fn a_page_that_is_too_heavy() {
    let text = "# One\n\ntext\n\n<img src=\"big.png\" alt=\"big\">\n";
    let site = with_picture(text, OURS).build();
    let found = site.problems();
    assert!(
        found.starts_with("src/one.md:5: the first load of this page is ")
            && found.contains(" KB compressed, more than 250.0 KB: the heaviest parts are `big.png` 300.0 KB, `labbook/")
            && found.matches(" KB, `").count() == 2,
        "{found}"
    );
    finds_nothing(with_picture(text, ""));
    finds_nothing(with_picture(
        text,
        "[output.labbook.check]\npage-weight-max-kb = 600\n",
    ));
    finds_nothing(with_picture(
        text,
        "[output.labbook.check]\npage-weight-max-kb = 0\n",
    ));
}

#[test]
fn what_is_not_loaded_at_first_weighs_nothing() {
    finds_nothing(with_picture(
        "# One\n\n![big](big.png)\n\n[big](big.png) <img src=\"big.png\" alt=\"b\" loading=\"lazy\">\n",
        OURS,
    ));
}

#[test]
fn a_limit_can_be_set_and_fonts_and_styles_count() {
    let small = |kb: u32| {
        Book::with("# One\n\ntext\n").settings(&format!(
            "[output.labbook.check]\npage-weight-max-kb = {kb}\n"
        ))
    };
    finds(small(40), &[("src/one.md:1", "source-serif-4.woff2` ")]);
    finds_nothing(small(150));
    let styled = Book::with("# One\n")
        .settings("[output.html]\nadditional-css = [\"own.css\"]\n[output.labbook]\n")
        .file(
            "own.css",
            "@font-face { font-family: Own; src: url(src/own.woff2) } main { font-family: Own }\n",
        )
        .bytes("src/src/own.woff2", &noise(260_000));
    finds(styled, &[("src/one.md:1", "`src/own.woff2` 260.0 KB")]);
}

#[test]
fn an_own_theme_has_a_budget_for_its_scripts() {
    let theme = |bytes: usize| {
        Book::with("# One\n")
            .settings("[output.labbook]\ntheme = \"theme\"\n")
            .file(
                "theme/scripts/page/long.js",
                &format!("\"{}\";\n", "x".repeat(bytes)),
            )
    };
    finds(theme(25_000), &[("theme/scripts", "more than 25000")]);
    finds_nothing(theme(1));
}

#[test]
fn the_index_of_search_has_a_budget() {
    // 60,000 words of which hardly two are alike, as no book has them.
    let text: String = noise(240_000)
        .chunks(4)
        .map(|bytes| format!("w{} ", u32::from_le_bytes(bytes.try_into().unwrap())))
        .collect();
    let book = |settings: &str| {
        Book::with(&format!("# One\n\n{text}")).settings(&format!(
            "[output.labbook.check]\npage-weight-max-kb = 9999\n{settings}"
        ))
    };
    finds(
        book(""),
        &[(
            "book.toml",
            "more than the 45.9 KB that a book of 60001 words may have",
        )],
    );
    finds_nothing(book(
        "[output.html.search.chapter]\n\"one.md\".enable = false\n",
    ));
}
