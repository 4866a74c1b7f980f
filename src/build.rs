//! From a folder to a site in memory: load, render, assemble. What `build`, `serve` and `check` share.

use std::path::Path;

use crate::book::{Book, Chapter};
use crate::downloads;
use crate::live_figures::{self, LiveFigures};
use crate::load::{self, History, SourceLines};
use crate::output::{self, PageCache, SearchCache};
use crate::page::{Fault, Page};
use crate::problem::{Problem, Problems};
use crate::site::{self, Site};
use crate::theme::Theme;

/// A book that was built.
pub struct Built {
    /// What was read.
    pub book: Book,
    /// Its chapters, rendered.
    pub pages: Vec<Page>,
    /// How its pages look.
    pub theme: Theme,
    /// Everything that goes on disk.
    pub site: Site,
    /// What the author should know; `check` fails for it.
    pub warnings: Vec<Problem>,
    /// What is not built yet, or not used; no fault of the book.
    pub notes: Vec<Problem>,
}

/// How to build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// For a host: addresses are those of book.toml.
    Publish,
    /// For a server on this machine: the site's root is `/`.
    Preview,
}

/// A book that was read, and the theme of its pages.
pub(crate) struct Prepared {
    pub(crate) book: Book,
    pub(crate) history: History,
    pub(crate) theme: Theme,
}

/// Reads the book in `root`, and its theme. Its live figures are made by [`live_figures::prepared`].
pub(crate) fn prepare(root: &Path, purpose: Purpose) -> Result<Prepared, Problems> {
    let (mut book, history) = load::load(root)?;
    if purpose == Purpose::Preview {
        book.settings.html.site_url = Some("/".into());
        // A browser that keeps pages would show old ones.
        book.settings.labbook.offline = Some(false);
        // Whoever serves a book has labs on this machine, and perhaps numbers of their own.
        load::add_own(&mut book.chapters, root);
    }
    let mut theme = Theme::of(&book)?;
    if let Some(icon) = book.favicon.take() {
        theme.set_favicon(icon);
    }
    Ok(Prepared {
        book,
        history,
        theme,
    })
}

/// Builds the book in `root`.
///
/// # Errors
/// Everything that is wrong with the book, with file and line.
pub fn build(root: &Path, purpose: Purpose) -> Result<Built, Problems> {
    build_with(root, purpose, live_figures::prepared)
}

/// Builds the book in `root` with live figures that come from anywhere, and a note about them.
///
/// # Errors
/// As [`build`].
pub fn build_with(
    root: &Path,
    purpose: Purpose,
    figures: impl FnOnce(&Book) -> Result<(LiveFigures, Option<Problem>), Problems>,
) -> Result<Built, Problems> {
    let Prepared {
        mut book,
        history,
        theme,
    } = prepare(root, purpose)?;
    let (figures, note) = figures(&book)?;
    book.figures = figures;
    book.notes.extend(note);
    let cache = PageCache::open(&book, &theme);
    let pages = site::render_pages(&book, &theme, |chapter| cache.page(chapter))?;
    let faults = located(&book.source, book.chapters.iter().zip(&pages), |page| {
        &page.faults
    });
    if !faults.is_empty() {
        cache.keep(&pages);
        return Err(Problems(faults));
    }
    if let Some(dates) = history.date(&mut book.chapters) {
        output::keep_dates(root, &dates);
    }
    let search = SearchCache::of(&book, &cache);
    let known = search.known();
    let is_new = known.is_none();
    let (site, ()) = rayon::join(
        || site::build(&book, &pages, &theme, known),
        || cache.keep(&pages),
    );
    let mut site = site?;
    if is_new {
        search.keep(&site);
    }
    if purpose == Purpose::Publish {
        downloads::add((&book, &pages), &theme, &mut site)?;
    }
    let mut warnings = std::mem::take(&mut book.warnings);
    warnings.append(&mut site.warnings);
    let of_pages = || book.chapters.iter().zip(&pages);
    warnings.extend(located(&book.source, of_pages(), |page| &page.warnings));
    let mut notes = std::mem::take(&mut book.notes);
    notes.append(&mut site.notes);
    notes.extend(located(&book.source, of_pages(), |page| &page.notes));
    Ok(Built {
        book,
        pages,
        theme,
        site,
        warnings,
        notes,
    })
}

/// Faults of pages, on their authors' lines.
pub(crate) fn located<'a>(
    source: &Path,
    pages: impl Iterator<Item = (&'a Chapter, &'a Page)>,
    faults: impl Fn(&Page) -> &Vec<Fault>,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (chapter, page) in pages {
        if faults(page).is_empty() {
            continue;
        }
        let lines = SourceLines::of(chapter, source);
        problems.extend(
            faults(page)
                .iter()
                .map(|fault| lines.problem(fault.line, fault.message.clone())),
        );
    }
    problems
}
