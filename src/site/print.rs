//! The whole book as one page: ids made unique, links between chapters turned into links inside the page.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;

use rayon::prelude::*;

use super::context::Builder;
use super::scan::{Attribute, attributes};
use crate::live_figures::without_controls;
use crate::markdown::{escape_attribute, escape_text, id_from_text, unique};

/// Attributes that hold an address.
const ADDRESSES: [&str; 3] = ["href", "src", "xlink:href"];

/// Attributes that name an id of the same page.
const REFERENCES: [&str; 4] = [
    "for",
    "aria-labelledby",
    "aria-describedby",
    "popovertarget",
];

/// The content of print.html, chapter by chapter.
pub(super) fn content(builder: &Builder) -> Vec<String> {
    let pages = builder.pages.par_iter();
    let pages: Vec<Cow<str>> = pages.map(|page| without_controls(&page.html)).collect();
    // Read once: code has many attributes, few of which matter here.
    let attributes: Vec<Vec<Attribute>> = pages
        .par_iter()
        .map(|html| attributes(html).filter(names_a_place).collect())
        .collect();
    let ids = Ids::of(builder, &attributes);
    pages
        .par_iter()
        .zip(attributes)
        .enumerate()
        .map(|(index, page)| chapter(builder, &ids, (index, page)))
        .collect()
}

/// Whether an attribute may be an id, or mean one or a page.
fn names_a_place(attribute: &Attribute) -> bool {
    let name = attribute.name;
    let is_reference = ADDRESSES.contains(&name) || REFERENCES.contains(&name);
    name == "id" || is_reference || attribute.value.starts_with("url(#")
}

fn chapter(
    builder: &Builder,
    ids: &Ids,
    (index, (content, attributes)): (usize, (&Cow<str>, Vec<Attribute>)),
) -> String {
    let chapter = &builder.book.chapters[index];
    let mut html = String::with_capacity(content.len() + 256);
    if index > 0 && builder.book.settings.html.print.page_break {
        html += "<div class=\"page-break\"></div>\n";
    }
    if let Some(id) = &ids.made[index] {
        let id = escape_attribute(id);
        let _ = writeln!(
            html,
            "<h1 id=\"{id}\"><a class=\"header\" href=\"#{id}\">{}</a></h1>",
            escape_text(&chapter.name)
        );
    }
    let mut own = ids.own[index].iter();
    let value_of = |name: &str, value: &str| match name {
        "id" => own.next().cloned(),
        _ => ids.value(index, (name, value), &chapter.path),
    };
    rewrite(content, attributes, (&mut html, value_of));
    html
}

/// Ids on the page that holds the whole book.
struct Ids<'a> {
    /// For each chapter, its ids in order, made unique.
    own: Vec<Vec<String>>,
    /// For each chapter, what its links mean: an id as written to the first id that was made of it, where it changed.
    changed: Vec<HashMap<String, String>>,
    /// For each chapter, the id of a title that had to be made.
    made: Vec<Option<String>>,
    /// Path of a chapter to its index and the id of its title.
    roots: HashMap<&'a str, (usize, String)>,
}

