//! Finds includes that lead nowhere, before mdBook leaves them in the text without a word to the reader.
//!
//! Knows the same directives as mdBook's `links` preprocessor: `include`, `rustdoc_include`, `playground`, `playpen`, with
//! line ranges and anchors, nested up to ten deep. A missing file and an include of itself are problems; a missing anchor
//! gives an empty text in mdBook and is a warning here (an error for `check`).

use std::collections::HashMap;
use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use mdbook_driver::MDBook;
use mdbook_driver::book::BookItem;
use regex::Regex;

use crate::book::FrontMatter;
use crate::problem::{Problem, Problems, line_of, shown};

static DIRECTIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\\\{\{#.*\}\}|\{\{\s*#(include|rustdoc_include|playground|playpen)\s+([^}]+)\}\}")
        .expect("the pattern is constant")
});
static ANCHOR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"ANCHOR:\s*([\w_-]+)").expect("the pattern is constant"));

/// As deep as mdBook follows includes in included files.
const DEPTH_MAX: usize = 10;

/// More includes than this in one chapter are a mistake that would fill the memory: files that include each other twice.
const INCLUDES_MAX: usize = 10_000;

/// What a book includes.
#[derive(Default)]
pub(super) struct Included {
    /// Files that were read.
    pub(super) files: Vec<PathBuf>,
    /// Anchors that are not there.
    pub(super) warnings: Vec<Problem>,
}

/// Checks every chapter, from some of which front matter was taken.
pub(super) fn check(
    mdbook: &MDBook,
    source: &Path,
    front_matters: &HashMap<PathBuf, FrontMatter>,
) -> Result<Included, Problems> {
    let own = mdbook.config.build.use_default_preprocessors
        || mdbook.config.contains_key("preprocessor.links");
    if !own {
        return Ok(Included::default());
    }
    let mut search = Search::default();
    for item in mdbook.book.iter() {
        let BookItem::Chapter(chapter) = item else {
            continue;
        };
        let Some(path) = &chapter.source_path else {
            continue;
        };
        if chapter.content.contains("{{") {
            let file = source.join(path);
            let place = Place {
                lines_before: match front_matters.get(path) {
                    Some(_) => lines_of_front_matter(&file, &chapter.content),
                    None => 0,
                },
                file: &file,
                included: 1..=usize::MAX,
                depth: 0,
            };
            search.left = INCLUDES_MAX;
            search.text(&chapter.content, &place);
        }
    }
    search.problems.sort();
    search.problems.dedup();
    if search.problems.is_empty() {
        Ok(Included {
            files: search.read.into_keys().collect(),
            warnings: search.warnings,
        })
    } else {
        Err(Problems(search.problems))
    }
}

/// Where a text comes from.
struct Place<'a> {
    file: &'a Path,
    /// Lines of the file above the text's first line.
    lines_before: usize,
    /// The lines (1-based) that are included.
    included: RangeInclusive<usize>,
    depth: usize,
}

/// What was found so far.
#[derive(Default)]
struct Search {
    problems: Vec<Problem>,
    warnings: Vec<Problem>,
    read: HashMap<PathBuf, Result<String, String>>,
    /// How many more includes the chapter may have.
    left: usize,
}

impl Search {
    fn text(&mut self, text: &str, place: &Place) {
        for found in DIRECTIVE.captures_iter(text) {
            let Some(arguments) = found.get(2) else {
                continue;
            };
            let Some(target) = arguments.as_str().split_whitespace().next() else {
                continue;
            };
            let line = line_of(text, arguments.start());
            if self.left > 0 && place.included.contains(&line) {
                self.left -= 1;
                self.directive(&found[1], target, (place, place.lines_before + line));
            }
        }
    }

