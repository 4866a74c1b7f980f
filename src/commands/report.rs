//! What a command tells its user. Whoever reads it may stop doing so at any time (`labbook check | head`): a closed pipe is
//! no error.

use std::io::Write;

use crate::build::Built;
use crate::live::Report as Rebuilt;
use crate::problem::{Problem, Problems};

/// Warnings shown before the rest is only counted: other people's books can have hundreds.
const SHOWN_MAX: usize = 20;

/// Prints a result to standard output.
pub(super) fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// A number and what is counted, as in `1 page`, `2 pages`.
pub(super) fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Prints a warning to standard error.
pub(super) fn warn(warning: &str) {
    let _ = writeln!(std::io::stderr(), "warning: {warning}");
}

/// Prints what is not built yet to standard error.
pub(super) fn notes(notes: &[Problem]) {
    for note in notes.iter().take(SHOWN_MAX) {
        let _ = writeln!(std::io::stderr(), "note: {note}");
    }
    if notes.len() > SHOWN_MAX {
        let more = notes.len() - SHOWN_MAX;
        let _ = writeln!(std::io::stderr(), "note: … and {more} more");
    }
}

/// Prints what kept a command from its work to standard error, one a line.
pub fn errors(problems: &Problems) {
    for problem in &problems.0 {
        let _ = writeln!(std::io::stderr(), "error: {problem}");
    }
}

/// Prints what another program said to standard error, indented below what it belongs to.
pub(super) fn details(said: &str) {
    for line in said.trim_end().lines() {
        let line = line.replace(
            |character: char| character.is_control() && character != '\t',
            "\u{fffd}",
        );
        let _ = writeln!(std::io::stderr(), "    {line}");
    }
}

/// Prints warnings and notes of a build.
pub(super) fn print(built: &Built) {
    warnings(&built.warnings);
    notes(&built.notes);
}

/// Prints warnings, the first of many.
pub(super) fn warnings(warnings: &[Problem]) {
    for warning in warnings.iter().take(SHOWN_MAX) {
        warn(&warning.to_string());
    }
    if warnings.len() > SHOWN_MAX {
        let more = warnings.len() - SHOWN_MAX;
        warn(&format!("… and {more} more; `labbook check` lists all"));
    }
}

/// Prints what `serve` made of a change: one line, or what is wrong.
pub(super) fn rebuilt(rebuilt: &Rebuilt) {
    for warning in &rebuilt.warnings {
        warn(&warning.to_string());
    }
    if rebuilt.problems.is_empty() {
        say(&line_of(rebuilt));
    } else {
        errors(&Problems(rebuilt.problems.clone()));
    }
}

/// `chapters/03.md changed: 1 page, 12 ms`.
fn line_of(rebuilt: &Rebuilt) -> String {
    let what = match rebuilt.changed.as_slice() {
        [one] => one.clone(),
        many => format!("{} files", many.len()),
    };
    let pages = match rebuilt.pages {
        0 => "no page".into(),
        pages => counted(pages, "page"),
    };
    format!("{what} changed: {pages}, {} ms", rebuilt.took.as_millis())
}
