//! Where links of the book lead inside the EPUB.

use std::collections::{BTreeMap, HashMap};

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::file_names::{self, PICTURES, unused};
use crate::book::Book;
use crate::site::{Redirect, Site, combined_redirects, is_elsewhere, resolved};

/// Characters that may not stand in an address as they are.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b'[')
    .add(b']');

/// Redirects that lead on to redirects are followed this far.
const REDIRECTS_MAX: usize = 5;

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// To a chapter, and to an id on its page.
    Page(usize, Option<String>),
    /// To somewhere on the web.
    Address(String),
    /// Nowhere that a reader of the file could go.
    Nowhere,
}

/// The book's files, by their paths in its site.
pub(super) struct Names<'a> {
    /// For each chapter, its path in the site and the name of its page.
    pages: Vec<(&'a str, String)>,
    chapters: HashMap<&'a str, usize>,
    pictures: BTreeMap<&'a str, (String, &'static str)>,
    redirects: BTreeMap<String, Redirect>,
    public_url: Option<String>,
    /// Whether the book's script runs from right to left.
    pub(super) is_right_to_left: bool,
}

impl<'a> Names<'a> {
    /// Names all chapters and pictures.
    pub(super) fn of(book: &'a Book, site: &'a Site) -> Names<'a> {
        let mut used = file_names::taken();
        let chapters = book.chapters.iter().map(|chapter| chapter.path.as_str());
        let pages: Vec<(&str, String)> = chapters
            .map(|path| {
                (
                    path,
                    unused(path.trim_end_matches(".html"), "xhtml", &mut used),
                )
            })
            .collect();
        let mut pictures = BTreeMap::new();
        for path in site.files.keys() {
            let Some((stem, ending)) = path.rsplit_once('.') else {
                continue;
            };
            let ending = ending.to_ascii_lowercase();
            if let Some((ending, kind)) = PICTURES.iter().find(|(known, _)| *known == ending) {
                pictures.insert(path.as_str(), (unused(stem, ending, &mut used), *kind));
            }
        }
        Names {
            chapters: pages
                .iter()
                .enumerate()
                .map(|(index, (path, _))| (*path, index))
                .collect(),
            pages,
            pictures,
            redirects: combined_redirects(&book.settings),
            public_url: book.settings.public_url(),
            is_right_to_left: book.settings.direction == "rtl",
        }
    }

    /// The name of a chapter's page.
    pub(super) fn page(&self, chapter: usize) -> &str {
        &self.pages[chapter].1
    }

    /// Name and media type of a picture, by its path in the site.
    pub(super) fn picture(&self, path: &str) -> Option<(&str, &'static str)> {
        let (name, kind) = self.pictures.get(path)?;
        Some((name, kind))
    }

    /// The path in the site of what a chapter names.
    pub(super) fn path(&self, chapter: usize, address: &str) -> Option<String> {
        let end = address.find(['#', '?']).unwrap_or(address.len());
        let address = decoded(&address[..end]);
        (!is_elsewhere(&address)).then(|| resolved(self.pages[chapter].0, &address))
    }

    /// Where a link on a chapter's page leads.
    pub(super) fn target(&self, chapter: usize, address: &str) -> Target {
        let address = address.trim();
        if is_elsewhere(address) {
            return self.elsewhere(address);
        }
        self.inside((self.pages[chapter].0, chapter), address, REDIRECTS_MAX)
    }

    fn inside(&self, (from, chapter): (&str, usize), address: &str, redirects: usize) -> Target {
        let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
        let path = path.split('?').next().unwrap_or_default();
        let id = (!fragment.is_empty()).then(|| decoded(fragment));
        if path.is_empty() {
            return Target::Page(chapter, id);
        }
        let mut place = resolved(from, &decoded(path));
        if place.is_empty() || place.ends_with('/') {
            place += "index.html";
        }
        let candidates = [
            place.clone(),
            format!("{place}.html"),
            format!("{place}/index.html"),
        ];
        let mut known = candidates
            .iter()
            .filter_map(|path| self.chapters.get(path.as_str()));
        if let Some(index) = known.next() {
            return Target::Page(*index, id);
        }
        if place == "index.html" && !self.pages.is_empty() {
            return Target::Page(0, id);
        }
        let redirect = self
            .redirects
            .get(&place)
            .map(|redirect| redirect.page.as_str());
        match redirect.filter(|page| !page.is_empty()) {
            Some(page) if is_elsewhere(page) => self.elsewhere(page),
            Some(page) if redirects > 0 => self.inside((&place, chapter), page, redirects - 1),
            _ => self.online(from, address),
        }
    }

    /// An address with a scheme, or from the root of the host.
    fn elsewhere(&self, address: &str) -> Target {
        let scheme = address
            .split(':')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let is_web = matches!(scheme.as_str(), "http" | "https");
        if scheme == "mailto" || is_web && has_host(address) {
            return Target::Address(escaped(address));
        }
        if let Some(host) = address.strip_prefix("//") {
            return Target::Address(escaped(&format!("https://{host}")));
        }
        match (&self.public_url, address.strip_prefix('/')) {
            (Some(url), Some(path)) => Target::Address(escaped(&format!("{}/{path}", host(url)))),
            _ => Target::Nowhere,
        }
    }

    /// The address on the web of what is in the site and not in the file.
    fn online(&self, from: &str, address: &str) -> Target {
        let Some(url) = &self.public_url else {
            return Target::Nowhere;
        };
        let base = url[host(url).len()..].trim_start_matches('/');
        let path = resolved(&format!("{base}{from}"), address);
        Target::Address(escaped(&format!(
            "{}/{}",
            host(url),
            path.trim_start_matches("../")
        )))
    }
}

