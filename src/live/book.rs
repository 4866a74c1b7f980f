//! A book that is read again whenever its files change, of which only what changed is rendered anew.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::interest::Interest;
use super::moment::{SCRIPT, STYLE};
use crate::book::{Book, Chapter};
use crate::build::{Built, Prepared, Purpose, located, prepare};
use crate::downloads;
use crate::load::{History, add_own, read_again};
use crate::output::{digests, keep_dates};
use crate::page::Page;
use crate::problem::{Problem, Problems};
use crate::site::{self, Content, SearchFiles, Site};
use crate::theme::Theme;

/// A book in memory: as it was when it could last be read.
pub(super) struct LiveBook {
    pub(super) book: Book,
    pub(super) theme: Theme,
    /// For each chapter its page, and a digest of all that makes it.
    pub(super) pages: Vec<Page>,
    pub(super) digests: Vec<u128>,
    /// Gives the dates when the site is made: git may take its time.
    history: Option<History>,
    /// Whether files have changed since that could not be read.
    is_behind: bool,
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
            digests: digests_of(&built.book, &built.theme),
            book: built.book,
            theme: built.theme,
            pages: built.pages,
            history: None,
            is_behind: false,
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

    /// Reads again what may have changed with these files, named as the book names its own, and renders what did.
    ///
    /// # Errors
    /// Everything that is wrong with the book, with file and line; it stays as it was then.
    pub(super) fn read(&mut self, changed: &HashSet<PathBuf>) -> Result<Rendered, Problems> {
        let some = match self.chapters_of(changed) {
            Some(chapters) => self.read_some(&chapters),
            None => Ok(None),
        };
        let read = some.and_then(|some| some.map_or_else(|| self.read_all(), Ok));
        self.is_behind = read.is_err();
        read
    }

    /// The chapters that these files are, if they are nothing else, and the rest of the book is as it was read.
    fn chapters_of(&self, changed: &HashSet<PathBuf>) -> Option<Vec<usize>> {
        let chapter_of = |file: &PathBuf| {
            let name = file.strip_prefix(&self.book.source).ok()?;
            let mut chapters = self.book.chapters.iter();
            let index = chapters.position(|chapter| chapter.source.as_deref() == Some(name))?;
            (!self.is_included(file)).then_some(index)
        };
        let chapters = changed.iter().map(chapter_of);
        chapters.collect::<Option<_>>().filter(|_| !self.is_behind)
    }

    /// Whether a chapter's file is also a part of others.
    fn is_included(&self, file: &Path) -> bool {
        let same_name = |other: &&PathBuf| other.file_name() == file.file_name();
        let real = |path: &Path| std::fs::canonicalize(path).ok();
        let mut namesakes = self.book.beside.iter().filter(same_name);
        namesakes.any(|other| real(other) == real(file))
    }

    /// Reads some chapters again; `None` when that is not enough.
    fn read_some(&mut self, indices: &[usize]) -> Result<Option<Rendered>, Problems> {
        let Some(mut again) = read_again(&self.book, indices)? else {
            return Ok(None);
        };
        add_own(&mut again.chapters, &self.book.root);
        let chapters: Vec<&Chapter> = again.chapters.iter().collect();
        let digests = digests(&self.book, &self.theme, &chapters);
        let pages = site::render_chapters(&self.book, &self.theme, &chapters)?;
        let of_pages = || again.chapters.iter().zip(&pages);
        let faults = located(&self.book.source, of_pages(), |page| &page.faults);
        if !faults.is_empty() {
            return Err(Problems(faults));
        }
        let mut warnings = again.warnings;
        warnings.extend(located(&self.book.source, of_pages(), |page| {
            &page.warnings
        }));
        let is_new = |(index, digest): (&usize, &u128)| self.digests[*index] != *digest;
        let pages_new = indices
            .iter()
            .zip(&digests)
            .filter(|pair| is_new(*pair))
            .count();
        let has_home = self.has_home();
        let pairs = indices.iter().zip(of_pages());
        let rendered = Rendered {
            fragments: self.fragments(pairs.map(|(index, pair)| (*index, pair)), has_home),
            pages: pages_new,
            warnings,
            reload: false,
        };
        let new = again.chapters.into_iter().zip(pages).zip(digests);
        for (index, ((chapter, page), digest)) in indices.iter().zip(new) {
            self.book.chapters[*index] = chapter;
            (self.pages[*index], self.digests[*index]) = (page, digest);
        }
        self.book.beside.extend(again.included);
        self.book.beside.sort();
        self.book.beside.dedup();
        Ok(Some(rendered))
    }

