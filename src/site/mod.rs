//! From rendered chapters to a whole site in memory: navigation, templates, and the pages that no author writes.
//!
//! In: a [`Book`], its [`Page`]s and a [`Theme`]. Out: a [`Site`], from path to content. Nothing is written here.

mod context;
mod extras;
mod feed;
mod listings;
mod llms_txt;
mod navigation;
mod offline;
mod pages;
mod policies;
mod print;
mod redirects;
mod scan;
mod searching;
mod sidebar;
mod static_files;

use std::collections::BTreeMap;
use std::path::PathBuf;

use rayon::prelude::*;

pub use context::book_id;
pub(crate) use feed::on_line_of;
pub use offline::ICONS;
pub use policies::Policies;
pub(crate) use print::rewrite;
pub use print::{is_elsewhere, resolved};
pub use redirects::{Redirect, combined as combined_redirects, redirect_problem};
pub use scan::{Attribute, attributes};
pub(crate) use static_files::SITE_MARK;

use crate::book::{Book, Chapter};
use crate::downloads;
use crate::load::SourceLines;
use crate::markdown::Renderer;
use crate::page::Page;
use crate::problem::{Problem, Problems};
use crate::theme::{ASSETS, FIGURE_SCRIPT, Theme};

/// What a path of the site holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Made by labbook.
    Bytes(Vec<u8>),
    /// A file of the book, copied as it is.
    File(PathBuf),
}

/// The scripts of search: path and text of each.
pub type SearchFiles = Vec<(String, String)>;

/// A whole site: path (with `/`, relative) to content.
#[derive(Debug, Default)]
pub struct Site {
    /// The files.
    pub files: BTreeMap<String, Content>,
    /// Paths of the scripts of search.
    pub search: Vec<String>,
    /// Paths of the files that hold the whole book; they are made last, or on demand.
    pub downloads: Vec<String>,
    /// Which pages have which content security policy.
    pub policies: Policies,
    /// Things left out, named.
    pub warnings: Vec<Problem>,
    /// What the author may want to know; no fault of the book.
    pub notes: Vec<Problem>,
}

impl Site {
    /// Adds a page that labbook makes. A file of the book that stood in its place is named.
    fn add_page(&mut self, path: &str, html: String) {
        let page = Content::Bytes(html.into_bytes());
        if let Some(Content::File(file)) = self.files.insert(path.to_string(), page) {
            let message = format!("is left out: the page `{path}` has its name; rename the file");
            self.warnings.push(Problem::in_file(&file, message));
        }
    }
}

/// Renders the chapters of a book; `known` gives pages that were rendered before.
pub fn render_pages(
    book: &Book,
    theme: &Theme,
    known: impl Fn(usize) -> Option<Page> + Sync,
) -> Result<Vec<Page>, Problems> {
    let fonts = theme.fonts()?;
    let renderer = Renderer {
        settings: &book.settings,
        fonts: &fonts,
        live_figures: &book.figures,
    };
    let pages = book
        .chapters
        .par_iter()
        .enumerate()
        .map(|(index, chapter)| known(index).unwrap_or_else(|| renderer.render(chapter)))
        .collect();
    Ok(pages)
}

/// Renders some chapters, with the settings and the live figures of a book.
///
/// # Errors
/// A font of the theme that cannot be read.
pub fn render_chapters(
    book: &Book,
    theme: &Theme,
    chapters: &[&Chapter],
) -> Result<Vec<Page>, Problems> {
    let fonts = theme.fonts()?;
    let renderer = Renderer {
        settings: &book.settings,
        fonts: &fonts,
        live_figures: &book.figures,
    };
    let pages = chapters.par_iter().map(|chapter| renderer.render(chapter));
    Ok(pages.collect())
}

/// The scripts of search for a book's pages.
pub fn search_files(book: &Book, pages: &[Page]) -> SearchFiles {
    searching::files(book, pages, &navigation::Navigation::of(book))
}

/// The content of a chapter's page as it reads from the site's root.
pub fn seen_from_root(html: &str, path: &str) -> String {
    print::rebased(html, path)
}

