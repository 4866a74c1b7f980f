//! Contrast of the theme's colours: text needs 4.5:1 on what it stands on, in both themes.
//!
//! Formula and limit: WCAG 2.2, "contrast ratio" and "relative luminance" (section 6, Glossary) and success criterion 1.4.3,
//! <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>. The threshold 0.04045 is that of IEC 61966-2-1 (sRGB), which the
//! standard's own note gives for its older 0.03928; no colour of eight bits lies between them.

use std::collections::{BTreeSet, HashMap};

use csscolorparser::Color;

use super::css::{arguments, rules, split_at, without_comments};
use crate::problem::Problem;
use crate::theme::Theme;

/// Text smaller than 24 px (18.66 px if bold).
const RATIO_MIN: f32 = 4.5;

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

/// A variable may name another one; more steps than this are a circle.
const STEPS_MAX: usize = 16;

/// The two faces of a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Light,
    Dark,
}

impl Scheme {
    fn name(self) -> &'static str {
        match self {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        }
    }
}

/// A token as it is written.
#[derive(Clone, Copy)]
struct Token<'a> {
    value: &'a str,
    line: usize,
}

/// Why a token has no colour.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Unreadable {
    line: Option<usize>,
    message: String,
}

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
            for text in texts.iter().filter(|text| !tokens.is_another(text)) {
                match tokens.on(text, surfaces) {
                    Ok(found) => low.extend(found),
                    Err(wrong) => unreadable.extend(wrong),
                }
            }
        }
    }
    (unreadable, low)
}

/// The tokens that hold in one scheme.
struct Tokens<'a> {
    values: HashMap<&'a str, Token<'a>>,
    scheme: Scheme,
}

