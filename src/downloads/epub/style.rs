//! The style sheet of the EPUB: the theme's `epub/book.css` for shapes, and its colours for day and night.
//!
//! Readers set paper, ink and letters themselves; what has a ground of its own (code, figures) has its own ink on it. Few of
//! them know custom properties and none `light-dark()`, so tokens become plain colours.

use crate::figure::TOKENS;
use crate::theme::{Theme, with_colours};

/// The whole sheet.
pub(super) fn sheet(theme: &Theme) -> String {
    let file =
        |name: &str| String::from_utf8_lossy(theme.file(name).unwrap_or_default()).into_owned();
    let drawing: String = TOKENS
        .iter()
        .map(|token| {
            format!(
                ".f-{token} {{ fill: var(--{token}); }}\n.s-{token} {{ stroke: var(--{token}); }}\n"
            )
        })
        .collect();
    let colours = file("epub/colours.css") + &file("styles/33-highlight.css") + &drawing;
    let palette = theme.palette();
    format!(
        "{}\n{}\n@media (prefers-color-scheme: dark) {{\n{}}}\n",
        file("epub/book.css"),
        with_colours(&colours, &palette.light),
        with_colours(&colours, &palette.dark)
    )
}
