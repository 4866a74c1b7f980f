//! The folder that has `.labbook/`: the book's.

use std::path::PathBuf;

/// The nearest folder upwards with a book.toml; the present one if there is none.
pub(super) fn root() -> PathBuf {
    let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let book = here
        .ancestors()
        .find(|folder| folder.join("book.toml").is_file());
    book.map_or_else(|| here.clone(), PathBuf::from)
}
