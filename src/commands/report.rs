//! What a build tells its author besides errors.

use crate::build::Built;

/// Warnings shown before the rest is only counted: other people's books can have hundreds.
const SHOWN_MAX: usize = 20;

/// Prints warnings and notes to standard error.
pub(super) fn print(built: &Built) {
    for warning in built.warnings.iter().take(SHOWN_MAX) {
        eprintln!("warning: {warning}");
    }
    if built.warnings.len() > SHOWN_MAX {
        eprintln!(
            "warning: … and {} more; `labbook check` lists all",
            built.warnings.len() - SHOWN_MAX
        );
    }
    for note in &built.notes {
        eprintln!("note: {note}");
    }
}
