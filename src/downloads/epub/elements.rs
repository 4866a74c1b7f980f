//! Which elements and attributes of HTML a book for e-readers may hold: those of the HTML standard that need no script, no
//! server and no typing reader. Obsolete ones become what they mean.

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Treatment {
    /// Stays, under this name.
    Keep(&'static str),
    /// Goes; what is in it stays.
    Unwrap,
    /// Goes with what is in it.
    Drop,
}
use Treatment::{Drop, Keep, Unwrap};

/// Elements that stay as they are.
const KEPT: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// What only a browser on the web can use.
const DROPPED: &[&str] = &[
    "script", "style", "template", "link", "meta", "base", "title", "head", "button", "select",
    "textarea", "option", "optgroup", "datalist", "param", "source", "track", "map", "area",
    "frame",
];

/// What becomes of an HTML element with these classes.
pub(super) fn treatment(name: &str, class: &str) -> Treatment {
    let has = |word: &str| class.split_ascii_whitespace().any(|each| each == word);
    // A line that the author hid; the field of a question; what a live figure is driven with.
    if has("boring") || (name == "label" && has("short")) || has("figure-controls") {
        return Drop;
    }
    // A heading's link to itself.
    if name == "a" && has("header") {
        return Unwrap;
    }
    if let Some(name) = KEPT.iter().find(|kept| **kept == name) {
        return Keep(name);
    }
    match name {
        "label" if has("choice") => Keep("div"),
        "fieldset" | "legend" | "main" | "nav" | "hgroup" | "dialog" | "center" => Keep("div"),
        "label" | "font" | "big" | "blink" | "nobr" => Keep("span"),
        "menu" | "dir" => Keep("ul"),
        "tt" => Keep("code"),
        "strike" => Keep("s"),
        "acronym" => Keep("abbr"),
        _ if DROPPED.contains(&name) => Drop,
        _ => Unwrap,
    }
}

/// Whether an HTML element never has an end tag.
pub(super) fn is_void(name: &str) -> bool {
    matches!(name, "br" | "hr" | "img" | "col" | "wbr")
}

/// Whether an attribute of an HTML element stays; addresses are another matter.
pub(super) fn keeps(element: &str, attribute: &str, value: &str) -> bool {
    let is_number = || !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    match attribute {
        "class" | "title" | "aria-hidden" | "data-line" => true,
        "id" => !value.is_empty() && !value.contains(char::is_whitespace),
        "dir" if !matches!(element, "pre" | "code") => matches!(value, "ltr" | "rtl" | "auto"),
        "start" => element == "ol" && value.parse::<i32>().is_ok(),
        "reversed" => element == "ol",
        "value" => element == "data" || element == "li" && value.parse::<i32>().is_ok(),
        "colspan" | "rowspan" => matches!(element, "td" | "th") && is_number() && value != "0",
        "scope" => element == "th" && matches!(value, "row" | "col" | "rowgroup" | "colgroup"),
        "span" => matches!(element, "col" | "colgroup") && is_number() && value != "0",
        "width" | "height" => element == "img" && is_number(),
        "alt" => element == "img",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_a_browser_goes() {
        assert_eq!(treatment("script", ""), Drop);
        assert_eq!(treatment("span", "boring hl-k"), Drop);
        assert_eq!(treatment("form", "figure-controls"), Drop);
        assert_eq!(treatment("a", "header"), Unwrap);
        assert_eq!(treatment("my-element", ""), Unwrap);
        assert_eq!(treatment("fieldset", "question"), Keep("div"));
        assert_eq!(treatment("pre", ""), Keep("pre"));
    }

    #[test]
    fn obsolete_attributes_go() {
        assert!(keeps("img", "width", "30") && !keeps("img", "width", "30%"));
        assert!(!keeps("td", "width", "30") && !keeps("p", "onclick", "x()"));
    }
}
