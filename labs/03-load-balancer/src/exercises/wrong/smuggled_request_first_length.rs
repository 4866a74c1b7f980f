//! Of two lengths the first is taken, as a map of headers does it that keeps what it has.

use std::{borrow::ToOwned, string::String};

use crate::exercises::smuggled_request::Body;
use crate::exercises::solutions;

/// The value of the first header of this name, if the head is text.
pub(super) fn first(head: &[u8], wanted: &str) -> Option<String> {
    let text = str::from_utf8(head).ok()?;
    let mut headers = text.split("\r\n").filter_map(|line| line.split_once(':'));
    let found = headers.find(|(name, _)| name.eq_ignore_ascii_case(wanted));
    found.map(|(_, value)| value.trim_matches([' ', '\t']).to_owned())
}

/// Forgets every length but the first.
pub fn body_of(head: &[u8]) -> Result<Body, String> {
    let text = str::from_utf8(head).map_err(|_| String::from("it is not all text"))?;
    let mut has_length = false;
    let mut kept = String::new();
    for line in text.split_inclusive("\r\n") {
        let is_length = line.to_ascii_lowercase().starts_with("content-length:");
        if !(is_length && has_length) {
            kept.push_str(line);
        }
        has_length |= is_length;
    }
    solutions::smuggled_request::body_of(kept.as_bytes())
}
