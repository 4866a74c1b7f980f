//! Tries the code of a book: Rust snippets are compiled and run, console blocks are run and their output compared.
//!
//! In: a loaded book. Out: a [`Report`] for each chapter that has such blocks. Steps:
//! 1. `blocks` finds them in the preprocessed Markdown; 2. `dependencies` builds the crates that snippets may use;
//! 3. `rustdoc_input` makes Markdown of a chapter's snippets alone, `rust` runs rustdoc on it, `rustdoc_report` reads what it
//!    says; chapters in parallel; 4. `session`, `command_line`, `process` and `comparison` do the same for console blocks,
//!    one after another, since they share ports and folders.

mod blocks;
mod command_line;
mod comparison;
mod console;
mod dependencies;
mod lab_programs;
mod rust;
mod rustdoc_input;
mod rustdoc_report;
mod session;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread::available_parallelism;
use std::time::Duration;

use rayon::prelude::*;

use crate::book::{Book, Chapter};
use crate::load::SourceLines;
use crate::problem::Problem;
use crate::process;
use blocks::{Block, Kind};
use console::{Outcome, Rules};
use rust::Rustdoc;
use rustdoc_input::{Input, input};

/// What to try, and with what.
#[derive(Debug, Default)]
pub struct Choice {
    /// One chapter alone, by its name or its file; all when absent.
    pub chapter: Option<String>,
    /// Folders of compiled crates, for rustdoc.
    pub library_paths: Vec<PathBuf>,
}

/// Something that is not as the book says.
#[derive(Debug)]
pub struct Failure {
    /// What, and where.
    pub problem: Problem,
    /// What the program said; may be empty.
    pub details: String,
}

/// Counts of blocks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// As they should be.
    pub passed: usize,
    /// Not as they should be.
    pub failed: usize,
    /// Their authors asked that they not be tried.
    pub ignored: usize,
    /// Console blocks that call a program that is not on the book's list.
    pub not_run: usize,
}

/// What came of one chapter.
#[derive(Debug)]
pub struct Report {
    /// Its file.
    pub file: PathBuf,
    /// Its Rust snippets.
    pub rust: Tally,
    /// Its console blocks.
    pub console: Tally,
    /// Programs that it calls and that are not on the list.
    pub other_programs: BTreeSet<String>,
    /// What is wrong, in the chapter's order.
    pub failures: Vec<Failure>,
}

/// What kept a book from being tried at all.
pub type Obstacle = Failure;

/// A chapter's blocks, ready to be tried.
struct Work {
    /// The chapter's file, as messages name it.
    file: PathBuf,
    lines: SourceLines,
    blocks: Vec<Block>,
    input: Input,
}

/// Tries a book's code; `report` hears of each chapter that has some, in reading order, as soon as it is done.
///
/// # Errors
/// What keeps it from the work: a missing rustdoc or cargo, a crate that does not build, a chapter that is not there,
/// Ctrl-C.
pub fn test(book: &Book, choice: &Choice, mut report: impl FnMut(Report)) -> Result<(), Obstacle> {
    let work: Vec<Work> = chosen(book, choice.chapter.as_deref())?
        .into_par_iter()
        .map(|chapter| work(chapter, book))
        .filter(|work| !work.blocks.is_empty())
        .collect();
    let rustdoc = rustdoc(book, choice, &work)?;
    let settings = &book.settings.labbook.test;
    let limit = Duration::from_secs(settings.timeout_s);
    let rules = Rules {
        programs: &settings.commands,
        seconds: settings.timeout_s,
        run: &|words| process::run(words, &book.root, limit),
    };
    let stopped = AtomicBool::new(false);
    std::thread::scope(|threads| {
        let (send, results) = channel();
        let (all, stopped) = (&work, &stopped);
        threads.spawn(move || {
            all.par_iter()
                .enumerate()
                .for_each_with(send, |send, (index, work)| {
                    if !stopped.load(Ordering::Relaxed) {
                        // Nobody listens any more after Ctrl-C.
                        let _ = send.send((index, snippets(work, rustdoc.as_ref())));
                    }
                });
        });
        let may_compile = settings.commands.iter().any(|program| program == "cargo");
        if may_compile && !lab_programs::compile(all, &book.root) {
            stopped.store(true, Ordering::Relaxed);
            return Err(Failure::general("stopped".into()));
        }
        let mut early = BTreeMap::new();
        for (index, work) in work.iter().enumerate() {
            let mut done = next(&results, index, &mut early, work);
            if !sessions(work, &rules, &mut done) {
                stopped.store(true, Ordering::Relaxed);
                return Err(Failure::general("stopped".into()));
            }
            report(done);
        }
        Ok(())
    })
}

