//! Live figures of a served book: compiled again when their sources change, on a thread of their own, while the book is
//! served as it is. What does not compile is told, and the module from before stays.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use super::book::{LiveBook, Rendered};
use super::{Live, Report};
use crate::book::{Book, Chapter};
use crate::build::located;
use crate::live_figures::{self, Compiled, LiveFigures, Obstacle};
use crate::output::digests;
use crate::problem::Problems;
use crate::site;

/// What messages call the module.
const NAME: &str = "live figures";

/// What must be compiled, and where.
#[derive(Debug, Clone)]
pub struct FiguresJob {
    root: PathBuf,
    folder: PathBuf,
}

impl FiguresJob {
    /// Has cargo compile the figures; this takes as long as it takes.
    ///
    /// # Errors
    /// As [`live_figures::compile`].
    pub fn run(&self) -> Result<Compiled, Obstacle> {
        live_figures::compile(&self.root, &self.folder)
    }
}

impl Live {
    /// What to compile again after these files have changed; `None` where no figure is made from them.
    pub fn figures_job(&self, paths: &BTreeSet<PathBuf>) -> Option<FiguresJob> {
        let book = &self.book.book;
        let sources = book.figures.sources();
        sources
            .iter()
            .any(|source| paths.contains(source))
            .then(|| FiguresJob {
                root: book.root.clone(),
                folder: book.settings.labbook.figures.clone().unwrap_or_default(),
            })
    }

    /// Takes what was compiled since `start`, and tells open pages: of another module, or of what is wrong.
    pub fn take_figures(&mut self, compiled: Result<Compiled, Obstacle>, start: Instant) -> Report {
        let mut report = Report {
            changed: vec![NAME.into()],
            ..Report::default()
        };
        match self.exchange_figures(compiled, &mut report) {
            Ok(()) => report.took = start.elapsed(),
            Err(problems) => {
                report.problems.clone_from(&problems.0);
                self.figure_problems = problems.0;
                self.tell_all();
            }
        }
        report
            .warnings
            .retain(|warning| self.said.insert(warning.clone()));
        report
    }

    fn exchange_figures(
        &mut self,
        compiled: Result<Compiled, Obstacle>,
        report: &mut Report,
    ) -> Result<(), Problems> {
        let figures = live_figures::accepted(&self.book.book.root, compiled?)?;
        let rendered = self.book.with_figures(figures)?;
        (report.pages, report.warnings) = (rendered.pages, rendered.warnings.clone());
        self.figure_problems.clear();
        let next = self.state.borrow().rendered(&rendered);
        self.state.send_replace(Arc::new(next));
        let site = self.book.assemble()?;
        let before = self.state.borrow().clone();
        let next = before.assembled(site, (self.book.not_found(), &[]));
        let next = next.telling(&before, self.problems());
        self.state.send_replace(Arc::new(next));
        self.interest = self.book.interest();
        Ok(())
    }
}

impl LiveBook {
    /// Gives a book that was read again the figures that there are; they are compiled on another thread.
    pub(super) fn take_over_figures(&self, book: &mut Book) -> Result<(), Problems> {
        let folder = |book: &Book| -> Option<PathBuf> { book.settings.labbook.figures.clone() };
        if folder(book) == folder(&self.book) {
            book.figures = self.book.figures.clone();
            return Ok(());
        }
        let (figures, note) = live_figures::prepared(book)?;
        book.figures = figures;
        book.warnings.extend(note);
        Ok(())
    }

    /// Exchanges the module, and renders the chapters that it is shown in.
    fn with_figures(&mut self, figures: LiveFigures) -> Result<Rendered, Problems> {
        let book = Book {
            figures,
            ..self.book.clone()
        };
        let shown = |index: &usize| live_figures::may_use(&book.chapters[*index].content);
        let indices: Vec<usize> = (0..book.chapters.len()).filter(shown).collect();
        let chapters: Vec<&Chapter> = indices.iter().map(|index| &book.chapters[*index]).collect();
        let digests = digests(&book, &self.theme, &chapters);
        let pages = site::render_chapters(&book, &self.theme, &chapters)?;
        let of_pages = || chapters.iter().copied().zip(&pages);
        let faults = located(&book.source, of_pages(), |page| &page.faults);
        if !faults.is_empty() {
            return Err(Problems(faults));
        }
        // Open pages load anew, as their script is another one: nothing is exchanged in them before.
        let rendered = Rendered {
            pages: indices.len(),
            warnings: located(&book.source, of_pages(), |page| &page.warnings),
            ..Rendered::default()
        };
        for (index, (page, digest)) in indices.iter().zip(pages.into_iter().zip(digests)) {
            (self.pages[*index], self.digests[*index]) = (page, digest);
        }
        self.book = book;
        Ok(rendered)
    }
}
