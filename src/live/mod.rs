//! Keeps what is served the same as what stands on disk, while its author writes.
//!
//! In: the files that change, as the system tells. Out: a [`Moment`] that is exchanged whole, from which each open page
//! learns what it must be told. One thread does it, one burst of changes after the other:
//! 1. what may have changed is read again: the chapter that was written, or the book; only those chapters are rendered
//!    whose text, number, settings or attachments have changed. Open pages get their new content at once;
//! 2. the site is made: sidebar, home page, print page. Until it is there, requests wait ([`Moment::is_assembling`]);
//! 3. the scripts of search are made when somebody asks for them, and not before.
//!
//! What is wrong is told a moment later than what is right: an editor may be in the middle of a save. Until it is mended
//! the last good site is served. Nothing of this is written to disk, but for the dates that git gave.

mod book;
mod burst;
mod figures;
mod interest;
mod moment;
mod thread;
mod watching;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use tokio::sync::watch;
use xxhash_rust::xxh3::xxh3_64;

use crate::build::Built;
use crate::live_figures::{Compiled, Obstacle};
use crate::problem::{Problem, Problems, shown};
use book::LiveBook;
use interest::Interest;
use thread::Thread;
use watching::Watching;

pub use figures::FiguresJob;
pub use moment::{Event, Moment, Revision};

/// A book that is kept up to date.
pub struct Live {
    book: LiveBook,
    interest: Interest,
    state: watch::Sender<Arc<Moment>>,
    /// Warnings that were reported already.
    said: BTreeSet<Problem>,
    /// What is wrong with the book on disk, of which pages were told, and with its live figures.
    book_problems: Vec<Problem>,
    figure_problems: Vec<Problem>,
}

/// What one rebuild did.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// What changed, as messages name it.
    pub changed: Vec<String>,
    /// Chapters that were rendered.
    pub pages: usize,
    /// From the end of the burst until open pages were told.
    pub took: Duration,
    /// Warnings that no earlier rebuild gave.
    pub warnings: Vec<Problem>,
    /// What is wrong; empty when the book was built.
    pub problems: Vec<Problem>,
}

/// What reaches the thread.
enum Message {
    /// Something happened to a file.
    Files(notify::Result<notify::Event>),
    /// The live figures were compiled, or were not; and since when that was tried.
    Figures(Result<Compiled, Obstacle>, Instant),
    /// Somebody wants to search.
    Search,
    /// Somebody wants the whole book as one file, by its path in the site.
    Download(String),
}

/// Asks the thread for what is only made when it is wanted.
#[derive(Clone)]
pub struct Wishes(Sender<Message>);

impl Wishes {
    /// Has the scripts of search made; [`Moment::has_search`] says when they are there.
    pub fn search(&self) {
        let _ = self.0.send(Message::Search);
    }

    /// Has the whole book made as one file, by its path in the site; [`Moment::has_tried`] says when that was done.
    pub fn download(&self, path: &str) {
        let _ = self.0.send(Message::Download(path.into()));
    }
}

impl Live {
    /// Goes on from a first build.
    pub fn of(built: Built) -> Live {
        let said = built.warnings.iter().cloned().collect();
        let (book, site) = LiveBook::of(built);
        let now = std::time::SystemTime::now();
        let run = format!("{now:?} {}", std::process::id());
        let session = format!("{:08x}", xxh3_64(run.as_bytes()) as u32);
        let state = Moment::first(session, site, book.not_found());
        Live {
            interest: book.interest(),
            state: watch::Sender::new(Arc::new(state)),
            book,
            said,
            book_problems: Vec::new(),
            figure_problems: Vec::new(),
        }
    }

    /// The newest state, now and later.
    pub fn state(&self) -> watch::Receiver<Arc<Moment>> {
        self.state.subscribe()
    }

    /// Rebuilds after these files have changed; their paths are absolute. What is wrong is in the report, and nobody was
    /// told of it yet.
    pub fn changed(&mut self, paths: &BTreeSet<PathBuf>) -> Report {
        let start = Instant::now();
        let mut report = Report {
            changed: self.shown(paths),
            ..Report::default()
        };
        if let Err(problems) = self.rebuild(paths, (start, &mut report)) {
            report.problems = problems.0;
            let unchanged = self.state.borrow().kept();
            self.state.send_replace(Arc::new(unchanged));
        }
        report
            .warnings
            .retain(|warning| self.said.insert(warning.clone()));
        report
    }

