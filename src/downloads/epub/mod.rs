//! The book as EPUB 3: its chapters as XHTML, their figures as SVG and their formulas as MathML, a table of contents, a cover.
//!
//! epub-builder lays out the package; [`package`] mends what it leaves out.

mod document;
mod elements;
mod file_names;
mod names;
mod package;
mod style;
mod title_page;
mod xhtml;

use std::collections::BTreeSet;

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ReferenceType, ZipLibrary};
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use super::pictures::Pictures;
use super::{Source, cards, cover, date};
use crate::book::{Book, Item};
use crate::escape::escape_text;
use crate::problem::{Problem, Problems};
use crate::settings::Settings;
use crate::site::Content;
use document::{Converted, document};
use names::Names;

/// What the parts of an EPUB may say went wrong.
fn failed(error: impl std::fmt::Display) -> Problem {
    Problem::general(format!("the EPUB cannot be made: {error}"))
}

/// The book as one file.
pub(super) fn epub(source: &Source, pictures: &Pictures) -> Result<Vec<u8>, Problems> {
    let book = source.book;
    let names = Names::of(book, source.site);
    let converted: Vec<Converted> = source
        .pages
        .par_iter()
        .enumerate()
        .map(|(index, page)| xhtml::converted(&page.html, index, &names))
        .collect();
    let mut builder = EpubBuilder::new(ZipLibrary::new().map_err(failed)?).map_err(failed)?;
    describe(&mut builder, book).map_err(failed)?;
    builder
        .stylesheet(style::sheet(source.theme).as_bytes())
        .map_err(failed)?;
    if let Some(png) = cover::cover(book, source.theme, pictures)? {
        builder
            .add_cover_image("cover.png", png.as_slice(), "image/png")
            .map_err(failed)?;
    }
    let title_page = title_page::xhtml(book);
    let title_page = EpubContent::new("title-page.xhtml", title_page.as_bytes());
    builder.add_content(title_page).map_err(failed)?;
    add_chapters(&mut builder, (book, &names), &converted)?;
    let shown: BTreeSet<&String> = converted
        .iter()
        .flat_map(|chapter| &chapter.pictures)
        .collect();
    for path in shown {
        add_picture(&mut builder, path, (source, &names))?;
    }
    let mut epub = Vec::new();
    builder.generate(&mut epub).map_err(failed)?;
    let held = converted.iter().enumerate();
    let held = held.map(|(index, chapter)| (names.page(index).to_string(), chapter.properties()));
    let held = held.filter(|(_, held)| !held.is_empty()).collect();
    let date = date::in_zip(date::of(book));
    Ok(package::mended(epub, &held, date).map_err(failed)?)
}

/// The book's title, or a word in its place: a title must not be empty.
fn shown_title(book: &Book) -> &str {
    match book.settings.title.trim() {
        "" => "Book",
        title => title,
    }
}

fn describe(builder: &mut EpubBuilder<ZipLibrary>, book: &Book) -> epub_builder::Result<()> {
    let settings = &book.settings;
    builder.epub_version(EpubVersion::V33);
    builder.set_title(shown_title(book));
    builder.set_authors(settings.authors.clone());
    builder.set_languages(vec![settings.language.clone()]);
    builder.set_generator("labbook");
    builder.set_toc_name(if settings.language.starts_with("en") {
        "Contents"
    } else {
        shown_title(book)
    });
    builder.metadata("direction", settings.direction.as_str())?;
    if let Some(description) = &settings.description {
        builder.add_description(description.as_str());
    }
    if let Ok(modified) = format!("{}T00:00:00Z", date::of(book)).parse() {
        builder.set_modified_date(modified);
    }
    if let Ok(uuid) = identifier(settings).parse() {
        builder.set_uuid(uuid);
    }
    Ok(())
}

