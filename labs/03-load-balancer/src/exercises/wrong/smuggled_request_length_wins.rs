//! A length beside chunks: one of them is believed, as RFC 7230 once allowed. The server behind believes the other.

use std::string::String;

use super::smuggled_request_first_length::first;
use crate::exercises::smuggled_request::Body;
use crate::exercises::solutions;

/// Leaves the codings out when there is a length.
pub fn body_of(head: &[u8]) -> Result<Body, String> {
    let judged = solutions::smuggled_request::body_of(head);
    let has_coding = first(head, "transfer-encoding").is_some_and(|coding| coding == "chunked");
    match (first(head, "content-length"), judged) {
        (Some(length), Err(_)) if has_coding => Ok(Body::Length(
            length.parse().map_err(|_| String::from("no length"))?,
        )),
        (_, judged) => judged,
    }
}