impl<'a> Ids<'a> {
    fn of(builder: &Builder<'a>, attributes: &[Vec<Attribute>]) -> Ids<'a> {
        let mut used = HashMap::new();
        let mut ids = Ids {
            own: Vec::new(),
            changed: Vec::new(),
            made: Vec::new(),
            roots: HashMap::new(),
        };
        for attributes in attributes {
            let written = attributes.iter().filter(|attribute| attribute.name == "id");
            let mut first = HashMap::new();
            let mut own = Vec::new();
            for id in written.map(|attribute| attribute.value) {
                let made = unique(id.to_string(), &mut used);
                first.entry(id).or_insert_with(|| made.clone());
                own.push(made);
            }
            first.retain(|id, made| id != made);
            let changed = first.into_iter().map(|(id, made)| (id.to_string(), made));
            ids.changed.push(changed.collect());
            ids.own.push(own);
        }
        for (index, (chapter, page)) in builder.book.chapters.iter().zip(builder.pages).enumerate()
        {
            let title = title_id(&page.html);
            let root = match title {
                Some(id) => ids.changed[index]
                    .get(id)
                    .map_or(id, String::as_str)
                    .to_string(),
                None => unique(id_from_text(&chapter.name), &mut used),
            };
            ids.made.push(title.is_none().then(|| root.clone()));
            ids.roots.insert(&chapter.path, (index, root));
        }
        ids
    }

    /// The new value of an attribute, or `None` where it stays.
    fn value(&self, chapter: usize, (name, value): (&str, &str), path: &str) -> Option<String> {
        let own = |id: &str| self.changed[chapter].get(id).cloned();
        match name {
            _ if REFERENCES.contains(&name) => {
                let ids: Vec<String> = value
                    .split(' ')
                    .map(|id| own(id).unwrap_or_else(|| id.to_string()))
                    .collect();
                Some(ids.join(" "))
            }
            _ if ADDRESSES.contains(&name) => self.address(value, path),
            _ => {
                let id = value.strip_prefix("url(#")?.strip_suffix(')')?;
                own(id).map(|id| format!("url(#{id})"))
            }
        }
    }

    fn address(&self, value: &str, path: &str) -> Option<String> {
        if is_elsewhere(value) {
            return None;
        }
        let (target, anchor) = value
            .split_once('#')
            .map_or((value, None), |(target, anchor)| (target, Some(anchor)));
        let page = if target.is_empty() {
            path.to_string()
        } else {
            resolved(path, target)
        };
        let Some((chapter, root)) = self.roots.get(page.as_str()) else {
            let anchor = anchor
                .map(|anchor| format!("#{anchor}"))
                .unwrap_or_default();
            return Some(page + &anchor);
        };
        let id = match anchor {
            Some(anchor) => self.changed[*chapter]
                .get(anchor)
                .map_or(anchor, String::as_str),
            None => root,
        };
        Some(format!("#{id}"))
    }
}

/// The id of the first heading, if that is one of the first level.
fn title_id(html: &str) -> Option<&str> {
    let is_heading = |tag: &str| matches!(tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    attributes(html)
        .skip_while(|attribute| !is_heading(attribute.tag))
        .take_while(|attribute| attribute.tag == "h1")
        .find(|attribute| attribute.name == "id")
        .map(|attribute| attribute.value)
}

/// The content of a page as it must be when the page stands at the site's root.
pub(super) fn rebased(html: &str, path: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let value_of = |name: &str, value: &str| {
        let local = ADDRESSES.contains(&name) && !value.starts_with('#') && !is_elsewhere(value);
        local.then(|| resolved(path, value))
    };
    rewrite(html, attributes(html), (&mut out, value_of));
    out
}

/// Copies HTML, with other values for some of these attributes.
pub(crate) fn rewrite<'h>(
    html: &'h str,
    attributes: impl IntoIterator<Item = Attribute<'h>>,
    (out, mut value_of): (&mut String, impl FnMut(&str, &str) -> Option<String>),
) {
    let mut copied = 0;
    for attribute in attributes {
        if let Some(value) = value_of(attribute.name, attribute.value) {
            out.push_str(&html[copied..attribute.range.start]);
            out.push_str(&value);
            copied = attribute.range.end;
        }
    }
    out.push_str(&html[copied..]);
}

/// Whether an address leads to another site, or is absolute on this one.
pub fn is_elsewhere(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    address.starts_with('/') || scheme.contains(':')
}

/// A relative address on the page `path`, as seen from the site's root. What climbs above the root keeps its `..`.
pub fn resolved(path: &str, address: &str) -> String {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in address.split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_seen_from_the_root() {
        assert_eq!(resolved("a/b.html", "../c.html#x"), "c.html#x");
        assert_eq!(resolved("b.html", "../std/index.html"), "../std/index.html");
        assert_eq!(resolved("a/b.html", "img/x.png"), "a/img/x.png");
    }

    #[test]
    fn other_sites_are_left_alone() {
        assert!(
            is_elsewhere("https://example.org/a")
                && is_elsewhere("mailto:a@b")
                && is_elsewhere("//host/x")
        );
        assert!(!is_elsewhere("a/b.html") && !is_elsewhere("#x:y") && !is_elsewhere("?a:b"));
    }
}
