//! A request to send, and an answer that came whole.

/// A request as it goes over the wire. Names and values are the caller's: they are not checked.
#[derive(Debug, Clone)]
pub struct Request {
    pub(super) bytes: Vec<u8>,
    pub(super) is_head: bool,
}

impl Request {
    /// `GET path` for this host, without a body.
    pub fn get(path: &str, host: &str) -> Request {
        Request::new("GET", path, &[("Host", host)])
    }

    /// Any method, with these header lines (Host among them) and no body.
    pub fn new(method: &str, path: &str, headers: &[(&str, &str)]) -> Request {
        let mut bytes = format!("{method} {path} HTTP/1.1\r\n").into_bytes();
        for (name, value) in headers {
            bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
        bytes.extend_from_slice(b"\r\n");
        Request {
            bytes,
            is_head: method == "HEAD",
        }
    }

    /// The same with a body and its Content-Length.
    #[must_use]
    pub fn body(mut self, body: &[u8]) -> Request {
        let head = self.bytes.len() - 2;
        self.bytes.truncate(head);
        self.bytes
            .extend_from_slice(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes());
        self.bytes.extend_from_slice(body);
        self
    }

    /// These bytes, whatever they are.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Request {
        let bytes = bytes.into();
        let is_head = bytes.starts_with(b"HEAD ");
        Request { bytes, is_head }
    }
}

/// An answer that came whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// Three digits.
    pub status: u16,
    /// Header lines in their order; what is not UTF-8 is replaced.
    pub headers: Vec<(String, String)>,
    /// The data, without chunks.
    pub body: Vec<u8>,
    /// Statuses of the interim responses that came before it.
    pub interim: Vec<u16>,
}

impl Response {
    /// The value of the first header line of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The body as text; what is not UTF-8 is replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}
