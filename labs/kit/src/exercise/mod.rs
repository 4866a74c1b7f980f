//! Exercises: the reader fills a stub, a grader says how it went.
//!
//! A grader takes the implementation as an argument, so that tests can hand it the stub, the solution and wrong
//! solutions. [`grade`] runs it in a thread of its own, ends waiting after a while, and catches panics. Which exercises
//! are done stands in `.labbook/progress.toml` ([`progress`]).

mod grading;
pub mod progress;

pub use crate::not_written;
pub use grading::{NotWritten, Outcome, TIME_MAX, grade};

/// One exercise of a lab. Title, effort, task and hints stand in the lab's Cargo.toml, under the same name.
#[derive(Debug, Clone, Copy)]
pub struct Exercise {
    /// What the command line and the book call it: small letters, digits and hyphens.
    pub name: &'static str,
    /// The file that the reader edits, from the root of the repository.
    pub file: &'static str,
    /// Grades the reader's implementation. An error is a message to the reader: what is wrong, and where to look.
    pub grade: fn() -> Result<Passed, String>,
}

/// An exercise is passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// What was tried and found right, with a number: `1,000,000 balls: the fullest bin has 5`.
    pub says: String,
}

impl Passed {
    /// Passed, with a sentence on what was tried.
    pub fn new(says: impl Into<String>) -> Passed {
        Passed { says: says.into() }
    }
}

/// What a stub does until the reader has written it: `kit::not_written!()`. What it does not use yet can be named, so
/// that nothing is reported as unused: `kit::not_written!(pool, random)`.
#[macro_export]
macro_rules! not_written {
    ($($unused:expr),* $(,)?) => {{
        $(let _ = &$unused;)*
        ::std::panic::panic_any($crate::exercise::NotWritten)
    }};
}
