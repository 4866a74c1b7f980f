//! Reads a book from disk. The only module that sees mdBook's types.
//!
//! In: the folder that holds book.toml. Out: a [`Book`] of plain data, or every problem found, with file and line. Steps:
//! 1. book.toml becomes mdBook's configuration and our [`Settings`];
//! 2. SUMMARY.md is checked (mdBook would panic, or write files, where we want a message);
//! 3. mdBook reads the chapters; front matter is taken off; includes are checked, since mdBook only logs a missing one;
//! 4. mdBook's own and external preprocessors run, under the renderer name `html`: many skip any other;
//! 5. files that figures and directives name are read, so that no later pass does I/O.

mod attachments;
mod chapters;
mod config;
mod front_matter;
mod history;
mod includes;
mod preprocess;
mod source_lines;
mod summary;

use std::path::Path;

use mdbook_driver::MDBook;

pub use source_lines::SourceLines;

use crate::book::Book;
use crate::problem::{Problem, Problems};

/// Reads the book in `root`.
///
/// # Errors
/// Every problem of book.toml, SUMMARY.md, chapters, front matter, includes and preprocessors, with file and line.
pub fn load(root: &Path) -> Result<Book, Problems> {
    let read = config::read(root)?;
    let (settings, mut warnings) = (read.settings, read.warnings);
    let source = root.join(&settings.source_name);
    let history = history::Log::start(&source);
    summary::check(root, &source)?;
    let not_found = not_found_text(&source, settings.html.input_404.as_deref())?;
    let mut mdbook = MDBook::load_with_config(root, read.mdbook)
        .map_err(|error| summary::unreadable(&source, &format!("{error:#}")))?;
    let front_matters = front_matter::take_all(&mut mdbook.book, &source)?;
    warnings.extend(includes::check(&mdbook, &source)?);
    let preprocessed = preprocess::run(&mdbook, root)?;
    let flat = chapters::flatten(preprocessed, front_matters, &source)?;
    let mut chapters = flat.chapters;
    attachments::read_all(&mut chapters, &source, root, &settings);
    history.date(&mut chapters);
    Ok(Book {
        root: root.to_owned(),
        source,
        settings,
        items: flat.items,
        chapters,
        not_found,
        warnings,
    })
}

/// The text of the page for what is not there, if the author wrote one.
fn not_found_text(source: &Path, input: Option<&str>) -> Result<Option<String>, Problem> {
    let file = source.join(input.unwrap_or("404.md"));
    if input == Some("") || (input.is_none() && !file.exists()) {
        return Ok(None);
    }
    std::fs::read_to_string(&file).map(Some).map_err(|error| {
        Problem::in_file(
            &file,
            format!("cannot be read ({error}): create it, or remove `input-404` from book.toml"),
        )
    })
}
