//! `labbook check`.

use super::{CheckArguments, report};
use crate::build::{Purpose, build};
use crate::check;
use crate::problem::Problems;

/// Builds a book in memory and looks at the result.
pub(super) fn run(arguments: &CheckArguments) -> Result<(), Problems> {
    let built = build(&arguments.dir, Purpose::Publish)?;
    report::notes(&built.notes);
    report::notes(&check::notes(&built));
    let problems = check::check(&built);
    if !problems.is_empty() {
        return Err(Problems(problems));
    }
    let links: usize = built.pages.iter().map(|page| page.links.len()).sum();
    let figures: usize = built.pages.iter().map(|page| page.figures.len()).sum();
    report::say(&format!(
        "{}, {}, {}: nothing wrong",
        report::counted(built.pages.len(), "page"),
        report::counted(links, "link"),
        report::counted(figures, "figure")
    ));
    Ok(())
}
