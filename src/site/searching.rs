//! The scripts of the book's search, made of what the pages say.

use std::path::Path;

use super::SearchFiles;
use super::navigation::Navigation;
use crate::book::{Book, Chapter, Item};
use crate::load::line_of_key;
use crate::page::Page;
use crate::problem::Problem;
use crate::search::{Search, Section};
use crate::theme::ASSETS;

/// The index. Its name has no digest, or a change of one chapter would change every page.
pub(super) const INDEX: &str = "labbook/search-index.js";

/// Path and text of the index and of the texts beside it; none in a book without search.
pub(super) fn files(book: &Book, pages: &[Page], navigation: &Navigation) -> SearchFiles {
    let settings = &book.settings;
    if !settings.html.search.enable {
        return Vec::new();
    }
    let search = Search::of(&sections(book, pages, navigation), &settings.language);
    let texts = search.texts.into_iter();
    let mut files: SearchFiles = texts
        .map(|text| (format!("{ASSETS}/{}", text.file), text.script))
        .collect();
    files.push((INDEX.into(), search.index));
    files
}

/// The sections of all chapters that are to be found, in reading order.
fn sections<'a>(book: &'a Book, pages: &'a [Page], navigation: &Navigation) -> Vec<Section<'a>> {
    let settings = &book.settings.html.search;
    let mut sections = Vec::new();
    for (index, (chapter, page)) in book.chapters.iter().zip(pages).enumerate() {
        if !settings.finds(source_of(chapter)) {
            continue;
        }
        let ancestors = ancestors(book, navigation, index);
        sections.extend(page.pieces.iter().map(|piece| Section {
            page: &chapter.path,
            page_title: &chapter.name,
            anchor: &piece.anchor,
            heading: &piece.heading,
            ancestors: ancestors.clone(),
            text: &piece.text,
        }));
    }
    sections
}

/// Names of the chapters that a chapter stands under, the outermost first.
fn ancestors<'a>(book: &'a Book, navigation: &Navigation, chapter: usize) -> Vec<&'a str> {
    let first = navigation.parents[navigation.item_of_chapter[chapter]];
    let above = std::iter::successors(first, |item| navigation.parents[*item]);
    let mut names: Vec<&str> = above
        .filter_map(|item| match &book.items[item] {
            Item::Chapter { name, .. } => Some(name.as_str()),
            _ => None,
        })
        .collect();
    names.reverse();
    names
}

/// What settings call a chapter; one that a preprocessor made without a file has no name there.
fn source_of(chapter: &Chapter) -> &Path {
    chapter.source.as_deref().unwrap_or(Path::new(""))
}

/// Paths in `[output.html.search.chapter]` that fit no chapter.
pub(super) fn idle_settings(book: &Book) -> Vec<Problem> {
    let fits = |path: &Path| {
        let mut chapters = book.chapters.iter();
        chapters.any(|chapter| source_of(chapter).starts_with(path))
    };
    let named = book.settings.html.search.chapter.keys();
    let idle = named.filter(|path| !fits(path));
    idle.map(|path| {
        let file = book.root.join("book.toml");
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let key = format!("output.html.search.chapter.{}", path.display());
        let message = format!(
            "`{}` in [output.html.search.chapter] is no chapter and no folder of some: name a file as SUMMARY.md does",
            path.display()
        );
        Problem::in_file(&file, message).on_line(line_of_key(&text, &key))
    })
    .collect()
}
