//! Writing SVG: elements, escapes, numbers, and the root element that every picture shares.

use std::fmt::Write as _;

use super::Words;
use crate::escape::escape_attribute;

/// Size of a label where its source gives none, in CSS pixels. The root element carries it, so that
/// the text around the figure has no say in it.
pub(super) const LABEL_SIZE: f64 = 13.0;

/// One element on its way out; attributes come in the order they were given, `class` first.
pub(super) struct Element<'a> {
    name: &'a str,
    classes: Vec<String>,
    attributes: Vec<(String, String)>,
}

impl<'a> Element<'a> {
    /// An element without attributes.
    pub(super) fn new(name: &'a str) -> Self {
        Self {
            name,
            classes: Vec::new(),
            attributes: Vec::new(),
        }
    }

    /// Adds a class, once.
    pub(super) fn class(&mut self, class: impl Into<String>) {
        let class = class.into();
        if !self.classes.contains(&class) {
            self.classes.push(class);
        }
    }

    /// Adds an attribute; the value is escaped when it is written.
    pub(super) fn attribute(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.attributes.push((name.into(), value.into()));
    }

    /// Writes `<name …>`.
    pub(super) fn open(&self, out: &mut String) {
        self.start(out);
        out.push('>');
    }

    /// Writes `</name>`.
    pub(super) fn close(&self, out: &mut String) {
        let _ = write!(out, "</{}>", self.name);
    }

    /// Writes `<name …/>`.
    pub(super) fn empty(&self, out: &mut String) {
        self.start(out);
        out.push_str("/>");
    }

    fn start(&self, out: &mut String) {
        out.push('<');
        out.push_str(self.name);
        if !self.classes.is_empty() {
            let _ = write!(
                out,
                " class=\"{}\"",
                escape_attribute(&self.classes.join(" "))
            );
        }
        for (name, value) in &self.attributes {
            let _ = write!(out, " {name}=\"{}\"", escape_attribute(value));
        }
    }
}

/// A number with at most two decimals: a hundredth of a pixel can't be seen.
pub(super) fn number(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    // Adding zero turns -0 into 0.
    format!("{}", rounded + 0.0)
}

/// Where the picture lies: the `viewBox` in user units, and the natural size in CSS pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// `viewBox`: x, y, width, height.
    pub view: [f64; 4],
    /// Natural width in CSS pixels.
    pub width: f64,
    /// Natural height in CSS pixels.
    pub height: f64,
}

/// The start of every picture: the root element, its title and its description.
pub(super) fn open_picture(words: &Words, frame: &Frame) -> String {
    let title_id = title_id(words.id);
    let description_id = description_id(words.id);
    let (title, description) = match (words.title.trim(), words.description.trim()) {
        ("", description) => (description, ""),
        both => both,
    };
    let mut root = Element::new("svg");
    // What has no colour of its own is ink: SVG's own default is black in both themes.
    root.class("f-ink");
    root.attribute("xmlns", "http://www.w3.org/2000/svg");
    root.attribute("viewBox", frame.view.map(number).join(" "));
    root.attribute("width", number(frame.width));
    root.attribute("height", number(frame.height));
    root.attribute("role", "img");
    let labelled_by = if description.is_empty() {
        title_id.clone()
    } else {
        format!("{title_id} {description_id}")
    };
    root.attribute("aria-labelledby", labelled_by);
    root.attribute("font-size", number(LABEL_SIZE));
    let mut out = String::new();
    root.open(&mut out);
    for (name, id, text) in [
        ("title", title_id, title),
        ("desc", description_id, description),
    ] {
        if text.is_empty() {
            continue;
        }
        let mut element = Element::new(name);
        element.attribute("id", id);
        element.open(&mut out);
        out.push_str(&escape_attribute(text));
        element.close(&mut out);
    }
    out.push('\n');
    out
}

/// The id of the picture's title; the doubled hyphen keeps it apart from an author's id `title`.
pub(super) fn title_id(figure: &str) -> String {
    format!("{figure}--title")
}

/// The id of the picture's description.
pub(super) fn description_id(figure: &str) -> String {
    format!("{figure}--description")
}
