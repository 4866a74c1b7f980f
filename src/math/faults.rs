//! Says what the parser has found wrong with a formula, in words that help.

use pulldown_latex::event::{Content, Event};
use pulldown_latex::{Parser, ParserError, Storage};

use super::MathError;

/// How many bytes before and after a fault the parser quotes.
const QUOTED_BEFORE_BYTES: usize = 12;
/// How much of the formula is shown around a fault, in characters on either side.
const NEAR_CHARACTERS: usize = 16;

/// What the parser says about a command that it does not know.
const UNKNOWN_COMMAND: &str = "unknown primitive command found";
/// What the parser says about `&` and `\\` where there are no columns and lines.
const MISPLACED_ALIGNMENT: &str = "alignment not allowed in current environment";
const MISPLACED_NEWLINE: &str = "new line command not allowed in current environment";
/// What the parser says about an environment that it does not know (with its spelling).
const UNKNOWN_ENVIRONMENT: &str = "unkown mathematical environment found";

/// Refuses what the parser lets through although it is wrong: a function's name takes no commands.
pub(super) fn check_event(tex: &str, event: &Event<'_>) -> Result<(), MathError> {
    let Event::Content(Content::Function(name)) = event else {
        return Ok(());
    };
    if name
        .chars()
        .all(|character| character.is_alphanumeric() || character == ' ' || character == '-')
    {
        return Ok(());
    }
    let offset = tex.find(name).unwrap_or(0);
    let message = r"a function's name may have letters, digits, spaces and hyphens only, as in `\operatorname{argmax}`";
    Err(error_at(tex, offset, message))
}

/// The parser's error, with the name of what is unknown and the place in the formula.
pub(super) fn from_parser(tex: &str, error: &ParserError) -> MathError {
    let report = error.to_string();
    let message = report.lines().next().unwrap_or_default();
    let message = message.strip_prefix("parsing error: ").unwrap_or(message);
    let unknown = match message {
        UNKNOWN_COMMAND => unknown_command(tex),
        UNKNOWN_ENVIRONMENT => unknown_environment(tex),
        _ => None,
    };
    if let Some((offset, message)) = unknown {
        return error_at(tex, offset, message);
    }
    let message = match message {
        MISPLACED_ALIGNMENT => {
            r"`&` may stand in `aligned`, `cases`, `matrix` and their like only; write `\&` for the sign"
        }
        MISPLACED_NEWLINE => r"`\\` may stand in `aligned`, `cases`, `matrix` and their like only",
        other => other,
    };
    error_at(tex, place(tex, &report), message)
}

/// The first command in `tex` that the parser does not know on its own either.
fn unknown_command(tex: &str) -> Option<(usize, String)> {
    tex.match_indices('\\').find_map(|(offset, _)| {
        let rest = &tex[offset + 1..];
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let length = if letters > 0 {
            letters
        } else {
            rest.chars().next()?.len_utf8()
        };
        let command = &tex[offset..offset + 1 + length];
        fails_with(command, UNKNOWN_COMMAND)
            .then(|| (offset, format!("unknown command `{command}`")))
    })
}

/// The first environment in `tex` that the parser does not know.
fn unknown_environment(tex: &str) -> Option<(usize, String)> {
    tex.match_indices(r"\begin{").find_map(|(offset, begin)| {
        let (name, _) = tex[offset + begin.len()..].split_once('}')?;
        let opening = format!(r"\begin{{{name}}}");
        fails_with(&opening, UNKNOWN_ENVIRONMENT)
            .then(|| (offset, format!("unknown environment `{name}`")))
    })
}

/// Whether the first thing that the parser says about `tex` is `message`.
fn fails_with(tex: &str, message: &str) -> bool {
    let storage = Storage::new();
    let first = Parser::new(tex, &storage).find_map(Result::err);
    first.is_some_and(|error| {
        error
            .to_string()
            .lines()
            .next()
            .is_some_and(|line| line.ends_with(message))
    })
}

/// The place of an error, as a byte offset into `tex`. The parser keeps it to itself, but quotes the formula from 12
/// bytes before it on: in the last lines of its report, behind `│`, then a space, or `…` where more stands before.
fn place(tex: &str, report: &str) -> usize {
    let Some(quote) = report.rsplit("│\n").next() else {
        return 0;
    };
    let lines: Vec<&str> = quote
        .lines()
        .take_while(|line| !line.contains('^') && !line.starts_with('╰'))
        .collect();
    let Some(first) = lines.first() else {
        return 0;
    };
    let cut = first.starts_with("│…");
    let strip = |line: &&str| line.chars().skip(2).collect::<String>();
    let quoted = lines.iter().map(strip).collect::<Vec<_>>().join("\n");
    let Some(start) = tex.find(&quoted) else {
        return 0;
    };
    let offset = match cut {
        true => start + QUOTED_BEFORE_BYTES,
        false if quoted.len() < tex.len() => quoted.len().saturating_sub(QUOTED_BEFORE_BYTES),
        false => 0,
    };
    let offset = offset.min(tex.len());
    (0..=offset)
        .rev()
        .find(|at| tex.is_char_boundary(*at))
        .unwrap_or(0)
}

/// An error at `offset`, which is a character's first byte, with the piece of `tex` around it.
pub(super) fn error_at(tex: &str, offset: usize, message: impl Into<String>) -> MathError {
    let (before, after) = tex.split_at(offset);
    let start = before
        .char_indices()
        .rev()
        .nth(NEAR_CHARACTERS - 1)
        .map_or(0, |(at, _)| at);
    let end = after
        .char_indices()
        .nth(2 * NEAR_CHARACTERS)
        .map_or(tex.len(), |(at, _)| offset + at);
    MathError {
        message: message.into(),
        line: before.matches('\n').count() + 1,
        near: tex[start..end].to_owned(),
    }
}
