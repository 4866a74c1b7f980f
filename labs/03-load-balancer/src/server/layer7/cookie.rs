//! Cookies: finding one, and the balancer's own, which names a server. The balancer takes its own out of the request again:
//! it is a matter between it and the client, and no server can come to depend on it.

use std::prelude::v1::*;

use crate::server::settings::CookieSettings;

/// The pairs of a `Cookie` line, each as it was written.
fn pairs(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    line.split(|byte| *byte == b';').map(<[u8]>::trim_ascii)
}

/// The value of the cookie of this name, if the line has it.
pub(super) fn value<'line>(line: &'line [u8], name: &str) -> Option<&'line [u8]> {
    pairs(line).find_map(|pair| pair.strip_prefix(name.as_bytes())?.strip_prefix(b"="))
}

/// The number in our cookie: 16 hexadecimal digits.
pub(super) fn number(value: &[u8]) -> Option<u64> {
    let is_ours = value.len() == 16 && value.iter().all(u8::is_ascii_hexdigit);
    let text = std::str::from_utf8(value).ok().filter(|_| is_ours)?;
    u64::from_str_radix(text, 16).ok()
}

/// Appends the line without the cookie of this name; nothing when no other is left.
pub(super) fn put_without(line: &[u8], name: &str, out: &mut Vec<u8>) {
    let is_other = |pair: &&[u8]| {
        let rest = pair.strip_prefix(name.as_bytes());
        !rest.is_some_and(|rest| rest.starts_with(b"="))
    };
    let mut separator: &[u8] = b"Cookie: ";
    for pair in pairs(line).filter(is_other) {
        out.extend_from_slice(separator);
        out.extend_from_slice(pair);
        separator = b"; ";
    }
    if separator == b"; " {
        out.extend_from_slice(b"\r\n");
    }
}

/// Appends the line that sets our cookie. Scripts can't read it, and other sites' forms don't send it.
pub(super) fn put_set(cookie: u64, settings: &CookieSettings, out: &mut Vec<u8>) {
    let secure = if settings.secure { "; Secure" } else { "" };
    let line = format!(
        "Set-Cookie: {}={cookie:016x}; Path=/; HttpOnly; SameSite=Lax{secure}\r\n",
        settings.name
    );
    out.extend_from_slice(line.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(line: &str) -> String {
        let mut out = Vec::new();
        put_without(line.as_bytes(), "lab03", &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn our_cookie_is_found_and_taken_out_and_nothing_else() {
        let line = b"a=b; lab03=00000000000000ff; xlab03=c";
        assert_eq!(value(line, "lab03").and_then(number), Some(255));
        assert_eq!(value(b"xlab03=1; lab03x=2; lab03", "lab03"), None);
        assert_eq!(without("a=b; lab03=1; c=d"), "Cookie: a=b; c=d\r\n");
        assert_eq!(without("lab03=1"), "");
        assert_eq!(without("lab03x=1"), "Cookie: lab03x=1\r\n");
        for wrong in [
            "",
            "ff",
            "0x000000000000ff",
            "+0000000000000ff",
            "000000000000000ff",
        ] {
            assert_eq!(number(wrong.as_bytes()), None, "{wrong}");
        }
    }
}
