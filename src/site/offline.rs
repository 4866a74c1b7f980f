//! What makes a book on the web one that can be installed and read without a network: the web manifest, and the service
//! worker with the list of the site's files.
//!
//! The worker itself is a script of the theme. Before it stands one line, `const BOOK = {version, keep, files}`: `files` are
//! all files of the site as `[path, digest]`, and the first `keep` of them are fetched as soon as somebody opens the book.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use super::{Content, Site};
use crate::book::Book;
use crate::theme::{ASSETS, Theme};

/// Paths in the site.
pub(super) const MANIFEST: &str = "manifest.webmanifest";
pub(super) const WORKER: &str = "service-worker.js";

/// Icons of an installed book: width in pixels and path. They are made after the site.
pub const ICONS: [(u32, &str); 2] = [(192, "labbook/icon-192.png"), (512, "labbook/icon-512.png")];

/// The most bytes (uncompressed) that a first visit fetches besides the page itself: a book of some 300 pages. Of a larger
/// one, the further chapters are kept when they are read.
const KEPT_BYTES: usize = 10_000_000;

/// A picture or film larger than this (bytes) is kept when it is seen, not before.
const PICTURE_BYTES: usize = 200_000;

/// Files for robots, hosts and other programs: no reader opens them.
const NOT_READ: [&str; 6] = [
    "robots.txt",
    "sitemap.xml",
    "CNAME",
    ".nojekyll",
    "llms.txt",
    super::feed::PATH,
];

/// Adds both, and must come last: the worker lists all other files. What the author put there stays.
pub(super) fn add(book: &Book, theme: &Theme, site: &mut Site) {
    if !book.settings.labbook.is_offline() {
        return;
    }
    let manifest = manifest(book, theme, site);
    let mut add = |path: &str, text: String| {
        site.files
            .entry(path.to_string())
            .or_insert(Content::Bytes(text.into_bytes()));
    };
    add(MANIFEST, manifest);
    let list = List::of(book, site);
    let list = serde_json::to_string(&list).unwrap_or_default();
    let script = theme.file("scripts/service-worker.js").unwrap_or_default();
    let script = format!("const BOOK = {list};\n{}", String::from_utf8_lossy(script));
    site.files
        .entry(WORKER.to_string())
        .or_insert(Content::Bytes(script.into_bytes()));
}

/// The web manifest (W3C, Web Application Manifest).
#[derive(Serialize)]
struct Manifest<'a> {
    name: &'a str,
    short_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    lang: &'a str,
    dir: &'a str,
    start_url: &'static str,
    scope: &'static str,
    display: &'static str,
    theme_color: Option<String>,
    background_color: Option<String>,
    icons: Vec<Icon>,
}

#[derive(Serialize)]
struct Icon {
    src: String,
    sizes: String,
    r#type: &'static str,
}

fn manifest(book: &Book, theme: &Theme, site: &Site) -> String {
    let settings = &book.settings;
    let name = match settings.title.as_str() {
        "" => "Book",
        title => title,
    };
    let background = theme.palette().light.remove("bg");
    let drawn = format!("{ASSETS}/favicon-");
    let drawn = site.files.keys().find(|path| path.starts_with(&drawn));
    let mut icons: Vec<Icon> = Vec::new();
    if let Some(path) = drawn {
        icons.push(Icon {
            src: path.clone(),
            sizes: "any".into(),
            r#type: "image/svg+xml",
        });
        icons.extend(ICONS.map(|(width, path)| Icon {
            src: path.into(),
            sizes: format!("{width}x{width}"),
            r#type: "image/png",
        }));
    }
    let manifest = Manifest {
        name,
        short_name: short(name),
        description: settings.description.as_deref(),
        lang: &settings.language,
        dir: &settings.direction,
        start_url: "index.html",
        scope: "./",
        display: "minimal-ui",
        theme_color: background.clone(),
        background_color: background,
        icons,
    };
    serde_json::to_string_pretty(&manifest).unwrap_or_default() + "\n"
}

/// A name that fits under an icon: whole words.
fn short(name: &str) -> &str {
    const MOST: usize = 24;
    let ends = name
        .char_indices()
        .filter(|(_, character)| character.is_whitespace());
    let ends = ends.map(|(end, _)| end).chain([name.len()]);
    let fitting = ends.take_while(|end| name[..*end].chars().count() <= MOST);
    fitting.last().map_or(name, |end| &name[..end])
}

