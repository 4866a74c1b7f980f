//! Every fault of a book is one line that names its file and line and says what to write instead; the exit code is 1, and
//! the site from before stays as it was.

mod book_toml;
mod chapters;
mod command_line;
mod figures;
mod summary;
mod themes;

use crate::harness::Book;

fn book() -> Book {
    Book::with("# One\n")
}

/// A book whose only chapter is this text, with front matter above it: its first line is the fourth of the file.
fn below_front_matter(text: &str) -> Book {
    Book::with(&format!("+++\nessence = \"e\"\n+++\n{text}"))
}
