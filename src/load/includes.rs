//! Finds includes that lead nowhere, before mdBook leaves them in the text without a word to the reader.
//!
//! Knows the same directives as mdBook's `links` preprocessor: `include`, `rustdoc_include`, `playground`, `playpen`, with
//! line ranges and anchors, nested up to ten deep. A missing file is a problem; a missing anchor gives an empty text in
//! mdBook and is a warning here (an error for `check`).

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use mdbook_driver::MDBook;
use mdbook_driver::book::BookItem;
use regex::Regex;

use crate::problem::{Problem, Problems, line_of};

static DIRECTIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\\\{\{#.*\}\}|\{\{\s*#(include|rustdoc_include|playground|playpen)\s+([^}]+)\}\}")
        .expect("the pattern is constant")
});
static ANCHOR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"ANCHOR:\s*([\w_-]+)").expect("the pattern is constant"));

/// As deep as mdBook follows includes in included files.
const DEPTH_MAX: usize = 10;

/// Checks every chapter. Returns warnings about anchors that are not there.
pub(super) fn check(mdbook: &MDBook, source: &Path) -> Result<Vec<Problem>, Problems> {
    let own = mdbook.config.build.use_default_preprocessors
        || mdbook.config.contains_key("preprocessor.links");
    if !own {
        return Ok(Vec::new());
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
            let skipped = lines_of_front_matter(&file, &chapter.content);
            search.text(
                &chapter.content,
                &Place {
                    file: &file,
                    lines_before: skipped,
                    depth: 0,
                },
            );
        }
    }
    if search.problems.is_empty() {
        Ok(search.warnings)
    } else {
        Err(Problems(search.problems))
    }
}

/// Where a text comes from.
struct Place<'a> {
    file: &'a Path,
    /// Lines of the file above the text's first line.
    lines_before: usize,
    depth: usize,
}

/// What was found so far.
#[derive(Default)]
struct Search {
    problems: Vec<Problem>,
    warnings: Vec<Problem>,
    read: HashMap<PathBuf, Option<String>>,
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
            let line = place.lines_before + line_of(text, arguments.start());
            self.directive(&found[1], target, (place, line));
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
        let Some(text) = self.read(&file) else {
            let message = format!(
                "include of `{name}`: {} cannot be read: correct the path, which is relative to this file",
                file.display()
            );
            self.problems.push(Problem::at(place.file, line, message));
            return;
        };
        if let Some(anchor) = selector.and_then(anchor_of)
            && !ANCHOR.captures_iter(&text).any(|found| &found[1] == anchor)
        {
            let message = format!(
                "include of `{name}:{anchor}`: {} has no line with `ANCHOR: {anchor}`",
                file.display()
            );
            self.warnings.push(Problem::at(place.file, line, message));
        } else if place.depth < DEPTH_MAX && text.contains("{{") && selector.is_none() {
            self.text(
                &text,
                &Place {
                    file: &file,
                    lines_before: 0,
                    depth: place.depth + 1,
                },
            );
        }
    }

    fn read(&mut self, file: &Path) -> Option<String> {
        self.read
            .entry(file.to_owned())
            .or_insert_with(|| fs::read_to_string(file).ok())
            .clone()
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
}
