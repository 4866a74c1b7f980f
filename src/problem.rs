//! What is wrong with a book, in words for its author.
//!
//! A [`Problem`] names a file, where possible a line, and says what to write instead. Whatever can fail for a reason
//! that lies in the book returns [`Problems`]; the command line prints them, one a line, and nothing below it prints.

use std::fmt;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// One thing that is wrong, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem {
    /// The file as the author would name it; empty when the problem belongs to no file.
    pub file: String,
    /// The 1-based line in that file, where it is known.
    pub line: Option<usize>,
    /// One sentence: what is wrong and what to write instead.
    pub message: String,
}

impl Problem {
    /// A problem in a file as a whole.
    pub fn in_file(file: &Path, message: impl Into<String>) -> Problem {
        Problem {
            file: shown(file),
            line: None,
            message: one_line(&message.into()),
        }
    }

    /// A problem on one line (1-based) of a file.
    pub fn at(file: &Path, line: usize, message: impl Into<String>) -> Problem {
        Problem {
            file: shown(file),
            line: Some(line),
            message: one_line(&message.into()),
        }
    }

    /// A problem that belongs to no file: a flag, a port, the machine.
    pub fn general(message: impl Into<String>) -> Problem {
        Problem {
            file: String::new(),
            line: None,
            message: one_line(&message.into()),
        }
    }

    /// The same problem on a line (1-based), where one is known.
    pub fn on_line(self, line: Option<usize>) -> Problem {
        Problem { line, ..self }
    }
}

/// A message as one line. It may quote a book, whose control characters must not reach a terminal.
fn one_line(message: &str) -> String {
    let lines: Vec<&str> = message
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines
        .join(" ")
        .replace(|character: char| character.is_control(), "\u{fffd}")
}

/// A path as a reader of messages wants it: without a leading `./`.
pub fn shown(file: &Path) -> String {
    file.strip_prefix(".").unwrap_or(file).display().to_string()
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.file.as_str(), self.line) {
            ("", _) => write!(out, "{}", self.message),
            (file, None) => write!(out, "{file}: {}", self.message),
            (file, Some(line)) => write!(out, "{file}:{line}: {}", self.message),
        }
    }
}

/// One or more problems; what fallible functions return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                writeln!(out)?;
            }
            write!(out, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Problems {
        Problems(vec![problem])
    }
}

/// The 1-based line on which a byte offset of `text` lies.
pub fn line_of(text: &str, offset: usize) -> usize {
    let end = offset.min(text.len());
    1 + text.as_bytes()[..end]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_one_line_without_control_characters() {
        let problem = Problem::general("first\n  second \u{1b}[31mred\n");
        assert_eq!(problem.to_string(), "first second \u{fffd}[31mred");
    }
}
