//! Refuses, before the parser sees it, what the parser or HTML could not take.
//!
//! The parser calls itself for each argument of a command and for each group, and so could use up its thread's stack:
//! a formula may have only so many of both. Macros could multiply them behind our back; they last for one formula only
//! and are hardly of use, so there are none.

use super::MathError;
use super::faults::error_at;

/// A formula longer than this many bytes is a `$` that was never closed.
const BYTES_MAX: usize = 10_000;
/// How many commands and groups a formula may have.
const COMMANDS_MAX: usize = 1_000;

/// Commands that are refused, and why.
const REFUSED: &[(&str, &[&str])] = &[
    // The parser panics on some of its arguments, and gives control characters for others.
    ("write the character itself", &["char"]),
    (
        "macros are not supported; write out what it stands for",
        &[
            "def",
            "gdef",
            "edef",
            "xdef",
            "let",
            "futurelet",
            "newcommand",
            "renewcommand",
            "providecommand",
        ],
    ),
];

/// Fails at the first thing in `tex` that must not reach the parser; gives the number of commands and groups otherwise.
pub(super) fn check(tex: &str) -> Result<usize, MathError> {
    if tex.len() > BYTES_MAX {
        let message = format!("a formula may have at most {BYTES_MAX} bytes; is its end missing?");
        return Err(error_at(tex, 0, message));
    }
    let mut commands = 0;
    for (offset, character) in tex.char_indices() {
        match character {
            '\\' => {
                check_command(tex, offset)?;
                commands += 1;
            }
            '{' => commands += 1,
            character if !is_text(character) => {
                return Err(error_at(tex, offset, "a character that is not text"));
            }
            _ => {}
        }
        if commands > COMMANDS_MAX {
            let message = format!("a formula may have at most {COMMANDS_MAX} commands and groups");
            return Err(error_at(tex, offset, message));
        }
    }
    Ok(commands)
}

/// Fails if the command at `offset` is one that is refused.
fn check_command(tex: &str, offset: usize) -> Result<(), MathError> {
    let after = &tex[offset + 1..];
    let letters = after.bytes().take_while(u8::is_ascii_alphabetic).count();
    let name = &after[..letters];
    match REFUSED.iter().find(|(_, names)| names.contains(&name)) {
        Some((reason, _)) => Err(error_at(tex, offset, format!("`\\{name}`: {reason}"))),
        None => Ok(()),
    }
}

fn is_text(character: char) -> bool {
    let noncharacter =
        matches!(character, '\u{fdd0}'..='\u{fdef}') || (character as u32) & 0xfffe == 0xfffe;
    matches!(character, '\n' | '\t' | '\r') || !(character.is_control() || noncharacter)
}
