//! Colours in a Pikchr source that are not tokens, found where the author wrote them.
//!
//! Pikchr's output has no line numbers, so direct uses (`color red`, `fill 0xff0000`) are found in
//! the source, and computed ones by drawing ever longer parts of it.

use super::class_rewrite::Fault;
use super::{FigureError, tokens};

/// A word, number or sign of the source, without comments and strings.
struct Token<'a> {
    text: &'a str,
    line: usize,
}

/// Refuses colours that are not tokens, where `color` or `fill` name them directly.
pub(super) fn check(source: &str) -> Result<(), FigureError> {
    let tokens = tokenise(source);
    let assigned: Vec<&str> = tokens
        .windows(2)
        .filter(|pair| pair[1].text == "=")
        .map(|pair| pair[0].text)
        .collect();
    for (index, token) in tokens.iter().enumerate() {
        let is_property = index > 0 && tokens[index - 1].text == ".";
        if !matches!(token.text, "color" | "fill" | "fgcolor" | "bgcolor") || is_property {
            continue;
        }
        let after = &tokens[index + 1..];
        let after = match after {
            [equals, rest @ ..] if equals.text == "=" => rest,
            all => all,
        };
        let Some(colour) = after.first() else {
            continue;
        };
        let is_property = after.get(1).is_some_and(|next| next.text == ".");
        if !is_property && is_foreign(colour.text, &assigned) {
            let fault = Fault::Colour(colour.text.to_owned());
            return Err(FigureError::new(colour.line, fault.to_string()));
        }
    }
    Ok(())
}

/// Whether this word or number after `color` or `fill` is a colour, but not one of ours.
fn is_foreign(word: &str, assigned: &[&str]) -> bool {
    let is_none = word.eq_ignore_ascii_case("none") || word.eq_ignore_ascii_case("off");
    let is_number = word.starts_with(|first: char| first.is_ascii_digit());
    let is_name = word.starts_with(|first: char| first.is_ascii_alphabetic());
    let is_ours = tokens::TOKENS.contains(&word) || assigned.contains(&word) || is_none;
    // An object's property (`A.color`) or a function call is computed: its result is checked in the
    // picture.
    let is_function = matches!(
        word,
        "abs" | "cos" | "int" | "max" | "min" | "sin" | "sqrt" | "dist"
    );
    let is_object = matches!(word, "last" | "previous" | "color" | "fill" | "this");
    is_number || (is_name && !is_ours && !is_function && !is_object)
}

/// The line at whose end the fault first shows, when the source is drawn up to there.
pub(super) fn line_of_fault(source: &str, fault: &Fault, shows: impl Fn(&str) -> bool) -> usize {
    if let Fault::Entity(name) = fault {
        let found = source
            .lines()
            .position(|line| line.contains(&format!("&{name};")));
        return found.map_or(1, |index| index + 1);
    }
    let ends = source
        .match_indices('\n')
        .map(|(at, _)| at)
        .chain([source.len()]);
    ends.enumerate()
        .find(|(_, end)| shows(&source[..*end]))
        .map_or(1, |(index, _)| index + 1)
}

/// The first line that holds this word outside strings and comments.
pub(super) fn line_of_word(source: &str, word: &str) -> Option<usize> {
    let tokens = tokenise(source);
    tokens
        .iter()
        .find(|token| token.text == word)
        .map(|token| token.line)
}

/// The source's words, numbers and signs.
fn tokenise(source: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = source;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let length = token_length(rest, first);
        let (text, after) = rest.split_at(length);
        let is_comment = first == '#' || text.starts_with("//") || text.starts_with("/*");
        // A backslash before the line's end only continues the statement.
        let is_space = first.is_whitespace() || first == '\\';
        if !is_space && first != '"' && !is_comment {
            tokens.push(Token { text, line });
        }
        line += text.matches('\n').count();
        rest = after;
    }
    tokens
}

/// Length in bytes of what starts here: a string, a comment, a word or number, or one sign.
fn token_length(rest: &str, first: char) -> usize {
    let until = |end: Option<usize>| end.unwrap_or(rest.len());
    if first == '"' {
        return string_length(rest);
    }
    if first == '#' || rest.starts_with("//") {
        return until(rest.find('\n'));
    }
    if rest.starts_with("/*") {
        return until(
            rest.get(2..)
                .and_then(|body| body.find("*/"))
                .map(|at| at + 4),
        );
    }
    let is_word =
        |character: char| character.is_alphanumeric() || matches!(character, '_' | '$' | '@');
    if is_word(first) {
        return until(rest.find(|character| !is_word(character)));
    }
    first.len_utf8()
}

/// Length of a string with its quotes; a backslash hides the quote after it.
fn string_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    rest.len()
}
