//! Pictures: Pikchr or SVG in, one clean SVG out.
//!
//! The picture that comes out holds no style, no script, no colour and no font of its own, only
//! classes that name the theme's tokens (`f-hot`, `s-ink`, `label mono`), so that it follows the
//! page's theme and passes a strict content security policy. Its ids start with the figure's, so
//! that many figures can stand in one page.
//!
//! [`draw`] makes a picture, [`drawn`] takes one that a live figure made, [`label_problems`] measures its labels with the
//! theme's real fonts, [`outside_problems`] finds what leaves it.
//! Neither does I/O.

mod author_colours;
mod class_rewrite;
mod content_bounds;
mod drawn;
mod element;
mod font;
mod geometry;
mod label_box;
mod label_rules;
mod labels;
mod path;
mod path_pen;
mod pikchr;
mod pikchr_error;
mod polygon;
mod references;
mod shapes;
mod svg;
mod svg_rules;
mod text;
mod tokens;

#[cfg(test)]
mod tests;

pub use drawn::{drawn, outside_problems};
pub(crate) use font::Style;
pub use font::{Fonts, UnreadableFont};
pub use labels::{NARROWEST, SMALLEST_LABEL, label_problems};
pub use tokens::TOKENS;

/// What the author wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source<'a> {
    /// A drawing in Pikchr's language; the tokens are variables in it.
    Pikchr(&'a str),
    /// A drawing that is SVG already, coloured by the classes `f-TOKEN` and `s-TOKEN`.
    Svg(&'a str),
}

/// The words that a reader who can't see the picture gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words<'a> {
    /// The figure's id, unique in its page; the picture's ids start with it.
    pub id: &'a str,
    /// The caption as plain text.
    pub title: &'a str,
    /// What the picture shows, in a sentence or two; may be empty.
    pub description: &'a str,
}

/// A finished picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// One `<svg>` element, fit to stand inside an HTML page.
    pub svg: String,
    /// Natural width, in CSS pixels.
    pub width: f64,
    /// Natural height, in CSS pixels.
    pub height: f64,
}

/// Why a source can't become a picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct FigureError {
    /// The line in the author's source, from 1.
    pub line: usize,
    /// What is wrong and what to do, in one line.
    pub message: String,
}

impl FigureError {
    fn new(line: usize, message: impl Into<String>) -> Self {
        Self {
            line,
            message: message.into(),
        }
    }
}

/// Draws a picture from its source.
///
/// # Errors
/// Says the line and what to do when the source can't be read, holds a colour that is not a token,
/// or holds anything that a figure must not: scripts, styles, references to other files.
pub fn draw(source: Source, words: &Words) -> Result<Picture, FigureError> {
    if words.title.trim().is_empty() && words.description.trim().is_empty() {
        let message = "the figure has neither caption nor description: give it one for those \
            who can't see it";
        return Err(FigureError::new(1, message));
    }
    match source {
        Source::Pikchr(text) => pikchr::draw(text, words),
        Source::Svg(text) => svg::draw(text, words),
    }
}