    /// Reads the whole book again, with settings and theme.
    fn read_all(&mut self) -> Result<Rendered, Problems> {
        let Prepared {
            mut book,
            history,
            theme,
        } = prepare(&self.book.root, Purpose::Preview)?;
        self.take_over_figures(&mut book)?;
        let digests = digests_of(&book, &theme);
        let known: HashMap<u128, usize> = self.digests.iter().copied().zip(0..).collect();
        let is_new = |index: &usize| !known.contains_key(&digests[*index]);
        let new: Vec<usize> = (0..book.chapters.len()).filter(is_new).collect();
        let chapters: Vec<&Chapter> = new.iter().map(|index| &book.chapters[*index]).collect();
        let new_pages = site::render_chapters(&book, &theme, &chapters)?;
        let of_pages = || chapters.iter().copied().zip(&new_pages);
        let faults = located(&book.source, of_pages(), |page| &page.faults);
        if !faults.is_empty() {
            return Err(Problems(faults));
        }
        let mut warnings = located(&book.source, of_pages(), |page| &page.warnings);
        let reload = format!("{:?}", book.settings) != format!("{:?}", self.book.settings)
            || theme.needs_reload(&self.theme);
        let has_home = book.chapters.iter().any(|chapter| chapter.path == HOME);
        let fragments = match reload {
            true => Vec::new(),
            false => self.fragments(new.iter().copied().zip(of_pages()), has_home),
        };
        let mut old: Vec<Option<Page>> = self.pages.drain(..).map(Some).collect();
        let mut made = new_pages.into_iter();
        let pages = digests.iter().map(|digest| match known.get(digest) {
            Some(index) => old[*index].take(),
            None => made.next(),
        });
        self.pages = pages
            .collect::<Option<_>>()
            .expect("paths of chapters differ, so each page is taken once");
        warnings.append(&mut book.warnings);
        (self.book, self.theme, self.digests) = (book, theme, digests);
        self.history = Some(history);
        Ok(Rendered {
            fragments,
            reload,
            pages: new.len(),
            warnings,
        })
    }

    fn has_home(&self) -> bool {
        self.book
            .chapters
            .iter()
            .any(|chapter| chapter.path == HOME)
    }

    /// Of rendered pages, those whose content was another one and may be exchanged in an open page.
    fn fragments<'a>(
        &self,
        pages: impl Iterator<Item = (usize, (&'a Chapter, &'a Page))>,
        has_home: bool,
    ) -> Vec<(String, String)> {
        let paths = self
            .book
            .chapters
            .iter()
            .map(|chapter| chapter.path.as_str());
        let before: HashMap<&str, &Page> = paths.zip(&self.pages).collect();
        let mut fragments = Vec::new();
        for (index, (chapter, page)) in pages {
            let path = &chapter.path;
            // What a policy may forbid decides which policy a page has: then it must be loaded again as a whole.
            let waits = |before: &&Page| before.html == page.html || before.uses != page.uses;
            if before.get(path.as_str()).is_some_and(waits) {
                continue;
            }
            if index == 0 && !has_home {
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

    /// The whole book as one file, if `path` is that of one it offers.
    pub(super) fn download(&self, path: &str, site: &Site) -> Option<Result<Vec<u8>, Problems>> {
        let offered = downloads::paths(&self.book.settings);
        let (kind, _) = offered.into_iter().find(|(_, offered)| offered == path)?;
        let (book, pages, theme) = (&self.book, &self.pages, &self.theme);
        let source = downloads::Source {
            book,
            pages,
            theme,
            site,
        };
        Some(downloads::bytes(kind, &source))
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

/// For each chapter of a book, a digest of all that makes its page.
fn digests_of(book: &Book, theme: &Theme) -> Vec<u128> {
    let chapters: Vec<&Chapter> = book.chapters.iter().collect();
    digests(book, theme, &chapters)
}