    fn directive(&mut self, kind: &str, target: &str, (place, line): (&Place, usize)) {
        let (name, selector) = match kind {
            "playground" | "playpen" => (target, None),
            _ => target
                .split_once(':')
                .map_or((target, None), |(name, selector)| (name, Some(selector))),
        };
        let file = place.file.parent().unwrap_or(Path::new("")).join(name);
        if place.depth == DEPTH_MAX && self.left > 0 {
            self.without_end(place.file, line, name);
            return;
        }
        let text = match self.left {
            // Nothing more is looked at.
            0 => Err("more files are included than a book can hold: remove this line".into()),
            _ => self.read(&file),
        };
        let text = match text {
            Ok(text) => text,
            Err(message) => {
                let message = format!("include of `{name}`: {message}");
                self.problems.push(Problem::at(place.file, line, message));
                return;
            }
        };
        let included = match selector {
            Some(selector) if kind == "include" => selected(&text, selector),
            _ => 1..=usize::MAX,
        };
        if let Some(anchor) = selector.and_then(anchor_of)
            && !ANCHOR.captures_iter(&text).any(|found| &found[1] == anchor)
        {
            let message = format!(
                "include of `{name}:{anchor}`: {} has no line with `ANCHOR: {anchor}`",
                shown(&file)
            );
            self.warnings.push(Problem::at(place.file, line, message));
        } else if text.contains("{{") {
            let inner = Place {
                file: &file,
                lines_before: 0,
                included,
                depth: place.depth + 1,
            };
            self.text(&text, &inner);
        }
    }

    /// Files that include each other: mdBook stops after some rounds and leaves the place empty, and so do we.
    fn without_end(&mut self, file: &Path, line: usize, name: &str) {
        let message =
            format!("include of `{name}`: files include each other without end: remove this line");
        let warning = Problem::at(file, line, message);
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// The text of a file, or why there is none. A device or a pipe might never end.
    fn read(&mut self, file: &Path) -> Result<String, String> {
        let read = || match fs::metadata(file) {
            Err(_) => Err(format!(
                "there is no {}: correct the path, which is relative to this file",
                shown(file)
            )),
            Ok(metadata) if !metadata.is_file() => {
                Err(format!("{} is no file: name one", shown(file)))
            }
            Ok(_) => fs::read_to_string(file)
                .map_err(|error| format!("{} cannot be read as UTF-8 text: {error}", shown(file))),
        };
        self.read
            .entry(file.to_owned())
            .or_insert_with(read)
            .clone()
    }
}

/// The lines (1-based) that a selector such as `2:5`, `:5` or `anchor` picks, as in mdBook.
fn selected(text: &str, selector: &str) -> RangeInclusive<usize> {
    if let Some(anchor) = anchor_of(selector) {
        let line_of_mark = |mark: &str| {
            let marks = |line: &str| {
                let after = line.split_once(mark).map(|(_, after)| after.trim_start());
                after.is_some_and(|after| {
                    let end = after.find(|character: char| {
                        !(character.is_alphanumeric() || matches!(character, '_' | '-'))
                    });
                    &after[..end.unwrap_or(after.len())] == anchor
                })
            };
            text.lines().position(marks).map(|index| index + 1)
        };
        let first = line_of_mark("ANCHOR:").unwrap_or(1);
        return first..=line_of_mark("ANCHOR_END:").unwrap_or(usize::MAX);
    }
    let mut parts = selector.split(':');
    let first: Option<usize> = parts.next().and_then(|first| first.parse().ok());
    let last = parts.next();
    match (first, last) {
        (Some(line), None) => line..=line,
        (first, last) => {
            let last = last.and_then(|last| last.parse().ok());
            first.unwrap_or(1)..=last.unwrap_or(usize::MAX)
        }
    }
}

/// The anchor that a selector names; ranges such as `2:5` or `:5` name none.
fn anchor_of(selector: &str) -> Option<&str> {
    let first = selector.split(':').next().unwrap_or(selector);
    (!first.is_empty() && first.parse::<usize>().is_err()).then_some(first)
}

/// How many lines were taken off the top of a chapter as front matter.
fn lines_of_front_matter(file: &Path, content: &str) -> usize {
    let Ok(whole) = fs::read_to_string(file) else {
        return 0;
    };
    whole
        .lines()
        .count()
        .saturating_sub(content.lines().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_is_told_from_a_range() {
        assert_eq!(anchor_of("policy"), Some("policy"));
        assert_eq!(anchor_of("2:5"), None);
        assert_eq!(anchor_of(":5"), None);
        assert_eq!(anchor_of("policy:3"), Some("policy"));
    }

    #[test]
    fn a_selector_picks_lines() {
        let text = "a\n// ANCHOR: x\nb\n// ANCHOR_END: x\n// ANCHOR: xy\n";
        assert_eq!(selected(text, "x"), 2..=4);
        assert_eq!(selected(text, "xy"), 5..=usize::MAX);
        assert_eq!(selected(text, "2:5"), 2..=5);
        assert_eq!(selected(text, "3"), 3..=3);
        assert_eq!(selected(text, ":5"), 1..=5);
        assert_eq!(selected(text, "3:"), 3..=usize::MAX);
    }
}
