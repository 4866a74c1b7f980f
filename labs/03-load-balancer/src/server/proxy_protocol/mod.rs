//! The PROXY protocol: a header before the first byte of a connection that says who the client is. Both versions are read
//! and written as HAProxy's specification of them says (`proxy-protocol.txt`, Willy Tarreau).
//!
//! [`parse`] is a pure function from bytes to a header, strict and limited; [`read`] feeds it from a socket and takes not one
//! byte more than the header.

mod parse;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use parse::{HEADER_BYTES_MAX, Header, Mistake, Parsed, parse};
pub use read::{ReadError, read};
pub use write::{header, own_header};
