//! The code blocks of a chapter that can be tried: Rust, and shell sessions.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::markdown::{CodeInfo, parse};
use crate::problem::line_of;
use crate::settings::Settings;

/// The languages of shell sessions.
const SESSIONS: [&str; 3] = ["console", "shell-session", "sh-session"];

/// A code block that can be tried.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// What it is.
    pub(super) kind: Kind,
    /// Its text: without fences, and without the marks of a list or quote around it.
    pub(super) code: String,
    /// The line (1-based) of the opening fence in the rendered Markdown.
    pub(super) line: usize,
}

/// What a block is, and what its author says of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Rust, with the words that rustdoc knows.
    Rust {
        /// `no_run`, `should_panic`, `edition2024` …
        flags: Vec<String>,
    },
    /// A shell session.
    Session {
        /// It is not to be run.
        ignored: bool,
        /// Its last command must fail.
        fails: bool,
    },
}

/// The blocks of a chapter, in order.
pub(super) fn find(content: &str, settings: &Settings) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (event, range) in parse(content, settings) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                open = kind(&info).map(|kind| Block {
                    kind,
                    code: String::new(),
                    line: line_of(content, range.start),
                });
            }
            Event::Text(text) => {
                if let Some(block) = &mut open {
                    block.code.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => blocks.extend(open.take()),
            _ => {}
        }
    }
    blocks
}

/// What the words after the backticks ask for; `None` for a block that is not tried.
fn kind(info: &str) -> Option<Kind> {
    let info = CodeInfo::parse(info).ok()?;
    if SESSIONS.contains(&info.language.as_str()) {
        return Some(Kind::Session {
            ignored: info.has("ignore"),
            fails: info.has("fails"),
        });
    }
    // `no_run` alone, or `ignore,rust`, is Rust for rustdoc, too.
    let is_rust = info.language == "rust" || info.has("rust") || is_rustdocs(&info.language);
    if !is_rust {
        return None;
    }
    let words = info.flags.iter().chain([&info.language]);
    let flags = words.filter(|word| is_rustdocs(word)).cloned().collect();
    Some(Kind::Rust { flags })
}

/// Whether rustdoc knows a word; any other is for the page.
fn is_rustdocs(word: &str) -> bool {
    let is_error_code = || {
        let digits = word.strip_prefix('E').unwrap_or("");
        digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let known = [
        "ignore",
        "no_run",
        "should_panic",
        "compile_fail",
        "test_harness",
        "standalone_crate",
    ];
    known.contains(&word)
        || word.starts_with("ignore-")
        || word.starts_with("edition")
        || is_error_code()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rust_and_sessions_are_found_with_their_lines_and_other_blocks_are_not() {
        let text = "# One\n\n```rust,no_run editable title=\"a, b.rs\"\nfn main() {}\n```\n\n- item\n\n  ```console ignore\n  $ cargo run\n  ```\n\n```\nplain\n```\n\n    indented\n\n> ```ignore,rust\n> x\n> ```\n\n```python\n```\n\n```no_run\n```\n";
        let found = find(text, &Settings::default());
        let rust = |flag: &str| Kind::Rust {
            flags: vec![flag.into()],
        };
        let session = Kind::Session {
            ignored: true,
            fails: false,
        };
        let block = |kind, code: &str, line| Block {
            kind,
            code: code.into(),
            line,
        };
        assert_eq!(
            found,
            [
                block(rust("no_run"), "fn main() {}\n", 3),
                block(session, "$ cargo run\n", 9),
                block(rust("ignore"), "x\n", 19),
                block(rust("no_run"), "", 26),
            ]
        );
    }
}
