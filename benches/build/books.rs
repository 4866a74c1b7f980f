//! The books that are built: real ones, ours, and made-up ones. Each is copied or written into a temporary folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::synthetic_book::{self, RUST_BOOK, Shape, short_pages};

/// A book to build.
pub(crate) struct Book {
    /// As the table names it.
    pub(crate) name: &'static str,
    /// The folder that holds book.toml.
    pub(crate) root: PathBuf,
    /// Chapters.
    pub(crate) pages: usize,
}

/// The name of the book after which the targets for speed are set.
pub(crate) const RUST_BOOK_SHAPE: &str = "Rust Book's shape";

/// How large the books are whose times tell whether time grows with the pages.
pub(crate) const LEAST: usize = 40;
/// See [`LEAST`].
pub(crate) const FEW: usize = 1_000;
/// See [`LEAST`].
pub(crate) const MANY: usize = 4_000;

/// Prepares all books below `folder`. Real books that are not there are left out with a word.
pub(crate) fn prepare(folder: &Path) -> io::Result<Vec<Book>> {
    let mut books = Vec::new();
    match real_books() {
        Some(real) => {
            for name in ["nomicon", "edition-guide"] {
                let root = folder.join(name);
                copy(&real.join(name), &root)?;
                books.push(book(name, root)?);
            }
        }
        None => println!("Left out: the real books, which stand in no folder shared/books above."),
    }
    let ours = folder.join("ours");
    for part in ["book.toml", "chapters", "labs", "theme"] {
        copy(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(part),
            &ours.join(part),
        )?;
    }
    leave_out_other_outputs(&ours.join("book.toml"))?;
    books.push(book("our book", ours)?);
    let made_up: [(&'static str, Shape); 4] = [
        (RUST_BOOK_SHAPE, RUST_BOOK),
        ("40 short pages", short_pages(LEAST)),
        ("1,000 short pages", short_pages(FEW)),
        ("4,000 short pages", short_pages(MANY)),
    ];
    for (name, shape) in made_up {
        let root = folder.join(format!("made-up-{}", shape.pages));
        synthetic_book::write(&shape, &root)?;
        books.push(book(name, root)?);
    }
    Ok(books)
}

/// mdBook makes no zip, no EPUB, no card images and nothing to install: with them there would be nothing to compare.
fn leave_out_other_outputs(settings: &Path) -> io::Result<()> {
    let text = fs::read_to_string(settings)?;
    let others = ["zip = true", "epub = true", "cards = true"];
    let kept: Vec<&str> = text.lines().filter(|line| !others.contains(line)).collect();
    let ours = "[output.labbook]";
    let kept = kept
        .join("\n")
        .replace(ours, &format!("{ours}\noffline = false"));
    fs::write(settings, kept)
}

/// `shared/books` beside the repository, or beside a folder that it lies in.
fn real_books() -> Option<PathBuf> {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("shared/books"))
        .find(|books| books.is_dir())
}

fn book(name: &'static str, root: PathBuf) -> io::Result<Book> {
    let source = ["src", "chapters"].map(|source| root.join(source).join("SUMMARY.md"));
    let summary = source.iter().find(|summary| summary.is_file());
    let summary = summary.ok_or_else(|| io::Error::other(format!("{name} has no SUMMARY.md")))?;
    let pages = fs::read_to_string(summary)?.matches(".md)").count();
    Ok(Book { name, root, pages })
}

/// Copies a file or a folder; caches of earlier builds stay behind, and what is copied can be written.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let wanted = |entry: &walkdir::DirEntry| entry.file_name() != ".labbook";
    for entry in WalkDir::new(from).into_iter().filter_entry(wanted) {
        let entry = entry?;
        let inside = entry.path().strip_prefix(from).unwrap_or(Path::new(""));
        let place = if inside.as_os_str().is_empty() {
            to.to_owned()
        } else {
            to.join(inside)
        };
        if entry.file_type().is_dir() {
            fs::create_dir_all(place)?;
        } else {
            fs::create_dir_all(place.parent().unwrap_or(to))?;
            fs::write(place, fs::read(entry.path())?)?;
        }
    }
    Ok(())
}
