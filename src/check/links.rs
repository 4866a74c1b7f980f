//! Links, anchors, images and redirects that lead nowhere.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::places::{Place, Places};
use crate::book::Chapter;
use crate::build::Built;
use crate::page::{Fault, Link, LinkKind, Page};
use crate::problem::Problem;
use crate::site::{Content, attributes, combined_redirects, redirect_problem};

/// An anchor in HTML that labbook did not write.
static FOREIGN_ANCHOR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"\b(?:id|name)\s*=\s*["']?([^"'\s>]+)"#).expect("the pattern is constant")
});

/// What links can lead to. Anchors of a page are read when the first link asks for them.
pub(super) struct Targets<'a> {
    places: &'a Places<'a>,
    anchors: RefCell<HashMap<String, HashSet<String>>>,
}

/// How a link fails.
enum Broken {
    File,
    Anchor(String),
}

impl<'a> Targets<'a> {
    pub(super) fn of(places: &'a Places<'a>) -> Targets<'a> {
        Targets {
            places,
            anchors: RefCell::new(HashMap::new()),
        }
    }

    /// Why an address on the page `path` leads nowhere, if it does. Other sites are not asked, nor what lies above ours.
    fn broken(&self, path: &str, address: &str) -> Option<Broken> {
        let (page, anchor) = match self.places.find(path, address) {
            Place::Elsewhere => return None,
            Place::Nowhere => return Some(Broken::File),
            Place::File(page, anchor) => (page, anchor),
        };
        let stands = anchor.is_empty()
            || anchor == "top"
            || !page.ends_with(".html")
            || self.has_anchor(&page, &anchor);
        (!stands).then_some(Broken::Anchor(page))
    }

    fn has_anchor(&self, page: &str, anchor: &str) -> bool {
        let mut anchors = self.anchors.borrow_mut();
        let known = anchors.entry(page.to_string()).or_insert_with(|| {
            match &self.places.site.files[page] {
                Content::Bytes(bytes) => anchors_of(&String::from_utf8_lossy(bytes)),
                Content::File(file) => {
                    let html = std::fs::read_to_string(file).unwrap_or_default();
                    let found = FOREIGN_ANCHOR.captures_iter(&html);
                    found.map(|anchor| unescaped(&anchor[1])).collect()
                }
            }
        });
        known.contains(anchor)
    }
}

fn anchors_of(html: &str) -> HashSet<String> {
    let anchors = attributes(html).filter(|attribute| {
        attribute.name == "id" || (attribute.name == "name" && attribute.tag == "a")
    });
    anchors
        .map(|attribute| unescaped(attribute.value))
        .collect()
}

/// The characters that labbook escapes in attributes, back.
fn unescaped(value: &str) -> String {
    value
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#92;", "\\")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// The address as the author wrote it: `.md` became `.html` in the page.
pub(super) fn written(target: &str, chapter: &Chapter) -> String {
    let before = target.replacen(".html", ".md", 1);
    let front = &chapter.front_matter;
    let texts = [
        &front.description,
        &front.metaphor,
        &front.picture,
        &front.essence,
    ];
    let texts = texts.into_iter().flatten().chain([&chapter.content]);
    let stands = |address: &str| texts.clone().any(|text| text.contains(address));
    if stands(&before) && !stands(target) {
        before
    } else {
        target.to_string()
    }
}

/// All links of a page: those that were recorded with their lines, and those of front matter, captions, questions and the like,
/// which are found in the HTML. These stand on the first line that names their address; those of front matter and of files that
/// the chapter names, on the chapter's first.
pub(super) fn all(chapter: &Chapter, page: &Page) -> Vec<Link> {
    let recorded: HashSet<&str> = page.links.iter().map(|link| link.target.as_str()).collect();
    let in_html = attributes(&page.html).filter_map(|attribute| {
        let kind = match (attribute.tag, attribute.name) {
            ("a", "href") => LinkKind::Page,
            ("img", "src") => LinkKind::Resource,
            _ => return None,
        };
        let target = unescaped(attribute.value);
        let is_new = !target.is_empty() && !recorded.contains(target.as_str());
        is_new.then(|| {
            let address = written(&target, chapter);
            let mut lines = chapter.content.lines();
            let line = lines.position(|line| line.contains(&address));
            Link {
                target,
                line: line.map_or(1, |index| index + 1),
                kind,
            }
        })
    });
    page.links.iter().cloned().chain(in_html).collect()
}

/// Broken links and images of one chapter.
pub(super) fn of_page(chapter: &Chapter, page: &Page, targets: &Targets) -> Vec<Fault> {
    let message = |link: &Link| {
        let broken = targets.broken(&chapter.path, &link.target)?;
        let target = written(&link.target, chapter);
        Some(match (broken, link.kind) {
            (Broken::File, LinkKind::Resource) => {
                format!("`{target}` does not exist: correct the path or add the file")
            }
            (Broken::File, LinkKind::Page) => format!(
                "link to `{target}` leads nowhere: no such page in SUMMARY.md, no such file in the book"
            ),
            (Broken::Anchor(page), _) => format!(
                "link to `{target}` leads nowhere: `{page}` has no heading or anchor of that name"
            ),
        })
    };
    let faults = all(chapter, page).into_iter().filter_map(|link| {
        Some(Fault {
            line: link.line,
            message: message(&link)?,
        })
    });
    faults.collect()
}

/// Redirects to pages of this site that are not there.
pub(super) fn of_redirects(built: &Built, targets: &Targets) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (old, redirect) in combined_redirects(&built.book.settings) {
        let page = (String::new(), &redirect.page);
        let fragments = redirect
            .fragments
            .iter()
            .map(|(fragment, new)| (fragment.clone(), new));
        for (fragment, new) in std::iter::once(page)
            .chain(fragments)
            .filter(|(_, new)| !new.is_empty())
        {
            if targets.broken(&old, new).is_some() {
                let message = format!(
                    "redirect from `/{old}{fragment}` to `{new}` leads nowhere: correct the new address"
                );
                problems.push(redirect_problem(&built.book, (&old, &fragment), message));
            }
        }
    }
    problems
}
