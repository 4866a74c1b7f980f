//! The head of a response, as strictly: what a backend sends is no more trusted than what a client sends.

use super::fields::{Fields, refusal_of};
use super::{Connection, Framing, Header, HeaderSlots, Limits, Refusal, Version};

/// The head of a response, checked.
#[derive(Debug)]
pub struct ResponseHead<'slots, 'bytes> {
    /// 100 to 999.
    pub status: u16,
    /// The words after the status; may be empty.
    pub reason: &'bytes str,
    /// The version that the server speaks.
    pub version: Version,
    /// All header lines in their order.
    pub headers: &'slots [Header<'bytes>],
    /// Where the body ends. Interim responses (1xx but 101) have none and are followed by another head.
    pub framing: Framing,
    /// Whether the server will read another request on this connection.
    pub persists: bool,
    /// What `Connection` says.
    pub connection: Connection,
}

impl<'slots, 'bytes> ResponseHead<'slots, 'bytes> {
    /// Reads a whole head: `bytes` end with the empty line that [`head_end`](super::head_end) found.
    ///
    /// # Errors
    /// Whatever could be understood in two ways, or is larger than the limits.
    pub fn parse(
        bytes: &'bytes [u8],
        slots: &'slots mut HeaderSlots<'bytes>,
        limits: &Limits,
    ) -> Result<Self, Refusal> {
        let mut parsed = httparse::Response::new(&mut []);
        let room = limits.header_count_max.min(slots.0.len());
        let config = httparse::ParserConfig::default();
        let slots = &mut slots.0[..room];
        match config.parse_response_with_uninit_headers(&mut parsed, bytes, slots) {
            Ok(httparse::Status::Complete(end)) if end == bytes.len() => {}
            Ok(_) => return Err(Refusal::StatusLine),
            Err(error) => return Err(refusal_of(error, Refusal::StatusLine)),
        }
        let status = parsed.code.ok_or(Refusal::StatusLine)?;
        if status < 100 {
            return Err(Refusal::StatusLine);
        }
        let version = Version::of(parsed.version);
        let headers: &'slots [Header<'bytes>] = parsed.headers;
        let fields = Fields::read(headers)?;
        if fields.chunked && version == Version::Http10 {
            return Err(Refusal::TransferEncodingInVersion10);
        }
        let framing = framing(status, &fields, limits)?;
        let persists = fields.connection.persists(version)
            && !matches!(framing, Framing::UntilClose | Framing::Upgrade);
        Ok(ResponseHead {
            status,
            reason: parsed.reason.unwrap_or_default(),
            version,
            headers,
            framing,
            persists,
            connection: fields.connection,
        })
    }

    /// Where the body ends when the request's method was HEAD (true) or another.
    pub fn framing_for(&self, is_head: bool) -> Framing {
        if is_head && self.framing != Framing::Upgrade {
            Framing::None
        } else {
            self.framing
        }
    }

    /// Whether another head follows: 1xx, but not 101.
    pub fn is_interim(&self) -> bool {
        self.status < 200 && self.status != 101
    }

    /// The value of the first header line of this name.
    pub fn header(&self, name: &str) -> Option<&'bytes [u8]> {
        let found = self
            .headers
            .iter()
            .find(|header| header.name.eq_ignore_ascii_case(name));
        found.map(|header| header.value)
    }
}

fn framing(status: u16, fields: &Fields, limits: &Limits) -> Result<Framing, Refusal> {
    match status {
        101 => Ok(Framing::Upgrade),
        // Whatever their headers say, these have no body (RFC 9112, 6.3).
        100..=199 | 204 | 304 => Ok(Framing::None),
        _ if fields.chunked => Ok(Framing::Chunked),
        _ => match fields.length {
            Some(length) if length > limits.body_bytes_max => Err(Refusal::BodyTooLarge),
            Some(length) => Ok(Framing::Length(length)),
            None => Ok(Framing::UntilClose),
        },
    }
}