impl<'a> Tokens<'a> {
    /// Reads what is set for the whole page. What is set for one scheme alone goes before what is set for both, as its
    /// selector is the narrower one; otherwise the last word counts.
    fn of(css: &'a str, scheme: Scheme) -> Tokens<'a> {
        let mut values = HashMap::new();
        let rules = rules(css);
        for narrow in [false, true] {
            for rule in &rules {
                let (schemes, is_narrow) = holds_in(&rule.conditions, rule.selector);
                if is_narrow != narrow || !schemes.contains(&scheme) {
                    continue;
                }
                for set in rule
                    .declarations
                    .iter()
                    .filter(|set| set.name.starts_with("--"))
                {
                    let (value, line) = (set.value, set.line);
                    values.insert(set.name, Token { value, line });
                }
            }
        }
        Tokens { values, scheme }
    }

    /// The surfaces on which a text's contrast is too low, as one message; or what could not be read.
    fn on(&self, text: &str, surfaces: &[&str]) -> Result<Option<Located>, Vec<Unreadable>> {
        let colour = self.colour(text).map_err(|wrong| vec![wrong])?;
        let mut wrong = Vec::new();
        let mut low: Vec<(f32, &str, bool)> = Vec::new();
        for surface in surfaces {
            let under = match self.colour(surface) {
                Ok(under) if under.a >= 1.0 => under,
                Ok(_) => {
                    let message = format!(
                        "`{surface}` is translucent: text stands on it, so give it a full colour"
                    );
                    let line = self.line(surface);
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
            self.scheme.name(),
        );
        Ok(Some((self.line(text), message)))
    }

    /// Whether a token only names another text: what is wrong with that one is said there.
    fn is_another(&self, name: &str) -> bool {
        let token = self.values.get(name);
        let named = token.and_then(|token| arguments(token.value, "var"));
        named.is_some_and(|named| TEXT.contains(&named.trim()))
    }

    fn line(&self, name: &str) -> Option<usize> {
        self.values.get(name).map(|token| token.line)
    }

    /// The colour of a token.
    fn colour(&self, name: &str) -> Result<Color, Unreadable> {
        let Some(token) = self.values.get(name) else {
            let message = format!(
                "`{name}` is missing: add it to `:root`, as in `{name}: light-dark(#1f1c18, #e9e4db);`"
            );
            return Err(Unreadable {
                line: None,
                message,
            });
        };
        self.value(token.value, STEPS_MAX).map_err(|reason| Unreadable {
            line: Some(token.line),
            message: format!(
                "`{name}: {}` is no colour that labbook can read ({reason}): write one as in `#1f1c18`, `rgb(31 28 24)`, `light-dark(#1f1c18, #e9e4db)` or `var(--ink)`",
                token.value
            ),
        })
    }

    fn value(&self, value: &str, steps: usize) -> Result<Color, String> {
        let further = steps
            .checked_sub(1)
            .ok_or("variables name each other in a circle")?;
        if let Some(inner) = arguments(value, "light-dark") {
            let parts = split_at(inner, ',');
            let [light, dark] = parts[..] else {
                return Err("`light-dark()` has two colours".into());
            };
            let picked = if self.scheme == Scheme::Light {
                light
            } else {
                dark
            };
            return self.value(picked, further);
        }
        if let Some(inner) = arguments(value, "var") {
            let (name, fallback) = inner
                .split_once(',')
                .map_or((inner, None), |(name, fallback)| (name, Some(fallback)));
            return match (self.values.get(name.trim()), fallback) {
                (Some(token), _) => self.value(token.value, further),
                (None, Some(fallback)) => self.value(fallback, further),
                (None, None) => Err(format!("there is no `{}`", name.trim())),
            };
        }
        csscolorparser::parse(value.trim()).map_err(|error| error.to_string())
    }
}

/// The schemes in which a rule sets tokens for the whole page, and whether it is for one of them alone.
fn holds_in(conditions: &[&str], selector: &str) -> (Vec<Scheme>, bool) {
    let both = vec![Scheme::Light, Scheme::Dark];
    let is_root =
        |part: &&str| part.starts_with(":root") || part.starts_with("html") || *part == "*";
    if conditions
        .iter()
        .any(|condition| condition.contains("print"))
        || !split_at(selector, ',').iter().any(is_root)
    {
        return (Vec::new(), false);
    }
    let whole: String = conditions.concat() + selector;
    let names = |scheme: &str| {
        let preferred = whole.contains("prefers-color-scheme") && whole.contains(scheme);
        preferred || selector.contains(&format!("theme=\"{scheme}\""))
    };
    match (names("light"), names("dark")) {
        (true, false) => (vec![Scheme::Light], true),
        (false, true) => (vec![Scheme::Dark], true),
        _ => (both, false),
    }
}

/// A colour as it shows on another one that is not translucent.
fn laid_over(colour: &Color, under: &Color) -> Color {
    let mixed = |over: f32, under: f32| over * colour.a + under * (1.0 - colour.a);
    Color::new(
        mixed(colour.r, under.r),
        mixed(colour.g, under.g),
        mixed(colour.b, under.b),
        1.0,
    )
}

/// The contrast of two colours, from 1 to 21.
fn ratio(one: &Color, other: &Color) -> f32 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance, from 0 (black) to 1 (white).
fn luminance(colour: &Color) -> f32 {
    let linear = |channel: f32| {
        let channel = channel.clamp(0.0, 1.0);
        if channel <= 0.04045 {
            channel / 12.92
        } else {
            ((channel + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b)
}

/// Cut after two digits: 4.499 is not 4.50.
fn shown(ratio: f32) -> String {
    format!("{:.2}", (ratio * 100.0).floor() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(css: &str) -> Color {
        csscolorparser::parse(css).expect("it is one")
    }

    #[test]
    fn ratios_are_those_of_the_standard() {
        // Black on white is 21, a colour on itself 1; #777 on white is known to be just too low.
        let of = |one, other| shown(ratio(&colour(one), &colour(other)));
        assert_eq!(of("#000", "#fff"), "21.00");
        assert_eq!(of("#abc", "#abc"), "1.00");
        assert_eq!(of("#777", "#fff"), "4.47");
        assert_eq!(of("#767676", "#fff"), "4.54");
    }

    #[test]
    fn a_translucent_text_counts_as_it_shows() {
        let over = laid_over(&colour("rgb(0 0 0 / 50%)"), &colour("#fff"));
        assert_eq!(shown(ratio(&over, &colour("#fff"))), "3.97");
    }

    #[test]
    fn a_scheme_may_be_set_apart() {
        let css = ":root { --a: #111; --b: var(--a) } @media (prefers-color-scheme: dark) { :root { --a: #222 } } p { --a: #333 } @media print { :root { --a: #444 } }";
        let read = |scheme| {
            Tokens::of(css, scheme)
                .colour("--b")
                .map(|colour| colour.to_css_hex())
        };
        assert_eq!(read(Scheme::Light), Ok("#111111".into()));
        assert_eq!(read(Scheme::Dark), Ok("#222222".into()));
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let read = |css: &str| {
            let wrong = Tokens::of(css, Scheme::Dark)
                .colour("--a")
                .expect_err("no colour");
            (wrong.line, wrong.message)
        };
        let (line, message) = read(":root {\n --a: color-mix(in srgb, red, blue);\n}");
        assert!(
            line == Some(2) && message.contains("color-mix"),
            "{message}"
        );
        assert!(
            read(":root { --a: var(--b); --b: var(--a) }")
                .1
                .contains("circle")
        );
        assert!(
            read(":root { --a: var(--c) }")
                .1
                .contains("there is no `--c`")
        );
        assert_eq!(read(":root { }").0, None);
    }
}
