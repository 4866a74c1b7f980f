//! Contrast of the theme's colours: text needs 4.5:1 on what it stands on, in both themes.

mod ratio;

use std::collections::BTreeSet;

use crate::css::without_comments;
use crate::problem::Problem;
use crate::theme::{Scheme, Theme, Tokens, Unreadable};
use ratio::{laid_over, luminance, ratio, shown};

/// For text smaller than 24 px (18.66 px if bold): WCAG 2.2, success criterion 1.4.3.
const RATIO_MIN: f64 = 4.5;

/// The theme's file of tokens.
const FILE: &str = "tokens.css";

/// What text stands on, as tokens.css says: `--rule` is for lines, and `--pipe` lies behind drawings.
const SURFACES: [&str; 4] = ["--bg", "--card", "--sunk", "--tint"];

/// Colours of text, on every surface.
const TEXT: [&str; 7] = [
    "--ink", "--muted", "--flow", "--wait", "--hot", "--ok", "--fail",
];

/// What code stands on.
const CODE_SURFACES: [&str; 1] = ["--sunk"];

/// Colours of code.
const CODE: [&str; 13] = [
    "--code-comment",
    "--code-keyword",
    "--code-string",
    "--code-number",
    "--code-function",
    "--code-type",
    "--code-macro",
    "--code-variable",
    "--code-property",
    "--code-tag",
    "--code-inserted",
    "--code-deleted",
    "--code-meta",
];

/// Every token whose contrast is too low, and every one that is missing or cannot be read.
pub(super) fn of_theme(theme: &Theme) -> Vec<Problem> {
    let Some(text) = theme.text(FILE) else {
        return vec![theme.problem(FILE, "is missing from the theme")];
    };
    let (unreadable, low) = judged(&text);
    let unreadable = unreadable
        .into_iter()
        .map(|unreadable| (unreadable.line, unreadable.message));
    unreadable
        .chain(low)
        .map(|(line, message)| theme.problem(FILE, message).on_line(line))
        .collect()
}

/// A line (1-based) of tokens.css, and what is wrong there.
type Located = (Option<usize>, String);

fn judged(css: &str) -> (BTreeSet<Unreadable>, Vec<Located>) {
    let clean = without_comments(css);
    let mut unreadable = BTreeSet::new();
    let mut low = Vec::new();
    for scheme in [Scheme::Light, Scheme::Dark] {
        let tokens = Tokens::of(&clean, scheme);
        for (texts, surfaces) in [(&TEXT[..], &SURFACES[..]), (&CODE, &CODE_SURFACES)] {
            for text in texts.iter().filter(|text| !names_another(&tokens, text)) {
                match on(&tokens, text, surfaces) {
                    Ok(found) => low.extend(found),
                    Err(wrong) => unreadable.extend(wrong),
                }
            }
        }
    }
    (unreadable, low)
}

/// Whether a token only names another text: what is wrong with that one is said there.
fn names_another(tokens: &Tokens, text: &str) -> bool {
    let named = tokens.renamed(text);
    named.is_some_and(|named| TEXT.contains(&named))
}

/// The surfaces on which a text's contrast is too low, as one message; or what could not be read.
fn on(tokens: &Tokens, text: &str, surfaces: &[&str]) -> Result<Option<Located>, Vec<Unreadable>> {
    let colour = tokens.colour(text).map_err(|wrong| vec![wrong])?;
    let mut wrong = Vec::new();
    let mut low: Vec<(f64, &str, bool)> = Vec::new();
    for surface in surfaces {
        let under = match tokens.colour(surface) {
            Ok(under) if under.a >= 1.0 => under,
            Ok(_) => {
                let message = format!(
                    "`{surface}` is translucent: text stands on it, so give it a full colour"
                );
                let line = tokens.line(surface);
                wrong.push(Unreadable { line, message });
                continue;
            }
            Err(unreadable) => {
                wrong.push(unreadable);
                continue;
            }
        };
        let over = laid_over(&colour, &under);
        let ratio = ratio(&over, &under);
        if ratio < RATIO_MIN {
            low.push((ratio, surface, luminance(&over) < luminance(&under)));
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    low.sort_by(|one, other| one.0.total_cmp(&other.0));
    let Some(((ratio, surface, is_darker), others)) = low.split_first() else {
        return Ok(None);
    };
    let others: String = others
        .iter()
        .map(|(ratio, surface, _)| format!(", {} on `{surface}`", shown(*ratio)))
        .collect();
    let (more, less) = if *is_darker {
        ("darker", "lighter")
    } else {
        ("lighter", "darker")
    };
    let message = format!(
        "`{text}` on `{surface}` has a contrast of {}:1 in the {} theme{others}; text needs 4.5:1: make `{text}` {more} or what it stands on {less}",
        shown(*ratio),
        tokens.scheme.name(),
    );
    Ok(Some((tokens.line(text), message)))
}
