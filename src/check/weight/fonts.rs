//! Which font files a page loads.
//!
//! A browser fetches a file of `@font-face` when text that is laid out has the family, and the face is the one that fits the
//! text's style and weight, and its `unicode-range` holds one of the text's characters (CSS Fonts Level 4, 4.5 and 5.2). To
//! know that, the sheets' rules for `font`, `font-family`, `font-style`, `font-weight` and `display` are applied to the page as
//! on a wide screen, light, with nothing hovered and every `<details>` as it is written. Not looked at: text of `::before`,
//! and fonts that the reader may have installed.

use std::collections::{BTreeSet, HashMap};

use super::document::Document;
use super::face::Face;
use super::properties::{Property, applies, properties, weight};
use super::selectors::{Selector, selectors};
use crate::css::{Rule, rules, split_at};

/// What the sheets of a page say of fonts.
pub(super) struct Fonts {
    faces: Vec<Face>,
    /// Rules that set one of the properties, in order.
    styles: Vec<Style>,
    /// Variables that are set for the whole page.
    variables: HashMap<String, String>,
}

struct Style {
    selectors: Vec<Selector>,
    /// Property to value; `font` is taken apart already.
    sets: Vec<(Property, String)>,
}

/// What an element's text is set in.
#[derive(Clone)]
struct Set {
    families: String,
    is_italic: bool,
    weight: u16,
    is_shown: bool,
}

impl Fonts {
    /// Reads style sheets without comments, each with its path in the site.
    pub(super) fn of(sheets: &[(String, String)]) -> Fonts {
        let mut fonts = Fonts {
            faces: Vec::new(),
            styles: Vec::new(),
            variables: HashMap::new(),
        };
        for (path, css) in sheets {
            for rule in rules(css) {
                if rule.selector == "@font-face" {
                    fonts.faces.extend(Face::of(&rule, path));
                } else if rule.conditions.iter().all(|condition| applies(condition)) {
                    fonts.add(&rule);
                }
            }
        }
        fonts
    }

    fn add(&mut self, rule: &Rule) {
        if rule.selector.starts_with(":root") {
            let variables = rule
                .declarations
                .iter()
                .filter(|set| set.name.starts_with("--"));
            self.variables
                .extend(variables.map(|set| (set.name.to_string(), set.value.to_string())));
        }
        let sets: Vec<_> = rule
            .declarations
            .iter()
            .flat_map(|set| properties(set.name, set.value))
            .collect();
        if !sets.is_empty() {
            self.styles.push(Style {
                selectors: selectors(rule.selector),
                sets,
            });
        }
    }

    /// Paths of the font files that a page loads.
    pub(super) fn loaded(&self, document: &Document) -> BTreeSet<&str> {
        let mut set: Vec<Set> = Vec::with_capacity(document.elements.len());
        for index in 0..document.elements.len() {
            let element = self.element(document, index, &set);
            set.push(element);
        }
        let mut loaded = BTreeSet::new();
        for (element, text) in &document.texts {
            let set = &set[*element];
            if set.is_shown && !text.trim().is_empty() {
                self.text(text, set, &mut loaded);
            }
        }
        loaded
    }

    /// The style of an element, whose parent's is known.
    fn element(&self, document: &Document, index: usize, known: &[Set]) -> Set {
        let element = &document.elements[index];
        let mut set = element.parent.map_or(
            Set {
                families: "serif".into(),
                is_italic: false,
                weight: 400,
                is_shown: true,
            },
            |parent| known[parent].clone(),
        );
        by_browser(document, index, &mut set);
        for property in [
            Property::Family,
            Property::Style,
            Property::Weight,
            Property::Display,
        ] {
            let Some(value) = self.value(document, index, property) else {
                continue;
            };
            match (property, value) {
                (_, "inherit" | "unset") => {
                    if let Some(parent) = element.parent {
                        set.inherit(property, &known[parent]);
                    }
                }
                (Property::Family, value) => set.families = self.resolved(value, 8),
                (Property::Style, value) => set.is_italic = value != "normal",
                (Property::Weight, value) => set.weight = weight(value).unwrap_or(set.weight),
                (Property::Display, value) => set.is_shown &= value != "none",
            }
        }
        set
    }

    /// The value that wins: the most specific, of these the last.
    fn value(&self, document: &Document, index: usize, property: Property) -> Option<&str> {
        let mut best: Option<((u16, u16, u16), &str)> = None;
        for style in &self.styles {
            let Some((_, value)) = style.sets.iter().rfind(|(set, _)| *set == property) else {
                continue;
            };
            let picking = style
                .selectors
                .iter()
                .filter(|selector| selector.picks(document, index));
            let specificity = picking.map(|selector| selector.specificity).max();
            if let Some(specificity) =
                specificity.filter(|given| best.is_none_or(|(best, _)| *given >= best))
            {
                best = Some((specificity, value));
            }
        }
        best.map(|(_, value)| value)
    }

