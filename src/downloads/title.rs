//! A title set as large as its place allows, in lines measured with the font that they are drawn with.

use serde::Serialize;

use crate::figure::{Fonts, Style};

/// The weight of titles on cards and covers.
const WEIGHT: f64 = 700.0;

/// From the top of a line to the top of the next, in font sizes.
const LEADING: f64 = 1.14;

/// A title in lines, as a template places it.
#[derive(Debug, Serialize)]
pub(super) struct Title {
    /// Font size in pixels.
    pub(super) size: f64,
    /// The lines with their baselines, counted in pixels from the top of the place.
    pub(super) lines: Vec<Line>,
}

#[derive(Debug, Serialize)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) baseline: f64,
}

/// The place for a title.
pub(super) struct Place {
    /// Width and height in pixels.
    pub(super) size: (f64, f64),
    /// Font sizes to try, the largest first.
    pub(super) fonts: &'static [f64],
}

impl Place {
    /// Sets a title; one that does not fit even in the smallest size ends in `…`.
    pub(super) fn set(&self, text: &str, fonts: &Fonts) -> Title {
        let (width, height) = self.size;
        let mut size = 0.0;
        let mut lines = Vec::new();
        for next in self.fonts {
            size = *next;
            let style = Style {
                mono: false,
                weight: WEIGHT,
                size,
            };
            lines = wrapped(text, width, |text| fonts.width(text, style));
            let most = (height / (LEADING * size)).floor().max(1.0) as usize;
            if lines.len() <= most {
                break;
            }
            if self.fonts.last() == Some(next) {
                lines.truncate(most);
                if let Some(last) = lines.last_mut() {
                    shorten(last, width, |text| fonts.width(text, style));
                }
            }
        }
        let baseline = |index: usize| (0.94 * size + LEADING * size * index as f64).round();
        let lines = lines.into_iter().enumerate();
        let lines = lines.map(|(index, text)| Line {
            text,
            baseline: baseline(index),
        });
        Title {
            size,
            lines: lines.collect(),
        }
    }
}

/// Breaks a text between words, and inside a word that is wider than a line.
fn wrapped(text: &str, width: f64, measure: impl Fn(&str) -> f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() {
            word.to_string()
        } else {
            format!("{line} {word}")
        };
        if measure(&longer) <= width {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for character in word.chars() {
            line.push(character);
            if measure(&line) > width && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::replace(&mut line, character.to_string()));
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Takes characters from the end until `…` fits behind the rest.
fn shorten(line: &mut String, width: f64, measure: impl Fn(&str) -> f64) {
    while measure(&format!("{line}…")) > width && line.pop().is_some() {}
    *line = format!("{}…", line.trim_end());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every character is one pixel wide.
    fn in_ten(text: &str) -> Vec<String> {
        wrapped(text, 10.0, |text| text.chars().count() as f64)
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(in_ten("one two three four"), ["one two", "three four"]);
        assert_eq!(in_ten(""), [""; 0]);
    }

    #[test]
    fn a_word_wider_than_a_line_is_broken() {
        assert_eq!(in_ten("a abcdefghijklm b"), ["a", "abcdefghij", "klm b"]);
    }

    #[test]
    fn what_does_not_fit_says_so() {
        let mut line = "one two three".to_string();
        shorten(&mut line, 8.0, |text| text.chars().count() as f64);
        assert_eq!(line, "one two…");
    }
}
