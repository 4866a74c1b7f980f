//! Which elements a selector picks, after "Selectors Level 4", as far as fonts depend on it: types, classes, ids, attributes,
//! `:root`, `:is()`, `:where()`, `:not()`, descendants and children. What depends on the reader (`:hover`), on neighbours (`+`)
//! or makes text of its own (`::before`) picks nothing here.

use super::document::Document;
use crate::css::split_at;

/// One selector: compounds from left to right, each with whether it must be the child of the one before it.
#[derive(Debug, Clone)]
pub(super) struct Selector {
    compounds: Vec<(bool, Vec<Simple>)>,
    /// Ids; classes, attributes and pseudo-classes; types.
    pub(super) specificity: (u16, u16, u16),
}

#[derive(Debug, Clone)]
enum Simple {
    Type(String),
    Class(String),
    Id(String),
    Attribute(String, Option<String>),
    Root,
    Any(Vec<Selector>),
    None(Vec<Selector>),
    /// What we can't judge, or what holds only later.
    Never,
}

/// The selectors of a list.
pub(super) fn selectors(list: &str) -> Vec<Selector> {
    split_at(list, ',')
        .into_iter()
        .map(Selector::parse)
        .collect()
}

impl Selector {
    fn parse(text: &str) -> Selector {
        let mut selector = Selector {
            compounds: Vec::new(),
            specificity: (0, 0, 0),
        };
        let spaced = spaced(text);
        let mut is_child = false;
        for part in split_at(&spaced, ' ')
            .into_iter()
            .filter(|part| !part.is_empty())
        {
            match part {
                ">" => is_child = true,
                "+" | "~" => selector.compounds.push((false, vec![Simple::Never])),
                compound => {
                    let simples = selector.compound(compound);
                    selector.compounds.push((is_child, simples));
                    is_child = false;
                }
            }
        }
        selector
    }

    /// Reads one compound and counts its specificity.
    fn compound(&mut self, text: &str) -> Vec<Simple> {
        let mut simples = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let end = end_of_simple(rest);
            let (simple, after) = rest.split_at(end);
            let (ids, classes, types) = &mut self.specificity;
            simples.push(match first {
                '.' => {
                    *classes += 1;
                    Simple::Class(simple[1..].into())
                }
                '#' => {
                    *ids += 1;
                    Simple::Id(simple[1..].into())
                }
                '[' => {
                    *classes += 1;
                    attribute(simple)
                }
                ':' => {
                    let (pseudo, counted) = pseudo(simple);
                    *ids += counted.0;
                    *classes += counted.1;
                    *types += counted.2;
                    pseudo
                }
                '*' | '&' => {
                    rest = after;
                    continue;
                }
                _ => {
                    *types += 1;
                    Simple::Type(simple.to_lowercase())
                }
            });
            rest = after;
        }
        simples
    }

    /// Whether an element is picked.
    pub(super) fn picks(&self, document: &Document, element: usize) -> bool {
        picks(&self.compounds, document, element)
    }
}

fn picks(compounds: &[(bool, Vec<Simple>)], document: &Document, element: usize) -> bool {
    let Some(((is_child, last), before)) = compounds.split_last() else {
        return true;
    };
    if !last.iter().all(|simple| simple.fits(document, element)) {
        return false;
    }
    if before.is_empty() {
        return true;
    }
    let parent = document.elements[element].parent;
    let mut around = std::iter::successors(parent, |index| document.elements[*index].parent);
    match is_child {
        true => parent.is_some_and(|parent| picks(before, document, parent)),
        false => around.any(|outer| picks(before, document, outer)),
    }
}

impl Simple {
    fn fits(&self, document: &Document, index: usize) -> bool {
        let element = &document.elements[index];
        let any = |selectors: &[Selector]| {
            selectors
                .iter()
                .any(|selector| selector.picks(document, index))
        };
        match self {
            Simple::Type(name) => element.name == *name,
            Simple::Class(class) => element.has_class(class),
            Simple::Id(id) => element.attribute("id") == Some(id),
            Simple::Attribute(name, None) => element.attribute(name).is_some(),
            Simple::Attribute(name, value) => element.attribute(name) == value.as_deref(),
            Simple::Root => element.parent.is_none(),
            Simple::Any(selectors) => any(selectors),
            Simple::None(selectors) => !any(selectors),
            Simple::Never => false,
        }
    }
}