    /// A value with its variables replaced.
    fn resolved(&self, value: &str, steps: usize) -> String {
        let Some((before, rest)) = value.split_once("var(") else {
            return value.to_string();
        };
        let (inner, after) = rest.split_once(')').unwrap_or((rest, ""));
        let name = inner.split(',').next().unwrap_or_default().trim();
        let known = self.variables.get(name).map_or("", String::as_str);
        match steps {
            0 => String::new(),
            _ => self.resolved(&format!("{before}{known}{after}"), steps - 1),
        }
    }

    /// Adds the files that a text needs: of each of its families that a sheet declares, in turn, until no character is left.
    fn text<'f>(&'f self, text: &str, set: &Set, loaded: &mut BTreeSet<&'f str>) {
        let mut left: Vec<u32> = text
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .map(u32::from)
            .collect();
        for family in split_at(&set.families, ',') {
            let family = family.trim_matches(['"', '\'']).to_lowercase();
            let faces = self.faces.iter().filter(|face| face.family == family);
            let Some(fitting) = faces
                .clone()
                .map(|face| face.distance((set.is_italic, set.weight)))
                .min()
            else {
                continue;
            };
            for face in faces.filter(|face| face.distance((set.is_italic, set.weight)) == fitting) {
                let before = left.len();
                left.retain(|letter| !face.holds(*letter));
                if left.len() < before {
                    loaded.insert(&face.file);
                }
            }
        }
    }
}

impl Set {
    fn inherit(&mut self, property: Property, parent: &Set) {
        match property {
            Property::Family => self.families.clone_from(&parent.families),
            Property::Style => self.is_italic = parent.is_italic,
            Property::Weight => self.weight = parent.weight,
            Property::Display => {}
        }
    }
}

/// What browsers do to an element by themselves (HTML Standard, 15.3, Rendering).
fn by_browser(document: &Document, index: usize, set: &mut Set) {
    let element = &document.elements[index];
    let is_closed = |name: &str| element.name == name && element.attribute("open").is_none();
    match element.name.as_str() {
        "em" | "i" | "cite" | "dfn" | "var" | "address" => set.is_italic = true,
        "b" | "strong" | "th" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => set.weight = 700,
        "code" | "kbd" | "samp" | "pre" | "tt" => set.families = "monospace".into(),
        "math" => set.families = "math".into(),
        "button" | "input" | "select" | "textarea" => set.families = "system-ui".into(),
        "head" | "script" | "style" | "template" | "noscript" | "desc" | "title" => {
            set.is_shown = false;
        }
        _ => {}
    }
    let folded = element.parent.is_some_and(|parent| {
        let around = &document.elements[parent];
        around.name == "details" && around.attribute("open").is_none() && element.name != "summary"
    });
    if folded
        || is_closed("dialog")
        || element.attribute("hidden").is_some()
        || element.attribute("popover").is_some()
    {
        set.is_shown = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = ":root { --text: \"Text\", serif; --mono: Mono, monospace; }
        @font-face { font-family: \"Text\"; font-weight: 400 700; src: url(\"text.woff2\") format(\"woff2\"); unicode-range: U+0-FF; }
        @font-face { font-family: \"Text\"; font-weight: 400 700; src: url(text-more.woff2); unicode-range: U+1??, U+2000; }
        @font-face { font-family: \"Text\"; font-style: italic; src: url(text-italic.woff2); }
        @font-face { font-family: Mono; src: url(../mono.woff2); }
        @font-face { font-family: Other; src: url(other.woff2); }
        body { font: 1rem/1.5 var(--text); }
        code { font-family: var(--mono); }
        .other { font: 600 clamp(1rem, 2vw, 2rem)/1 Other; }
        .gone { display: none; }
        @media print { p { font-family: Other; } }";

    fn loaded(html: &str) -> String {
        let fonts = Fonts::of(&[("labbook/style.css".into(), SHEET.into())]);
        let document = Document::parse(&format!("<title>Ā</title><body>{html}"));
        let files: Vec<String> = fonts
            .loaded(&document)
            .into_iter()
            .map(|file| file.replace(".woff2", ""))
            .collect();
        files.join(" ")
    }

    #[test]
    fn a_file_is_loaded_for_text_that_needs_it() {
        assert_eq!(loaded("<p>a <b>b</b>"), "labbook/text");
        assert_eq!(loaded("<p>aĀ"), "labbook/text-more labbook/text");
        assert_eq!(
            loaded("<p>a <em>b</em>"),
            "labbook/text-italic labbook/text"
        );
        assert_eq!(loaded("<pre><code>a</code></pre>"), "mono");
        assert_eq!(loaded("<div class=other><p>a</p></div>"), "labbook/other");
        assert_eq!(
            loaded("<p class=gone>a</p><details><summary>b</summary><code>c</code></details>"),
            "labbook/text"
        );
        assert_eq!(
            loaded("<details open><summary>b</summary><code>c</code></details>"),
            "labbook/text mono"
        );
    }
}
