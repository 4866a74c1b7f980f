//! The head of a request.

use super::fields::{Fields, refusal_of};
use super::target::Target;
use super::{Connection, Framing, Header, HeaderSlots, Limits, Refusal, Version, host};

/// The head of a request, checked: it has one meaning only.
#[derive(Debug)]
pub struct RequestHead<'slots, 'bytes> {
    /// `GET`, or any other token; never `CONNECT`.
    pub method: &'bytes str,
    /// Path and query, or `*`, also when the client sent a whole address.
    pub path: &'bytes str,
    /// The version that the client speaks.
    pub version: Version,
    /// Whom the client asked for; `None` only in HTTP/1.0.
    pub host: Option<&'bytes str>,
    /// All header lines in their order.
    pub headers: &'slots [Header<'bytes>],
    /// Where the body ends: [`Framing::None`], [`Framing::Length`] or [`Framing::Chunked`].
    pub framing: Framing,
    /// What `Connection` says.
    pub connection: Connection,
    /// `Expect: 100-continue`, which HTTP/1.0 does not have.
    pub expects_continue: bool,
    /// Asks for another protocol: `Upgrade`, also named by `Connection`, in HTTP/1.1 and without a body.
    pub asks_upgrade: bool,
}

impl<'slots, 'bytes> RequestHead<'slots, 'bytes> {
    /// Reads a whole head: `bytes` end with the empty line that [`head_end`](super::head_end) found.
    ///
    /// # Errors
    /// Whatever could be understood in two ways, or is larger than the limits.
    pub fn parse(
        bytes: &'bytes [u8],
        slots: &'slots mut HeaderSlots<'bytes>,
        limits: &Limits,
    ) -> Result<Self, Refusal> {
        let mut parsed = httparse::Request::new(&mut []);
        let room = limits.header_count_max.min(slots.0.len());
        match parsed.parse_with_uninit_headers(bytes, &mut slots.0[..room]) {
            Ok(httparse::Status::Complete(end)) if end == bytes.len() => {}
            Ok(_) => return Err(Refusal::RequestLine),
            Err(error) => return Err(refusal_of(error, first_line(bytes))),
        }
        let method = parsed.method.ok_or(Refusal::RequestLine)?;
        let version = Version::of(parsed.version);
        let target = Target::parse(method, parsed.path.ok_or(Refusal::RequestLine)?)?;
        let headers: &'slots [Header<'bytes>] = parsed.headers;
        let fields = Fields::read(headers)?;
        let framing = framing(&fields, version, limits)?;
        let is_11 = version == Version::Http11;
        let asks_upgrade =
            is_11 && framing == Framing::None && fields.upgrade && fields.connection.upgrade;
        Ok(RequestHead {
            method,
            path: target.path,
            version,
            host: host_of(&fields, &target, version)?,
            headers,
            framing,
            connection: fields.connection,
            expects_continue: expects_continue(&fields)? && is_11,
            asks_upgrade,
        })
    }

    /// Whether it may be sent twice without doing more than once (RFC 9110, 9.2.2).
    pub fn is_idempotent(&self) -> bool {
        let idempotent = ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"];
        idempotent.contains(&self.method)
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

/// httparse does not say whether a first line has a version at all; 505 is for those that have another one.
fn first_line(bytes: &[u8]) -> Refusal {
    let line = bytes
        .split(|byte| *byte == b'\r')
        .next()
        .unwrap_or_default();
    let version = line.rsplit(|byte| *byte == b' ').next().unwrap_or_default();
    match version {
        [b'H', b'T', b'T', b'P', b'/', major, b'.', minor]
            if major.is_ascii_digit()
                && minor.is_ascii_digit()
                && !matches!((major, minor), (b'1', b'0' | b'1')) =>
        {
            Refusal::Version
        }
        _ => Refusal::RequestLine,
    }
}

fn framing(fields: &Fields, version: Version, limits: &Limits) -> Result<Framing, Refusal> {
    match (fields.chunked, fields.length) {
        (true, _) if version == Version::Http10 => Err(Refusal::TransferEncodingInVersion10),
        (true, _) => Ok(Framing::Chunked),
        (false, Some(length)) if length > limits.body_bytes_max => Err(Refusal::BodyTooLarge),
        (false, Some(length)) => Ok(Framing::Length(length)),
        (false, None) => Ok(Framing::None),
    }
}

fn host_of<'bytes>(
    fields: &Fields<'bytes>,
    target: &Target<'bytes>,
    version: Version,
) -> Result<Option<&'bytes str>, Refusal> {
    let named = fields.host.map(host::check).transpose()?;
    match (named, target.authority) {
        (None, _) if version == Version::Http11 => Err(Refusal::HostMissing),
        // RFC 9112 lets the target win; nobody honest sends two names.
        (Some(host), Some(authority)) if !host.eq_ignore_ascii_case(authority) => {
            Err(Refusal::HostDiffers)
        }
        (host, authority) => Ok(host.or(authority)),
    }
}

fn expects_continue(fields: &Fields) -> Result<bool, Refusal> {
    match fields.expect {
        None => Ok(false),
        Some(value) if value.eq_ignore_ascii_case(b"100-continue") => Ok(true),
        Some(_) => Err(Refusal::Expectation),
    }
}
