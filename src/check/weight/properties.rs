//! Which declarations say something of fonts, and when.

use crate::css::split_at;

/// What decides in which font a text is set, or whether it is shown at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Property {
    Family,
    Style,
    Weight,
    Display,
}

/// Whether what stands in an at-rule holds on a wide, light screen before anybody did anything.
pub(super) fn applies(condition: &str) -> bool {
    let Some(media) = condition.strip_prefix("@media") else {
        return condition.starts_with("@layer") || condition.starts_with("@supports");
    };
    let narrower = [
        "print",
        "max-width",
        "width <",
        "prefers-",
        "forced-colors",
        "hover",
        "pointer",
    ];
    !narrower.iter().any(|word| media.contains(word))
}

/// The properties that a declaration sets.
pub(super) fn properties(name: &str, value: &str) -> Vec<(Property, String)> {
    match name {
        "font-family" => vec![(Property::Family, value.into())],
        "font-style" => vec![(Property::Style, value.into())],
        "font-weight" => vec![(Property::Weight, value.into())],
        "display" => vec![(Property::Display, value.into())],
        "font" => shorthand(value),
        _ => Vec::new(),
    }
}

/// `font: italic 600 1rem/1.5 var(--sans)`: what is not named is normal; the families follow the size.
fn shorthand(value: &str) -> Vec<(Property, String)> {
    if matches!(value, "inherit" | "unset") {
        let all = [Property::Family, Property::Style, Property::Weight];
        return all.map(|property| (property, value.to_string())).into();
    }
    let is_size = |part: &&str| {
        let first = part.chars().next().unwrap_or_default();
        let is_number = part.parse::<u16>().is_ok();
        (first.is_ascii_digit() || first == '.' || part.contains('(')) && !is_number
    };
    let parts = split_at(value, ' ');
    let size = parts.iter().position(is_size);
    let (before, families) = match size {
        Some(size) => (&parts[..size], parts[size + 1..].join(" ")),
        None => (&parts[..], String::new()),
    };
    let style = before
        .iter()
        .find(|part| matches!(**part, "italic" | "oblique"));
    let given = before
        .iter()
        .find(|part| weight(part).is_some() && **part != "normal");
    vec![
        (Property::Style, style.unwrap_or(&"normal").to_string()),
        (Property::Weight, given.unwrap_or(&"normal").to_string()),
        (Property::Family, families),
    ]
}

pub(super) fn weight(value: &str) -> Option<u16> {
    match value {
        "normal" => Some(400),
        "bold" | "bolder" => Some(700),
        "lighter" => Some(300),
        number => number.parse().ok(),
    }
}
