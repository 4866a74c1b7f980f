//! Why a request got no whole answer.

use std::fmt;
use std::io;

use super::super::Refusal;
use super::super::stream::Broken;

/// Why a request got no whole answer.
#[derive(Debug)]
pub enum SendError {
    /// No connection: refused, unreachable, no file descriptors.
    Connect(io::Error),
    /// No connection in time.
    ConnectTimeout,
    /// The request could not be sent in time, or its answer did not begin in time.
    ResponseTimeout,
    /// The answer began, but did not go on.
    BodyTimeout,
    /// The server closed the connection before the first byte of an answer.
    NoAnswer,
    /// The connection broke.
    Reset(io::Error),
    /// What came is not HTTP/1.1, or ends too early ([`Refusal::Truncated`]).
    Malformed(Refusal),
}

impl From<Broken> for SendError {
    fn from(broken: Broken) -> SendError {
        match broken {
            Broken::Nothing => SendError::NoAnswer,
            Broken::TimedOut { begun: false } => SendError::ResponseTimeout,
            Broken::TimedOut { begun: true } => SendError::BodyTimeout,
            Broken::Refused(refusal) => SendError::Malformed(refusal),
            Broken::Failed(error) => SendError::Reset(error),
        }
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            SendError::Connect(error) => write!(out, "no connection: {error}"),
            SendError::ConnectTimeout => out.write_str("no connection in time"),
            SendError::ResponseTimeout => out.write_str("no answer in time"),
            SendError::BodyTimeout => out.write_str("the answer did not go on"),
            SendError::NoAnswer => out.write_str("the connection was closed without an answer"),
            SendError::Reset(error) => write!(out, "the connection broke: {error}"),
            SendError::Malformed(refusal) => write!(out, "not an answer: {refusal}"),
        }
    }
}

impl std::error::Error for SendError {}
