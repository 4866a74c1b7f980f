//! Which header lines travel on. Those of one connection end here: the ones that RFC 9110, 7.6.1 names, and whatever
//! `Connection` names.

use std::prelude::v1::*;

use kit::http1::{Header, has_token};

/// What becomes of a header line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Travels on as it is.
    Passed,
    /// Ends here, or is written anew.
    Dropped,
    /// Its value is a list that we add to.
    Extended(Extended),
    /// May hold our cookie.
    Cookie,
}

/// Lists that every proxy adds itself to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extended {
    /// `X-Forwarded-For`.
    ForwardedFor,
    /// `Forwarded` (RFC 7239).
    Forwarded,
    /// `Via`.
    Via,
}

/// Of a request's header line.
pub(super) fn of_request(name: &str) -> Fate {
    // The length alone tells most lines apart.
    let is = |other: &str| name.eq_ignore_ascii_case(other);
    match name.len() {
        2 if is("te") => Fate::Dropped,
        3 if is("via") => Fate::Extended(Extended::Via),
        4 if is("host") => Fate::Dropped,
        6 if is("cookie") => Fate::Cookie,
        6 if is("expect") => Fate::Dropped,
        7 if is("upgrade") || is("trailer") => Fate::Dropped,
        9 if is("forwarded") => Fate::Extended(Extended::Forwarded),
        10 if is("connection") || is("keep-alive") => Fate::Dropped,
        14 if is("content-length") => Fate::Dropped,
        15 if is("x-forwarded-for") => Fate::Extended(Extended::ForwardedFor),
        16 if is("proxy-connection") => Fate::Dropped,
        17 if is("transfer-encoding") || is("x-forwarded-proto") => Fate::Dropped,
        _ => Fate::Passed,
    }
}

/// Whether a response's header line travels on; Content-Length and the like are written anew.
pub(super) fn passes_back(name: &str) -> bool {
    let is = |other: &str| name.eq_ignore_ascii_case(other);
    match name.len() {
        7 => !is("upgrade") && !is("trailer"),
        10 => !is("connection") && !is("keep-alive"),
        14 => !is("content-length"),
        16 => !is("proxy-connection"),
        17 => !is("transfer-encoding"),
        _ => true,
    }
}

/// Whether one of the lines `Connection` names this header.
pub(super) fn is_named(headers: &[Header], name: &str) -> bool {
    let mut connection = headers
        .iter()
        .filter(|header| header.name.eq_ignore_ascii_case("connection"));
    connection.any(|header| has_token(header.value, name.as_bytes()))
}

/// Appends a header line.
pub(super) fn put(name: &str, value: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    out.extend_from_slice(value);
    out.extend_from_slice(b"\r\n");
}

/// Appends a number in decimal digits.
pub(super) fn put_number(mut number: u64, out: &mut Vec<u8>) {
    let mut digits = [0; 20];
    let mut first = digits.len();
    loop {
        first -= 1;
        digits[first] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[first..]);
}
