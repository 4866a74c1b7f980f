//! A card image for each chapter: 1200 × 630 pixels, the size that services show with a shared link (ogp.me, `og:image`).

use rayon::prelude::*;
use serde::Serialize;

use super::Source;
use super::pictures::Pictures;
use super::title::{Place, Title};
use crate::book::{Book, Chapter};
use crate::figure::Fonts;
use crate::problem::{Problem, Problems};
use crate::site::on_line_of;
use crate::theme::Colours;

/// Width and height in pixels.
const SIZE: (u32, u32) = (1200, 630);

/// Where the template has room for the chapter's title.
const TITLE: Place = Place {
    size: (1030.0, 262.0),
    fonts: &[96.0, 84.0, 72.0, 62.0, 54.0, 46.0],
};

/// Where it has room for the book's.
const BOOK: Place = Place {
    size: (1030.0, 40.0),
    fonts: &[28.0],
};

/// Where the pipe's narrow part stands: in the first chapter and in the last, in pixels from the left.
const THROAT: (f64, f64) = (330.0, 870.0);

/// card.hbs.
#[derive(Serialize)]
struct CardContext<'a> {
    colours: &'a Colours,
    book: Title,
    label: Option<String>,
    title: Title,
    throat: f64,
}

/// The path of a chapter's card; `None` where there is none: the book has no cards, or the fonts lack a character.
pub fn card_path(book: &Book, fonts: &Fonts, chapter: usize) -> Option<String> {
    let chapter = &book.chapters[chapter];
    let drawn = book.settings.labbook.cards && missing(book, fonts, chapter).is_none();
    drawn.then(|| format!("cards/{}.png", chapter.path.trim_end_matches(".html")))
}

/// A character of the words on a card that the fonts lack.
fn missing(book: &Book, fonts: &Fonts, chapter: &Chapter) -> Option<char> {
    let label = label(book, chapter).unwrap_or_default();
    fonts.lacks(&format!("{} {label} {}", book.settings.title, chapter.name))
}

/// `Chapter 3`, as above the chapter's own title.
pub(super) fn label(book: &Book, chapter: &Chapter) -> Option<String> {
    let settings = &book.settings;
    let number = chapter.number.as_ref();
    let number = number.filter(|_| !settings.html.no_section_label)?;
    Some(if settings.language.starts_with("en") {
        format!("Chapter {number}")
    } else {
        number.clone()
    })
}

/// All cards, by path.
pub(super) fn images(
    source: &Source,
    pictures: &Pictures,
) -> Result<Vec<(String, Vec<u8>)>, Problem> {
    let (book, theme) = (source.book, source.theme);
    let templates = theme.templates(&theme.assets())?;
    let fonts = theme.fonts()?;
    let colours = theme.palette().light;
    let last = book.chapters.len().saturating_sub(1).max(1) as f64;
    let drawn = book.chapters.par_iter().enumerate();
    let drawn = drawn.filter_map(|(index, chapter)| {
        let path = card_path(book, &fonts, index)?;
        let context = CardContext {
            colours: &colours,
            book: BOOK.set(&book.settings.title, &fonts),
            label: label(book, chapter),
            title: TITLE.set(&chapter.name, &fonts),
            throat: (THROAT.0 + (THROAT.1 - THROAT.0) * index as f64 / last).round(),
        };
        let png = templates.render("card", &context).and_then(|svg| {
            let failed = |error| Problem::general(format!("templates/card.hbs: the card of `{}` cannot be drawn ({error}): correct the template", chapter.name));
            pictures.png(&svg, SIZE).map_err(failed)
        });
        Some(png.map(|png| (path, png)))
    });
    drawn.collect()
}

/// What the author should know: cards that no page names, chapters that have none.
pub(super) fn notes(source: &Source) -> Result<Vec<Problem>, Problems> {
    let book = source.book;
    let fonts = source.theme.fonts()?;
    let mut notes = Vec::new();
    if book.settings.public_url().is_none() {
        let message = "`cards` are drawn, but no page can name them without the book's public address: add `url = \"https://…/\"` to [output.labbook]";
        notes.push(on_line_of(book, "cards", message));
    }
    for chapter in &book.chapters {
        let Some(character) = missing(book, &fonts, chapter) else {
            continue;
        };
        let file = chapter.source.as_ref().map(|file| book.source.join(file));
        let message = format!(
            "has no card image: the theme's font has no `{character}`, which stands in its title or the book's"
        );
        notes.push(Problem::in_file(&file.unwrap_or_default(), message));
    }
    Ok(notes)
}
