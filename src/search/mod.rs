//! Search: from the book's sections to the scripts that a reader's browser searches in.
//!
//! In: [`Section`]s, which [`split`] finds in a page's HTML. Out: [`Search`], a small index (which word stands in which
//! section), and the sections' texts in further scripts, of which a query loads a few to show the words around a hit.
//! All are classic scripts: a page opened from a file can load scripts and nothing else. The bytes depend on the
//! sections alone. Ranking (BM25F), prefixes, typing errors and word forms are the query's business: `theme/scripts/search/`.
//!
//! The index is one object, `window.labbookSearchIndex`; its strings are written by [`encode`] and read by `20-index.js`:
//! - `pages`: a line a page: number of sections, path, title, titles of the chapters above it, between tabs;
//! - `sections`: a line a section: heading, and after a tab its anchor where it is not the heading's plain form;
//! - `lengths`, `words`, `spread`, `gaps`, `counts`: see [`postings`]; `texts`: number of sections and name of each text.

mod encode;
mod postings;
mod split;
mod texts;
mod words;

#[cfg(test)]
mod tests;

use std::fmt::Write as _;

pub use split::{Piece, split};
pub use texts::Text;

use postings::Postings;
use texts::single_spaced;

/// A part of a page that a result leads to: a heading and the text up to the next.
#[derive(Debug, Clone)]
pub struct Section<'a> {
    /// The page's path from the site's root: `03-load-balancer.html`. Sections of one page follow each other.
    pub page: &'a str,
    /// The page's title.
    pub page_title: &'a str,
    /// The heading's anchor; empty for the page's beginning.
    pub anchor: &'a str,
    /// The heading as plain text; may be empty at the page's beginning.
    pub heading: &'a str,
    /// Titles of the chapters that the page stands under, the outermost first.
    pub ancestors: Vec<&'a str>,
    /// The text, without the heading.
    pub text: &'a str,
}

/// The scripts of a book's search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// The index, loaded on first use.
    pub index: String,
    /// Texts, loaded when a result shows them. They must lie in the index's folder.
    pub texts: Vec<Text>,
}

impl Search {
    /// Indexes a book. `language` (`en`, `pt-BR`) decides about word forms.
    pub fn of(sections: &[Section], language: &str) -> Search {
        let (texts, postings) = rayon::join(|| Text::of(sections), || Postings::of(sections));
        let mut index = format!(
            "window.labbookSearchIndex={{format:1,language:{}",
            encode::literal(language)
        );
        let _ = write!(index, ",\npages:{}", encode::literal(&pages(sections)));
        let _ = write!(
            index,
            ",\nsections:{}",
            encode::literal(&headings(sections))
        );
        postings.write(&mut index);
        let parts: Vec<String> = texts
            .iter()
            .map(|text| format!("{} {}", text.sections, text.digest()))
            .collect();
        let _ = write!(index, ",\ntexts:{}", encode::literal(&parts.join("\n")));
        index += "};\n";
        Search { index, texts }
    }
}

/// The index alone, of an English book.
pub fn script(sections: &[Section]) -> String {
    Search::of(sections, "en").index
}

fn pages(sections: &[Section]) -> String {
    let lines = sections
        .chunk_by(|a, b| a.page == b.page)
        .filter_map(|page| {
            let first = page.first()?;
            let mut line = format!(
                "{}\t{}\t{}",
                page.len(),
                first.page,
                single_spaced(first.page_title)
            );
            for title in &first.ancestors {
                line.push('\t');
                line += &single_spaced(title);
            }
            Some(line)
        });
    lines.collect::<Vec<_>>().join("\n")
}

fn headings(sections: &[Section]) -> String {
    let lines = sections.iter().map(|section| {
        let heading = single_spaced(section.heading);
        match section.anchor {
            "" => heading + "\t",
            anchor if anchor == plain_anchor(&heading) => heading,
            anchor => format!("{heading}\t{anchor}"),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The anchor that a heading has if nothing is special about it; the browser makes the same of it.
fn plain_anchor(heading: &str) -> String {
    heading
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            'a'..='z' | '0'..='9' | '_' | '-' => Some(c),
            'A'..='Z' => Some(c.to_ascii_lowercase()),
            _ => None,
        })
        .collect()
}
