//! The colours that tokens.css gives to its variables, in the light and in the dark theme.

use std::collections::HashMap;

use csscolorparser::Color;

use crate::css::{arguments, rules, split_at};

/// A variable may name another one; more steps than this are a circle.
const STEPS_MAX: usize = 16;

/// The two faces of a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    Light,
    Dark,
}

impl Scheme {
    pub(crate) fn name(self) -> &'static str {
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
pub(crate) struct Unreadable {
    pub(crate) line: Option<usize>,
    pub(crate) message: String,
}

/// The tokens that hold in one scheme.
pub(crate) struct Tokens<'a> {
    values: HashMap<&'a str, Token<'a>>,
    pub(crate) scheme: Scheme,
}

impl<'a> Tokens<'a> {
    /// Reads what is set for the whole page. What is set for one scheme alone goes before what is set for both, as its
    /// selector is the narrower one; otherwise the last word counts.
    pub(crate) fn of(css: &'a str, scheme: Scheme) -> Tokens<'a> {
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

    /// The text that a token only gives another name: `var(--ink)`.
    pub(crate) fn renamed(&self, name: &str) -> Option<&str> {
        let token = self.values.get(name)?;
        arguments(token.value, "var").map(str::trim)
    }

    /// The names of all tokens, with their `--`.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.values.keys().copied()
    }

    pub(crate) fn line(&self, name: &str) -> Option<usize> {
        self.values.get(name).map(|token| token.line)
    }

    /// The colour of a token.
    pub(crate) fn colour(&self, name: &str) -> Result<Color, Unreadable> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_may_be_set_apart() {
        let css = ":root { --a: #111; --b: var(--a) } @media (prefers-color-scheme: dark) { :root { --a: #222 } } p { --a: #333 } @media print { :root { --a: #444 } }";
        let read = |scheme| {
            let colour = Tokens::of(css, scheme).colour("--b");
            colour.map(|colour| colour.to_css_hex().to_string())
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
