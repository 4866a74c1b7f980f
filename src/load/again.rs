//! Reads some chapters of a book again whose other files have not changed: in a large book this is many times as fast as
//! to read all of it.

use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use mdbook_summary::{Link, Summary, SummaryItem};

use super::{attachments, chapters, config, front_matter, includes, preprocess, summary};
use crate::book::{Book, Chapter};
use crate::problem::{Problem, Problems};

/// Chapters that were read again.
pub struct Again {
    /// In the order in which they were asked for.
    pub chapters: Vec<Chapter>,
    /// What the author should know about them.
    pub warnings: Vec<Problem>,
    /// Files that they include.
    pub included: Vec<std::path::PathBuf>,
}

/// Reads chapters again, by their indices. `None` where that takes more than their files: a preprocessor of the author's
/// may look at the whole book, and SUMMARY.md says what to do about a file that is gone.
///
/// # Errors
/// Every problem of these chapters, with file and line.
pub fn read_again(book: &Book, indices: &[usize]) -> Result<Option<Again>, Problems> {
    let config = config::read(&book.root)?.mdbook;
    let wanted: Vec<&Chapter> = indices.iter().map(|index| &book.chapters[*index]).collect();
    let mut part = Summary::default();
    for chapter in &wanted {
        let file = chapter.source.as_ref();
        let Some(file) = file.filter(|file| book.source.join(file).is_file()) else {
            return Ok(None);
        };
        let item = SummaryItem::Link(Link::new(&chapter.name, file));
        part.numbered_chapters.push(item);
    }
    if has_preprocessors(&config) {
        return Ok(None);
    }
    let (root, source) = (&book.root, &book.source);
    let mut mdbook = MDBook::load_with_config_and_summary(root, config, part)
        .map_err(|error| summary::unreadable(root, source, &format!("{error:#}")))?;
    let front_matters = front_matter::take_all(&mut mdbook.book, source)?;
    let mut warnings = front_matter::never_closed(&mdbook.book, source);
    let included = includes::check(&mdbook, source, &front_matters)?;
    warnings.extend(included.warnings);
    let preprocessed = preprocess::run(&mdbook, root)?;
    let mut chapters = chapters::flatten(preprocessed, front_matters, source)?.chapters;
    let is_whole = chapters.len() == wanted.len()
        && chapters
            .iter()
            .zip(&wanted)
            .all(|(new, old)| new.path == old.path);
    if !is_whole {
        return Ok(None);
    }
    for (chapter, before) in chapters.iter_mut().zip(wanted) {
        chapter.number.clone_from(&before.number);
        chapter.modified.clone_from(&before.modified);
    }
    attachments::read_all(&mut chapters, source, root, &book.settings);
    Ok(Some(Again {
        chapters,
        warnings,
        included: included.files,
    }))
}

/// Whether book.toml sets up any preprocessor.
fn has_preprocessors(config: &Config) -> bool {
    let table = config.preprocessors::<toml::Value>();
    table.map_or(true, |table| !table.is_empty())
}
