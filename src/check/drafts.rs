//! Links from finished chapters to drafts: whoever follows one finds half a chapter.
//!
//! Links of the book's frame (table of contents, cards of the home page, previous and next) are not the author's and show
//! that a chapter is a draft; only links in a chapter's text count.

use std::collections::HashSet;

use super::places::{Place, Places};
use crate::book::{Book, Chapter};
use crate::page::{Fault, LinkKind, Page};

/// The paths of all drafts' pages.
pub(super) fn paths(book: &Book) -> HashSet<&str> {
    let drafts = book.chapters.iter();
    drafts
        .filter(|chapter| chapter.front_matter.draft)
        .map(|chapter| chapter.path.as_str())
        .collect()
}

/// Links of one chapter to one of `drafts`; a draft may link to what it likes.
pub(super) fn of_page(
    (chapter, page): (&Chapter, &Page),
    drafts: &HashSet<&str>,
    places: &Places,
) -> Vec<Fault> {
    if chapter.front_matter.draft || drafts.is_empty() {
        return Vec::new();
    }
    let to_draft = |target: &str| match places.find(&chapter.path, target) {
        Place::File(path, _) => drafts.contains(path.as_str()),
        _ => false,
    };
    let links = super::links::all(chapter, page).into_iter();
    links
        .filter(|link| link.kind == LinkKind::Page && to_draft(&link.target))
        .map(|link| Fault {
            line: link.line,
            message: format!(
                "link to `{}`, which is a draft: finish that chapter and remove its `draft = true`, or do not link to it yet",
                super::links::written(&link.target, chapter)
            ),
        })
        .collect()
}
