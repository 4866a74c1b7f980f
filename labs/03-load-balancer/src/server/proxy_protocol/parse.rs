//! From bytes to a header.

use core::fmt;
use std::{
    net::{IpAddr, Ipv6Addr, SocketAddr},
    str,
};

/// No header may be longer: those of version 2 could say 65,551, but nobody who sends addresses needs it.
pub const HEADER_BYTES_MAX: usize = 1_024;

/// The longest line of version 1, with its end.
const LINE_BYTES_MAX: usize = 107;

/// What version 2 begins with. No line of text does.
pub(super) const SIGNATURE: [u8; 12] = *b"\r\n\r\n\0\r\nQUIT\n";

/// Bytes of version 2 before the addresses.
const FIXED_BYTES: usize = 16;

/// What a header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Header {
    /// The client's address, and the one that it connected to.
    Client {
        /// The client's address.
        source: SocketAddr,
        /// Whom it connected to.
        destination: SocketAddr,
    },
    /// The proxy speaks for itself, as in its own probes, or does not know the client: the connection's own addresses count.
    Own,
}

/// What can be said of the bytes so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parsed {
    /// The header, and how many bytes it has.
    Complete(Header, usize),
    /// A beginning. No header that begins so is shorter than this many bytes.
    NeedsAtLeast(usize),
}

/// Why these bytes begin no header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistake {
    /// They begin with neither version's signature.
    Signature,
    /// Version 1: the line is too long, or does not end in CR LF.
    Line,
    /// Version 1: not `TCP4`, `TCP6` or `UNKNOWN`, or not the fields that belong to it.
    Fields,
    /// An address that is none, or not of the family that was said.
    Address,
    /// A port that is none: digits only, no zero in front, at most 65535.
    Port,
    /// Version 2: a version or command that does not exist.
    Command,
    /// Version 2: a family that is not TCP.
    Family,
    /// Version 2: shorter than its addresses, or longer than [`HEADER_BYTES_MAX`].
    Length,
}

impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(match self {
            Mistake::Signature => "it begins with no PROXY header",
            Mistake::Line => "its PROXY line does not end in CR LF within 107 bytes",
            Mistake::Fields => "its PROXY line has not the fields that it should have",
            Mistake::Address => "its PROXY header has an address that is none",
            Mistake::Port => "its PROXY header has a port that is none",
            Mistake::Command => "its PROXY header has an unknown version or command",
            Mistake::Family => "its PROXY header is not for TCP",
            Mistake::Length => "its PROXY header has a wrong length",
        })
    }
}

/// What the first bytes of a connection say. It looks at no more than [`HEADER_BYTES_MAX`] of them.
///
/// # Errors
/// They can be no header, whatever follows.
pub fn parse(bytes: &[u8]) -> Result<Parsed, Mistake> {
    match bytes.first() {
        None => Ok(Parsed::NeedsAtLeast(FIXED_BYTES - 1)),
        Some(b'P') => parse_line(bytes),
        Some(_) => parse_binary(bytes),
    }
}

/// Version 1: `PROXY TCP4 192.0.2.1 192.0.2.2 5678 80\r\n`.
fn parse_line(bytes: &[u8]) -> Result<Parsed, Mistake> {
    let start = b"PROXY ";
    if bytes
        .iter()
        .zip(start)
        .any(|(byte, expected)| byte != expected)
    {
        return Err(Mistake::Signature);
    }
    let window = &bytes[..bytes.len().min(LINE_BYTES_MAX)];
    let Some(end) = window.iter().position(|byte| *byte == b'\n') else {
        if window.len() == LINE_BYTES_MAX {
            return Err(Mistake::Line);
        }
        // The shortest line is `PROXY UNKNOWN\r\n`.
        return Ok(Parsed::NeedsAtLeast((bytes.len() + 1).max(15)));
    };
    let line = window[..end].strip_suffix(b"\r").ok_or(Mistake::Line)?;
    let line = str::from_utf8(line).map_err(|_| Mistake::Fields)?;
    let header = parse_fields(&line[start.len()..])?;
    Ok(Parsed::Complete(header, end + 1))
}

