//! Two real books, which stand in `shared/books` above the checkout.

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::Comparison;
use crate::harness::Book;

#[test]
fn the_nomicon_is_the_same() {
    whole_book_is_the_same("nomicon", 84);
}

#[test]
fn the_edition_guide_is_the_same() {
    whole_book_is_the_same("edition-guide", 141);
}

/// Compares a shared book, which has at least so many pages, redirects among them.
#[track_caller]
fn whole_book_is_the_same(name: &str, pages: usize) {
    let comparison = Comparison::of(copied(name));
    comparison.holds();
    comparison.same_contents();
    let compared = comparison.pages(comparison.reference.paths()).len();
    assert!(compared >= pages, "only {compared} pages were compared");
}

/// A copy of a shared book: nothing may be written beside the original.
fn copied(name: &str) -> Book {
    let original = shared_books().join(name);
    let book = Book::empty();
    for entry in WalkDir::new(&original) {
        let entry = entry.unwrap();
        let copy = book
            .root()
            .join(entry.path().strip_prefix(&original).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(copy).unwrap();
        } else {
            fs::copy(entry.path(), copy).unwrap();
        }
    }
    book
}

/// The first `shared/books` above this checkout.
fn shared_books() -> PathBuf {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR"));
    checkout
        .ancestors()
        .map(|folder| folder.join("shared/books"))
        .find(|books| books.is_dir())
        .unwrap_or_else(|| {
            panic!(
                "no folder `shared/books` above {}: these tests compare whole books with mdBook and need it",
                checkout.display()
            )
        })
}
