//! The cover of the book as an EPUB, and the icons of an installed book.

use serde::Serialize;

use super::pictures::Pictures;
use super::title::{Place, Title};
use crate::book::Book;
use crate::problem::Problem;
use crate::site::ICONS;
use crate::theme::{Colours, Theme};

/// Width and height in pixels.
const SIZE: (u32, u32) = (1200, 1800);

/// Where the template has room for the title, and for what stands under it.
const TITLE: Place = Place {
    size: (960.0, 620.0),
    fonts: &[150.0, 128.0, 108.0, 92.0, 78.0, 64.0],
};
const SUBTITLE: Place = Place {
    size: (960.0, 170.0),
    fonts: &[52.0, 46.0, 40.0],
};
const AUTHORS: Place = Place {
    size: (960.0, 110.0),
    fonts: &[42.0, 36.0],
};

/// cover.hbs.
#[derive(Serialize)]
struct CoverContext<'a> {
    colours: &'a Colours,
    title: Title,
    subtitle: Title,
    authors: Title,
}

/// The cover as PNG; `None` where the theme's fonts lack a character of what stands on it.
pub(super) fn cover(
    book: &Book,
    theme: &Theme,
    pictures: &Pictures,
) -> Result<Option<Vec<u8>>, Problem> {
    let settings = &book.settings;
    let fonts = theme.fonts()?;
    let subtitle = settings.labbook.subtitle.as_deref().unwrap_or_default();
    let authors = settings.authors.join(", ");
    if fonts
        .lacks(&format!("{} {subtitle} {authors}", settings.title))
        .is_some()
    {
        return Ok(None);
    }
    let context = CoverContext {
        colours: &theme.palette().light,
        title: TITLE.set(&settings.title, &fonts),
        subtitle: SUBTITLE.set(subtitle, &fonts),
        authors: AUTHORS.set(&authors, &fonts),
    };
    let svg = theme
        .templates(&theme.assets())?
        .render("cover", &context)?;
    let failed = |error| {
        Problem::general(format!(
            "templates/cover.hbs: the cover cannot be drawn ({error}): correct the template"
        ))
    };
    pictures.png(&svg, SIZE).map(Some).map_err(failed)
}

/// The icons of an installed book, by path.
///
/// # Errors
/// When the book's own icon cannot be drawn.
pub(super) fn icons(theme: &Theme, pictures: &Pictures) -> Result<Vec<(String, Vec<u8>)>, Problem> {
    let Some(icon) = theme.file("favicon.svg") else {
        return Ok(Vec::new());
    };
    let svg = String::from_utf8_lossy(icon);
    let drawn = ICONS.into_iter().map(|(width, path)| {
        let failed = |error| {
            Problem::general(format!(
                "favicon.svg: the icon cannot be drawn ({error}): correct the SVG, or write `offline = false` in [output.labbook]"
            ))
        };
        Ok((path.to_string(), pictures.png(&svg, (width, width)).map_err(failed)?))
    });
    drawn.collect()
}
