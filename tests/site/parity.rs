//! Parity with mdBook: the same pages, text, ids, links and images, so that links into an existing book keep working.
//!
//! Each book here is built twice, with mdBook's own HTML renderer and with labbook, and every page is compared as a
//! parsed document.

mod blocks;
mod code;
mod document;
mod headings;
mod includes;
mod random;
mod raw_html;
mod reference;
mod settings;
mod shared_books;
mod summary;

use crate::harness::{Book, Site};
use document::Document;
use reference::Reference;

/// A book, and in what its pages may differ from mdBook's.
struct Comparison {
    reference: Reference,
    site: Site,
    /// Pages that only labbook has, or that are known to differ, each with its reason where it is named.
    exempt: Vec<String>,
}

/// One chapter, in both renderings.
#[track_caller]
fn same(chapter: &str) {
    Comparison::of(Book::with(chapter)).holds();
}

impl Comparison {
    /// Builds a book twice.
    fn of(book: Book) -> Comparison {
        let reference = Reference::build(book.root());
        Comparison {
            reference,
            site: book.build(),
            exempt: Vec::new(),
        }
    }

    /// Leaves a page out; `_reason` is for whoever reads the test.
    fn except(mut self, page: &str, _reason: &str) -> Comparison {
        self.exempt.push(page.into());
        self
    }

    /// Compares every page but the exempt ones.
    #[track_caller]
    fn holds(&self) {
        let differences = self.differences();
        assert!(
            differences.is_empty(),
            "{} difference(s) from mdBook:\n{}",
            differences.len(),
            differences.join("\n")
        );
    }

    fn differences(&self) -> Vec<String> {
        let theirs = self.pages(self.reference.paths());
        let ours = self.pages(self.site.built.site.files.keys().cloned().collect());
        let mut differences = Vec::new();
        for path in theirs.iter().filter(|path| !ours.contains(path)) {
            differences.push(format!("{path}: mdBook has this page, labbook has not"));
        }
        for path in ours.iter().filter(|path| !theirs.contains(path)) {
            differences.push(format!("{path}: labbook has this page, mdBook has not"));
        }
        for path in theirs.iter().filter(|path| ours.contains(path)) {
            let theirs = Document::parse(&self.reference.text(path));
            let ours = Document::parse(&self.site.text(path));
            differences.extend(differences_between(path, &theirs, &ours));
        }
        differences
    }

    /// The table of contents names the same chapters in the same order, with the same addresses and numbers.
    #[track_caller]
    fn same_contents(&self) {
        let theirs = self.reference.text("toc.html").replace("<body", "<main");
        let theirs = Document::parse(&theirs.replace("</body", "</main"));
        let ours = Document::parse(&self.site.text("toc.html"));
        assert_eq!(theirs.links, ours.links);
        // labbook writes `1.2` where mdBook writes `1.2.`, and folds without a character for it.
        let words = |text: &str| -> Vec<String> {
            let words = text.split([' ', '❱']).filter(|word| !word.is_empty());
            words
                .map(|word| word.trim_end_matches('.').to_string())
                .collect()
        };
        assert_eq!(
            words(&theirs.text),
            words(ours.text.trim_start_matches("All chapters "))
        );
    }

    /// Pages that can be compared. The table of contents has another form in each theme; `summary` compares it.
    fn pages(&self, paths: Vec<String>) -> Vec<String> {
        let is_compared = |path: &String| {
            path.ends_with(".html") && path != "toc.html" && !self.exempt.contains(path)
        };
        paths.into_iter().filter(is_compared).collect()
    }
}

/// In what two renderings of one page differ, one a line.
fn differences_between(path: &str, theirs: &Document, ours: &Document) -> Vec<String> {
    let words = |text: &str| text.split(' ').map(str::to_string).collect::<Vec<_>>();
    let title = |document: &Document| {
        // A chapter with the book's own name is not named twice.
        let halves = document.title.split_once(" - ");
        let once = halves.filter(|(chapter, book)| chapter == book);
        vec![
            once.map_or(document.title.as_str(), |(chapter, _)| chapter)
                .to_string(),
        ]
    };
    [
        ("title", title(theirs), title(ours)),
        ("text", words(&theirs.text), words(&ours.text)),
        ("listings", theirs.listings.clone(), ours.listings.clone()),
        ("ids", theirs.ids.clone(), ours.ids.clone()),
        ("links", theirs.links.clone(), ours.links.clone()),
        ("images", theirs.images.clone(), ours.images.clone()),
    ]
    .into_iter()
    .filter_map(|(what, theirs, ours)| {
        Some(format!(
            "{path}: {what}: {}",
            first_difference(&theirs, &ours)?
        ))
    })
    .collect()
}

/// Both sides from a little before the first difference on.
fn first_difference(theirs: &[String], ours: &[String]) -> Option<String> {
    if theirs == ours {
        return None;
    }
    let same = theirs
        .iter()
        .zip(ours)
        .take_while(|(theirs, ours)| theirs == ours)
        .count();
    let around = |side: &[String]| {
        let end = (same + 6).min(side.len());
        format!("{:?}", &side[same.saturating_sub(3).min(end)..end])
    };
    Some(format!(
        "\n    mdBook:  {}\n    labbook: {}",
        around(theirs),
        around(ours)
    ))
}
