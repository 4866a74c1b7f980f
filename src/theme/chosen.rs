//! The theme that a book chose, and what is said about its files.

use std::borrow::Cow;
use std::path::Path;

use super::Theme;
use crate::book::Book;
use crate::problem::Problem;

impl Theme {
    /// The theme that a book names.
    ///
    /// # Errors
    /// When its folder cannot be read.
    pub fn of(book: &Book) -> Result<Theme, Problem> {
        let folder = book.settings.labbook.theme.as_ref();
        Theme::load(folder.map(|folder| book.root.join(folder)).as_deref())
    }

    /// A file of the theme as text.
    pub(crate) fn text(&self, name: &str) -> Option<Cow<'_, str>> {
        let bytes = self.files.get(name)?;
        Some(String::from_utf8_lossy(bytes))
    }

    /// A problem of one of the theme's files.
    pub(crate) fn problem(&self, name: &str, message: impl Into<String>) -> Problem {
        Problem::in_file(Path::new(&format!("{}/{name}", self.folder)), message)
    }
}
