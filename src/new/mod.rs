//! Beginnings for authors: a book, a chapter, a figure, a lab. Each builds and passes `check` as it is.
//!
//! In: a name, and the book that it is for. Out: a [`Plan`] of files, which [`crate::output::create`] makes, all or none.
//! Their texts are the files in `templates/`.

mod book;
mod chapter;
mod figure;
mod lab;
mod name;
mod summary;
mod template;
mod workspace;

use std::path::PathBuf;

pub use book::book;
pub use chapter::chapter;
pub use figure::figure;
pub use lab::lab;

use crate::output::Creation;

/// What shall be made.
#[derive(Debug, PartialEq, Eq)]
pub struct Plan {
    /// New files, and old ones with lines added.
    pub files: Vec<Creation>,
    /// What the author does next, in one line.
    pub next: String,
    /// Text for the author to paste, where no file takes it.
    pub paste: Option<String>,
}

/// A file that is not there yet.
fn new_file(file: PathBuf, text: String) -> Creation {
    Creation {
        file,
        text,
        before: None,
    }
}
