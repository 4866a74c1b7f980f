//! Reads a book from disk. The only module that sees mdBook's types.
//!
//! In: the folder that holds book.toml. Out: a [`Book`] of plain data, or every problem found, with file and line. Steps:
//! 1. book.toml becomes mdBook's configuration and our [`Settings`];
//! 2. SUMMARY.md is checked (mdBook would panic, or write files, where we want a message);
//! 3. mdBook reads the chapters; front matter is taken off; includes are checked, since mdBook only logs a missing one;
//! 4. mdBook's own and external preprocessors run, under the renderer name `html`: many skip any other;
//! 5. files that figures and directives name are read, so that no later pass does I/O.

mod again;
mod attachments;
mod bounds;
mod chapters;
mod config;
mod front_matter;
mod history;
mod includes;
mod labs;
mod mdbook_theme;
mod named_files;
mod own;
mod page_names;
mod preprocess;
mod source_lines;
mod summary;
mod toml_lines;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use mdbook_driver::MDBook;

pub use again::{Again, read_again};
pub use bounds::Bounds;
pub use front_matter::line_in_front_matter;
pub use history::{History, KEPT as KEPT_DATES};
pub use own::{PROGRESS, add_own, own_files, own_run_key};
pub use source_lines::SourceLines;
pub use toml_lines::line_of_key;

use crate::book::{Book, Chapter};
use crate::live_figures::LiveFigures;
use crate::policy::{self, Use};
use crate::problem::{Problem, Problems};
use crate::settings::Settings;

/// Reads the book in `root`. The history gives its chapters their dates when they are needed.
///
/// # Errors
/// Every problem of book.toml, SUMMARY.md, chapters, front matter, includes and preprocessors, with file and line.
pub fn load(root: &Path) -> Result<(Book, History), Problems> {
    let read = config::read(root)?;
    let (settings, mut warnings) = (read.settings, read.warnings);
    let source = root.join(&settings.source_name);
    let history = History::start(root, &source);
    summary::check(root, &source)?;
    let mut not_found = not_found(&source, settings.html.input_404.as_deref())?;
    let mut mdbook = MDBook::load_with_config(root, read.mdbook)
        .map_err(|error| summary::unreadable(root, &source, &format!("{error:#}")))?;
    let front_matters = front_matter::take_all(&mut mdbook.book, &source)?;
    warnings.extend(front_matter::never_closed(&mdbook.book, &source));
    let included = includes::check(&mdbook, &source, &front_matters)?;
    warnings.extend(included.warnings);
    let mut beside = read.mdbook_theme.folder.into_iter().collect::<Vec<_>>();
    let folders = &mdbook.config.build.extra_watch_dirs;
    beside.extend(folders.iter().map(|folder| root.join(folder)));
    beside.extend(included.files);
    let preprocessed = preprocess::run(&mdbook, root)?;
    let flat = chapters::flatten(preprocessed, front_matters, &source)?;
    let mut chapters = flat.chapters;
    page_names::check(&chapters, &source, &settings)?;
    attachments::read_all(&mut chapters, &source, root, &settings);
    attachments::read_all(not_found.as_mut_slice(), &source, root, &settings);
    let labs = labs::named(settings.labbook.labs.as_ref().map(|labs| root.join(labs)));
    let style_uses = style_uses(root, &settings);
    let book = Book {
        root: root.to_owned(),
        source,
        settings,
        items: flat.items,
        chapters,
        not_found,
        beside,
        warnings,
        notes: read.mdbook_theme.notes,
        favicon: read.mdbook_theme.favicon,
        figures: LiveFigures::default(),
        labs,
        style_uses,
    };
    Ok((book, history))
}

/// The labs of the book in `root`: names of packages to their folders. Nothing else of the book is read, which may be broken.
///
/// # Errors
/// What is wrong with book.toml.
pub fn labs(root: &Path) -> Result<BTreeMap<String, PathBuf>, Problems> {
    let labs = config::read(root)?.settings.labbook.labs;
    Ok(labs::named(labs.map(|labs| root.join(labs))))
}

/// What the style sheets that book.toml names load from elsewhere.
fn style_uses(root: &Path, settings: &Settings) -> Vec<(PathBuf, Use)> {
    let files = settings
        .html
        .additional_css
        .iter()
        .map(|css| root.join(css));
    let uses = |file: PathBuf| {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let found = policy::in_style(&text).into_iter();
        found.map(move |found| (file.clone(), found))
    };
    files.flat_map(uses).collect()
}

/// The page for what is not there, if the author wrote one. As in mdBook it is rendered without preprocessors.
fn not_found(source: &Path, input: Option<&str>) -> Result<Option<Chapter>, Problem> {
    let name = input.unwrap_or("404.md");
    let file = source.join(name);
    if name.is_empty() || (input.is_none() && !file.is_file()) {
        return Ok(None);
    }
    let text = std::fs::read_to_string(&file).map_err(|error| {
        let message =
            format!("cannot be read ({error}): create it, or remove `input-404` from book.toml");
        Problem::in_file(&file, message)
    })?;
    let (front_matter, content) = front_matter::take(&text, &file)?;
    Ok(Some(Chapter {
        name: "Not found".into(),
        number: None,
        path: name.replace(".md", ".html"),
        source: Some(name.into()),
        document_title: None,
        front_matter: front_matter.unwrap_or_default(),
        content: content.to_string(),
        attachments: Default::default(),
        modified: None,
    }))
}
