//! The files that a page loads at first, and what travels of each.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::{LazyLock, Mutex};

use flate2::Compression;
use flate2::write::GzEncoder;
use regex::Regex;

use super::document::{Document, Element};
use super::fonts::Fonts;
use crate::check::places::{Place, Places};
use crate::css::without_comments;
use crate::site::{Content, Site};

static IMPORT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"@import\s+(?:url\(\s*)?["']?([^"')\s;]+)"#).expect("the pattern is constant")
});

/// A file that a page loads, and the bytes that travel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Path in the site.
    pub(super) path: String,
    /// Compressed where that makes sense.
    pub(super) bytes: usize,
}

/// What the pages of a site load. Files that many pages share are compressed once.
pub(super) struct Weights<'a> {
    places: &'a Places<'a>,
    /// Path to compressed size.
    known: Mutex<BTreeMap<String, usize>>,
}

impl<'a> Weights<'a> {
    pub(super) fn of(places: &'a Places<'a>) -> Weights<'a> {
        Weights {
            places,
            known: Mutex::new(BTreeMap::new()),
        }
    }

    /// The parts of the first load of a page, the heaviest first.
    pub(super) fn parts(&self, path: &str) -> Vec<Part> {
        let html = text(self.places.site, path);
        let document = Document::parse(&html);
        let mut files = BTreeSet::from([path.to_string()]);
        let mut sheets = Vec::new();
        for element in &document.elements {
            let Some(address) = loaded(element) else {
                continue;
            };
            let Place::File(file, _) = self.places.find(path, address) else {
                continue;
            };
            let is_sheet = element.name == "link" && file.ends_with(".css");
            if files.insert(file.clone()) && is_sheet {
                self.sheet(file, &mut files, &mut sheets);
            }
        }
        let fonts = Fonts::of(&sheets);
        files.extend(fonts.loaded(&document).into_iter().map(str::to_string));
        let site = self.places.site;
        let files = files
            .into_iter()
            .filter(|file| site.files.contains_key(file));
        let mut parts: Vec<Part> = files
            .map(|path| Part {
                bytes: self.size(&path),
                path,
            })
            .collect();
        parts.sort_by_key(|part| Reverse(part.bytes));
        parts
    }

    /// Reads a style sheet and what it imports.
    fn sheet(
        &self,
        path: String,
        files: &mut BTreeSet<String>,
        sheets: &mut Vec<(String, String)>,
    ) {
        let css = without_comments(&text(self.places.site, &path));
        for import in IMPORT.captures_iter(&css) {
            if let Place::File(file, _) = self.places.find(&path, &import[1])
                && files.insert(file.clone())
            {
                self.sheet(file, files, sheets);
            }
        }
        sheets.push((path, css));
    }

    fn size(&self, path: &str) -> usize {
        let known = || {
            self.known
                .lock()
                .unwrap_or_else(|poisoned| poisoned.into_inner())
        };
        if let Some(size) = known().get(path) {
            return *size;
        }
        let bytes = bytes(self.places.site, path);
        let size = if is_text(path) {
            compressed(&bytes)
        } else {
            bytes.len()
        };
        known().insert(path.to_string(), size);
        size
    }
}

/// The address of a file that an element makes the browser fetch at once.
fn loaded(element: &Element) -> Option<&str> {
    if element.attribute("loading") == Some("lazy") {
        return None;
    }
    let attribute = match element.name.as_str() {
        "link" => {
            let mut kinds = element.attribute("rel")?.split_whitespace();
            kinds
                .any(|kind| matches!(kind, "stylesheet" | "icon" | "preload" | "modulepreload"))
                .then_some("href")?
        }
        "script" | "img" | "iframe" | "embed" | "input" => "src",
        "video" => "poster",
        "object" => "data",
        "image" => "href",
        _ => return None,
    };
    element.attribute(attribute)
}

/// Whether a server sends a file compressed; fonts, pictures and archives are compressed themselves.
fn is_text(path: &str) -> bool {
    const TEXT: [&str; 10] = [
        "html", "css", "js", "mjs", "json", "svg", "txt", "xml", "ttf", "wasm",
    ];
    let ending = path.rsplit('.').next().unwrap_or_default();
    TEXT.contains(&ending.to_lowercase().as_str())
}

pub(super) fn compressed(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.map_or(bytes.len(), |out| out.len())
}

pub(super) fn bytes(site: &Site, path: &str) -> Vec<u8> {
    match site.files.get(path) {
        Some(Content::Bytes(bytes)) => bytes.clone(),
        Some(Content::File(file)) => std::fs::read(file).unwrap_or_default(),
        None => Vec::new(),
    }
}

fn text(site: &Site, path: &str) -> String {
    String::from_utf8_lossy(&bytes(site, path)).into_owned()
}
