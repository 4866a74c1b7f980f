//! Headings that skip a level: who goes through a page by its headings, as with a screen reader, looks for what was left out.

use std::sync::LazyLock;

use regex::Regex;

use crate::page::{Fault, Page};

/// Headings and quotations; scripts, styles and comments are passed over.
static TAG: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?s)<!--.*?-->|<script\b.*?</script>|<style\b.*?</style>|<(?P<quote>/?blockquote)\b|<h(?P<level>[1-6])\b",
    )
    .expect("the pattern is constant")
});

/// Headings of one chapter that stand more than one level below the heading before them. A quotation, a note and the like
/// have an order of their own: their headings neither count nor are judged. Nor is a page's first heading.
pub(super) fn of_page(page: &Page) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut last: Option<u8> = None;
    let mut quoted = 0_usize;
    for found in TAG.captures_iter(&page.html) {
        if let Some(quote) = found.name("quote") {
            quoted = match quote.as_str().starts_with('/') {
                true => quoted.saturating_sub(1),
                false => quoted + 1,
            };
        }
        let Some(level) = found.name("level").filter(|_| quoted == 0) else {
            continue;
        };
        let at = level.start() - "<h".len();
        let level: u8 = level.as_str().parse().expect("the pattern has one digit");
        if let Some(above) = last.filter(|above| level > above + 1) {
            let wanted = above + 1;
            faults.push(Fault {
                line: page.line_at(at),
                message: format!(
                    "this heading is of level {level}, the one before it of level {above}: write `{}` (level {wanted})",
                    "#".repeat(wanted.into())
                ),
            });
        }
        last = Some(level);
    }
    faults
}
