//! `labbook build`.

use std::path::Path;

use super::{BuildArguments, report};
use crate::build::{Built, Purpose, build};
use crate::output;
use crate::problem::{Problem, Problems};

/// Builds a book into a folder.
pub(super) fn run(arguments: &BuildArguments) -> Result<(), Problems> {
    let built = build(&arguments.dir, Purpose::Publish)?;
    let configured = arguments.dir.join(&built.book.settings.destination);
    let destination = arguments.dest_dir.as_deref().unwrap_or(&configured);
    refuse_source(&built, destination)?;
    report::print(&built);
    let written = output::write(&built.site, destination)?;
    report::say(&format!(
        "{}, {} in {}: {} changed, {} removed",
        report::counted(built.pages.len(), "page"),
        report::counted(written.files, "file"),
        destination.display(),
        written.changed,
        written.removed
    ));
    if arguments.open {
        super::serve::open(&destination.join("index.html").display().to_string());
    }
    Ok(())
}

/// A site written over its own source would mix the two.
fn refuse_source(built: &Built, destination: &Path) -> Result<(), Problem> {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let (source, root) = (real(&built.book.source), real(&built.book.root));
    if real(destination).is_some_and(|destination| {
        Some(&destination) == source.as_ref() || Some(&destination) == root.as_ref()
    }) {
        return Err(Problem::in_file(
            destination,
            "is the book's own folder: name another destination with `-d DEST`",
        ));
    }
    Ok(())
}
