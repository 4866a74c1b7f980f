//! Escaping for HTML, with the same characters as mdBook, so that equal texts give equal bytes.

use std::borrow::Cow;

/// Escapes `<`, `>` and `&`.
pub fn escape_text(text: &str) -> Cow<'_, str> {
    escape(text, |byte| match byte {
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'&' => Some("&amp;"),
        _ => None,
    })
}

/// Escapes what may not stand between double quotes, and single quotes and backslashes.
pub fn escape_attribute(text: &str) -> Cow<'_, str> {
    escape(text, |byte| match byte {
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'&' => Some("&amp;"),
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        b'\\' => Some("&#92;"),
        _ => None,
    })
}

/// Replaces ASCII characters; untouched text is not copied.
fn escape(text: &str, replacement: impl Fn(u8) -> Option<&'static str>) -> Cow<'_, str> {
    let Some(first) = text.bytes().position(|byte| replacement(byte).is_some()) else {
        return Cow::Borrowed(text);
    };
    let mut escaped = String::with_capacity(text.len() + 16);
    escaped.push_str(&text[..first]);
    let mut copied = first;
    for (index, byte) in text.bytes().enumerate().skip(first) {
        if let Some(entity) = replacement(byte) {
            escaped.push_str(&text[copied..index]);
            escaped.push_str(entity);
            copied = index + 1;
        }
    }
    escaped.push_str(&text[copied..]);
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_must_be_escaped_is() {
        assert_eq!(escape_text("a < b && \"c\""), "a &lt; b &amp;&amp; \"c\"");
        assert_eq!(
            escape_attribute("it's \"\\\""),
            "it&#39;s &quot;&#92;&quot;"
        );
        assert!(matches!(escape_text("größer 中文"), Cow::Borrowed(_)));
    }
}