/// Builds the site; `known_search` gives the scripts of search where an earlier build made the same.
///
/// # Errors
/// Faults in chapters, templates, redirects and settings, each with file and line.
pub fn build(
    book: &Book,
    pages: &[Page],
    theme: &Theme,
    known_search: Option<SearchFiles>,
) -> Result<Site, Problems> {
    let mut assets = theme.assets();
    let templates = theme.templates(&assets)?;
    let fonts = theme.fonts()?;
    let renderer = Renderer {
        settings: &book.settings,
        fonts: &fonts,
        live_figures: &book.figures,
    };
    let navigation = navigation::Navigation::of(book);
    let not_found = not_found(book, &renderer)?;
    let live = pages.iter().chain(&not_found).any(Page::is_live);
    let module = book.figures.module().filter(|_| live);
    if module.is_none() {
        assets.leave_out(FIGURE_SCRIPT);
    }
    let mut site = Site::default();
    static_files::add(book, &mut site);
    for (path, bytes) in assets.files {
        site.files.insert(path, Content::Bytes(bytes));
    }
    if let Some(module) = module {
        let script = Content::Bytes(module.script().as_bytes().to_vec());
        let path = format!("{ASSETS}/{}", module.script_name());
        site.files.insert(path, script);
    }
    let policies = policies::of(book, pages, not_found.as_ref(), theme);
    site.warnings.extend(policies.warnings);
    site.notes.extend(policies.notes);
    let builder = context::Builder {
        book,
        pages,
        templates: &templates,
        navigation,
        policies: &policies.policies,
        fonts: &fonts,
        not_found: not_found.as_ref(),
    };
    let mut sidebars = sidebar::Sidebars::new(&builder)?;
    // The index takes about as long as the pages: beside them it costs little.
    let (search, (pages, extras)) = rayon::join(
        || {
            known_search
                .unwrap_or_else(|| searching::files(book, builder.pages, &builder.navigation))
        },
        || {
            rayon::join(
                || pages::files(&builder, &sidebars),
                || extras::files(&builder, &sidebars, &site),
            )
        },
    );
    site.search = search.iter().map(|(path, _)| path.clone()).collect();
    let made = pages?.into_iter().chain(extras?).chain(search);
    for (path, text) in made.chain(sidebars.take_script()) {
        site.add_page(&path, text);
    }
    site.warnings.extend(searching::idle_settings(book));
    redirects::add(&builder, &mut site)?;
    listings::add(book, &mut site);
    llms_txt::add(book, &mut site);
    feed::add(book, &mut site)?;
    offline::add(book, theme, &mut site);
    site.policies = policies.policies;
    let offered = downloads::paths(&book.settings).into_iter();
    site.downloads = offered.map(|(_, path)| path).collect();
    refuse_file_as_folder(book, &site)?;
    Ok(site)
}

/// The author's 404 page, rendered.
fn not_found(book: &Book, renderer: &Renderer) -> Result<Option<Page>, Problems> {
    let Some(chapter) = &book.not_found else {
        return Ok(None);
    };
    let page = renderer.render(chapter);
    if page.faults.is_empty() {
        return Ok(Some(page));
    }
    let lines = SourceLines::of(chapter, &book.source);
    let faults = page.faults.into_iter();
    let problems = faults.map(|fault| lines.problem(fault.line, fault.message));
    Err(Problems(problems.collect()))
}

/// `a` and `a/b.html` can't both be written.
fn refuse_file_as_folder(book: &Book, site: &Site) -> Result<(), Problem> {
    for path in site.files.keys() {
        let above = path
            .match_indices('/')
            .map(|(end, _)| &path[..end])
            .find(|folder| site.files.contains_key(*folder));
        if let Some(file) = above {
            let message = format!(
                "`{file}` would be both a file of the site and the folder of `{path}`: rename one"
            );
            return Err(Problem::in_file(&book.root.join("book.toml"), message));
        }
    }
    Ok(())
}
