//! feed.xml: the chapters by their last change, as an Atom feed (RFC 4287).

use std::cmp::Reverse;

use atom_syndication::{Entry, Feed, FixedDateTime, Generator, Link, Person, Text};

use super::{Content, Site};
use crate::book::{Book, Chapter};
use crate::load::line_of_key;
use crate::problem::Problem;

/// Its path in the site.
pub(super) const PATH: &str = "feed.xml";

/// Whether the book gets a feed: it needs a public address, and chapters whose last change is known.
pub(super) fn is_made(book: &Book) -> bool {
    book.settings.labbook.wants_feed()
        && book.settings.public_url().is_some()
        && book
            .chapters
            .iter()
            .any(|chapter| chapter.modified.is_some())
}

/// Adds it. One that book.toml asks for and that cannot be made is named.
pub(super) fn add(book: &Book, site: &mut Site) -> Result<(), Problem> {
    let asked_for = book.settings.labbook.feed == Some(true);
    match book.settings.public_url() {
        Some(url) if is_made(book) => {
            let xml = feed(book, &url)?;
            // What the author put there stays.
            site.files
                .entry(PATH.to_string())
                .or_insert(Content::Bytes(xml));
        }
        None if asked_for => {
            let message = "`feed = true` needs the public address of the book, and no feed is made: add `url = \"https://…/\"` to [output.labbook]";
            site.warnings.push(on_line_of(book, "feed", message));
        }
        _ => {}
    }
    Ok(())
}

/// A problem of a key of `[output.labbook]`.
pub(crate) fn on_line_of(book: &Book, key: &str, message: &str) -> Problem {
    let file = book.root.join("book.toml");
    let text = std::fs::read_to_string(&file).unwrap_or_default();
    let line = line_of_key(&text, &format!("output.labbook.{key}"));
    Problem::in_file(&file, message).on_line(line)
}

fn feed(book: &Book, url: &str) -> Result<Vec<u8>, Problem> {
    let settings = &book.settings;
    let mut dated: Vec<(&str, &Chapter)> = book
        .chapters
        .iter()
        .filter_map(|chapter| Some((chapter.modified.as_deref()?, chapter)))
        .collect();
    // Stable: chapters of one day keep the order of the book.
    dated.sort_by_key(|(day, _)| Reverse(*day));
    let entries: Vec<Entry> = dated
        .iter()
        .filter_map(|(day, chapter)| entry(chapter, moment(day)?, url))
        .collect();
    let mut authors: Vec<Person> = settings.authors.iter().map(|name| person(name)).collect();
    if authors.is_empty() {
        // An entry must have an author, or its feed must.
        authors.push(person(&settings.title));
    }
    let feed = Feed {
        title: Text::plain(&settings.title),
        subtitle: settings.description.as_ref().map(Text::plain),
        id: url.to_string(),
        updated: entries
            .first()
            .map(|entry| entry.updated)
            .unwrap_or_default(),
        authors,
        links: vec![
            link(url.to_string(), "alternate", "text/html"),
            link(format!("{url}{PATH}"), "self", "application/atom+xml"),
        ],
        lang: Some(settings.language.clone()),
        generator: Some(Generator {
            value: "labbook".into(),
            ..Generator::default()
        }),
        entries,
        ..Feed::default()
    };
    let failed = |error| Problem::general(format!("the feed cannot be written: {error}"));
    feed.write_to(Vec::new()).map_err(failed)
}

/// One chapter. Its address is its id: it stays as long as the chapter does.
fn entry(chapter: &Chapter, updated: FixedDateTime, url: &str) -> Option<Entry> {
    let path = &chapter.path;
    let address = format!("{url}{}", path.strip_suffix("index.html").unwrap_or(path));
    let number = chapter.number.as_ref().map(|number| format!("{number} "));
    let summary = chapter.front_matter.description.as_ref();
    Some(Entry {
        title: Text::plain(number.unwrap_or_default() + &chapter.name),
        id: address.clone(),
        updated,
        links: vec![link(address, "alternate", "text/html")],
        summary: summary.map(Text::plain),
        ..Entry::default()
    })
}

/// The first moment of a day such as `2026-11-21`, in UTC.
fn moment(day: &str) -> Option<FixedDateTime> {
    format!("{day}T00:00:00Z").parse().ok()
}

fn person(name: &str) -> Person {
    Person {
        name: name.to_string(),
        ..Person::default()
    }
}

fn link(href: String, relation: &str, kind: &str) -> Link {
    Link {
        href,
        rel: relation.to_string(),
        mime_type: Some(kind.to_string()),
        ..Link::default()
    }
}
