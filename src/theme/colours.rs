//! The tokens of the theme as plain colours, for what knows no custom properties: pictures, books for e-readers, manifests.

use std::collections::BTreeMap;

use regex::{Captures, Regex};

use super::{Scheme, Theme, Tokens};
use crate::css::without_comments;

/// Token name without `--` to its colour, as hexadecimal digits: `bg` to `#fbf8f2`.
pub type Colours = BTreeMap<String, String>;

/// The colours of both themes.
#[derive(Debug, Default, Clone)]
pub struct Palette {
    /// On paper and by day.
    pub light: Colours,
    /// By night.
    pub dark: Colours,
}

impl Theme {
    /// The colours that tokens.css gives; a token that another one stands for has that one's colour.
    pub fn palette(&self) -> Palette {
        let text = self.file("tokens.css").unwrap_or_default();
        palette(&String::from_utf8_lossy(text))
    }
}

fn palette(css: &str) -> Palette {
    let css = without_comments(css);
    let colours = |scheme| {
        let tokens = Tokens::of(&css, scheme);
        let colour = |name: &str| {
            let colour = tokens.colour(name).ok()?;
            let name = name.trim_start_matches('-');
            Some((name.to_string(), colour.to_css_hex().to_string()))
        };
        tokens.names().filter_map(colour).collect()
    };
    Palette {
        light: colours(Scheme::Light),
        dark: colours(Scheme::Dark),
    }
}

/// A style sheet with colours in the place of `var(--TOKEN)`; a token that is no colour stays.
pub fn with_colours(css: &str, colours: &Colours) -> String {
    let variable = Regex::new(r"var\(--([\w-]+)\)").expect("the pattern is constant");
    let colour = |found: &Captures| {
        colours
            .get(&found[1])
            .unwrap_or(&found[0].to_string())
            .clone()
    };
    variable.replace_all(css, colour).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_read_for_both_themes() {
        let palette = palette(
            ":root { --bg: light-dark(#fff, #000); /* --ink: red; */ --meta: var(--bg); --dot: #123456; --serif: Georgia, serif; }",
        );
        assert_eq!(palette.light["bg"], "#ffffff");
        assert_eq!(palette.dark["meta"], "#000000");
        assert_eq!(palette.dark["dot"], "#123456");
        assert!(!palette.light.contains_key("serif") && !palette.light.contains_key("ink"));
        let css = with_colours("p { color: var(--bg); font: var(--serif); }", &palette.dark);
        assert_eq!(css, "p { color: #000000; font: var(--serif); }");
    }
}
