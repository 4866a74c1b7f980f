//! What a session shows beside what a command printed: `[..]` stands for anything within a line, a line `...` for any
//! lines. Ends of lines, and cargo's own lines about its progress, are not compared.

use similar::{ChangeTag, TextDiff};
use snapbox::Data;
use snapbox::filter::NormalizeToExpected;

/// Where two outputs part.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// The first shown line (from 0) that is not as it should be.
    pub(super) line: usize,
    /// Both, line by line: `-` is shown and was not printed, `+` was printed and is not shown.
    pub(super) lines: String,
}

/// What cargo says of its progress; which of these lines come depends on what was built before.
const VERBS: [&str; 18] = [
    "Adding",
    "Blocking",
    "Building",
    "Checking",
    "Compiling",
    "Dirty",
    "Documenting",
    "Downloaded",
    "Downloading",
    "Finished",
    "Fresh",
    "Installed",
    "Installing",
    "Locking",
    "Removing",
    "Replacing",
    "Running",
    "Updating",
];

/// What stands for any lines.
const ANY_LINES: &str = "...";

/// Of many lines that are alike in a difference, so many at the beginning and at the end are shown.
const AT_ENDS: usize = 6;

/// Cargo's verbs stand right-aligned in this many columns.
const VERB_COLUMNS: usize = 12;

fn is_progress(line: &str) -> bool {
    let text = line.trim_start_matches(' ');
    let verb = text.split(' ').next().unwrap_or("");
    line.len() - text.len() + verb.len() == VERB_COLUMNS && VERBS.contains(&verb)
}

/// Compares; `None` when what was printed is what is shown.
pub(super) fn compare(shown: &[&str], printed: &str) -> Option<Difference> {
    // Lines keep their number in the block.
    let shown: Vec<(usize, &str)> = shown
        .iter()
        .enumerate()
        .map(|(index, line)| (index, line.trim_end()))
        .filter(|(_, line)| !is_progress(line))
        .collect();
    let texts: Vec<&str> = shown.iter().map(|(_, line)| *line).collect();
    let expected = text(texts.iter().copied());
    let printed = printed.lines().map(str::trim_end);
    let printed = text(printed.filter(|line| !is_progress(line)));
    let pattern = Data::text(expected.as_str());
    let normalized = NormalizeToExpected::new()
        .redact()
        .normalize(Data::text(printed), &pattern)
        .render()
        .unwrap_or_default();
    if normalized == expected {
        return None;
    }
    let diff = TextDiff::from_lines(expected.as_str(), normalized.as_str());
    let mut first = None;
    let mut lines = Vec::new();
    let mut at = 0;
    for change in diff.iter_all_changes() {
        let sign = match change.tag() {
            ChangeTag::Equal => ' ',
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
        };
        if change.tag() != ChangeTag::Equal {
            first.get_or_insert(at);
        }
        at += usize::from(change.tag() != ChangeTag::Insert);
        lines.push((sign, change.value().trim_end_matches('\n').to_string()));
    }
    let lines = without_long_runs(&lines);
    let mut at = first.unwrap_or(0);
    // Where nothing fits what comes after it, a line `...` stands for nothing: what comes after it is wrong.
    while shown.get(at).is_some_and(|(_, line)| *line == ANY_LINES) && at + 1 < shown.len() {
        at += 1;
    }
    let line = shown
        .get(at)
        .or(shown.last())
        .map_or(0, |(index, _)| *index);
    Some(Difference { line, lines })
}

/// The lines of a difference; of many that are alike, the first and the last. A program may print thousands.
fn without_long_runs(lines: &[(char, String)]) -> String {
    let mut text = String::new();
    for run in lines.chunk_by(|one, other| one.0 == other.0) {
        let is_left_out = |index: usize| {
            run.len() > 2 * AT_ENDS + 2 && (AT_ENDS..run.len() - AT_ENDS).contains(&index)
        };
        for (index, (sign, line)) in run.iter().enumerate() {
            if !is_left_out(index) {
                text.push_str(&format!("{sign} {line}\n"));
            } else if index == AT_ENDS {
                let more = run.len() - 2 * AT_ENDS;
                text.push_str(&format!("{sign} … {more} more lines …\n"));
            }
        }
    }
    text
}

/// Lines as a text that ends in one newline, without blank lines at the end.
fn text<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for line in lines {
        text.push_str(line);
        text.push('\n');
    }
    let end = text.trim_end_matches('\n').len();
    text.truncate(end);
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_stand_for_what_varies() {
        assert_eq!(
            compare(&["took [..] ms", "...", "end"], "took 12 ms\na\nb\nend\n"),
            None
        );
        assert_eq!(
            compare(&["...", "end"], "end\n"),
            None,
            "any lines may be none"
        );
        assert_eq!(compare(&["a  "], "a\n\n"), None, "white space at the end");
        assert!(compare(&["took [..] ms"], "took 12 s\n").is_some());
    }

    #[test]
    fn cargos_progress_is_not_compared() {
        let printed =
            "   Compiling a v0.1.0\n    Finished `dev` profile\n     Running `target/a`\nhello\n";
        assert_eq!(compare(&["hello"], printed), None);
        assert_eq!(
            compare(&["   Compiling a v0.1.0", "hello"], "hello\n"),
            None
        );
        assert!(
            compare(&["hello"], "  Running late\nhello\n").is_some(),
            "not cargo's"
        );
    }

    #[test]
    fn of_thousands_of_lines_the_first_and_the_last_are_shown() {
        let printed: String = (0..5000).map(|line| format!("line {line}\n")).collect();
        let difference = compare(&["line 0", "...", "the end"], &printed).expect("no end");
        assert_eq!(difference.line, 2, "what comes behind `...` is wrong");
        assert!(
            difference
                .lines
                .contains("+ … 4987 more lines …\n+ line 4994\n")
        );
        assert!(
            difference.lines.lines().count() < 20,
            "{}",
            difference.lines
        );
    }

    #[test]
    fn a_difference_names_the_first_line_that_is_wrong() {
        let difference =
            compare(&["one", "[..]o", "three"], "one\ntwo\n3\n").expect("three is not 3");
        assert_eq!(difference.line, 2);
        assert_eq!(difference.lines, "  one\n  [..]o\n- three\n+ 3\n");
    }
}
