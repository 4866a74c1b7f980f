//! Ids that stand twice in one page: a link can only ever reach the first.

use std::collections::HashSet;

use crate::book::Chapter;
use crate::page::{Fault, Page};
use crate::problem::line_of;
use crate::site::attributes;

/// Ids of one chapter that stand twice.
pub(super) fn of_page(chapter: &Chapter, page: &Page) -> Vec<Fault> {
    let mut seen = HashSet::new();
    let ids = attributes(&page.html).filter(|attribute| attribute.name == "id");
    ids.filter(|id| !seen.insert(id.value))
        .map(|id| fault(chapter, page, id.value))
        .collect()
}

fn fault(chapter: &Chapter, page: &Page, id: &str) -> Fault {
    // An id that an author wrote can be found again; one that was made of a heading's text is near that heading.
    let heading = page
        .headings
        .iter()
        .find(|heading| heading.id == id)
        .map(|heading| heading.text.clone());
    let wanted = [Some(id.to_string()), heading].into_iter().flatten();
    let at = wanted
        .filter_map(|wanted| chapter.content.rfind(&wanted))
        .next()
        .unwrap_or(0);
    Fault {
        line: line_of(&chapter.content, at),
        message: format!("id `{id}` stands twice in this page: rename one"),
    }
}
