//! The tokens of the theme as plain colours, for what knows no custom properties: pictures, books for e-readers, manifests.

use std::collections::BTreeMap;

use regex::{Captures, Regex};

use super::Theme;

/// Token name without `--` to its colour, as CSS writes it: `bg` to `#fbf8f2`.
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
    let token =
        Regex::new(r"--([\w-]+):\s*(?:light-dark\(([^,]+),\s*([^)]+)\)|var\(--([\w-]+)\)|(#\w+));")
            .expect("the pattern is constant");
    let mut palette = Palette::default();
    for found in token.captures_iter(css) {
        let name = found[1].to_string();
        let group = |index| {
            found
                .get(index)
                .map(|value| value.as_str().trim().to_string())
        };
        let other = |colours: &Colours| group(4).and_then(|other| colours.get(&other).cloned());
        let light = group(2).or(group(5)).or(other(&palette.light));
        let dark = group(3).or(group(5)).or(other(&palette.dark));
        palette
            .light
            .extend(light.map(|colour| (name.clone(), colour)));
        palette.dark.extend(dark.map(|colour| (name, colour)));
    }
    palette
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
            "--bg: light-dark(#fff, #000);\n--meta: var(--bg);\n--dot: #123456;\n--serif: Georgia, serif;",
        );
        assert_eq!(palette.light["bg"], "#fff");
        assert_eq!(palette.dark["meta"], "#000");
        assert_eq!(palette.dark["dot"], "#123456");
        assert!(!palette.light.contains_key("serif"));
        let css = with_colours("p { color: var(--bg); font: var(--serif); }", &palette.dark);
        assert_eq!(css, "p { color: #000; font: var(--serif); }");
    }
}
