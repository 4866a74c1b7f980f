//! Pikchr sources: the prelude that gives a drawing its measures and colours, and the call into
//! Pikchr itself.

use std::fmt::Write as _;

use ::pikchr::{Pikchr, PikchrFlags};

use super::{FigureError, Picture, Words, author_colours, class_rewrite, pikchr_error, tokens};

/// Sizes in the prelude, in pixels of the picture at its natural size.
///
/// The line ends where the author's first line begins: a line break would shift the lines of every
/// message.
const MEASURES: &str = "thickness = 1.5px; color = ink; \
    charht = 16px; charwid = 9.6px; \
    boxwid = 96px; boxht = 44px; boxrad = 8px; circlerad = 11px; dotrad = 4px; \
    ovalwid = 96px; ovalht = 36px; ellipsewid = 96px; ellipseht = 44px; \
    cylwid = 72px; cylht = 56px; cylrad = 8px; filewid = 44px; fileht = 56px; filerad = 10px; \
    diamondwid = 96px; diamondht = 64px; textwid = 72px; textht = 20px; \
    linewid = 48px; lineht = 36px; movewid = 24px; arcrad = 24px; \
    arrowht = 8px; arrowwid = 6px; dashwid = 4px; ";

/// What stands before the author's text, on the same line as its first.
fn prelude() -> String {
    let mut prelude = String::new();
    for (name, sentinel) in tokens::sentinels() {
        let _ = write!(prelude, "{name} = 0x{sentinel:06x}; ");
    }
    prelude.push_str(MEASURES);
    prelude
}

/// Draws a Pikchr source.
pub(super) fn draw(source: &str, words: &Words) -> Result<Picture, FigureError> {
    author_colours::check(source)?;
    let svg = run(source)?;
    class_rewrite::rewrite(&svg, words).map_err(|fault| {
        let line = author_colours::line_of_fault(source, &fault, |part| {
            run(part).is_ok_and(|svg| class_rewrite::rewrite(&svg, words) == Err(fault.clone()))
        });
        FigureError::new(line, fault.to_string())
    })
}

/// Pikchr's own SVG for a source, or its complaint about it.
pub(super) fn run(source: &str) -> Result<String, FigureError> {
    if let Some(at) = source.find('\0') {
        let line = line_at(source, at);
        return Err(FigureError::new(line, "a NUL byte stands here: remove it"));
    }
    let prelude = prelude();
    // Ends with a line break, so that Pikchr points behind the last line when it misses something
    // there.
    let whole = format!("{prelude}{source}\n");
    let drawn = Pikchr::render(&whole, None, PikchrFlags::default())
        .map_err(|complaint| pikchr_error::translate(&complaint, &prelude))?;
    // Checked again, since the crate trusts Pikchr to write UTF-8.
    let svg = String::from_utf8_lossy(drawn.rendered().as_bytes()).into_owned();
    if svg.starts_with("<svg") {
        return Ok(svg);
    }
    if svg.contains("<svg") {
        let line = author_colours::line_of_word(source, "print").unwrap_or(1);
        let message = "`print` would write into the page: remove it";
        return Err(FigureError::new(line, message));
    }
    Err(FigureError::new(1, "nothing is drawn: the source is empty"))
}

/// The line, from 1, that holds the byte `at`.
fn line_at(source: &str, at: usize) -> usize {
    let before = source.as_bytes().iter().take(at);
    1 + before.filter(|byte| **byte == b'\n').count()
}
