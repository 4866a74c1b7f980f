//! Parses each page as a browser would and reports what it would have to mend.
//!
//! html5ever says what, and not where: so it is fed one tag at a time, and the tag after which an error appears is the place.
//! The page's own table then leads back to the author's line.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::RcDom;

use crate::book::Chapter;
use crate::page::{Fault, Page};
use crate::site::{Content, Site};

/// Parse errors of one chapter's page.
pub(super) fn of_page(chapter: &Chapter, page: &Page, site: &Site) -> Vec<Fault> {
    let Some(Content::Bytes(bytes)) = site.files.get(&chapter.path) else {
        return Vec::new();
    };
    let html = String::from_utf8_lossy(bytes);
    // What comes before and after the chapter's own HTML is the theme's.
    let content = html.find(&page.html).unwrap_or(html.len());
    let content = content..content + page.html.len();
    let (inside, around): (Vec<_>, Vec<_>) = errors(&html)
        .into_iter()
        .partition(|(offset, _)| content.contains(offset));
    let mut faults: Vec<Fault> = inside
        .into_iter()
        .map(|(offset, stumbled)| Fault {
            line: page.line_at(offset - content.start),
            message: format!(
                "HTML: {stumbled} does not fit here: look for a tag that is not closed, or that may not stand in the one around it"
            ),
        })
        .collect();
    // One mistake makes a parser stumble more than once: the first of a line tells, and nothing after a tag that is known
    // to be left open.
    faults.dedup_by_key(|fault| fault.line);
    let first_known = page
        .warnings
        .iter()
        .filter(|known| known.message.starts_with("HTML"));
    let first_known = first_known.map(|known| known.line).min();
    faults.retain(|fault| first_known.is_none_or(|known| fault.line < known));
    if let (true, None, Some((_, stumbled))) = (faults.is_empty(), first_known, around.first()) {
        let message = format!(
            "the page around this chapter is not well-formed at {stumbled}: correct the theme's template"
        );
        faults.push(Fault { line: 1, message });
    }
    faults
}

/// The byte offsets at which the parser stumbles, with what it read there, as the message names it.
fn errors(html: &str) -> Vec<(usize, String)> {
    let mut parser = parse_document(RcDom::default(), ParseOpts::default());
    let mut found = Vec::new();
    let mut start = 0;
    for part in html.split_inclusive('>') {
        parser.process(part.into());
        if !parser.tokenizer.sink.sink.errors.take().is_empty() {
            let tag = part.rfind('<').unwrap_or(0);
            found.push((start + tag, format!("`{}`", shortened(&part[tag..]))));
        }
        start += part.len();
    }
    if !parser.finish().errors.take().is_empty() {
        found.push((html.len().saturating_sub(1), "the end".into()));
    }
    found
}

/// A tag for a message: its attributes may be long.
fn shortened(tag: &str) -> String {
    const SHOWN: usize = 40;
    if tag.chars().count() <= SHOWN {
        return tag.to_string();
    }
    let short: String = tag.chars().take(SHOWN).collect();
    format!("{short}…")
}