/// A UUID of form 8 (RFC 9562), the same for every version of a book: readers' notes are kept under it.
fn identifier(settings: &Settings) -> String {
    let what = format!(
        "{} {:?} {}",
        settings.title, settings.authors, settings.language
    );
    let bits = xxh3_128(what.as_bytes());
    let form = 0x8 << 76;
    let variant = 0b10 << 62;
    let bits = bits & !(0xf << 76) & !(0b11 << 62) | form | variant;
    format!("{bits:032x}")
}

/// The chapters in reading order, nested as in SUMMARY.md. A part has a page of its own, which bears its title.
fn add_chapters(
    builder: &mut EpubBuilder<ZipLibrary>,
    (book, names): (&Book, &Names),
    converted: &[Converted],
) -> Result<(), Problem> {
    let (mut parts, mut inside, mut begun) = (0, 0, false);
    for item in &book.items {
        match item {
            Item::Part(title) => {
                (parts, inside) = (parts + 1, 1);
                let body = format!("<h1 class=\"part\">{}</h1>", escape_text(title));
                let page = document(book, title, &body);
                let content = EpubContent::new(format!("part-{parts}.xhtml"), page.as_bytes());
                builder
                    .add_content(content.title(title.as_str()))
                    .map_err(failed)?;
            }
            Item::Separator => inside = 0,
            Item::Chapter { chapter: None, .. } => {}
            Item::Chapter {
                name,
                number,
                level,
                chapter: Some(index),
            } => {
                let number = number
                    .as_ref()
                    .filter(|_| !book.settings.html.no_section_label);
                let number = number
                    .map(|number| format!("{number} "))
                    .unwrap_or_default();
                let label = cards::label(book, &book.chapters[*index]);
                let label =
                    label.map(|label| format!("<p class=\"kicker\">{}</p>\n", escape_text(&label)));
                let body = label.unwrap_or_default() + &converted[*index].linked(names, converted);
                let page = document(book, name, &body);
                let level = i32::try_from(level + inside).unwrap_or(i32::MAX);
                let content = EpubContent::new(names.page(*index), page.as_bytes());
                let mut content = content.title(number + name).level(level);
                if !std::mem::replace(&mut begun, true) {
                    content = content.reftype(ReferenceType::Text);
                }
                builder.add_content(content).map_err(failed)?;
            }
        }
    }
    Ok(())
}

/// A picture of a chapter, by its path in the site.
fn add_picture(
    builder: &mut EpubBuilder<ZipLibrary>,
    path: &str,
    (source, names): (&Source, &Names),
) -> Result<(), Problem> {
    let (Some((name, kind)), Some(content)) = (names.picture(path), source.site.files.get(path))
    else {
        return Ok(());
    };
    let bytes = match content {
        Content::Bytes(bytes) => bytes.clone(),
        Content::File(file) => std::fs::read(file).map_err(|error| {
            Problem::in_file(file, format!("cannot be put into the EPUB: {error}"))
        })?,
    };
    let bytes = if kind.starts_with("image/svg") {
        without_document_type(bytes)
    } else {
        bytes
    };
    builder
        .add_resource(name, bytes.as_slice(), kind)
        .map_err(failed)?;
    Ok(())
}

/// A drawing without the line that names its document type: it leads out of the book, and no reader needs it. One that
/// declares something of its own stays.
fn without_document_type(svg: Vec<u8>) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(&svg) else {
        return svg;
    };
    let line = text.find("<!DOCTYPE").and_then(|start| {
        let end = start + text[start..].find('>')? + 1;
        (!text[start..end].contains('[')).then_some(start..end)
    });
    match line {
        Some(line) => [&text[..line.start], &text[line.end..]]
            .concat()
            .into_bytes(),
        None => svg,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_a_uuid_and_stays() {
        let settings = |title: &str| Settings {
            title: title.into(),
            ..Settings::default()
        };
        let one = identifier(&settings("One"));
        assert_eq!(one, identifier(&settings("One")));
        assert_ne!(one, identifier(&settings("Two")));
        assert_eq!((one.len(), &one[12..13]), (32, "8"));
        assert!("89ab".contains(&one[16..17]));
    }
}
