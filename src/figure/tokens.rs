//! The colours of a figure: the theme's tokens, and nothing else.
//!
//! A picture says what a thing *is* (`hot`, `wait`, `ok`), never how it looks, so that it is right
//! in both themes.

/// Names of the tokens, as an author writes them in Pikchr and as they stand in the classes
/// `f-NAME` and `s-NAME`.
pub const TOKENS: [&str; 11] = [
    "bg", "card", "ink", "muted", "rule", "pipe", "flow", "wait", "hot", "ok", "fail",
];

/// The first of the colours that stand for the tokens while Pikchr draws: one that nobody would
/// choose.
const FIRST_SENTINEL: u32 = 0x7b_3d_01;

/// The tokens with the colour that stands for each of them while Pikchr draws.
pub(super) fn sentinels() -> impl Iterator<Item = (&'static str, u32)> {
    TOKENS.into_iter().zip(FIRST_SENTINEL..)
}

/// The token that a colour in Pikchr's output stands for.
pub(super) fn token_of(colour: u32) -> Option<&'static str> {
    sentinels()
        .find(|(_, sentinel)| *sentinel == colour)
        .map(|(name, _)| name)
}

/// All names, for messages.
pub(super) fn names() -> String {
    TOKENS.join(", ")
}

/// Whether a class of an author's SVG is one that the theme's style sheet knows.
pub(super) fn is_known_class(class: &str) -> bool {
    let token = class
        .strip_prefix("f-")
        .or_else(|| class.strip_prefix("s-"));
    match token {
        Some(name) => TOKENS.contains(&name),
        None => matches!(class, "label" | "mono"),
    }
}
