//! Finds the attributes of all tags in HTML that labbook wrote: `<` and `>` never stand unescaped in its text and
//! attributes, and every value is in double quotes.

use std::ops::Range;

/// One attribute of one tag.
#[derive(Debug, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// The tag's name: `a`.
    pub tag: &'a str,
    /// The attribute's name: `href`.
    pub name: &'a str,
    /// The value, still escaped.
    pub value: &'a str,
    /// Where the value stands in the HTML.
    pub range: Range<usize>,
}

/// All attributes with a value, in order.
pub fn attributes(html: &str) -> impl Iterator<Item = Attribute<'_>> {
    Scan {
        html,
        at: 0,
        tag: "",
    }
}

struct Scan<'a> {
    html: &'a str,
    at: usize,
    /// The tag whose attributes are being read; empty between tags.
    tag: &'a str,
}

impl<'a> Iterator for Scan<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        loop {
            if self.tag.is_empty() {
                self.open_tag()?;
            } else if let Some(attribute) = self.attribute() {
                return Some(attribute);
            }
        }
    }
}

impl<'a> Scan<'a> {
    /// Moves behind the name of the next start tag.
    fn open_tag(&mut self) -> Option<()> {
        let rest = &self.html[self.at..];
        let start = self.at + rest.find('<')? + 1;
        let inside = &self.html[start..];
        if let Some(comment) = inside.strip_prefix("!--") {
            self.at = start + 3 + comment.find("-->")? + 3;
            return Some(());
        }
        let ends = |byte: &u8| matches!(byte, b'>' | b'/') || byte.is_ascii_whitespace();
        let length = inside.bytes().position(|byte| ends(&byte));
        let length = length.unwrap_or(inside.len());
        self.at = start + length;
        self.tag = &inside[..length];
        Some(())
    }

    /// The next attribute of the open tag, or `None` at its end.
    fn attribute(&mut self) -> Option<Attribute<'a>> {
        let rest = &self.html.as_bytes()[self.at..];
        let mut name_start = 0;
        let mut bytes = rest.iter().enumerate();
        // One look at each byte: code has a tag for every token.
        let equals = bytes.find_map(|(at, byte)| match byte {
            b'>' => Some(Err(at)),
            b'=' if rest.get(at + 1) == Some(&b'"') => Some(Ok(at)),
            byte if byte.is_ascii_whitespace() => {
                name_start = at + 1;
                None
            }
            _ => None,
        });
        let equals = match equals.unwrap_or(Err(rest.len())) {
            Ok(equals) => equals,
            Err(end) => {
                self.close_tag(end);
                return None;
            }
        };
        let value_start = self.at + equals + 2;
        let length = self.html[value_start..].find('"').unwrap_or(0);
        let range = value_start..value_start + length;
        let name = &self.html[self.at + name_start..self.at + equals];
        self.at = (range.end + 1).min(self.html.len());
        Some(Attribute {
            tag: self.tag,
            name,
            value: &self.html[range.clone()],
            range,
        })
    }

    /// Moves behind the tag, and behind the raw text of a script or a style.
    fn close_tag(&mut self, end: usize) {
        self.at = (self.at + end + 1).min(self.html.len());
        if matches!(self.tag, "script" | "style") {
            let close = format!("</{}", self.tag);
            self.at = self.html[self.at..]
                .find(&close)
                .map_or(self.html.len(), |index| self.at + index);
        }
        self.tag = "";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(html: &str) -> Vec<(&str, &str, &str)> {
        attributes(html)
            .map(|attribute| (attribute.tag, attribute.name, attribute.value))
            .collect()
    }

    #[test]
    fn attributes_are_found_in_tags_and_only_there() {
        let html = "<h1 id=\"a\">id=\"no\"</h1><!-- <p id=\"no\"> --><input disabled type=\"x\"><br><a class=\"c\" href=\"#b\">x</a>";
        assert_eq!(
            found(html),
            [
                ("h1", "id", "a"),
                ("input", "type", "x"),
                ("a", "class", "c"),
                ("a", "href", "#b")
            ]
        );
    }

    #[test]
    fn scripts_are_no_tags() {
        assert_eq!(
            found("<script>if (a<b id=\"no\") {}</script><p id=\"yes\">"),
            [("p", "id", "yes")]
        );
    }

    #[test]
    fn broken_html_ends() {
        for html in [
            "<",
            "<a",
            "<a href",
            "<a href=\"",
            "<a href=\"x",
            "<!--",
            "<script>",
        ] {
            let _ = found(html);
        }
    }
}