/// Where the simple selector ends that a text begins with.
fn end_of_simple(text: &str) -> usize {
    let mut depth = 0_i32;
    for (at, letter) in text.char_indices() {
        let begins = at > 0 && depth == 0 && matches!(letter, '.' | '#' | '[' | ':');
        // `::before` is one.
        if begins && !(letter == ':' && &text[..at] == ":") {
            return at;
        }
        depth += match letter {
            '(' | '[' => 1,
            ')' | ']' => -1,
            _ => 0,
        };
        if at == 0 && matches!(letter, '*' | '&') {
            return 1;
        }
    }
    text.len()
}

fn attribute(text: &str) -> Simple {
    let inner = text.trim_matches(['[', ']']);
    match inner.split_once('=') {
        None => Simple::Attribute(inner.trim().into(), None),
        Some((name, _)) if name.ends_with(['^', '$', '*', '~', '|']) => Simple::Never,
        Some((name, value)) => {
            let value = value.trim().trim_matches(['"', '\'']);
            Simple::Attribute(name.trim().into(), Some(value.into()))
        }
    }
}

/// A pseudo-class, and what it adds to the specificity.
fn pseudo(text: &str) -> (Simple, (u16, u16, u16)) {
    let of = |function: &str| crate::css::arguments(text, function).map(selectors);
    let counted = |selectors: &[Selector]| {
        let counts = selectors.iter().map(|selector| selector.specificity);
        counts.max().unwrap_or_default()
    };
    if text == ":root" {
        return (Simple::Root, (0, 1, 0));
    }
    if let Some(inner) = of(":where") {
        return (Simple::Any(inner), (0, 0, 0));
    }
    if let Some(inner) = of(":is") {
        let counted = counted(&inner);
        return (Simple::Any(inner), counted);
    }
    if let Some(inner) = of(":not") {
        let counted = counted(&inner);
        return (Simple::None(inner), counted);
    }
    (Simple::Never, (0, 1, 0))
}

/// The text with spaces around combinators outside brackets, and with spaces for other white space.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut depth = 0_i32;
    for letter in text.chars() {
        depth += match letter {
            '(' | '[' => 1,
            ')' | ']' => -1,
            _ => 0,
        };
        match letter {
            '>' | '+' | '~' if depth == 0 => out.extend([' ', letter, ' ']),
            letter if letter.is_whitespace() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts of the elements that a selector picks.
    fn picked(selector: &str) -> String {
        let html = "<main id=m><p class=\"a b\">1</p><div><p data-x=\"y\">2</p><code>3</code></div></main><pre><code>4</code></pre>";
        let document = Document::parse(html);
        let selectors = selectors(selector);
        let texts = document.texts.iter().filter(|(element, _)| {
            selectors
                .iter()
                .any(|selector| selector.picks(&document, *element))
        });
        texts.map(|(_, text)| text.as_str()).collect()
    }

    #[test]
    fn elements_are_picked() {
        assert_eq!(picked("p"), "12");
        assert_eq!(picked("p.a.b, #m > p"), "1");
        assert_eq!(picked("main p"), "12");
        assert_eq!(picked("main>p"), "1");
        assert_eq!(picked("main :not(pre, .a)"), "23");
        assert_eq!(picked("main :not(pre) > code"), "3");
        assert_eq!(picked(":is(p, code):not([data-x=\"y\"])"), "134");
        assert_eq!(picked("[data-x]"), "2");
        assert_eq!(picked(":root code"), "34");
        assert_eq!(picked("p::before, p:hover, p + div p, p:first-child"), "");
    }

    #[test]
    fn specificity_is_counted() {
        let of = |text: &str| selectors(text)[0].specificity;
        assert_eq!(of("main #a .b[c] p:not(.d)"), (1, 3, 2));
        assert_eq!(of(":where(.a) *"), (0, 0, 0));
    }
}