fn parse_fields(fields: &str) -> Result<Header, Mistake> {
    // After UNKNOWN, anything may follow up to the end of the line, and none of it counts.
    if fields == "UNKNOWN" || fields.starts_with("UNKNOWN ") {
        return Ok(Header::Own);
    }
    let mut fields = fields.split(' ');
    let mut next = || fields.next().ok_or(Mistake::Fields);
    let family = next()?;
    let (source, destination) = (next()?, next()?);
    let (source_port, destination_port) = (next()?, next()?);
    if fields.next().is_some() {
        return Err(Mistake::Fields);
    }
    let address = |text: &str| match family {
        "TCP4" => text.parse().map(IpAddr::V4).map_err(|_| Mistake::Address),
        "TCP6" => text.parse().map(IpAddr::V6).map_err(|_| Mistake::Address),
        _ => Err(Mistake::Fields),
    };
    Ok(Header::Client {
        source: SocketAddr::new(address(source)?, port(source_port)?),
        destination: SocketAddr::new(address(destination)?, port(destination_port)?),
    })
}

fn port(text: &str) -> Result<u16, Mistake> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let has_zero_in_front = text.len() > 1 && text.starts_with('0');
    if !is_plain || has_zero_in_front {
        return Err(Mistake::Port);
    }
    text.parse().map_err(|_| Mistake::Port)
}

/// Version 2: the signature, version and command, family, length, addresses, and extensions that are skipped.
fn parse_binary(bytes: &[u8]) -> Result<Parsed, Mistake> {
    if bytes
        .iter()
        .zip(&SIGNATURE)
        .any(|(byte, expected)| byte != expected)
    {
        return Err(Mistake::Signature);
    }
    let Some((fixed, rest)) = bytes.split_at_checked(FIXED_BYTES) else {
        return Ok(Parsed::NeedsAtLeast(FIXED_BYTES));
    };
    let length = usize::from(u16::from_be_bytes([fixed[14], fixed[15]]));
    let total = FIXED_BYTES + length;
    let is_own = match fixed[12] {
        0x20 => true,
        0x21 => false,
        _ => return Err(Mistake::Command),
    };
    if total > HEADER_BYTES_MAX {
        return Err(Mistake::Length);
    }
    let Some(addresses) = rest.get(..length) else {
        return Ok(Parsed::NeedsAtLeast(total));
    };
    let header = match (is_own, fixed[13]) {
        (true, _) | (false, 0x00) => Header::Own,
        (false, 0x11) => addresses_of(addresses, |bytes: [u8; 4]| IpAddr::from(bytes))?,
        (false, 0x21) => addresses_of(addresses, |bytes: [u8; 16]| {
            IpAddr::from(Ipv6Addr::from(bytes))
        })?,
        (false, _) => return Err(Mistake::Family),
    };
    Ok(Parsed::Complete(header, total))
}

/// Two addresses of `LENGTH` bytes, and their ports.
fn addresses_of<const LENGTH: usize>(
    bytes: &[u8],
    address: impl Fn([u8; LENGTH]) -> IpAddr,
) -> Result<Header, Mistake> {
    let (source, rest) = bytes.split_first_chunk().ok_or(Mistake::Length)?;
    let (destination, rest) = rest.split_first_chunk().ok_or(Mistake::Length)?;
    let (source_port, rest) = rest.split_first_chunk().ok_or(Mistake::Length)?;
    let (destination_port, _) = rest.split_first_chunk().ok_or(Mistake::Length)?;
    Ok(Header::Client {
        source: SocketAddr::new(address(*source), u16::from_be_bytes(*source_port)),
        destination: SocketAddr::new(address(*destination), u16::from_be_bytes(*destination_port)),
    })
}
