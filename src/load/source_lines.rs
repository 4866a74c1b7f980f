//! From a line of a chapter as it is rendered back to the line that its author wrote.
//!
//! Between the two lie front matter, includes and preprocessors. The texts are compared line by line, only when a
//! message needs it.

use std::fs;
use std::path::{Path, PathBuf};

use similar::{ChangeTag, TextDiff};

use crate::book::Chapter;
use crate::problem::Problem;

/// Finds authors' lines in one chapter.
pub struct SourceLines {
    file: PathBuf,
    /// For each rendered line (from 0), the author's line (1-based).
    lines: Vec<usize>,
}

impl SourceLines {
    /// The file of a chapter below `source`, as messages name it.
    pub fn file(chapter: &Chapter, source: &Path) -> PathBuf {
        let name = chapter.source.clone();
        source.join(name.unwrap_or_else(|| PathBuf::from(&chapter.path).with_extension("md")))
    }

    /// Compares a chapter with its source file below `source`.
    pub fn of(chapter: &Chapter, source: &Path) -> SourceLines {
        let file = SourceLines::file(chapter, source);
        let written = fs::read_to_string(&file).unwrap_or_default();
        let lines = if written == chapter.content {
            (1..=written.lines().count() + 1).collect()
        } else {
            map(&written, &chapter.content)
        };
        SourceLines { file, lines }
    }

    /// A problem on a rendered line (1-based), as a problem on the author's line.
    pub fn problem(&self, line: usize, message: impl Into<String>) -> Problem {
        match self.line(line) {
            Some(line) => Problem::at(&self.file, line, message),
            None => Problem::in_file(&self.file, message),
        }
    }

    /// The author's line of a rendered one (both 1-based); `None` for a chapter without text.
    pub fn line(&self, rendered: usize) -> Option<usize> {
        let index = rendered.saturating_sub(1);
        self.lines.get(index).or(self.lines.last()).copied()
    }
}

/// For each line of `rendered`, the line of `written` that it is, or the last one before it that still stands.
fn map(written: &str, rendered: &str) -> Vec<usize> {
    let diff = TextDiff::from_lines(written, rendered);
    let mut last = 1;
    let mut lines = Vec::new();
    for change in diff.iter_all_changes() {
        match change.tag() {
            ChangeTag::Equal => {
                last = change.old_index().map_or(last, |index| index + 1);
                lines.push(last);
            }
            ChangeTag::Delete => last = change.old_index().map_or(last, |index| index + 1),
            ChangeTag::Insert => lines.push(last),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_after_front_matter_and_includes_are_the_authors() {
        let written = "+++\na = 1\n+++\n# One\n\n{{#include x}}\n\nlast\n";
        let rendered = "# One\n\nfirst of x\nsecond of x\n\nlast\n";
        assert_eq!(map(written, rendered), [4, 5, 6, 6, 7, 8]);
    }
}
