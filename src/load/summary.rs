//! SUMMARY.md, read once before mdBook reads it: a missing file, a bad line, a chapter that is not there or that lies
//! outside the book become messages with a line.

use std::fs;
use std::path::{Path, PathBuf};

use mdbook_summary::{SummaryItem, parse_summary};
use regex::Regex;

use super::config::{leaves_root, line_with};
use crate::problem::{Problem, Problems};

/// Checks `source`/SUMMARY.md and that every chapter it names can be read.
pub(super) fn check(root: &Path, source: &Path) -> Result<(), Problems> {
    let file = source.join("SUMMARY.md");
    let text = fs::read_to_string(&file).map_err(|error| {
        Problem::in_file(&file, format!("cannot be read ({error}): create it with a line `- [Title](file.md)` for each chapter, or set `src` in book.toml"))
    })?;
    let summary =
        parse_summary(&text).map_err(|error| parse_problem(&file, &format!("{error:#}")))?;
    let mut locations = Vec::new();
    for items in [
        &summary.prefix_chapters,
        &summary.numbered_chapters,
        &summary.suffix_chapters,
    ] {
        collect(items, &mut locations);
    }
    if locations.is_empty() {
        return Err(
            Problem::in_file(&file, "names no chapter: add a line `- [Title](file.md)`").into(),
        );
    }
    let allowed = enclosing_repository(root);
    let mut problems: Vec<Problem> = locations
        .iter()
        .filter_map(|path| location_problem(&file, &text, path, &allowed))
        .collect();
    problems.dedup();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Problems(problems))
    }
}

/// All chapter files of a list of items and of what is nested in them.
fn collect(items: &[SummaryItem], locations: &mut Vec<PathBuf>) {
    for item in items {
        if let SummaryItem::Link(link) = item {
            locations.extend(link.location.clone());
            collect(&link.nested_items, locations);
        }
    }
}

/// What is wrong with one chapter's file, if anything.
fn location_problem(file: &Path, text: &str, location: &Path, allowed: &Path) -> Option<Problem> {
    let name = location.display().to_string();
    let line = line_with(text, &format!("({name}")).or_else(|| line_with(text, &name));
    let problem = |message: String| {
        Some(Problem {
            file: file.display().to_string(),
            line,
            message,
        })
    };
    if leaves_root(location) {
        return problem(format!(
            "chapter `{name}` lies outside the book: move it below the folder of SUMMARY.md"
        ));
    }
    let full = file.with_file_name("").join(location);
    match fs::canonicalize(&full) {
        Err(_) => problem(format!(
            "chapter `{name}` does not exist: create the file, or write `[Title]()` for a draft"
        )),
        Ok(real) if !real.starts_with(allowed) => problem(format!(
            "chapter `{name}` is a link to a file outside the book: copy the file into it"
        )),
        Ok(real) if real.is_dir() => problem(format!(
            "chapter `{name}` is a folder: name a file, as in `{name}/README.md`"
        )),
        Ok(_) => None,
    }
}

/// Links on disk may lead anywhere in the repository that holds the book, and nowhere else.
pub(crate) fn enclosing_repository(root: &Path) -> PathBuf {
    let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    root.ancestors()
        .find(|folder| folder.join(".git").exists())
        .unwrap_or(&root)
        .to_owned()
}

/// mdBook's message about a chapter that it could not read, in that chapter.
pub(super) fn unreadable(source: &Path, error: &str) -> Problem {
    let pattern = Regex::new("failed to read chapter `([^`]+)`: (.*)").ok();
    match pattern.as_ref().and_then(|pattern| pattern.captures(error)) {
        Some(found) => Problem::in_file(
            &source.join(&found[1]),
            format!("cannot be read as UTF-8 text: {}", &found[2]),
        ),
        None => Problem::in_file(&source.join("SUMMARY.md"), error.to_string()),
    }
}

/// mdBook's message about SUMMARY.md, with its line where it names one.
fn parse_problem(file: &Path, error: &str) -> Problem {
    let found = Regex::new(r"line (\d+), column \d+: (.*)")
        .ok()
        .and_then(|pattern| {
            let captures = pattern.captures(error)?;
            Some((captures[1].parse().ok()?, captures[2].to_string()))
        });
    match found {
        Some((line, message)) => Problem::at(file, line, message),
        None => Problem::in_file(file, error.to_string()),
    }
}
