//! How far the tokens of Rust go. Each function looks at the beginning of what is left of the text and gives a length in
//! bytes; none fails on text that breaks off.

use crate::highlight::spans::Class;

/// A text, a character or a lifetime, which all have a quote near their beginning.
pub(super) struct Quoted {
    /// With prefix, quotes and suffix.
    pub(super) length: usize,
    /// `'a`, or the label of a loop.
    pub(super) is_lifetime: bool,
    /// Not so in raw texts.
    pub(super) has_escapes: bool,
}

/// The longest `\u{…}` and `{name:format}` that are looked for, so that reading a text takes no longer than its length.
const UNICODE_ESCAPE_BYTES_MAX: usize = 12;
const ARGUMENT_BYTES_MAX: usize = 60;

/// White space, newlines included.
pub(super) fn blank(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// Up to the end of the line.
pub(super) fn line(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

/// `// …` to the end of the line, or `/* … */`, which may contain others of its kind.
pub(super) fn comment(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(line(text));
    }
    let mut length = text.strip_prefix("/*").map(|_| 2)?;
    let mut open = 1;
    while open > 0 {
        let Some(next) = text[length..].find(['/', '*']) else {
            return Some(text.len());
        };
        length += next;
        let step = match text.get(length..length + 2) {
            Some("/*") => 1,
            Some("*/") => -1,
            _ => 0,
        };
        open += step;
        length += if step == 0 { 1 } else { 2 };
    }
    Some(length)
}

/// A text (`"…"`, `b"…"`, `c"…"`, `r#"…"#` and so on), a character (`'…'`, `b'…'`) or a lifetime (`'a`).
pub(super) fn quoted(text: &str) -> Option<Quoted> {
    let prefix = text
        .bytes()
        .take(2)
        .take_while(|byte| matches!(byte, b'b' | b'c' | b'r'))
        .count();
    let raw = text[..prefix].ends_with('r');
    let rest = &text[prefix..];
    if raw {
        let hashes = rest.bytes().take_while(|byte| *byte == b'#').count();
        let inside = rest[hashes..].strip_prefix('"')?;
        let end = format!("\"{}", &rest[..hashes]);
        let length = inside
            .find(&end)
            .map_or(text.len(), |at| text.len() - inside.len() + at + end.len());
        return Some(Quoted {
            length,
            is_lifetime: false,
            has_escapes: false,
        });
    }
    match rest.bytes().next()? {
        b'"' => {
            let length = prefix + 1 + until_quote(&rest[1..]);
            Some(Quoted {
                length,
                is_lifetime: false,
                has_escapes: true,
            })
        }
        b'\'' if matches!(&text[..prefix], "" | "b") => {
            let (length, is_lifetime) = character_or_lifetime(rest)?;
            (prefix == 0 || !is_lifetime).then_some(Quoted {
                length: prefix + length,
                is_lifetime,
                has_escapes: true,
            })
        }
        _ => None,
    }
}

/// The rest of a text up to and with its closing quote.
fn until_quote(text: &str) -> usize {
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => return at + 1,
            // Whatever is escaped, a quote too, does not end the text.
            b'\\' => {
                bytes.next();
            }
            _ => {}
        }
    }
    text.len()
}

/// `'x'` and `'\n'` are characters, `'x` is a lifetime; `text` starts with the quote.
fn character_or_lifetime(text: &str) -> Option<(usize, bool)> {
    let mut inside = text[1..].chars();
    let first = inside.next()?;
    if first == '\\' {
        // An escape: a character on the same line is over at the next quote that is not the escaped one.
        let escaped = inside.next()?.len_utf8();
        let from = 2 + escaped;
        let end = text[from..]
            .find(['\'', '\n'])
            .filter(|end| text[from + end..].starts_with('\''))?;
        return Some((from + end + 1, false));
    }
    if inside.next() == Some('\'') && first != '\'' {
        return Some((1 + first.len_utf8() + 1, false));
    }
    word(&text[1..]).map(|length| (1 + length, true))
}

