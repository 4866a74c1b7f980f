//! The web manifest, and what the service worker knows of the book.

use serde_json::Value;

use super::{book, bytes};
use crate::harness::Site;

/// What stands before the worker's own script.
fn list(site: &Site) -> Value {
    let script = site.text("service-worker.js");
    let line = script.lines().next().unwrap();
    let json = line
        .strip_prefix("const BOOK = ")
        .unwrap()
        .strip_suffix(';')
        .unwrap();
    serde_json::from_str(json).unwrap()
}

/// The files that the worker lists; the first `keep` of them.
fn files(list: &Value) -> (Vec<&str>, usize) {
    let files = list["files"].as_array().unwrap().iter();
    let keep = list["keep"].as_u64().unwrap();
    (
        files.map(|file| file[0].as_str().unwrap()).collect(),
        usize::try_from(keep).unwrap(),
    )
}

#[test]
fn the_manifest_says_how_the_book_is_installed() {
    let site = book("").build();
    let manifest: Value = serde_json::from_str(&site.text("manifest.webmanifest")).unwrap();
    for (key, value) in [
        ("name", "Test"),
        ("scope", "./"),
        ("start_url", "index.html"),
        ("lang", "en"),
        ("dir", "ltr"),
        ("background_color", "#fbf8f2"),
    ] {
        assert_eq!(manifest[key], value, "{key}");
    }
    for icon in manifest["icons"].as_array().unwrap() {
        assert!(site.has(icon["src"].as_str().unwrap()), "{icon}");
    }
    assert!(bytes(&site, "labbook/icon-192.png").starts_with(b"\x89PNG"));
    site.page("deep/two")
        .has("<link rel=\"manifest\" href=\"../manifest.webmanifest\">")
        .has("data-worker=\"../service-worker.js\"");
}

#[test]
fn icons_are_square_and_one_that_cannot_be_drawn_is_named() {
    let wide = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 20 10\"><rect width=\"20\" height=\"10\"/></svg>";
    let site = book("").file("theme/favicon.svg", wide).build();
    let icon = bytes(&site, "labbook/icon-192.png");
    assert_eq!(icon[16..24], [0, 0, 0, 192, 0, 0, 0, 192]);
    let message = book("").file("theme/favicon.svg", "<svg").fails();
    assert!(
        message.starts_with("favicon.svg: the icon cannot be drawn"),
        "{message}"
    );
    assert!(
        message.contains("`offline = false`") && message.lines().count() == 1,
        "{message}"
    );
    book("offline = false\n")
        .file("theme/favicon.svg", "<svg")
        .build();
}

#[test]
fn the_worker_lists_files_of_the_site_and_first_what_pages_need() {
    let site = book("")
        .bytes("src/large.bin", &[7; 300_000])
        .bytes("src/small.png", b"dot")
        .build();
    let list = list(&site);
    let (files, keep) = files(&list);
    let kept = &files[..keep];
    for path in &files {
        assert!(site.has(path), "{path} is listed and is not there");
    }
    for path in [
        "index.html",
        "one.html",
        "deep/two.html",
        "small.png",
        "labbook/search-index.js",
        "labbook/inter.woff2",
    ] {
        assert!(kept.contains(&path), "{path} is not kept: {kept:?}");
    }
    assert!(kept.iter().any(|path| path.starts_with("labbook/style-")));
    assert!(
        kept.iter()
            .any(|path| path.starts_with("labbook/search-text-"))
    );
    for path in ["large.bin", "print.html"] {
        assert!(
            files.contains(&path) && !kept.contains(&path),
            "{path} is kept at once"
        );
    }
    for path in ["service-worker.js", "404.html", "robots.txt"] {
        assert!(!files.contains(&path), "{path} is listed");
    }
}

#[test]
fn its_version_changes_with_the_book_and_only_then() {
    let version = |one: &str| list(&book("").file("src/one.md", one).build())["version"].clone();
    assert_eq!(version("# One"), version("# One"));
    assert_ne!(version("# One"), version("# One, again"));
}

#[test]
fn a_large_book_is_not_kept_all_at_once() {
    let words = "many words ".repeat(30_000);
    let mut summary = String::new();
    let mut large = book("");
    for chapter in 0..40 {
        summary += &format!("- [C{chapter}](c{chapter}.md)\n");
        large = large.file(
            &format!("src/c{chapter}.md"),
            &format!("# C{chapter}\n\n{words}\n"),
        );
    }
    let site = large.file("src/SUMMARY.md", &summary).build();
    let list = list(&site);
    let (files, keep) = files(&list);
    let total: usize = files[..keep]
        .iter()
        .map(|path| super::length(&site, path))
        .sum();
    assert!(
        total <= 10_000_000 && total > 9_000_000,
        "{total} bytes at once"
    );
    assert!(files[..keep].contains(&"c0.html") && !files[..keep].contains(&"c39.html"));
    assert!(files.contains(&"c39.html"), "it is kept when it is read");
}

#[test]
fn a_preview_has_no_worker() {
    let book = book("");
    let built = labbook::build::build(book.root(), labbook::build::Purpose::Preview);
    let built = built.unwrap_or_else(|problems| panic!("{problems}"));
    let site = Site { built, book };
    assert!(!site.has("service-worker.js"));
    assert!(!site.page("one").html.contains("data-worker"));
}
