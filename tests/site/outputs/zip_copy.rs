//! The whole book as a zip file that opens from the disk.

use super::{addresses, book, bytes, text, unpacked};
use crate::harness::Book;

/// The archive of a book whose first chapter says this.
fn copy(one: &str) -> std::collections::BTreeMap<String, Vec<u8>> {
    let book = book("zip = true\nepub = true\nurl = \"https://example.org/\"\n");
    let book = book
        .file("src/one.md", one)
        .bytes("src/deep/dot.png", b"a picture")
        .file(
            "src/SUMMARY.md",
            "- [One](one.md)\n- [Two](deep/README.md)\n",
        )
        .file("src/deep/README.md", "# Two\n\n![dot](dot.png)\n");
    unpacked(bytes(&book.build(), "test.zip"))
}

#[test]
fn every_address_in_it_is_a_file_in_it() {
    let files = copy(
        "# One\n\nTo [two](deep/README.md), [its folder](deep/), [again](deep/#two), [short](deep/index).\n",
    );
    let pages = files.keys().filter(|path| path.ends_with(".html"));
    let mut seen = 0;
    for page in pages {
        for address in addresses(page, &text(&files, page)) {
            let file = address.split('#').next().unwrap();
            assert!(files.contains_key(file), "{page} leads to {address}");
            seen += 1;
        }
    }
    assert!(seen > 20, "only {seen} addresses");
    assert!(text(&files, "test/one.html").contains("<a href=\"deep/index.html#two\">again</a>"));
}

#[test]
fn it_is_one_folder_without_what_only_a_host_needs() {
    let files = copy("# One");
    assert!(
        files.keys().all(|path| path.starts_with("test/")),
        "{:?}",
        files.keys()
    );
    for path in [
        "404.html",
        "service-worker.js",
        "manifest.webmanifest",
        "sitemap.xml",
        "robots.txt",
        "test.zip",
        "test.epub",
    ] {
        assert!(
            !files.contains_key(&format!("test/{path}")),
            "{path} is in it"
        );
    }
    let page = text(&files, "test/one.html");
    for word in ["data-worker", "manifest", "downloads", "atom+xml"] {
        assert!(!page.contains(word), "{word} in {page}");
    }
    assert_eq!(files["test/deep/dot.png"], b"a picture");
}

#[test]
fn search_works_in_it() {
    let files = copy("# One\n\nA word: bottleneck.\n");
    let texts = files
        .keys()
        .filter(|path| path.starts_with("test/labbook/search-text-"));
    assert_eq!(texts.count(), 1);
    assert!(files.contains_key("test/labbook/search-index.js"));
    assert!(text(&files, "test/one.html").contains("data-index=\"labbook/search-index.js\""));
}

#[test]
fn a_file_of_the_book_with_its_name_is_named() {
    let site = book("zip = true\n")
        .bytes("src/test.zip", b"the author's")
        .build();
    assert_eq!(
        site.warnings(),
        "src/test.zip: is left out: labbook makes a `test.zip` itself; rename the file"
    );
    assert!(unpacked(bytes(&site, "test.zip")).contains_key("test/one.html"));
}

#[test]
fn a_book_without_a_title_has_a_name_all_the_same() {
    let book = Book::with("# One").file("book.toml", "[output.labbook]\nzip = true\nepub = true\n");
    let site = book.build();
    assert!(site.has("book.zip") && site.has("book.epub"));
}
