//! What a command tells its user. Whoever reads it may stop doing so at any time (`labbook check | head`): a closed pipe is
//! no error.

use std::io::Write;

use crate::build::Built;
use crate::problem::{Problem, Problems};

/// Warnings shown before the rest is only counted: other people's books can have hundreds.
const SHOWN_MAX: usize = 20;

/// Prints a result to standard output.
pub(super) fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
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

/// Prints warnings and notes of a build.
pub(super) fn print(built: &Built) {
    for warning in built.warnings.iter().take(SHOWN_MAX) {
        warn(&warning.to_string());
    }
    if built.warnings.len() > SHOWN_MAX {
        let more = built.warnings.len() - SHOWN_MAX;
        warn(&format!("… and {more} more; `labbook check` lists all"));
    }
    notes(&built.notes);
}
