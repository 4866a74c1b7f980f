//! One `@font-face` of a style sheet: which text it is for, and its file.

use super::properties::weight;
use crate::css::Rule;
use crate::site::resolved;

/// One `@font-face`.
pub(super) struct Face {
    pub(super) family: String,
    is_italic: bool,
    weights: (u16, u16),
    /// Path in the site.
    pub(super) file: String,
    /// Empty: all characters.
    characters: Vec<(u32, u32)>,
}

impl Face {
    pub(super) fn of(rule: &Rule, sheet: &str) -> Option<Face> {
        let value = |name: &str| {
            let set = rule.declarations.iter().rfind(|set| set.name == name)?;
            Some(set.value)
        };
        let source = value("src")?;
        let address = source.split_once("url(")?.1.split(')').next()?;
        let address = address.trim().trim_matches(['"', '\'']);
        let weights = value("font-weight").unwrap_or("normal");
        let mut weights = weights.split_whitespace().filter_map(weight);
        let first = weights.next().unwrap_or(400);
        Some(Face {
            family: value("font-family")?
                .trim_matches(['"', '\''])
                .to_lowercase(),
            is_italic: value("font-style").is_some_and(|style| style != "normal"),
            weights: (first, weights.next().unwrap_or(first)),
            file: resolved(sheet, address),
            characters: value("unicode-range").map_or(Vec::new(), |ranges| {
                ranges
                    .split(',')
                    .filter_map(|range| characters(range.trim()))
                    .collect()
            }),
        })
    }

    pub(super) fn holds(&self, letter: u32) -> bool {
        let mut ranges = self.characters.iter();
        self.characters.is_empty() || ranges.any(|(first, last)| (*first..=*last).contains(&letter))
    }

    /// How far the face is from what a text asks for: the style first, then the weight.
    pub(super) fn distance(&self, (is_italic, weight): (bool, u16)) -> (bool, u16) {
        let (first, last) = self.weights;
        let weight = match weight {
            asked if asked < first => first - asked,
            asked => asked.saturating_sub(last),
        };
        (self.is_italic != is_italic, weight)
    }
}

/// `U+20-7E` or `U+4??`.
fn characters(range: &str) -> Option<(u32, u32)> {
    let range = range
        .strip_prefix("U+")
        .or_else(|| range.strip_prefix("u+"))?;
    let (first, last) = range.split_once('-').unwrap_or((range, range));
    let number =
        |text: &str, unknown: &str| u32::from_str_radix(&text.replace('?', unknown), 16).ok();
    Some((number(first, "0")?, number(last, "F")?))
}
