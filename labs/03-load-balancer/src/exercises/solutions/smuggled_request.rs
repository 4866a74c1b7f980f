//! A solution of `smuggled-request`.

use std::{borrow::ToOwned, format, string::String};

use crate::exercises::smuggled_request::Body;

/// Lines first, then names, then what the three headers that matter say together.
pub fn body_of(head: &[u8]) -> Result<Body, String> {
    let text = str::from_utf8(head).map_err(|_| "it is not all text".to_owned())?;
    let lines = text
        .strip_suffix("\r\n\r\n")
        .ok_or("it does not end with an empty line")?;
    if lines.replace("\r\n", "").contains(['\r', '\n', '\0']) {
        return Err("a line break or a zero byte where none may be".to_owned());
    }
    let mut lines = lines.split("\r\n");
    let is_old = lines.next().is_some_and(|line| line.ends_with("HTTP/1.0"));
    let (mut hosts, mut lengths, mut codings) = (0, 0, 0);
    let mut body = Body::None;
    for line in lines {
        let (name, value) = header(line)?;
        if name.eq_ignore_ascii_case("host") {
            hosts += 1;
        } else if name.eq_ignore_ascii_case("content-length") {
            lengths += 1;
            body = Body::Length(length(value)?);
        } else if name.eq_ignore_ascii_case("transfer-encoding") {
            codings += 1;
            if !value.eq_ignore_ascii_case("chunked") {
                return Err(format!("an unknown coding: {value}"));
            }
            body = Body::Chunked;
        }
    }
    if lengths + codings > 1 {
        return Err("its length is said more than once".to_owned());
    }
    if is_old && codings > 0 {
        return Err("HTTP/1.0 knows no chunks".to_owned());
    }
    if hosts > 1 || (hosts == 0 && !is_old) {
        return Err("it must have exactly one Host".to_owned());
    }
    Ok(body)
}

/// Name and value of a header's line.
fn header(line: &str) -> Result<(&str, &str), String> {
    let (name, value) = line.split_once(':').ok_or("a header without a colon")?;
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || !name.bytes().all(is_token) {
        return Err(format!("`{name}` is no name of a header"));
    }
    Ok((name, value.trim_matches([' ', '\t'])))
}

/// Digits and nothing else.
fn length(value: &str) -> Result<u64, String> {
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    let number = is_number.then(|| value.parse().ok()).flatten();
    number.ok_or_else(|| format!("`{value}` is no length"))
}
