//! The target of a request: a path, a whole address, or a star.

use super::{Refusal, host};

/// A target in its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Target<'bytes> {
    /// Path and query, or `*`.
    pub(super) path: &'bytes str,
    /// From `http://authority/path`.
    pub(super) authority: Option<&'bytes str>,
}

impl<'bytes> Target<'bytes> {
    pub(super) fn parse(method: &str, target: &'bytes str) -> Result<Target<'bytes>, Refusal> {
        if method == "CONNECT" {
            return Err(Refusal::Method);
        }
        // A fragment is never sent, and a blank or a letter beyond ASCII must be percent-encoded.
        if !target
            .bytes()
            .all(|byte| matches!(byte, 0x21..=0x7e) && byte != b'#')
        {
            return Err(Refusal::Target);
        }
        if target.starts_with('/') {
            return Ok(Target {
                path: target,
                authority: None,
            });
        }
        if target == "*" {
            let asks = if method == "OPTIONS" {
                Ok(())
            } else {
                Err(Refusal::Target)
            };
            return asks.map(|()| Target {
                path: target,
                authority: None,
            });
        }
        absolute(target)
    }
}

fn absolute(target: &str) -> Result<Target<'_>, Refusal> {
    let (scheme, rest) = target.split_once("://").ok_or(Refusal::Target)?;
    if !scheme.eq_ignore_ascii_case("http") {
        return Err(Refusal::Target);
    }
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    host::check(authority.as_bytes()).map_err(|_| Refusal::Target)?;
    // `http://a?b` has no path that could be passed on as it stands.
    if path.starts_with('?') {
        return Err(Refusal::Target);
    }
    let path = if path.is_empty() { "/" } else { path };
    Ok(Target {
        path,
        authority: Some(authority),
    })
}
