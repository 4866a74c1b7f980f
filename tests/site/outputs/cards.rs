//! Card images, and the pages that name them.

use super::{book, bytes};

/// Width and height of a PNG (its first chunk, PNG 3rd edition, 11.2.1).
fn size(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(b"\x89PNG"), "no PNG");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[test]
fn each_chapter_has_one_and_its_page_names_it() {
    let site = book("cards = true\nurl = \"https://example.org/book/\"\n").build();
    assert_eq!(size(&bytes(&site, "cards/one.png")), (1200, 630));
    assert_eq!(size(&bytes(&site, "cards/deep/two.png")), (1200, 630));
    site.page("deep/two")
        .has("<meta property=\"og:image\" content=\"https://example.org/book/cards/deep/two.png\">")
        .has("<meta name=\"twitter:card\" content=\"summary_large_image\">");
    assert_ne!(
        bytes(&site, "cards/one.png"),
        bytes(&site, "cards/deep/two.png")
    );
}

#[test]
fn a_title_that_the_font_lacks_has_none_and_is_named() {
    let book = book("cards = true\nurl = \"https://example.org/\"\n");
    let site = book
        .file("src/SUMMARY.md", "- [One](one.md)\n- [二](deep/two.md)\n")
        .build();
    assert!(site.has("cards/one.png") && !site.has("cards/deep/two.png"));
    assert!(!site.page("deep/two").html.contains("og:image"));
    assert!(
        site.notes()
            .starts_with("src/deep/two.md: has no card image: the theme's font has no `二`")
    );
}

#[test]
fn they_are_drawn_once() {
    let book = book("cards = true\nurl = \"https://example.org/\"\n");
    let kept = book.root().join(".labbook/cache/pictures");
    let site = book.build();
    let names = || {
        let mut names: Vec<_> = std::fs::read_dir(&kept)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        names.sort();
        names
    };
    let before = names();
    assert_eq!(before.len(), 4, "two cards, two icons");
    // What is kept is used: a card that somebody painted over stays so.
    for file in &before {
        std::fs::write(file, "painted over").unwrap();
    }
    let site = site
        .book
        .file(
            "src/SUMMARY.md",
            "- [One](one.md)\n- [Three](deep/two.md)\n",
        )
        .build();
    assert_eq!(bytes(&site, "cards/one.png"), b"painted over");
    assert_eq!(
        size(&bytes(&site, "cards/deep/two.png")),
        (1200, 630),
        "its title is new"
    );
    assert_eq!(names().len(), 4, "the old card is gone");
}
