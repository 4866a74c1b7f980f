//! What files are called inside the EPUB.

use std::collections::HashSet;

/// Names that the package has for itself.
const TAKEN: [&str; 6] = [
    "nav.xhtml",
    "toc.xhtml",
    "toc.ncx",
    "content.opf",
    "title-page.xhtml",
    "cover.png",
];

/// Kinds of pictures that every reader shows (EPUB 3.3, core media types), by ending.
pub(super) const PICTURES: [(&str, &str); 6] = [
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("svg", "image/svg+xml"),
    ("webp", "image/webp"),
];

/// The names that no file of the book may have.
pub(super) fn taken() -> HashSet<String> {
    TAKEN.map(str::to_string).into()
}

/// A name that no other file has, of letters that every reader's disk knows.
pub(super) fn unused(stem: &str, ending: &str, used: &mut HashSet<String>) -> String {
    let plain: String = stem
        .to_lowercase()
        .chars()
        .map(|character| {
            if character.is_ascii_alphanumeric() {
                character
            } else {
                '-'
            }
        })
        .collect();
    let plain = plain.trim_matches('-');
    let plain = if plain.is_empty() { "file" } else { plain };
    let numbered = |number: usize| match number {
        1 => format!("{plain}.{ending}"),
        number => format!("{plain}-{number}.{ending}"),
    };
    let name = (1..).map(numbered).find(|name| !used.contains(name));
    let name = name.expect("there is always a next number");
    used.insert(name.clone());
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_differ() {
        let mut used = HashSet::new();
        assert_eq!(unused("a/B c", "png", &mut used), "a-b-c.png");
        assert_eq!(unused("a b/c", "png", &mut used), "a-b-c-2.png");
        assert_eq!(unused("中文", "png", &mut used), "file.png");
        assert_eq!(unused("文", "png", &mut used), "file-2.png");
    }
}
