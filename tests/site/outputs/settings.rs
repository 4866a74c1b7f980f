//! What a book gets without asking, and what it must ask for.

use super::book;
use crate::harness::Book;

#[test]
fn a_plain_mdbook_book_gets_none_of_it() {
    let site = Book::with("# One")
        .settings("[output.html]\nsite-url = \"https://example.org/\"\n")
        .build();
    for path in [
        "manifest.webmanifest",
        "service-worker.js",
        "feed.xml",
        "llms.txt",
        "test.zip",
        "test.epub",
    ] {
        assert!(!site.has(path), "{path} is there");
    }
    let html = site.page("one").html;
    for word in ["manifest", "data-worker", "atom+xml", "downloads"] {
        assert!(!html.contains(word), "{word} in {html}");
    }
}

#[test]
fn a_labbook_book_can_be_read_offline_and_by_programs_and_asks_for_the_rest() {
    let site = book("").build();
    for path in [
        "manifest.webmanifest",
        "service-worker.js",
        "llms.txt",
        "labbook/icon-512.png",
    ] {
        assert!(site.has(path), "{path} is missing");
    }
    for path in ["test.zip", "test.epub", "cards/one.png", "feed.xml"] {
        assert!(!site.has(path), "{path} is there");
    }
    assert_eq!(site.notes() + &site.warnings(), "", "nothing to say");
    let site = book("offline = false\nllms-txt = false\n").build();
    for path in ["manifest.webmanifest", "service-worker.js", "llms.txt"] {
        assert!(!site.has(path), "{path} is there");
    }
    assert!(!site.page("one").html.contains("data-worker"));
}

#[test]
fn a_page_offers_the_book_as_one_file() {
    let site = book("zip = true\nepub = true\n").build();
    site.page("deep/two")
        .has("href=\"../test.epub\" download>EPUB</a>")
        .has("href=\"../test.zip\" download>ZIP</a>");
    assert!(site.has("test.epub") && site.has("test.zip"));
}

#[test]
fn a_feed_without_an_address_is_named_only_if_it_was_asked_for() {
    assert_eq!(book("").build().warnings(), "");
    let warnings = book("feed = true\n").build().warnings();
    assert!(
        warnings.starts_with("book.toml:5: `feed = true` needs the public address of the book"),
        "{warnings}"
    );
}

#[test]
fn cards_without_an_address_are_drawn_and_the_note_says_what_is_missing() {
    let site = book("cards = true\n").build();
    assert!(site.has("cards/one.png"));
    assert!(
        site.notes()
            .starts_with("book.toml:5: `cards` are drawn, but"),
        "{}",
        site.notes()
    );
    assert!(!site.page("one").html.contains("og:image"));
    assert_eq!(site.problems(), "", "`check` passes");
}

#[test]
fn a_wrong_value_is_named_with_its_line() {
    let message = book("zip = \"yes\"\n").fails();
    assert!(
        message.starts_with("book.toml:5: `output.labbook.zip`"),
        "{message}"
    );
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let build =
        || book("zip = true\nepub = true\ncards = true\nurl = \"https://example.org/\"\n").build();
    let (one, two) = (build(), build());
    for path in [
        "test.zip",
        "test.epub",
        "cards/one.png",
        "service-worker.js",
        "manifest.webmanifest",
        "llms.txt",
    ] {
        assert!(
            super::bytes(&one, path) == super::bytes(&two, path),
            "{path} differs"
        );
    }
}

#[test]
fn files_bear_the_book_s_day_and_not_the_clock_s() {
    let site = book("zip = true\nepub = true\n").build();
    for path in ["test.zip", "test.epub"] {
        let mut archive =
            zip::ZipArchive::new(std::io::Cursor::new(super::bytes(&site, path))).unwrap();
        for index in 0..archive.len() {
            let file = archive.by_index(index).unwrap();
            let day = file.last_modified().unwrap();
            let name = file.name();
            assert_eq!(
                (day.year(), day.month(), day.day()),
                (1980, 1, 1),
                "{path}: {name}"
            );
        }
    }
    let package = super::text(
        &super::unpacked(super::bytes(&site, "test.epub")),
        "OEBPS/content.opf",
    );
    assert!(
        package.contains(">1980-01-01T00:00:00Z</meta>"),
        "{package}"
    );
}
