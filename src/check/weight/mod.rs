//! What a page weighs: the first load of a chapter, our scripts, the index of search. Held against their budgets in books that
//! have `[output.labbook]`; other people's books were made for other budgets.
//!
//! **First load**: the page's HTML, its style sheets (with what they import) and icon, its scripts, what it shows or embeds
//! without `loading="lazy"`, and the fonts that its text needs (`fonts` says how that is found out). Text files count as
//! gzip makes them (level 6, as servers do), all others as they are. What lies on other sites is not counted: it is named
//! elsewhere. Pictures of style sheets are not counted either.

mod document;
mod face;
mod figures;
mod fonts;
mod parts;
mod properties;
mod selectors;

use rayon::prelude::*;

use self::parts::{Part, Weights, bytes, compressed};
use super::places::{Place, Places};
use crate::build::Built;
use crate::page::{Fault, Page};
use crate::problem::Problem;
use crate::theme::ASSETS;

/// KB are 1,000 bytes, as in the tools of browsers.
const KB: usize = 1000;

/// What scripts of ours every page may load, as they are written: `first.js` and `page.js`.
const SCRIPTS_MAX: usize = 25 * KB;

/// The index of search, compressed, for so many words of what it is made of, code included. A budget grows and shrinks with the
/// book, but is never less than [`INDEX_MIN`]: a short book has more different words for its length (Heaps' law). Measured:
/// 30.5 KB for the Rustonomicon, 23.9 KB for the Edition Guide, 6.4 KB for our own book.
const INDEX_MAX: usize = 130 * KB;
const INDEX_WORDS: usize = 170_000;
const INDEX_MIN: usize = 30 * KB;

/// Pages that are too heavy, on their authors' lines.
pub(super) fn of_pages(built: &Built, places: &Places) -> Vec<(usize, Fault)> {
    let limit = limit(built);
    if limit == 0 {
        return Vec::new();
    }
    let weights = Weights::of(places);
    let pages = built.book.chapters.par_iter().zip(&built.pages).enumerate();
    let heavy = pages.filter_map(|(index, (chapter, page))| {
        let parts = weights.parts(&chapter.path);
        let fault = too_heavy(&parts, limit, |part| {
            named_on(page, &chapter.path, part, places)
        })?;
        Some((index, fault))
    });
    heavy.collect()
}

/// The budget of a page in bytes; 0 where there is none.
fn limit(built: &Built) -> usize {
    let labbook = &built.book.settings.labbook;
    match labbook.is_given {
        true => labbook.check.page_weight_max_kb as usize * KB,
        false => 0,
    }
}

/// The message about a page whose parts weigh more than `limit`. It stands on the line that names the heaviest part which
/// the author named, if there is one.
fn too_heavy(
    parts: &[Part],
    limit: usize,
    line_of: impl Fn(&Part) -> Option<usize>,
) -> Option<Fault> {
    let sum: usize = parts.iter().map(|part| part.bytes).sum();
    if sum <= limit {
        return None;
    }
    let heaviest = parts.iter().take(3);
    let line = heaviest.clone().find_map(line_of).unwrap_or(1);
    let named: Vec<String> = heaviest
        .map(|part| format!("`{}` {}", part.path, shown(part.bytes)))
        .collect();
    let message = format!(
        "the first load of this page is {} compressed, more than {}: the heaviest parts are {}; make them smaller, write `loading=\"lazy\"` at images, or set `page-weight-max-kb` in [output.labbook.check]",
        shown(sum),
        shown(limit),
        named.join(", ")
    );
    Some(Fault { line, message })
}

/// The line of a chapter that names a file.
fn named_on(page: &Page, path: &str, part: &Part, places: &Places) -> Option<usize> {
    let mut links = page.links.iter();
    let named = links.find(|link| {
        let place = places.find(path, &link.target);
        part.path != path && matches!(place, Place::File(file, _) if file == part.path)
    });
    named.map(|link| link.line)
}

/// Our scripts and the index of search, where they are heavier than they may be.
pub(super) fn of_shared(built: &Built) -> Vec<Problem> {
    if limit(built) == 0 {
        return Vec::new();
    }
    let mut problems = figures::too_heavy(built);
    let site = &built.site;
    let is_ours = |path: &&String| {
        let name = path.strip_prefix(ASSETS).unwrap_or_default();
        name.ends_with(".js") && (name.starts_with("/first-") || name.starts_with("/page-"))
    };
    let scripts = site.files.keys().filter(is_ours);
    let scripts: usize = scripts.map(|path| bytes(site, path).len()).sum();
    let root = &built.book.root;
    if scripts > SCRIPTS_MAX {
        let theme = built.book.settings.labbook.theme.as_deref();
        let folder = root.join(theme.unwrap_or("theme".as_ref())).join("scripts");
        let message = format!(
            "first.js and the scripts of page/ have {scripts} bytes, more than {SCRIPTS_MAX}: every page loads them, so load on demand what few pages need"
        );
        problems.push(Problem::in_file(&folder, message));
    }
    let words = words_to_find(built);
    let index = format!("{ASSETS}/search-index.js");
    let budget = index_budget(words);
    if site.files.contains_key(&index)
        && let size = compressed(&bytes(site, &index))
        && size > budget
    {
        let message = format!(
            "the index of search is {} compressed, more than the {} that a book of {words} words may have: leave chapters out of it in [output.html.search.chapter]",
            shown(size),
            shown(budget)
        );
        problems.push(Problem::in_file(&root.join("book.toml"), message));
    }
    problems
}

/// How many words the index is made of.
fn words_to_find(built: &Built) -> usize {
    let search = &built.book.settings.html.search;
    let found = built.book.chapters.iter().zip(&built.pages);
    let found = found.filter(|(chapter, _)| {
        let source = chapter.source.as_deref();
        search.finds(source.unwrap_or("".as_ref()))
    });
    let pieces = found.flat_map(|(_, page)| &page.pieces);
    pieces
        .map(|piece| {
            piece.text.split_whitespace().count() + piece.heading.split_whitespace().count()
        })
        .sum()
}

/// What the index of a book of so many words may weigh.
fn index_budget(words: usize) -> usize {
    (words * INDEX_MAX / INDEX_WORDS).max(INDEX_MIN)
}

/// A size in KB, rounded up: what is more than a limit must not look like it.
fn shown(bytes: usize) -> String {
    format!("{:.1} KB", (bytes as f64 / 100.0).ceil() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_of_the_index_grows_with_the_book() {
        assert_eq!(index_budget(170_000), INDEX_MAX);
        assert_eq!(index_budget(340_000), 2 * INDEX_MAX);
        assert_eq!(index_budget(1000), INDEX_MIN);
    }

    #[test]
    fn the_message_names_the_three_heaviest() {
        let part = |path: &str, bytes| Part {
            path: path.into(),
            bytes,
        };
        let parts = [
            part("a", 3000),
            part("b", 2000),
            part("c", 1000),
            part("d", 1),
        ];
        assert_eq!(too_heavy(&parts, 6001, |_| None), None);
        let fault =
            too_heavy(&parts, 6000, |part| (part.path == "b").then_some(7)).expect("6,001 bytes");
        assert_eq!(fault.line, 7);
        assert!(
            fault
                .message
                .contains("is 6.1 KB compressed, more than 6.0 KB")
                && fault
                    .message
                    .contains("`a` 3.0 KB, `b` 2.0 KB, `c` 1.0 KB;"),
            "{}",
            fault.message
        );
    }
}
