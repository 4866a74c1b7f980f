//! Header lines that decide over framing and connection. Everything else is passed on unread.

use std::mem::MaybeUninit;

use super::{HEADER_COUNT_CEILING, Refusal};

/// A header line: its name as it was written, its value without the white space around it.
pub type Header<'bytes> = httparse::Header<'bytes>;

/// Room for the header lines of one head. It stands on the stack of whoever parses and must not be kept across an await.
pub struct HeaderSlots<'bytes>(pub(super) [MaybeUninit<Header<'bytes>>; HEADER_COUNT_CEILING]);

impl HeaderSlots<'_> {
    /// Empty room; nothing is written yet.
    pub fn new() -> Self {
        HeaderSlots([const { MaybeUninit::uninit() }; HEADER_COUNT_CEILING])
    }
}

impl Default for HeaderSlots<'_> {
    fn default() -> Self {
        HeaderSlots::new()
    }
}

/// The two versions that are spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// HTTP/1.0: closes after each answer unless asked, knows no chunks and no interim responses.
    Http10,
    /// HTTP/1.1.
    Http11,
}

impl Version {
    pub(super) fn of(minor: Option<u8>) -> Version {
        if minor == Some(0) {
            Version::Http10
        } else {
            Version::Http11
        }
    }
}

/// What the header lines `Connection` say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Connection {
    /// `close`.
    pub close: bool,
    /// `keep-alive`.
    pub keep_alive: bool,
    /// `upgrade`.
    pub upgrade: bool,
    /// Names of other header lines, which are then for this connection only.
    pub names_others: bool,
}

impl Connection {
    fn read(&mut self, value: &[u8]) {
        for token in tokens(value) {
            match token.len() {
                5 if token.eq_ignore_ascii_case(b"close") => self.close = true,
                10 if token.eq_ignore_ascii_case(b"keep-alive") => self.keep_alive = true,
                7 if token.eq_ignore_ascii_case(b"upgrade") => self.upgrade = true,
                _ => self.names_others = true,
            }
        }
    }

    /// Whether the connection may carry another message after this one.
    pub fn persists(self, version: Version) -> bool {
        !self.close && (version == Version::Http11 || self.keep_alive)
    }
}

/// What all header lines together say that matters here.
#[derive(Debug, Default)]
pub(super) struct Fields<'bytes> {
    pub(super) host: Option<&'bytes [u8]>,
    pub(super) length: Option<u64>,
    pub(super) chunked: bool,
    pub(super) connection: Connection,
    pub(super) upgrade: bool,
    pub(super) expect: Option<&'bytes [u8]>,
}

impl<'bytes> Fields<'bytes> {
    pub(super) fn read(headers: &[Header<'bytes>]) -> Result<Fields<'bytes>, Refusal> {
        let mut fields = Fields::default();
        for header in headers {
            fields.read_one(header)?;
        }
        if fields.chunked && fields.length.is_some() {
            return Err(Refusal::TransferEncodingWithLength);
        }
        Ok(fields)
    }

    fn read_one(&mut self, header: &Header<'bytes>) -> Result<(), Refusal> {
        let name = header.name;
        // The length alone tells most lines apart.
        match name.len() {
            4 if name.eq_ignore_ascii_case("host") => {
                if self.host.replace(header.value).is_some() {
                    return Err(Refusal::HostRepeated);
                }
            }
            6 if name.eq_ignore_ascii_case("expect") => self.expect = Some(header.value),
            7 if name.eq_ignore_ascii_case("upgrade") => self.upgrade = true,
            10 if name.eq_ignore_ascii_case("connection") => self.connection.read(header.value),
            14 if name.eq_ignore_ascii_case("content-length") => {
                if self.length.replace(length(header.value)?).is_some() {
                    return Err(Refusal::ContentLengthRepeated);
                }
            }
            17 if name.eq_ignore_ascii_case("transfer-encoding") => {
                if self.chunked {
                    return Err(Refusal::TransferEncodingRepeated);
                }
                if !header.value.eq_ignore_ascii_case(b"chunked") {
                    return Err(Refusal::TransferEncodingUnknown);
                }
                self.chunked = true;
            }
            _ => {}
        }
        Ok(())
    }
}

/// Digits only: no sign, no list, no blank. More than 64 bits are no length.
fn length(value: &[u8]) -> Result<u64, Refusal> {
    if value.is_empty() || !value.iter().all(u8::is_ascii_digit) {
        return Err(Refusal::ContentLengthInvalid);
    }
    let digit =
        |total: Option<u64>, byte: &u8| total?.checked_mul(10)?.checked_add(u64::from(byte - b'0'));
    value
        .iter()
        .fold(Some(0), digit)
        .ok_or(Refusal::ContentLengthInvalid)
}

/// The elements of a comma-separated value, without white space, the empty ones left out.
pub fn tokens(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    let elements = value.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
    elements.filter(|element| !element.is_empty())
}

/// Whether the comma-separated value has this element; case does not matter.
pub fn has_token(value: &[u8], token: &[u8]) -> bool {
    tokens(value).any(|element| element.eq_ignore_ascii_case(token))
}

/// What httparse calls an error, as a refusal.
pub(super) fn refusal_of(error: httparse::Error, first_line: Refusal) -> Refusal {
    match error {
        httparse::Error::HeaderName => Refusal::HeaderName,
        httparse::Error::HeaderValue => Refusal::HeaderValue,
        httparse::Error::TooManyHeaders => Refusal::TooManyHeaders,
        _ => first_line,
    }
}
