//! Questions for the reader, in mdbook-quiz's format.
//!
//! In: a TOML file with `[[questions]]`, each a `MultipleChoice` or a `ShortAnswer`. Out: typed questions ([`parse`]), and
//! the markup of a quiz or a prediction ([`render`]), which works without a script: the answer is a `details` element.

mod markdown;
mod parse;
mod render;
#[cfg(test)]
mod tests;

use std::fmt;

pub use parse::{parse, parse_prediction};
pub use render::render;

/// The questions of one file, in the author's order; there is at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quiz {
    /// The questions.
    pub questions: Vec<Question>,
}

/// One question. Texts are Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The author's name for the question, as mdbook-quiz's editors write it.
    pub id: Option<String>,
    /// What is asked.
    pub prompt: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// Why the answer is right; shown under the answer.
    pub context: Option<String>,
}

/// How a question is answered, with the right answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuestionKind {
    /// One choice of several is right (mdbook-quiz's `MultipleChoice`).
    Choice {
        /// The right choice.
        answer: String,
        /// The wrong ones; at least one, and none equal to the right one.
        distractors: Vec<String>,
    },
    /// The reader writes a few words (mdbook-quiz's `ShortAnswer`).
    Short {
        /// The right answer, as it is shown.
        answer: String,
        /// Other spellings that are right too.
        alternatives: Vec<String>,
    },
}

/// How a quiz is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderOptions<'a> {
    /// The quiz's name, unique on its page: ids and the reader's stored answers are made of it.
    pub name: &'a str,
    /// What the questions are for.
    pub kind: QuizKind,
    /// The heading, as plain text.
    pub title: &'a str,
}

/// What the questions of a quiz are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuizKind {
    /// Checks what was understood.
    Quiz,
    /// Asks for a guess before the text tells.
    Prediction,
}

/// What is wrong with a quiz's file, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuizError {
    /// The line in the file, counted from 1.
    pub line: usize,
    /// What is wrong and what to write, as a sentence without a full stop.
    pub message: String,
}

impl fmt::Display for QuizError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for QuizError {}
