//! A module as a classic script: one call with the module's bytes, compressed and in letters. Pages opened from files may
//! load scripts, but no other data.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use xxhash_rust::xxh3::xxh3_64;

use super::module::Module;

impl Module {
    /// The script's name in the site: it carries a digest, so that a browser may keep it for ever.
    pub fn script_name(&self) -> String {
        format!(
            "figures-{:08x}.js",
            xxh3_64(self.script().as_bytes()) as u32
        )
    }

    /// `labbook.figures("…")`: base64 (RFC 4648) of the raw deflate (RFC 1951) of the module.
    pub fn script(&self) -> &str {
        self.script.get_or_init(|| {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
            let compressed = encoder
                .write_all(self.bytes())
                .and_then(|()| encoder.finish())
                .expect("memory can be written");
            format!("labbook.figures(\"{}\");\n", base64(&compressed))
        })
    }
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes as letters, padded.
fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |index: usize| u32::from(group.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= group.len() {
                char::from(letter)
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn letters_are_those_of_the_rfc() {
        // RFC 4648, section 10.
        let vectors = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (text, letters) in vectors {
            assert_eq!(base64(text.as_bytes()), letters);
        }
        assert_eq!(base64(&[0xfb, 0xff]), "+/8=");
    }
}
