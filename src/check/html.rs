//! Parses each page as a browser would and reports what it would have to mend.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::RcDom;

use crate::book::Chapter;
use crate::build::Built;
use crate::page::Fault;
use crate::site::Content;

/// Parse errors of one chapter's page. html5ever says what, not where in the Markdown.
pub(super) fn of_page(chapter: &Chapter, built: &Built) -> Vec<Fault> {
    let Some(Content::Bytes(bytes)) = built.site.files.get(&chapter.path) else {
        return Vec::new();
    };
    let html = String::from_utf8_lossy(bytes);
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(&*html);
    let errors = dom.errors.borrow();
    errors
        .iter()
        .map(|error| Fault {
            line: 1,
            message: format!("the page's HTML is not well-formed: {error}"),
        })
        .collect()
}
