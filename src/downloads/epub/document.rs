//! A chapter that became XHTML, and the document that it stands in.

use std::collections::{BTreeSet, HashSet};

use super::names::{Names, escaped};
use crate::book::Book;
use crate::escape::{escape_attribute, escape_text};

/// A chapter's content, with its links still open: where they lead is known when all chapters are converted.
#[derive(Debug, Default)]
pub(super) struct Converted {
    pub(super) parts: Vec<Part>,
    pub(super) ids: HashSet<String>,
    /// Paths in the site.
    pub(super) pictures: BTreeSet<String>,
    pub(super) has_svg: bool,
    pub(super) has_math: bool,
}

#[derive(Debug)]
pub(super) enum Part {
    Text(String),
    /// An address inside `href="…"`: a chapter and an id there.
    Link(usize, Option<String>),
}

impl Converted {
    /// What the package document must say of the page.
    pub(super) fn properties(&self) -> String {
        let held = [(self.has_svg, "svg"), (self.has_math, "mathml")];
        let held = held.into_iter().filter(|(is_held, _)| *is_held);
        held.map(|(_, name)| name).collect::<Vec<_>>().join(" ")
    }

    /// The content with its links. One to an id that is not there leads to the page.
    pub(super) fn linked(&self, names: &Names, all: &[Converted]) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Link(page, id) => {
                let id = id.as_ref().filter(|id| all[*page].ids.contains(*id));
                let id = id.map(|id| format!("#{}", escaped(id))).unwrap_or_default();
                escape_attribute(&format!("{}{id}", names.page(*page))).into_owned()
            }
        };
        self.parts.iter().map(part).collect()
    }
}

/// A whole document.
pub(super) fn document(book: &Book, title: &str, body: &str) -> String {
    let language = escape_attribute(&book.settings.language);
    let direction = &book.settings.direction;
    let title = escape_text(title);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"{language}\" xml:lang=\"{language}\" dir=\"{direction}\">\n<head><title>{title}</title><link rel=\"stylesheet\" type=\"text/css\" href=\"stylesheet.css\"/></head>\n<body>\n{body}\n</body>\n</html>\n"
    )
}
