//! What a handler gets and gives.

use bytes::Bytes;
use tokio::sync::mpsc;

use super::super::{RequestHead, Version};

/// A request that came whole.
#[derive(Debug, Clone)]
pub struct Request {
    /// `GET` …
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Header lines in their order; what is not UTF-8 is replaced.
    pub headers: Vec<(String, String)>,
    /// The data, without chunks.
    pub body: Vec<u8>,
    /// What the client speaks.
    pub version: Version,
}

impl Request {
    pub(super) fn of(head: &RequestHead) -> Request {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let headers = head.headers.iter();
        Request {
            method: head.method.to_owned(),
            path: head.path.to_owned(),
            headers: headers
                .map(|header| (header.name.to_owned(), text(header.value)))
                .collect(),
            body: Vec::new(),
            version: head.version,
        }
    }

    /// The value of the first header line of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// The body of an answer.
#[derive(Debug)]
pub enum Body {
    /// Known at once: it gets a Content-Length.
    Whole(Bytes),
    /// Comes piece by piece, in chunks; the channel's end is the body's.
    Stream(mpsc::Receiver<Bytes>),
}

/// What answers a request: a response, or a fault.
#[derive(Debug)]
pub enum Response {
    /// A proper response.
    Message {
        /// Three digits.
        status: u16,
        /// Header lines; Content-Length, Transfer-Encoding and Connection are added.
        headers: Vec<(String, String)>,
        /// Its body.
        body: Body,
        /// Interim responses before it, such as 103, each with its header lines.
        interim: Vec<(u16, Vec<(String, String)>)>,
        /// Ends the connection after it, and says so.
        close: bool,
    },
    /// These bytes, whatever they are; then the connection is closed if `close` is set.
    Raw {
        /// Written as they are.
        bytes: Bytes,
        /// Whether the connection is closed after them.
        close: bool,
    },
    /// The connection is closed without an answer.
    Close,
    /// The connection is reset without an answer.
    Reset,
}

impl Response {
    /// A response with this body.
    pub fn new(status: u16, body: impl Into<Bytes>) -> Response {
        Response::Message {
            status,
            headers: Vec::new(),
            body: Body::Whole(body.into()),
            interim: Vec::new(),
            close: false,
        }
    }

    /// The same with one more header line; faults stay as they are.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Response {
        if let Response::Message { headers, .. } = &mut self {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }
}
