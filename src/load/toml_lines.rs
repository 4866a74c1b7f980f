//! From errors and keys of TOML to lines and words for its author.

use std::path::Path;

use regex::Regex;
use toml::de::DeTable;

use crate::problem::{Problem, line_of};

/// A problem from the text of a TOML error, which quotes the line and then says what is wrong.
pub(crate) fn toml_problem(file: &Path, error: &str) -> Problem {
    let line = Regex::new(r"at line (\d+)")
        .ok()
        .and_then(|found| found.captures(error)?[1].parse().ok());
    let lines: Vec<&str> = error.lines().collect();
    let quoted = lines
        .iter()
        .rposition(|line| line.contains('^') && line.trim_matches([' ', '|', '^']).is_empty());
    let message = lines[quoted.map_or(0, |index| index + 1)..].join(" ");
    Problem::in_file(file, in_words(&message)).on_line(line)
}

/// serde's words for types, in TOML's.
pub(super) fn in_words(message: &str) -> String {
    let tables = Regex::new(r"struct \w+|a map\b").expect("the pattern is constant");
    tables
        .replace_all(message, "a table")
        .replace("a sequence", "an array")
        .replace("path string", "a string")
}

/// The line (1-based) on which a dotted path such as `output.html.fold.enable` is set, or of the innermost table of it
/// that is there.
pub fn line_of_key(text: &str, path: &str) -> Option<usize> {
    let file = DeTable::parse(text).ok()?;
    let mut table = file.get_ref();
    let mut rest = path;
    let mut line = None;
    loop {
        let found = table
            .iter()
            .filter_map(|(key, value)| {
                let after = rest.strip_prefix(key.get_ref().as_ref())?;
                let after = after.strip_prefix('.').or(after.is_empty().then_some(""))?;
                Some((after, key.span().start, value))
            })
            // Keys may hold dots: the longest one that fits is meant.
            .min_by_key(|(after, ..)| after.len());
        let Some((after, start, value)) = found else {
            return line;
        };
        line = Some(line_of(text, start));
        match value.get_ref().as_table() {
            Some(inner) if !after.is_empty() => (table, rest) = (inner, after),
            _ => return line,
        }
    }
}

/// The first line that holds a text.
pub(super) fn line_with(text: &str, wanted: &str) -> Option<usize> {
    text.lines()
        .position(|line| line.contains(wanted))
        .map(|index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_their_lines() {
        let text = "[book]\ntitle = 1\n\n[output.html]\nfold = { level = 1 }\n[output.html.redirect]\n\"/a.html\" = \"b\"\n";
        let line = |path| line_of_key(text, path);
        assert_eq!(line("book.title"), Some(2));
        assert_eq!(line("output.html.fold.level"), Some(5));
        assert_eq!(line("output.html.redirect./a.html"), Some(7));
        assert_eq!(line("output.html.absent"), Some(4), "its table");
        assert_eq!(line("absent"), None);
    }

    #[test]
    fn an_error_says_what_is_wrong_in_one_line() {
        let error = toml::from_str::<toml::Table>("a = 1\nb = x\n").expect_err("x is no value");
        let problem = toml_problem(Path::new("a.toml"), &error.to_string());
        assert_eq!(problem.line, Some(2));
        assert!(!problem.message.contains('\n') && !problem.message.contains('^'));
        assert_eq!(in_words("expected struct Fold"), "expected a table");
    }
}
