//! What rustdoc prints of a run, read: which block passed, and why another did not.
//!
//! Its lines are those of libtest: `test FILE - (line 3) ... ok`, then a part `---- FILE - (line 3) stdout ----` for each
//! failure. Blocks of edition 2024 are compiled together, the others one by one: then there are two runs in one output.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::rustdoc_input::Input;

/// How one block fared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It did what it should.
    Passed,
    /// Its author asked that it not be tried.
    Ignored,
    /// It did not; with what rustdoc says.
    Failed(String),
}

/// A failure in words.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Explained {
    /// The author's line (1-based).
    pub(super) line: usize,
    /// One sentence.
    pub(super) message: String,
    /// What rustdoc says, with the author's lines.
    pub(super) details: String,
}

static RESULT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^test .*\(line (\d+)\)(?: - [a-z ]+)? \.\.\. (ok|FAILED|ignored)")
        .expect("the pattern is constant")
});
static FAILURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^---- .*\(line (\d+)\) stdout ----$").expect("the pattern is constant")
});
/// The number before a line that the compiler quotes.
static MARGIN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^( *)(\d+)( [|+~-])").expect("the pattern is constant"));
static PANIC_PLACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^(thread .* panicked) at .*:\d+:\d+:$").expect("the pattern is constant")
});

/// The verdict on each block, by the line (1-based) of its fence in rustdoc's input.
pub(super) fn read(output: &str) -> BTreeMap<usize, Verdict> {
    let mut verdicts = BTreeMap::new();
    let mut in_failure = None;
    for line in output.lines() {
        if let Some(found) = FAILURE.captures(line) {
            in_failure = number(&found);
        } else if line == "failures:" || line.starts_with("test result: ") {
            in_failure = None;
        } else if let Some(Verdict::Failed(said)) =
            in_failure.and_then(|number| verdicts.get_mut(&number))
        {
            said.push_str(line);
            said.push('\n');
        } else if let Some(found) = RESULT.captures(line) {
            let verdict = match &found[2] {
                "ok" => Verdict::Passed,
                "ignored" => Verdict::Ignored,
                _ => Verdict::Failed(String::new()),
            };
            verdicts.extend(number(&found).map(|number| (number, verdict)));
        }
    }
    verdicts
}

fn number(found: &Captures) -> Option<usize> {
    found[1].parse().ok()
}

/// Puts a failure into words: `input` is the file that rustdoc read, `shown` its author's name for the chapter.
pub(super) fn explain(
    (fence, said): (usize, &str),
    input: &Input,
    (file, shown): (&str, &str),
) -> Explained {
    let does_not_compile = said.contains("Couldn't compile the test.");
    let place = Regex::new(&format!(r"{}:(\d+)(:\d+)", regex::escape(file)))
        .expect("an escaped path is a valid pattern");
    let first = place.captures(said).and_then(|found| number(&found));
    let line = first.filter(|_| does_not_compile).unwrap_or(fence);
    let said = PANIC_PLACE.replace_all(said.trim(), "$1:");
    let mut details = place
        .replace_all(&said, |found: &Captures| {
            let line = number(found).map_or(1, |line| input.author(line));
            format!("{shown}:{line}{}", &found[2])
        })
        .into_owned();
    if does_not_compile {
        details = with_authors_margin(&details, input);
    }
    Explained {
        line: input.author(line),
        message: message(&details, does_not_compile),
        details,
    }
}

/// The compiler's numbers before quoted lines become the author's, which are never longer.
fn with_authors_margin(said: &str, input: &Input) -> String {
    let margin = |found: &Captures| {
        let width = found[1].len() + found[2].len();
        let line = found[2].parse().map_or(1, |line| input.author(line));
        format!("{line:>width$}{}", &found[3])
    };
    MARGIN.replace_all(said, margin).into_owned()
}

/// One sentence from what rustdoc says.
fn message(said: &str, does_not_compile: bool) -> String {
    let mut lines = said.lines();
    if does_not_compile {
        let error = lines.find(|line| line.starts_with("error")).unwrap_or("");
        return format!("this snippet does not compile: {error}");
    }
    if said.starts_with("Test executable failed") {
        let panicked = lines.by_ref().any(|line| line.ends_with(" panicked:"));
        let reason = lines.next().filter(|_| panicked);
        return match reason {
            Some(reason) => format!("this snippet panics: {reason}"),
            None => format!("this snippet fails: {}", said.lines().next().unwrap_or("")),
        };
    }
    let reason = lines.next().unwrap_or("rustdoc does not say why");
    format!("this snippet does not do what it should: {reason}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = r#"
running 4 tests
test /tmp/x/one.md - (line 3) ... ok
test /tmp/x/one.md - (line 7) - compile ... FAILED
test /tmp/x/one.md - (line 11) - compile fail ... ok
test /tmp/x/one.md - (line 15) ... FAILED

failures:

---- /tmp/x/one.md - (line 7) stdout ----
error[E0308]: mismatched types
 --> /tmp/x/one.md:8:14
  |
8 | let x: u32 = "a";
  |        ---   ^^^ expected `u32`, found `&str`

Couldn't compile the test.
---- /tmp/x/one.md - (line 15) stdout ----
Test executable failed (exit status: 101).

stderr:

thread 'main' (32656) panicked at /tmp/x/one.md:3:1:
assertion `left == right` failed
  left: 1

failures:
    /tmp/x/one.md - (line 7)

test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 2.57s


running 1 test
test /tmp/x/one.md - (line 19) ... ignored

test result: ok. 0 passed; 0 failed; 1 ignored
"#;

    fn explained(line: usize) -> Explained {
        let Some(Verdict::Failed(said)) = read(OUTPUT).remove(&line) else {
            panic!("line {line} failed");
        };
        let input = Input {
            text: String::new(),
            lines: (1..=20)
                .map(|line| if line > 6 { line - 3 } else { line })
                .collect(),
            blocks: 5,
        };
        explain((line, &said), &input, ("/tmp/x/one.md", "src/one.md"))
    }

    #[test]
    fn each_block_has_its_verdict() {
        let verdicts: Vec<(usize, &str)> = read(OUTPUT)
            .into_iter()
            .map(|(line, verdict)| match verdict {
                Verdict::Passed => (line, "passed"),
                Verdict::Ignored => (line, "ignored"),
                Verdict::Failed(_) => (line, "failed"),
            })
            .collect();
        let expected = [
            (3, "passed"),
            (7, "failed"),
            (11, "passed"),
            (15, "failed"),
            (19, "ignored"),
        ];
        assert_eq!(verdicts, expected);
    }

    #[test]
    fn an_error_of_the_compiler_names_the_authors_line() {
        let explained = explained(7);
        assert_eq!(explained.line, 5);
        assert_eq!(
            explained.message,
            "this snippet does not compile: error[E0308]: mismatched types"
        );
        assert!(
            explained.details.contains(" --> src/one.md:5:14\n"),
            "{}",
            explained.details
        );
        assert!(
            explained.details.contains("\n5 | let x"),
            "{}",
            explained.details
        );
    }

    #[test]
    fn a_panic_names_the_block_and_no_line_of_rustdocs_own_program() {
        let explained = explained(15);
        assert_eq!(explained.line, 12);
        assert_eq!(
            explained.message,
            "this snippet panics: assertion `left == right` failed"
        );
        assert!(
            !explained.details.contains("one.md"),
            "{}",
            explained.details
        );
    }
}
