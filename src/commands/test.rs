//! `labbook test`.

use std::collections::BTreeSet;

use super::{TestArguments, report};
use crate::load;
use crate::problem::{Problem, Problems, shown};
use crate::snippets::{self, Choice, Failure, Report, Tally};

/// Tries the code of a book.
pub(super) fn run(arguments: &TestArguments) -> Result<(), Problems> {
    let (book, _) = load::load(&arguments.dir)?;
    report::warnings(&book.warnings);
    let choice = Choice {
        chapter: arguments.chapter.clone(),
        library_paths: arguments.library_path.clone(),
    };
    let (mut rust, mut console) = (Tally::default(), Tally::default());
    let mut other_programs = BTreeSet::new();
    let done = snippets::test(&book, &choice, |chapter| {
        rust = rust.and(chapter.rust);
        console = console.and(chapter.console);
        other_programs.extend(chapter.other_programs.iter().cloned());
        show(&chapter);
    });
    if let Err(obstacle) = done {
        show_failure(&obstacle);
        return Err(Problems(Vec::new()));
    }
    report::say(&format!("all: {}", counted(rust, console)));
    if !other_programs.is_empty() {
        let names: Vec<String> = other_programs
            .iter()
            .map(|name| format!("`{name}`"))
            .collect();
        report::say(&format!(
            "not run, since `commands` in [output.labbook.test] does not name them: {}",
            names.join(", ")
        ));
    }
    match rust.failed + console.failed {
        0 => Ok(()),
        failed => Err(Problem::general(format!("{failed} failed")).into()),
    }
}

/// One line for a chapter, then what is wrong with it.
fn show(chapter: &Report) {
    report::say(&format!(
        "{}: {}",
        shown(&chapter.file),
        counted(chapter.rust, chapter.console)
    ));
    for failure in &chapter.failures {
        show_failure(failure);
    }
}

/// What is wrong, and below it what the program said.
fn show_failure(failure: &Failure) {
    report::errors(&Problems::from(failure.problem.clone()));
    report::details(&failure.details);
}

/// The counts in words.
fn counted(rust: Tally, console: Tally) -> String {
    let parts: Vec<String> = [("Rust snippets", rust), ("console blocks", console)]
        .into_iter()
        .filter(|(_, tally)| *tally != Tally::default())
        .map(|(what, tally)| format!("{what}: {}", in_words(tally)))
        .collect();
    if parts.is_empty() {
        return "no Rust snippets and no console blocks".into();
    }
    parts.join("; ")
}

fn in_words(tally: Tally) -> String {
    let counts = [
        (tally.passed, "passed"),
        (tally.failed, "failed"),
        (tally.ignored, "ignored"),
        (tally.not_run, "not run"),
    ];
    let parts: Vec<String> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    parts.join(", ")
}
