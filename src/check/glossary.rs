//! Terms that the glossary explains and no other chapter uses.
//!
//! The glossary is the chapter that `glossary` in `[output.labbook]` names, or `glossary.md` in a book that has that table.
//! Its terms are those of its definition lists; in a glossary without any, the bold words that begin a paragraph or an item
//! of a list; without these, its headings below the title. `Hit, hit rate` and `Service (SRV)` are names of one term each: it is
//! used where one of them is. Words are compared without regard to capitals, and the last may have an `s` more.

use std::collections::HashSet;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use crate::book::{Book, Chapter};
use crate::build::Built;
use crate::load::{SourceLines, line_of_key};
use crate::page::Page;
use crate::problem::Problem;
use crate::search;

/// The glossary of a book that names none.
const USUAL: &str = "glossary.md";

static DEFINED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)<dt\b[^>]*>(.*?)</dt>"));
static BOLD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?s)<(?:p|li)>\s*(?:<p>\s*)?<strong>(.*?)</strong>"));
static HEADING: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)<h[2-6]\b[^>]*>(.*?)</h[2-6]>"));
/// What the front matter puts under the title is no part of the glossary.
static OPENING: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?s)<dl class="opening">.*?</dl>"#));

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns here are constant")
}

/// A term as it stands in the glossary.
struct Term {
    /// Where it begins in the page's HTML.
    at: usize,
    /// Plain text.
    text: String,
}

/// Every term that no other chapter uses.
pub(super) fn unused(built: &Built) -> Vec<Problem> {
    let book = &built.book;
    let index = match glossary(book) {
        Ok(Some(index)) => index,
        Ok(None) => return Vec::new(),
        Err(problem) => return vec![problem],
    };
    let (chapter, page) = (&book.chapters[index], &built.pages[index]);
    let terms = terms(&page.html);
    if terms.is_empty() {
        return Vec::new();
    }
    let others = built.pages.iter().enumerate();
    let others = others.filter(|(other, _)| *other != index);
    let texts: Vec<Vec<String>> = others.map(|(_, page)| words(&text_of(page))).collect();
    let known: HashSet<&str> = texts.iter().flatten().map(String::as_str).collect();
    let lines = SourceLines::of(chapter, &book.source);
    let unused = terms.iter().filter(|term| {
        let mut names = names(&term.text).into_iter().peekable();
        names.peek().is_some() && !names.any(|name| is_used(&name, &texts, &known))
    });
    unused
        .map(|term| {
            let message = format!(
                "no chapter uses the term `{}`: use it where it belongs, or remove it from the glossary",
                term.text
            );
            lines.problem(page.line_at(term.at), message)
        })
        .collect()
}

/// The index of the chapter that is the glossary; none in a book without one.
fn glossary(book: &Book) -> Result<Option<usize>, Problem> {
    let labbook = &book.settings.labbook;
    let is = |chapter: &Chapter, name: &Path| chapter.source.as_deref() == Some(name);
    let find = |name: &Path| book.chapters.iter().position(|chapter| is(chapter, name));
    match &labbook.glossary {
        None if labbook.is_given => Ok(find(Path::new(USUAL))),
        None => Ok(None),
        Some(name) => find(name).map(Some).ok_or_else(|| {
            let file = book.root.join("book.toml");
            let text = std::fs::read_to_string(&file).unwrap_or_default();
            let message = format!(
                "`glossary`: `{}` is no chapter: name a file as SUMMARY.md does",
                name.display()
            );
            Problem::in_file(&file, message).on_line(line_of_key(&text, "output.labbook.glossary"))
        }),
    }
}

/// The terms of a glossary's page, in order.
fn terms(html: &str) -> Vec<Term> {
    let opening = OPENING.find(html).map_or(0, |opening| opening.end());
    let found = |pattern: &Regex| -> Vec<Term> {
        let found = pattern.captures_iter(&html[opening..]);
        let term = |found: regex::Captures| Term {
            at: opening + found.get(1).map_or(0, |term| term.start()),
            text: plain(&found[1]),
        };
        // A letter of the alphabet is a heading of the list, not a term.
        let terms = found.map(term);
        terms.filter(|term| term.text.chars().count() > 1).collect()
    };
    let kinds: [&Regex; 3] = [&DEFINED, &BOLD, &HEADING];
    let mut lists = kinds.into_iter().map(found);
    lists.find(|terms| !terms.is_empty()).unwrap_or_default()
}

/// HTML as plain text on one line.
fn plain(html: &str) -> String {
    let pieces = search::split(html);
    let text: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
    text.join(" ").trim().trim_end_matches(':').to_string()
}

/// What stands in a page, headings and code included.
fn text_of(page: &Page) -> String {
    let split;
    let pieces = if page.pieces.is_empty() {
        split = search::split(&page.html);
        &split
    } else {
        &page.pieces
    };
    let parts = pieces
        .iter()
        .map(|piece| format!("{} {}", piece.heading, piece.text));
    parts.collect::<Vec<_>>().join(" ")
}

/// The names of a term, each as words: parted by commas, slashes and brackets.
fn names(term: &str) -> Vec<Vec<String>> {
    let names = term.split([',', ';', '/', '(', ')']).map(words);
    names.filter(|name| !name.is_empty()).collect()
}

/// The words of a text in small letters. An apostrophe is no part of a word: `Little's` is `littles`. A script without
/// spaces has a word for each character.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in text.chars().filter(|letter| !matches!(letter, '\'' | '’')) {
        let is_ideograph = matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
        if is_ideograph || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if letter.is_alphanumeric() {
            let word = words.last_mut().expect("there is always a last word");
            word.extend(letter.to_lowercase());
        }
        if is_ideograph {
            words.push(String::new());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether a name stands in one of the texts.
fn is_used(name: &[String], texts: &[Vec<String>], known: &HashSet<&str>) -> bool {
    let (last, first) = name.split_last().expect("a name has a word");
    if !first.iter().all(|word| known.contains(word.as_str())) {
        return false;
    }
    let mut runs = texts.iter().flat_map(|text| text.windows(name.len()));
    runs.any(|run| {
        let (run_last, run_first) = run.split_last().expect("a run is as long as the name");
        let plural =
            || run_last.strip_suffix('s') == Some(last) || last.strip_suffix('s') == Some(run_last);
        run_first == first && (run_last == last || plural())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_capitals_apostrophes_and_plurals() {
        let texts = [words("Two queues, and Little’s law. 负载均衡")];
        let known = texts[0].iter().map(String::as_str).collect();
        let used = |name: &str| is_used(&words(name), &texts, &known);
        assert!(used("Queue") && used("little's law") && used("Laws") && used("均衡"));
        assert!(!used("Queue and") && !used("wo") && !used("衡负"));
    }

    #[test]
    fn a_term_may_have_several_names() {
        assert_eq!(names("Hit, hit rate"), [vec!["hit"], vec!["hit", "rate"]]);
        assert_eq!(names("Service (SRV)"), [["service"], ["srv"]]);
    }
}
