//! Ids that stand twice in one page: a link can only ever reach the first.

use std::collections::HashSet;

use crate::page::{Fault, Page};
use crate::site::attributes;

/// Ids of one chapter that stand twice.
pub(super) fn of_page(page: &Page) -> Vec<Fault> {
    let mut seen = HashSet::new();
    let ids = attributes(&page.html).filter(|attribute| attribute.name == "id");
    ids.filter(|id| !seen.insert(id.value))
        .map(|id| Fault {
            line: page.line_at(id.range.start),
            message: format!("id `{}` stands twice in this page: rename one", id.value),
        })
        .collect()
}
