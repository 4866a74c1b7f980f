//! SUMMARY.md, read once before mdBook reads it: a missing file, a bad line, a chapter that is not there or that lies
//! outside the book become messages with a line.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use mdbook_summary::{SummaryItem, parse_summary};
use regex::Regex;

use super::bounds::{Bounds, leaves_root};
use super::config::key_in;
use super::toml_lines::{in_words, line_of_key, line_with};
use crate::problem::{Problem, Problems};

/// Checks `source`/SUMMARY.md and that every chapter it names can be read.
pub(super) fn check(root: &Path, source: &Path) -> Result<(), Problems> {
    let file = source.join("SUMMARY.md");
    let text = fs::read_to_string(&file).map_err(|error| {
        Problem::in_file(&file, format!("cannot be read ({error}): create it with a line `- [Title](file.md)` for each chapter, or set `src` in book.toml"))
    })?;
    let summary =
        parse_summary(&text).map_err(|error| parse_problem(&file, &text, &format!("{error:#}")))?;
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
    let bounds = Bounds::of(root);
    let mut folders = HashMap::new();
    let mut problems: Vec<Problem> = locations
        .iter()
        .filter(|path| leaves_root(path) || !is_plain(&source.join(path), &bounds, &mut folders))
        .filter_map(|path| location_problem(&file, &text, path, &bounds))
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

/// Whether a chapter is a plain file in a folder inside the bounds, as nearly all are: asked once for each folder, not with
/// ten system calls for each chapter.
fn is_plain(file: &Path, bounds: &Bounds, folders: &mut HashMap<PathBuf, bool>) -> bool {
    let folder = file.parent().unwrap_or(Path::new(""));
    let is_inside = match folders.get(folder) {
        Some(known) => *known,
        None => *folders
            .entry(folder.to_owned())
            .or_insert(bounds.hold(folder)),
    };
    is_inside && fs::symlink_metadata(file).is_ok_and(|metadata| metadata.is_file())
}

/// What is wrong with one chapter's file, if anything.
fn location_problem(file: &Path, text: &str, location: &Path, bounds: &Bounds) -> Option<Problem> {
    let name = location.display().to_string();
    let full = file.with_file_name("").join(location);
    let message = if leaves_root(location) {
        format!("chapter `{name}` lies outside the book: move it below the folder of SUMMARY.md")
    } else if !full.exists() {
        format!(
            "chapter `{name}` does not exist: create the file, or write `[Title]()` for a draft"
        )
    } else if !bounds.hold(&full) {
        format!("chapter `{name}` is a link to a file outside the book: copy the file into it")
    } else if full.is_dir() {
        let name = name.trim_end_matches('/');
        format!("chapter `{name}` is a folder: name a file, as in `{name}/README.md`")
    } else if !full.is_file() {
        format!("chapter `{name}` is no plain file: put a text file there")
    } else {
        return None;
    };
    let line = line_with(text, &format!("({name}")).or_else(|| line_with(text, &name));
    Some(Problem::in_file(file, message).on_line(line))
}

/// mdBook's message about a chapter that it could not read, in that chapter; what else it can fail on here is the tables of
/// book.toml.
pub(super) fn unreadable(root: &Path, source: &Path, error: &str) -> Problem {
    let pattern = Regex::new("failed to read chapter `([^`]+)`: (.*)").ok();
    if let Some(found) = pattern.as_ref().and_then(|pattern| pattern.captures(error)) {
        let message = format!("cannot be read as UTF-8 text: {}", &found[2]);
        return Problem::in_file(&source.join(&found[1]), message);
    }
    let file = root.join("book.toml");
    let line = key_in(error).and_then(|key| {
        let text = fs::read_to_string(&file).unwrap_or_default();
        line_of_key(&text, &format!("preprocessor.{key}"))
    });
    Problem::in_file(&file, in_words(error)).on_line(line)
}

/// mdBook's message about SUMMARY.md, with its line.
fn parse_problem(file: &Path, text: &str, error: &str) -> Problem {
    let found = |pattern: &str| {
        let captures = Regex::new(pattern).ok()?.captures(error)?;
        Some((
            captures[1].to_string(),
            captures
                .get(2)
                .map_or("", |message| message.as_str())
                .to_string(),
        ))
    };
    if let Some((name, _)) = found(r#"Duplicate file in SUMMARY.md: "(.*)""#) {
        let mut lines = text
            .lines()
            .enumerate()
            .filter(|(_, line)| line.contains(&format!("({name}")));
        let line = lines.nth(1).map(|(index, _)| index + 1);
        let message =
            format!("chapter `{name}` stands here a second time: remove it, or name another file");
        return Problem::in_file(file, message).on_line(line);
    }
    match found(r"line (\d+), column \d+: (.*)") {
        Some((line, message)) => {
            let message = format!(
                "{message}: write `- [Title](file.md)` for a chapter (`<a b.md>` where the name has spaces), `# Title` for a part, `---` for a line"
            );
            Problem::in_file(file, message).on_line(line.parse().ok())
        }
        None => Problem::in_file(file, error),
    }
}