/// The next special piece of a text: how far the plain piece before it goes, its own length (0 at the end of `text`),
/// and its class. Special are escapes (`\n`, `\u{e9}`) and places for `format!`'s arguments (`{}`, `{name:>5}`).
pub(super) fn special(text: &str) -> (usize, usize, Class) {
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'\\' => return (at, escape(&text[at..]), Class::Number),
            b'{' if !text[..at].ends_with('{') => {
                if let Some(length) = argument(&text[at..]) {
                    return (at, length, Class::Parameter);
                }
            }
            _ => {}
        }
    }
    (text.len(), 0, Class::String)
}

fn escape(text: &str) -> usize {
    let mut characters = text[1..].chars();
    match characters.next() {
        Some('x') => {
            2 + characters
                .take(2)
                .take_while(char::is_ascii_hexdigit)
                .count()
        }
        Some('u') if text.starts_with("\\u{") => {
            let end = text
                .bytes()
                .take(UNICODE_ESCAPE_BYTES_MAX)
                .position(|byte| byte == b'}');
            end.map_or(2, |end| end + 1)
        }
        Some('\n') | None => 1,
        Some(other) => 1 + other.len_utf8(),
    }
}

/// `{}`, `{0}`, `{name}`, `{name:?}`: braces around a name or number and a format.
fn argument(text: &str) -> Option<usize> {
    let end = text
        .bytes()
        .take(ARGUMENT_BYTES_MAX)
        .position(|byte| byte == b'}')?;
    let (inside, after) = (&text[1..end], &text[end + 1..]);
    let (name, format) = inside.split_once(':').unwrap_or((inside, ""));
    let is_name = name
        .chars()
        .all(|letter| letter.is_alphanumeric() || letter == '_');
    let is_format = !format.contains(['"', '{', '\\', '\n'])
        && !format.starts_with(' ')
        && !format.ends_with(' ');
    (is_name && is_format && !(inside.is_empty() && after.starts_with('}')))
        .then_some(inside.len() + 2)
}

/// The digits of a tuple's field.
pub(super) fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// A number with its fraction, exponent and suffix; `1..2` and `1.max(2)` end before the dot.
pub(super) fn number(text: &str) -> usize {
    let part = |from: usize| {
        text[from..]
            .bytes()
            .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
            .count()
    };
    let mut length = part(0);
    if text.starts_with("0x") || text.starts_with("0b") || text.starts_with("0o") {
        return length;
    }
    if let Some(fraction) = text[length..].strip_prefix('.') {
        let next = fraction.chars().next().unwrap_or(' ');
        if next.is_ascii_digit() {
            length += 1 + part(length + 1);
        } else if next != '.' && next != '_' && !next.is_alphabetic() {
            length += 1;
        }
    }
    // An `e` after a digit; the one of `1_usize - 1` is no exponent's.
    let mantissa = text[..length].strip_suffix(['e', 'E']).unwrap_or("");
    let signed = mantissa.ends_with(|digit: char| digit.is_ascii_digit() || digit == '_');
    if signed
        && text[length..].starts_with(['+', '-'])
        && text[length + 1..].starts_with(|digit: char| digit.is_ascii_digit())
    {
        length += 1 + part(length + 1);
    }
    length
}

/// A name or a keyword; a raw one (`r#type`) with its mark.
pub(super) fn word(text: &str) -> Option<usize> {
    let mark = if text.starts_with("r#") { 2 } else { 0 };
    let name = &text[mark..];
    let is_part = |letter: char| letter == '_' || letter.is_alphanumeric();
    if !name.starts_with(|first: char| is_part(first) && !first.is_numeric()) {
        // `r#` before anything else: the letter alone.
        return (mark > 0).then_some(1);
    }
    Some(mark + name.find(|letter| !is_part(letter)).unwrap_or(name.len()))
}

/// `#[` or `#![`.
pub(super) fn attribute_start(text: &str) -> Option<usize> {
    ["#[", "#!["]
        .iter()
        .find(|start| text.starts_with(**start))
        .map(|start| start.len())
}

/// A macro's variable: `$name`.
pub(super) fn macro_variable(text: &str) -> Option<usize> {
    word(text.strip_prefix('$')?).map(|length| 1 + length)
}

/// The dots at the beginning: one before a field, two or three in a range.
pub(super) fn dots(text: &str) -> usize {
    text.bytes()
        .take(3)
        .take_while(|byte| *byte == b'.')
        .count()
}