    fn rebuild(
        &mut self,
        paths: &BTreeSet<PathBuf>,
        (start, report): (Instant, &mut Report),
    ) -> Result<(), Problems> {
        let root = &self.interest.root;
        let changed = paths
            .iter()
            .map(|path| self.book.named(path, root))
            .collect();
        let mut rendered = self.book.read(&changed)?;
        (report.pages, report.warnings) = (rendered.pages, std::mem::take(&mut rendered.warnings));
        let next = self.state.borrow().rendered(&rendered);
        self.state.send_replace(Arc::new(next));
        report.took = start.elapsed();
        let site = self.book.assemble()?;
        report.warnings.extend(site.warnings.iter().cloned());
        let copied = self.book.copied(&site, &changed);
        let before = self.state.borrow().clone();
        let next = before.assembled(site, (self.book.not_found(), &copied));
        self.book_problems.clear();
        let next = next.telling(&before, self.problems());
        self.state.send_replace(Arc::new(next));
        self.interest = self.book.interest();
        Ok(())
    }

    /// Tells every open page what is wrong.
    pub fn tell(&mut self, problems: Vec<Problem>) {
        self.book_problems = problems;
        self.tell_all();
    }

    fn tell_all(&mut self) {
        let next = self.state.borrow().failed(self.problems());
        self.state.send_replace(Arc::new(next));
    }

    /// What is wrong with the book and with its live figures: each is mended for itself.
    fn problems(&self) -> Vec<Problem> {
        let problems = self.book_problems.iter().chain(&self.figure_problems);
        problems.cloned().collect()
    }

    /// Makes the scripts of search, unless they are there.
    pub fn make_search(&mut self) {
        if !self.state.borrow().has_search {
            let files = self.book.search();
            let next = self.state.borrow().with_search(files);
            self.state.send_replace(Arc::new(next));
        }
    }

    /// Makes the whole book as one file, unless it is there; `path` is its path in the site.
    ///
    /// # Errors
    /// What keeps it from being made.
    pub fn make_download(&mut self, path: &str) -> Result<(), Problems> {
        if self.state.borrow().has_tried(path) {
            return Ok(());
        }
        // A zip holds the scripts of search.
        self.make_search();
        let now = self.state.borrow().clone();
        let made = self.book.download(path, &now.site).transpose();
        let (bytes, result) = match made {
            Ok(bytes) => (bytes, Ok(())),
            Err(problems) => (None, Err(problems)),
        };
        self.state
            .send_replace(Arc::new(now.with_download(path, bytes)));
        result
    }

    /// Changed files as messages name them. One that came and went again within a save is not worth a word.
    fn shown(&self, paths: &BTreeSet<PathBuf>) -> Vec<String> {
        let there: Vec<&PathBuf> = paths.iter().filter(|path| path.is_file()).collect();
        let named = |path: &&PathBuf| shown(&self.book.named(path, &self.interest.root));
        if there.is_empty() {
            paths.iter().map(|path| named(&path)).collect()
        } else {
            there.iter().map(named).collect()
        }
    }

    /// Watches the book's files on a thread of its own, until the program ends; `report` gets what each rebuild did.
    ///
    /// # Errors
    /// Why files can't be watched, in a few words. Search is made on demand all the same.
    pub fn watch(
        self,
        report: impl FnMut(&Report) + Send + 'static,
    ) -> (Wishes, Result<(), String>) {
        let (send, inbox) = channel();
        let hear = send.clone();
        let watching = Watching::start(move |event| {
            let _ = hear.send(Message::Files(event));
        });
        let (mut watching, mut result) = match watching {
            Ok(watching) => (Some(watching), Ok(())),
            Err(reason) => (None, Err(reason)),
        };
        if let Some(watching) = &mut watching {
            result = watching.follow(&self.interest);
        }
        let thread = Thread::new(self, (watching, send.clone()), Box::new(report));
        std::thread::spawn(move || thread.run(&inbox));
        (Wishes(send), result)
    }
}

/// The absolute path of a file of a book, as [`Live::changed`] wants it.
pub fn absolute(root: &Path, path: &str) -> PathBuf {
    let root = std::fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    root.join(path)
}
