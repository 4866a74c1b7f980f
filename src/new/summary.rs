//! A line added to SUMMARY.md; every other byte stays.

use std::sync::LazyLock;

use regex::Regex;

/// A numbered chapter, which may be a draft without a file.
static CHAPTER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^([ \t]*)([-*+])[ \t]+\[").expect("the pattern is constant"));

/// The text with a line for a chapter at the top level, after the last numbered one (or after those nested in it).
pub(super) fn with_chapter(text: &str, title: &str, file: &str) -> String {
    let mut end_of_last = None;
    let mut bullet = "-";
    let mut at = 0;
    let mut in_comment = false;
    for line in text.split_inclusive('\n') {
        at += line.len();
        if let Some(found) = CHAPTER.captures(line).filter(|_| !in_comment) {
            end_of_last = Some(at);
            if found[1].is_empty() {
                bullet = found.get(2).map_or("-", |bullet| bullet.as_str());
            }
        }
        in_comment = match (line.rfind("<!--"), line.rfind("-->")) {
            (Some(open), Some(close)) => open > close,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => in_comment,
        };
    }
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let (before, after) = text.split_at(end_of_last.unwrap_or(text.len()));
    let gap = match end_of_last {
        _ if before.is_empty() => String::new(),
        _ if !before.ends_with('\n') && end_of_last.is_none() => newline.repeat(2),
        _ if !before.ends_with('\n') => newline.to_string(),
        // The first numbered chapter stands apart from those without a number.
        None => newline.to_string(),
        Some(_) => String::new(),
    };
    format!("{before}{gap}{bullet} [{title}]({file}){newline}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn becomes(text: &str, expected: &str) {
        assert_eq!(with_chapter(text, "New", "new.md"), expected);
    }

    #[test]
    fn the_line_stands_after_the_last_numbered_chapter() {
        becomes(
            "# Summary\n\n[Home](index.md)\n\n* [One](one.md)\n  - [Nested](n.md)\n\n[End](end.md)\n",
            "# Summary\n\n[Home](index.md)\n\n* [One](one.md)\n  - [Nested](n.md)\n* [New](new.md)\n\n[End](end.md)\n",
        );
        becomes(
            "- [One](one.md)\r\n- [Draft]()\r\n\r\n",
            "- [One](one.md)\r\n- [Draft]()\r\n- [New](new.md)\r\n\r\n",
        );
        becomes("- [One](one.md)", "- [One](one.md)\n- [New](new.md)\n");
        becomes(
            "- [One](one.md)\n<!--\n- [Later](later.md)\n-->\n",
            "- [One](one.md)\n- [New](new.md)\n<!--\n- [Later](later.md)\n-->\n",
        );
    }

    #[test]
    fn the_first_numbered_chapter_stands_at_the_end() {
        becomes(
            "[Home](index.md)\n",
            "[Home](index.md)\n\n- [New](new.md)\n",
        );
        becomes("[Home](index.md)", "[Home](index.md)\n\n- [New](new.md)\n");
    }
}