/// `https://example.org` of an address there.
fn host(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    let length = url[start..].find('/').unwrap_or(url.len() - start);
    &url[..start + length]
}

/// Whether `https://` is followed by something that can be a host.
fn has_host(address: &str) -> bool {
    let host = address.split_once("://").map_or("", |(_, rest)| rest);
    let host = &host[..host.find(['/', '?', '#']).unwrap_or(host.len())];
    let may_stand = |character: char| {
        character.is_alphanumeric() || matches!(character, '-' | '.' | ':' | '@' | '[' | ']' | '_')
    };
    !host.is_empty() && host.chars().all(may_stand)
}

/// An address without characters that none may have; escapes that stand there already stay.
pub(super) fn escaped(address: &str) -> String {
    let mut parts = address.split('%');
    let mut whole = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let is_escape =
            part.len() >= 2 && part.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
        whole += if is_escape { "%" } else { "%25" };
        whole += part;
    }
    utf8_percent_encode(&whole, ESCAPED).to_string()
}

fn decoded(address: &str) -> String {
    percent_decode_str(address).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(url: Option<&str>) -> Names<'static> {
        Names {
            pages: vec![
                ("a/one.html", "a-one.xhtml".into()),
                ("two.html", "two.xhtml".into()),
            ],
            chapters: HashMap::from([("a/one.html", 0), ("two.html", 1)]),
            pictures: BTreeMap::new(),
            redirects: BTreeMap::from([(
                "old.html".to_string(),
                Redirect {
                    page: "a/one.html#x".into(),
                    ..Redirect::default()
                },
            )]),
            public_url: url.map(str::to_string),
            is_right_to_left: false,
        }
    }

    #[test]
    fn links_between_chapters_stay_inside() {
        let names = names(None);
        assert_eq!(
            names.target(0, "../two.html#here"),
            Target::Page(1, Some("here".into()))
        );
        assert_eq!(
            names.target(0, "#here"),
            Target::Page(0, Some("here".into()))
        );
        assert_eq!(
            names.target(1, "old.html"),
            Target::Page(0, Some("x".into()))
        );
        assert_eq!(names.target(1, "../std/index.html"), Target::Nowhere);
        assert_eq!(names.target(1, "javascript:alert(1)"), Target::Nowhere);
    }

    #[test]
    fn what_is_not_inside_is_on_the_web() {
        let names = names(Some("https://example.org/books/one/"));
        let address = |link| match names.target(0, link) {
            Target::Address(address) => address,
            other => panic!("{link} leads to {other:?}"),
        };
        assert_eq!(
            address("../listing.rs"),
            "https://example.org/books/one/listing.rs"
        );
        assert_eq!(
            address("../../std/a.html#b"),
            "https://example.org/books/std/a.html#b"
        );
        assert_eq!(address("/x y"), "https://example.org/x%20y");
        assert_eq!(address("/a%20b%zz"), "https://example.org/a%20b%25zz");
        assert_eq!(
            address("https://other.org/a?b=c"),
            "https://other.org/a?b=c"
        );
    }
}