/// The chapters to try: all, or the one with this name or file, as in mdBook.
fn chosen<'a>(book: &'a Book, name: Option<&str>) -> Result<Vec<&'a Chapter>, Obstacle> {
    let Some(name) = name else {
        return Ok(book.chapters.iter().collect());
    };
    let is_it = |chapter: &&Chapter| {
        let file = chapter
            .source
            .as_ref()
            .map(|file| file.display().to_string());
        chapter.name == name || file.as_deref() == Some(name)
    };
    let chosen: Vec<&Chapter> = book.chapters.iter().filter(is_it).collect();
    if chosen.is_empty() {
        return Err(Failure::general(format!(
            "no chapter `{name}`: name one as in SUMMARY.md, by its title or its file"
        )));
    }
    Ok(chosen)
}

fn work(chapter: &Chapter, book: &Book) -> Work {
    let blocks = blocks::find(&chapter.content, &book.settings);
    let lines = SourceLines::of(chapter, &book.source);
    let input = input(&blocks, |line| lines.line(line).unwrap_or(line));
    Work {
        file: SourceLines::file(chapter, &book.source),
        lines,
        blocks,
        input,
    }
}

/// What the book's snippets are tried with; `None` when there are none.
fn rustdoc<'a>(
    book: &'a Book,
    choice: &Choice,
    work: &[Work],
) -> Result<Option<Rustdoc<'a>>, Obstacle> {
    let chapters = work.iter().filter(|work| work.input.blocks > 0).count();
    if chapters == 0 {
        return Ok(None);
    }
    rust::look_for_rustdoc(&book.root).map_err(|problem| Failure {
        problem,
        details: String::new(),
    })?;
    let mut crates = rust::library_paths(&choice.library_paths);
    crates.extend(dependencies::build(book)?);
    // Chapters and snippets together should not start more compilers than there are cores.
    let cores = available_parallelism().map_or(1, usize::from);
    Ok(Some(Rustdoc {
        root: &book.root,
        crates,
        edition: book.settings.edition.as_deref(),
        threads: (cores / chapters).max(1),
    }))
}

/// Tries a chapter's Rust snippets.
fn snippets(work: &Work, rustdoc: Option<&Rustdoc>) -> Report {
    let (rust, failures) = match rustdoc {
        Some(rustdoc) if work.input.blocks > 0 => rustdoc.test(&work.input, &work.file),
        _ => (Tally::default(), Vec::new()),
    };
    Report {
        file: work.file.clone(),
        rust,
        console: Tally::default(),
        other_programs: BTreeSet::new(),
        failures,
    }
}

/// Waits for the result of one chapter; others that come before it are kept.
fn next(
    results: &Receiver<(usize, Report)>,
    wanted: usize,
    early: &mut BTreeMap<usize, Report>,
    work: &Work,
) -> Report {
    loop {
        if let Some(report) = early.remove(&wanted) {
            return report;
        }
        match results.recv() {
            Ok((index, report)) => early.insert(index, report),
            // Every chapter sends before the channel closes.
            Err(_) => return snippets(work, None),
        };
    }
}

/// Runs a chapter's console blocks; false when the user interrupts.
fn sessions(work: &Work, rules: &Rules, report: &mut Report) -> bool {
    for block in &work.blocks {
        let Kind::Session { ignored, fails } = block.kind else {
            continue;
        };
        if ignored {
            report.console.ignored += 1;
            continue;
        }
        match console::test(&block.code, fails, rules) {
            Outcome::Passed => report.console.passed += 1,
            Outcome::NotRun(program) => {
                report.console.not_run += 1;
                report
                    .other_programs
                    .extend(Some(program).filter(|program| !program.is_empty()));
            }
            Outcome::Failed(fault) => {
                report.console.failed += 1;
                report.failures.push(Failure {
                    problem: work
                        .lines
                        .problem(block.line + 1 + fault.line, fault.message),
                    details: fault.details,
                });
            }
            Outcome::Interrupted => return false,
        }
    }
    report.failures.sort_by_key(|failure| failure.problem.line);
    true
}

impl Tally {
    /// The sum of two counts.
    pub fn and(self, other: Tally) -> Tally {
        Tally {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            ignored: self.ignored + other.ignored,
            not_run: self.not_run + other.not_run,
        }
    }
}

impl Failure {
    /// One that belongs to no file.
    fn general(message: String) -> Failure {
        Failure {
            problem: Problem::general(message),
            details: String::new(),
        }
    }
}
