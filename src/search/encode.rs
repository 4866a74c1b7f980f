//! Numbers and words as text that stands in a script as it is and that gzip packs well: one printable character for a
//! small number, so that a server's compression sees the same symbols again. (Packing it ourselves and writing base64 saves
//! nothing behind gzip: measured.)

/// Printable ASCII without quotation mark and backslash, which a string literal would have to escape.
const SYMBOLS: &[u8; 93] =
    b" !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";

/// The first symbols end a number; the others say that more follows.
pub(super) const LAST_SYMBOLS: usize = 64;

/// Appends a number: the lowest part first, each part that is not the last in base [`SYMBOLS`] − [`LAST_SYMBOLS`].
pub(super) fn number(mut value: usize, out: &mut String) {
    let more = SYMBOLS.len() - LAST_SYMBOLS;
    while value >= LAST_SYMBOLS {
        value -= LAST_SYMBOLS;
        out.push(char::from(SYMBOLS[LAST_SYMBOLS + value % more]));
        value /= more;
    }
    out.push(char::from(SYMBOLS[value]));
}

/// How much a word may share with the one before it: one capital letter says so.
const SHARED_MAX: usize = 25;

/// Sorted words, each as one capital letter (`A` for none: how many UTF-16 units, JavaScript's characters, it shares with
/// the word before it) and the rest. Words are lower case, so that a capital also ends the word before.
pub(super) fn front_coded<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    let mut before = "";
    for word in words {
        let (mut units, mut bytes) = (0, 0);
        for (a, b) in before.chars().zip(word.chars()) {
            if a != b || units + b.len_utf16() > SHARED_MAX {
                break;
            }
            units += b.len_utf16();
            bytes += b.len_utf8();
        }
        out.push(char::from(b'A' + units as u8));
        out.push_str(&word[bytes..]);
        before = word;
    }
    out
}

/// A JavaScript string literal. JSON is one since ECMAScript 2019.
pub(super) fn literal(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
