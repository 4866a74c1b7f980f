//! Destinations that can't be written, and things that stand in a site's way: one message, and nothing is half-moved.

use super::{book, built, site};
use crate::harness::Book;
use crate::program::{files, labbook, run};

/// A build into `destination` that must fail with one message, which is given back, and change no file of the book.
#[track_caller]
fn stopped(book: &Book, destination: &str) -> String {
    let own = |book: &Book| {
        let mut files = files(book.root());
        // The cache of rendered pages is no part of a site, the lock stays where a build has been.
        files.retain(|name, _| !name.starts_with(".labbook/") && !name.ends_with(".labbook-lock"));
        files
    };
    let before = own(book);
    let run = run(labbook(book, &["build", "-d", destination]));
    assert_eq!(run.code, 1, "{run:?}");
    assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
    assert_eq!(own(book), before, "something was changed");
    run.stderr
}

#[track_caller]
fn stopped_with(book: &Book, destination: &str, words: &[&str]) {
    let message = stopped(book, destination);
    for word in words {
        assert!(message.contains(word), "no `{word}` in: {message}");
    }
}

#[test]
fn a_file_in_the_place_of_the_destination() {
    let book = book().file("file", "theirs");
    stopped_with(&book, "file", &["error: file: ", "move it away", "-d DEST"]);
    stopped_with(&book, "file/site", &["error: file/site: ", "move it away"]);
}

#[test]
fn the_books_own_folders() {
    let book = book();
    for destination in [".", "src", "src/../src", "./"] {
        stopped_with(&book, destination, &["the book's own folder", "-d DEST"]);
    }
}

#[test]
fn a_file_where_a_folder_must_be_and_a_folder_where_a_file_must_be() {
    let book = book().file("out/data", "theirs");
    stopped_with(
        &book,
        "out",
        &["out/data: is a file where the site needs a folder"],
    );
    let book = self::book().file("out/one.html/theirs", "x");
    stopped_with(
        &book,
        "out",
        &["out/one.html: is a folder where the site needs a file"],
    );
}

#[test]
fn what_an_earlier_build_wrote_is_no_obstacle() {
    let book = book().file("src/thing", "a file");
    built(&book);
    let book = book
        .without("src/thing")
        .file("src/thing/inside", "a folder");
    built(&book);
    assert!(site(&book.destination()).contains_key("thing/inside"));
    std::fs::remove_dir_all(book.root().join("src/thing")).unwrap();
    let book = book.file("src/thing", "a file again");
    stopped_with(&book, "out", &["out/thing: is a folder"]);
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_the_site_elsewhere() {
    let elsewhere = tempfile::tempdir().unwrap();
    let book = book()
        .file("out/theirs", "x")
        .link("out/data", elsewhere.path().to_str().unwrap());
    stopped_with(&book, "out", &["out/data: is a link"]);
    assert_eq!(files(elsewhere.path()).len(), 0);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_file_is_replaced_and_not_followed() {
    let book = book()
        .file("precious", "kept")
        .file("out/theirs", "x")
        .link("out/one.html", "../precious");
    built(&book);
    assert_eq!(
        std::fs::read_to_string(book.root().join("precious")).unwrap(),
        "kept"
    );
    assert!(!book.destination().join("one.html").is_symlink());
}

#[test]
fn what_an_interrupted_build_left_is_no_obstacle() {
    let book = book()
        .file("out/.labbook-lock", "")
        .file("out/.labbook-staging-aBc123/0123", "half a pa");
    built(&book);
    assert!(!book.destination().join(".labbook-staging-aBc123").exists());
    let book = book.bytes("out/.labbook-manifest", b"\xff\x00../x\none.html\n");
    built(&book);
    assert!(site(&book.destination()).contains_key("one.html"));
}
