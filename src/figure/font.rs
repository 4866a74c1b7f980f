//! The theme's fonts as measuring tapes.

use ttf_parser::{Face, Tag};

/// The fonts that labels are set in, read once.
pub struct Fonts<'a> {
    sans: Face<'a>,
    mono: Face<'a>,
}

/// A font file that can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the {font} font can't be read ({reason}): it must be a TrueType or OpenType file, not WOFF"
)]
pub struct UnreadableFont {
    /// Which font: `sans` or `mono`.
    pub font: &'static str,
    /// What the reader said.
    pub reason: String,
}

/// How one run of text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    /// Set in the monospaced font.
    pub mono: bool,
    /// Weight, 100 to 900; only variable fonts follow it.
    pub weight: f64,
    /// Font size in pixels.
    pub size: f64,
}

/// The vertical measures of a font at some size, in pixels, upwards from the baseline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Heights {
    /// Top of the line box.
    pub ascent: f64,
    /// Bottom of the line box, below the baseline: negative.
    pub descent: f64,
    /// Top of small letters.
    pub small_letters: f64,
}

impl<'a> Fonts<'a> {
    /// Reads the bytes of the sans and the monospaced font (TTF or OTF).
    ///
    /// # Errors
    /// Names the font that can't be read.
    pub fn new(sans: &'a [u8], mono: &'a [u8]) -> Result<Self, UnreadableFont> {
        let read = |bytes: &'a [u8], font: &'static str| {
            Face::parse(bytes, 0).map_err(|error| UnreadableFont {
                font,
                reason: error.to_string(),
            })
        };
        Ok(Self {
            sans: read(sans, "sans")?,
            mono: read(mono, "mono")?,
        })
    }

    /// Width of a run of text in pixels. A character that the font lacks counts as wide as it is
    /// high, which is what the widest scripts need.
    pub(crate) fn width(&self, text: &str, style: Style) -> f64 {
        let face = self.face(style);
        let em = f64::from(face.units_per_em());
        let advance = |character: char| {
            let glyph = face.glyph_index(character);
            let units = glyph.and_then(|glyph| face.glyph_hor_advance(glyph));
            units.map_or(em, f64::from)
        };
        let units: f64 = text.chars().map(advance).sum();
        units / em * style.size
    }

    /// The first character of a text that the sans font has no shape for.
    pub(crate) fn lacks(&self, text: &str) -> Option<char> {
        let drawn = |character: char| {
            character.is_whitespace() || self.sans.glyph_index(character).is_some()
        };
        text.chars().find(|character| !drawn(*character))
    }

    /// How far the text's ink reaches above and below its baseline, in pixels: top, then bottom
    /// (negative below).
    pub(super) fn ink(&self, text: &str, style: Style) -> (f64, f64) {
        let face = self.face(style);
        let scale = style.size / f64::from(face.units_per_em());
        let boxes = text
            .chars()
            .filter(|character| !character.is_whitespace())
            .map(|character| {
                let glyph = face.glyph_index(character);
                let bounds = glyph.and_then(|glyph| face.glyph_bounding_box(glyph));
                bounds.map_or((0.75 * style.size, 0.0), |bounds| {
                    (
                        f64::from(bounds.y_max) * scale,
                        f64::from(bounds.y_min) * scale,
                    )
                })
            });
        boxes.fold((0.0, 0.0), |(top, bottom), (glyph_top, glyph_bottom)| {
            (glyph_top.max(top), glyph_bottom.min(bottom))
        })
    }

    /// The font's vertical measures at this style's size.
    pub(super) fn heights(&self, style: Style) -> Heights {
        let face = self.face(style);
        let scale = style.size / f64::from(face.units_per_em());
        let small = face
            .glyph_index('x')
            .and_then(|glyph| face.glyph_bounding_box(glyph));
        let ascent = f64::from(face.ascender()) * scale;
        Heights {
            ascent,
            descent: f64::from(face.descender()) * scale,
            small_letters: small.map_or(ascent / 2.0, |bounds| f64::from(bounds.y_max) * scale),
        }
    }

    /// The face with its axes set: weight, and optical size where the font has it, as browsers do
    /// by themselves.
    fn face(&self, style: Style) -> Face<'a> {
        let mut face = if style.mono {
            self.mono.clone()
        } else {
            self.sans.clone()
        };
        for (axis, value) in [(b"wght", style.weight), (b"opsz", style.size)] {
            // A font without the axis keeps its one form.
            let _ = face.set_variation(Tag::from_bytes(axis), value as f32);
        }
        face
    }
}
