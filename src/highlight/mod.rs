//! Syntax highlighting at build time.
//!
//! In: the language of a code block as its author wrote it, and the code. Out: one piece of HTML for each line, whose
//! tokens wear the `hl-…` classes that the theme colours; a page needs no script and no inline style for it.
//!
//! 1. `languages` finds what a name stands for (`rs`, `shell`, `c++` …).
//! 2. One of three painters gives each piece of the text a class, or none:
//!    - `grammar` runs syntect over one of the grammars in `grammars.bin`, whose scopes `classes` maps to our classes;
//!    - `rust` reads Rust by itself. The grammar for it knows no `async`, `await` or `dyn` and no call of a function, and
//!      books about Rust are the ones that must build fast: this is some fifty times faster;
//!    - `console` cuts a shell session into prompts, commands (painted as shell) and output.
//! 3. `spans` writes the lines: neighbours of one class are merged, text is escaped.

mod classes;
mod console;
mod grammar;
mod languages;
mod rust;
mod spans;
#[cfg(test)]
mod tests;

use languages::Language;

/// Highlights `code`, written in `language` (`rust`, `sh`, `c++` …, in any case).
///
/// Gives one HTML string for each line, without its newline; a newline at the very end starts no further line. Every
/// span is closed on its own line. Without the tags, and unescaped, the lines are the code, byte for byte.
///
/// Gives `None` where there is nothing to highlight: the language is unknown, empty, or says plain text.
pub fn highlight(language: &str, code: &str) -> Option<Vec<String>> {
    Some(match languages::find(language)? {
        Language::Rust => rust::highlight(code),
        Language::Console => console::highlight(code),
        Language::Grammar(syntax) => grammar::highlight(syntax, code),
    })
}
