//! A book that is read again whenever its files change, of which only what changed is rendered anew.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::interest::Interest;
use super::moment::{SCRIPT, STYLE};
use crate::book::{Book, Chapter};
use crate::build::{Built, Prepared, Purpose, located, prepare};
use crate::load::History;
use crate::output::{digests, keep_dates};
use crate::page::Page;
use crate::problem::{Problem, Problems};
use crate::site::{self, Content, SearchFiles, Site};
use crate::theme::Theme;

/// A book in memory: as it was when it could last be read.
pub(super) struct LiveBook {
    book: Book,
    theme: Theme,
    /// For each chapter its page, and a digest of all that makes it.
    pages: Vec<Page>,
    digests: Vec<u128>,
    /// Gives the dates when the site is made: git may take its time.
    history: Option<History>,
}

/// What came of reading a book again.
#[derive(Debug, Default)]
pub(super) struct Rendered {
    /// Path in the site and content of `<main>` of each page whose content is another one now.
    pub(super) fragments: Vec<(String, String)>,
    /// Settings, templates or scripts have changed: an open page can't be mended piece by piece.
    pub(super) reload: bool,
    /// Chapters that were rendered.
    pub(super) pages: usize,
    /// What the author should know about them and about book.toml.
    pub(super) warnings: Vec<Problem>,
}

impl LiveBook {
    /// Goes on from a first build. Gives its site, too.
    pub(super) fn of(built: Built) -> (LiveBook, Site) {
        let book = LiveBook {
            digests: digests(&built.book, &built.theme),
            book: built.book,
            theme: built.theme,
            pages: built.pages,
            history: None,
        };
        let mut site = built.site;
        book.add_scripts(&mut site);
        (book, site)
    }

    /// Which files make the book.
    pub(super) fn interest(&self) -> Interest {
        Interest::of(&self.book)
    }

    /// The page for what is not there.
    pub(super) fn not_found(&self) -> Option<String> {
        self.book.settings.not_found_path()
    }

    /// Reads the book again and renders what changed.
    ///
    /// # Errors
    /// Everything that is wrong with the book, with file and line; it stays as it was then.
    pub(super) fn read(&mut self) -> Result<Rendered, Problems> {
        let Prepared {
            mut book,
            history,
            theme,
        } = prepare(&self.book.root, Purpose::Preview)?;
        let digests = digests(&book, &theme);
        let known: HashMap<u128, usize> = self.digests.iter().copied().zip(0..).collect();
        let is_new = |index: &usize| !known.contains_key(&digests[*index]);
        let new: Vec<usize> = (0..book.chapters.len()).filter(is_new).collect();
        let new_pages = site::render_chapters(&book, &theme, &new)?;
        let chapters = || new.iter().map(|index| &book.chapters[*index]);
        let faults = located(&book.source, chapters().zip(&new_pages), |page| {
            &page.faults
        });
        if !faults.is_empty() {
            return Err(Problems(faults));
        }
        let mut warnings = std::mem::take(&mut book.warnings);
        let of_pages = chapters().zip(&new_pages);
        warnings.extend(located(&book.source, of_pages, |page| &page.warnings));
        let reload = format!("{:?}", book.settings) != format!("{:?}", self.book.settings)
            || theme.needs_reload(&self.theme);
        let mut rendered = Rendered {
            pages: new.len(),
            reload,
            warnings,
            ..Rendered::default()
        };
        if !reload {
            rendered.fragments = self.fragments(&book.chapters, new.iter().zip(&new_pages));
        }
        let mut old: Vec<Option<Page>> = self.pages.drain(..).map(Some).collect();
        let mut new_pages = new_pages.into_iter();
        let pages = digests.iter().map(|digest| match known.get(digest) {
            Some(index) => old[*index].take(),
            None => new_pages.next(),
        });
        self.pages = pages
            .collect::<Option<_>>()
            .expect("paths of chapters differ, so each page is taken once");
        (self.book, self.theme, self.digests) = (book, theme, digests);
        self.history = Some(history);
        Ok(rendered)
    }

    /// Of pages that were rendered, by their chapters' indices, those whose content was another one.
    fn fragments<'a>(
        &self,
        chapters: &[Chapter],
        pages: impl Iterator<Item = (&'a usize, &'a Page)>,
    ) -> Vec<(String, String)> {
        let before: HashMap<&str, &Page> = self
            .book
            .chapters
            .iter()
            .map(|chapter| chapter.path.as_str())
            .zip(&self.pages)
            .collect();
        let has_home = chapters.iter().any(|chapter| chapter.path == HOME);
        let mut fragments = Vec::new();
        for (index, page) in pages {
            let path = &chapters[*index].path;
            let is_same = |before: &&Page| before.html == page.html;
            if before.get(path.as_str()).is_some_and(is_same) {
                continue;
            }
            if *index == 0 && !has_home {
                fragments.push((HOME.into(), site::seen_from_root(&page.html, path)));
            }
            fragments.push((path.clone(), page.html.clone()));
        }
        fragments
    }

    /// Makes the site, without the scripts of search.
    ///
    /// # Errors
    /// What only shows when pages are put together: templates, redirects, files that are in each other's way.
    pub(super) fn assemble(&mut self) -> Result<Site, Problems> {
        if let Some(history) = self.history.take()
            && let Some(dates) = history.date(&mut self.book.chapters)
        {
            keep_dates(&self.book.root, &dates);
        }
        let mut site = site::build(&self.book, &self.pages, &self.theme, Some(Vec::new()))?;
        self.add_scripts(&mut site);
        Ok(site)
    }

    /// Makes the scripts of search.
    pub(super) fn search(&self) -> SearchFiles {
        site::search_files(&self.book, &self.pages)
    }

    /// Paths in a site of those files that are copied into it as they are.
    pub(super) fn copied(&self, site: &Site, changed: &HashSet<PathBuf>) -> Vec<String> {
        let files = site.files.iter().filter(|(_, content)| match content {
            Content::File(file) => changed.contains(file),
            Content::Bytes(_) => false,
        });
        files.map(|(path, _)| path.clone()).collect()
    }

    /// A path as messages and the site name it, from how the system names it.
    pub(super) fn named(&self, path: &Path, root: &Path) -> PathBuf {
        match path.strip_prefix(root) {
            Ok(inside) => self.book.root.join(inside),
            Err(_) => path.to_owned(),
        }
    }

    /// With them a page hears of changes.
    fn add_scripts(&self, site: &mut Site) {
        for path in [SCRIPT, STYLE] {
            let name = path.rsplit('/').next().unwrap_or(path);
            if let Some(bytes) = self.theme.file(&format!("live/{name}")) {
                let content = Content::Bytes(bytes.to_vec());
                site.files.insert(path.into(), content);
            }
        }
    }
}

/// A copy of the first chapter, where no chapter has this path.
const HOME: &str = "index.html";