/// What the worker knows of the book.
#[derive(Serialize)]
struct List {
    version: String,
    keep: usize,
    files: Vec<(String, String)>,
}

impl List {
    fn of(book: &Book, site: &Site) -> List {
        let chapters = book.chapters.iter().enumerate();
        let chapters: BTreeMap<&str, usize> = chapters
            .map(|(index, chapter)| (chapter.path.as_str(), index))
            .collect();
        let search: Vec<&str> = site.search.iter().map(String::as_str).collect();
        let missing = book.settings.not_found_path();
        let is_read =
            |path: &String| !NOT_READ.contains(&path.as_str()) && Some(path) != missing.as_ref();
        let paths: Vec<(&String, &Content)> = site.files.iter().collect();
        let mut files: Vec<(Rank, &str, usize, String)> = paths
            .into_par_iter()
            .filter(|(path, _)| is_read(path))
            .filter_map(|(path, content)| {
                let (size, digest) = measured(content)?;
                let chapter = chapters.get(path.as_str()).copied();
                let rank = rank(path, (chapter, search.contains(&path.as_str())), size);
                Some((rank, path.as_str(), size, digest))
            })
            .collect();
        files.sort();
        let mut total = 0;
        let fits = |(rank, _, size, _): &&(Rank, &str, usize, String)| {
            total += size;
            *rank < Rank::Later && total <= KEPT_BYTES
        };
        let keep = files.iter().take_while(fits).count();
        let files: Vec<(String, String)> = files
            .into_iter()
            .map(|(_, path, _, digest)| (path.to_string(), digest))
            .collect();
        let version = xxh3_64(format!("{files:?}").as_bytes());
        List {
            version: format!("{version:016x}"),
            keep,
            files,
        }
    }
}

/// Size and digest of a file; `None` for one that has gone.
fn measured(content: &Content) -> Option<(usize, String)> {
    let digest = |bytes: &[u8]| (bytes.len(), format!("{:08x}", xxh3_64(bytes) as u32));
    match content {
        Content::Bytes(bytes) => Some(digest(bytes)),
        Content::File(file) => std::fs::read(file).ok().map(|bytes| digest(&bytes)),
    }
}

/// What is fetched first: chapters in reading order stand between what every page needs and what makes it nicer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Every,
    Search,
    Chapter(usize),
    Beside,
    Later,
}

fn rank(path: &str, (chapter, is_search): (Option<usize>, bool), size: usize) -> Rank {
    let ending = path.rsplit('.').next().unwrap_or_default();
    let is_asset = path.starts_with(&format!("{ASSETS}/"));
    if let Some(index) = chapter {
        return Rank::Chapter(index);
    }
    match ending {
        _ if is_search => Rank::Search,
        "txt" | "zip" | "epub" | "pdf" => Rank::Later,
        "css" | "js" | "webmanifest" => Rank::Every,
        "woff2" if !path.ends_with("-more.woff2") => Rank::Every,
        _ if path == "index.html" || is_asset && ending == "svg" => Rank::Every,
        // The whole book once more.
        _ if path == "print.html" => Rank::Later,
        _ if size <= PICTURE_BYTES => Rank::Beside,
        _ => Rank::Later,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_are_whole_words() {
        assert_eq!(short("Find the Bottleneck"), "Find the Bottleneck");
        assert_eq!(
            short("The Rust Programming Language"),
            "The Rust Programming"
        );
        assert_eq!(
            short("Donaudampfschifffahrtsgesellschaft"),
            "Donaudampfschifffahrtsgesellschaft"
        );
    }

    #[test]
    fn what_every_page_needs_comes_first() {
        let rank = |path, chapter, size| rank(path, (chapter, false), size);
        assert!(rank("labbook/style-1.css", None, 9) < rank("one.html", Some(0), 9));
        assert!(rank("one.html", Some(0), 9) < rank("two.html", Some(1), 9));
        assert!(rank("two.html", Some(1), 9) < rank("small.png", None, 9));
        assert_eq!(rank("large.png", None, 9_000_000), Rank::Later);
        assert_eq!(rank("print.html", None, 9), Rank::Later);
    }
}
