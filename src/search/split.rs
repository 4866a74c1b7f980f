//! Finds the sections of a rendered page in its HTML: what stands between one heading and the next, as plain text.
//!
//! The HTML is labbook's own: `<` and `>` never stand unescaped in text and attributes, values are in double quotes.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// Deeper headings belong to the section that they stand in (mdBook's `heading-split-level`, by default).
const LEVEL_MAX: u8 = 3;

/// Elements whose content is no text to look for. Hidden lines of code and answers of quizzes are left out as well.
const SKIPPED: [&str; 7] = [
    "script", "style", "svg", "math", "template", "object", "iframe",
];

/// Classes of elements that are left out: hidden lines, answers, numbers of footnotes, icons, and of a live figure what it is
/// driven with and its table.
const SKIPPED_CLASSES: [&str; 6] = [
    "boring",
    "answer",
    "footnote-reference",
    "fa-svg",
    "figure-controls",
    "figure-numbers",
];

/// Elements inside a line of text: no space stands for their borders.
const INLINE: [&str; 20] = [
    "a", "abbr", "b", "bdi", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q",
    "s", "small", "span", "strong", "sub", "sup",
];

/// Elements without an end tag.
const VOID: [&str; 8] = ["area", "br", "col", "hr", "img", "input", "source", "wbr"];

/// A section of one page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The heading's id; empty for the page's beginning, which has what stands before the second heading.
    pub anchor: String,
    /// The heading as plain text.
    pub heading: String,
    /// The text, on one line.
    pub text: String,
}

/// The sections of a page in reading order: at least one, the page's beginning.
pub fn split(html: &str) -> Vec<Piece> {
    let mut splitter = Splitter {
        pieces: vec![Piece::default()],
        heading: None,
    };
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        splitter.text(&rest[..start]);
        rest = splitter.tag(&rest[start..]);
    }
    splitter.text(rest);
    for piece in &mut splitter.pieces {
        piece.heading.truncate(piece.heading.trim_end().len());
        piece.text.truncate(piece.text.trim_end().len());
    }
    splitter.pieces
}

struct Splitter {
    pieces: Vec<Piece>,
    /// The name of the heading that is open: `h2`.
    heading: Option<String>,
}

impl Splitter {
    /// Reads one tag (and what it hides), and returns what follows.
    fn tag<'a>(&mut self, html: &'a str) -> &'a str {
        if let Some(comment) = html.strip_prefix("<!--") {
            return comment.split_once("-->").map_or("", |(_, rest)| rest);
        }
        let Some((inside, rest)) = html[1..].split_once('>') else {
            return "";
        };
        let (closes, inside) = match inside.strip_prefix('/') {
            Some(inside) => (true, inside),
            None => (false, inside),
        };
        let length = inside
            .find(|c: char| c.is_whitespace() || c == '/')
            .unwrap_or(inside.len());
        let name = &inside[..length];
        if !INLINE.contains(&name) {
            self.space();
        }
        if closes {
            if self.heading.as_deref() == Some(name) {
                self.heading = None;
            }
            return rest;
        }
        if is_skipped(name, inside) && !inside.ends_with('/') {
            return after_element(name, rest);
        }
        if is_heading(name) {
            self.begin(name, attribute(inside, "id").unwrap_or_default());
        }
        rest
    }

    fn begin(&mut self, name: &str, id: &str) {
        // The first heading is the page's own, unless text or another heading stands before it.
        let beginning = self.pieces.len() == 1
            && self.pieces[0].heading.is_empty()
            && self.pieces[0].text.is_empty();
        if !beginning {
            // Without an id there is nothing to lead to: its text stays where it is.
            if id.is_empty() {
                return;
            }
            self.pieces.push(Piece {
                anchor: decoded(id).into_owned(),
                ..Piece::default()
            });
        }
        self.heading = Some(name.to_string());
    }

    /// Where text goes now.
    fn out(&mut self) -> &mut String {
        let last = self.pieces.len() - 1;
        let piece = &mut self.pieces[last];
        match self.heading {
            Some(_) => &mut piece.heading,
            None => &mut piece.text,
        }
    }

    fn text(&mut self, html: &str) {
        let out = self.out();
        for c in decoded(html).chars() {
            if c.is_whitespace() {
                end_word(out);
            } else {
                out.push(c);
            }
        }
    }

    fn space(&mut self) {
        end_word(self.out());
    }
}

/// A space, unless there is one or nothing stands before it.
fn end_word(out: &mut String) {
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h', level @ b'1'..=b'6'] if level - b'0' <= LEVEL_MAX)
}

fn is_skipped(name: &str, inside: &str) -> bool {
    if SKIPPED.contains(&name) {
        return true;
    }
    // The arrow that leads from a note back to where it is named.
    if name == "a" && attribute(inside, "href").is_some_and(|href| href.starts_with("#fr-")) {
        return true;
    }
    !VOID.contains(&name)
        && attribute(inside, "class").is_some_and(|classes| {
            classes
                .split(' ')
                .any(|class| SKIPPED_CLASSES.contains(&class))
        })
}

/// The value of an attribute of a tag.
fn attribute<'a>(inside: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = inside;
    while let Some((before, after)) = rest.split_once("=\"") {
        let (value, tail) = after.split_once('"')?;
        if before.rsplit(char::is_whitespace).next() == Some(name) {
            return Some(value);
        }
        rest = tail;
    }
    None
}

/// What follows the end of an element whose start tag has been read; elements of the same name may stand inside.
fn after_element<'a>(name: &str, html: &'a str) -> &'a str {
    let (open, close) = (format!("<{name}"), format!("</{name}"));
    // What stands in these is no HTML.
    if matches!(name, "script" | "style") {
        let tag = html.find(&close).map_or("", |at| &html[at..]);
        return tag.split_once('>').map_or("", |(_, rest)| rest);
    }
    let mut depth = 1_usize;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let tag = &rest[at..];
        rest = tag.split_once('>').map_or("", |(_, rest)| rest);
        let is = |start: &str| {
            tag.strip_prefix(start)
                .is_some_and(|tail| tail.starts_with([' ', '>', '\n', '/']))
        };
        if is(&close) {
            depth -= 1;
            if depth == 0 {
                return rest;
            }
        } else if is(&open) {
            depth += 1;
        }
    }
    ""
}

/// Text without character references: those that labbook writes, and numbers.
fn decoded(html: &str) -> Cow<'_, str> {
    if !html.contains('&') {
        return Cow::Borrowed(html);
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let reference = after
            .split_once(';')
            .and_then(|(name, tail)| Some((character(name)?, tail)));
        match reference {
            Some((c, tail)) => {
                out.push(c);
                rest = tail;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    Cow::Owned(out + rest)
}

fn character(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}
