//! From a folder to a site in memory: load, render, assemble. What `build`, `serve` and `check` share.

use std::path::Path;

use crate::book::Book;
use crate::load::{self, SourceLines};
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

/// Builds the book in `root`.
///
/// # Errors
/// Everything that is wrong with the book, with file and line.
pub fn build(root: &Path, purpose: Purpose) -> Result<Built, Problems> {
    let (mut book, history) = load::load(root)?;
    if purpose == Purpose::Preview {
        book.settings.html.site_url = Some("/".into());
    }
    let mut theme = Theme::of(&book)?;
    if let Some(icon) = book.favicon.take() {
        theme.set_favicon(icon);
    }
    let cache = PageCache::open(&book, &theme);
    let pages = site::render_pages(&book, &theme, |chapter| cache.page(chapter))?;
    let faults = located(&book, &pages, |page| &page.faults);
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
    let mut warnings = std::mem::take(&mut book.warnings);
    warnings.append(&mut site.warnings);
    warnings.extend(located(&book, &pages, |page| &page.warnings));
    let mut notes = std::mem::take(&mut book.notes);
    notes.append(&mut site.notes);
    notes.extend(located(&book, &pages, |page| &page.notes));
    Ok(Built {
        book,
        pages,
        site,
        warnings,
        notes,
    })
}

/// Faults of all pages, on their authors' lines.
fn located(book: &Book, pages: &[Page], faults: impl Fn(&Page) -> &Vec<Fault>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (chapter, page) in book.chapters.iter().zip(pages) {
        if faults(page).is_empty() {
            continue;
        }
        let lines = SourceLines::of(chapter, &book.source);
        problems.extend(
            faults(page)
                .iter()
                .map(|fault| lines.problem(fault.line, fault.message.clone())),
        );
    }
    problems
}
