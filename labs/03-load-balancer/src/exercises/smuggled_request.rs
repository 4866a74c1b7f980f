//! Exercise `smuggled-request`: say where a request ends, and refuse every request of which two servers could think
//! differently.
//!
//! Fill in [`body_of`], then run `cargo run --bin lab-03 -- exercises smuggled-request`. The requests that it is tried on
//! stand in `smuggled_request/cases.rs`; read them when you are stuck.

mod cases;

use std::{format, string::String};

use kit::exercise::Passed;

pub use cases::CASES;

/// What follows the head of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// Nothing: the next request begins right after the head.
    None,
    /// So many bytes.
    Length(u64),
    /// Chunks, each with its own size, until one of size 0.
    Chunked,
}

/// What follows this head. `head` is everything from the first byte of the request up to the empty line, which is included:
/// `GET / HTTP/1.1\r\nHost: a\r\n\r\n`. What is to be refused gives an error that says why, in words of your own.
///
/// A balancer and the server behind it must agree where a request ends. If they do not, the rest of one request is the
/// beginning of another, which nobody has checked: that is request smuggling.
pub fn body_of(head: &[u8]) -> Result<Body, String> {
    kit::not_written!(head)
}

/// What a reader writes.
pub type BodyOf = fn(&[u8]) -> Result<Body, String>;

/// A head, and what is right about it.
pub struct Case {
    /// What it is, in a few words.
    pub name: &'static str,
    /// The request's head.
    pub head: &'static [u8],
    /// What follows it; `None`: it must be refused.
    pub body: Option<Body>,
    /// What happens to those who answer otherwise.
    pub lesson: &'static str,
}

/// Says whether an implementation is right, and if not, which request shows it.
///
/// # Errors
/// It is wrong; the message is for the reader.
pub fn grade(body_of: BodyOf) -> Result<Passed, String> {
    for case in CASES {
        let mistake = match (case.body, body_of(case.head)) {
            (None, Ok(body)) => format!("you accepted it, with {}", in_words(body)),
            (Some(_), Err(reason)) => format!("it is a good request, and you refused it: {reason}"),
            (Some(right), Ok(body)) if body != right => {
                format!("there follows {}, not {}", in_words(right), in_words(body))
            }
            _ => continue,
        };
        return Err(format!(
            "{} (`{}`): {mistake}. {}",
            case.name,
            case.head.escape_ascii(),
            case.lesson
        ));
    }
    let good = CASES.iter().filter(|case| case.body.is_some()).count();
    Ok(Passed::new(format!(
        "{good} good requests framed, {} that could smuggle another one refused",
        CASES.len() - good
    )))
}

fn in_words(body: Body) -> String {
    match body {
        Body::None => String::from("no body"),
        Body::Length(bytes) => format!("a body of {bytes} bytes"),
        Body::Chunked => String::from("a body in chunks"),
    }
}
