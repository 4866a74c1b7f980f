//! The Markdown that rustdoc gets for a chapter: its Rust blocks alone, as far as possible on the lines where their author
//! wrote them, so that rustdoc's messages name these.
//!
//! An included file is longer than the line that includes it; what follows a long one stands below its place, and a list
//! says which author's line each line is.

use super::blocks::{Block, Kind};

/// Markdown for rustdoc.
#[derive(Debug)]
pub(super) struct Input {
    /// The text.
    pub(super) text: String,
    /// For each of its lines (from 0), the author's line (1-based). Never greater than the line's own number.
    pub(super) lines: Vec<usize>,
    /// How many Rust blocks it holds.
    pub(super) blocks: usize,
}

/// Puts the Rust blocks of a chapter into one text; `author` gives the author's line of a rendered one.
pub(super) fn input(blocks: &[Block], author: impl Fn(usize) -> usize) -> Input {
    let mut input = Input {
        text: String::new(),
        lines: Vec::new(),
        blocks: 0,
    };
    for block in blocks {
        let Kind::Rust { flags } = &block.kind else {
            continue;
        };
        input.blocks += 1;
        while input.lines.len() + 1 < author(block.line) {
            input.push("", author(block.line));
        }
        let fence = fence(&block.code);
        let words: String = flags.iter().map(|flag| format!(",{flag}")).collect();
        input.push(&format!("{fence}rust{words}"), author(block.line));
        for (index, line) in block.code.lines().enumerate() {
            input.push(line, author(block.line + 1 + index));
        }
        let last = block.line + 1 + block.code.lines().count();
        input.push(&fence, author(last));
    }
    input
}

impl Input {
    fn push(&mut self, line: &str, author: usize) {
        self.text.push_str(line);
        self.text.push('\n');
        self.lines.push(author.min(self.lines.len() + 1));
    }

    /// The author's line of a line (1-based).
    pub(super) fn author(&self, line: usize) -> usize {
        let index = line.saturating_sub(1);
        let known = self.lines.get(index).or(self.lines.last());
        known.copied().unwrap_or(1)
    }
}

/// A fence that no line of the code closes.
fn fence(code: &str) -> String {
    let longest = code
        .lines()
        .map(|line| {
            let text = line.trim_start();
            text.len() - text.trim_start_matches('`').len()
        })
        .max();
    "`".repeat(longest.unwrap_or(0).max(2) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rust(code: &str, line: usize) -> Block {
        Block {
            kind: Kind::Rust {
                flags: vec!["no_run".into()],
            },
            code: code.into(),
            line,
        }
    }

    #[test]
    fn blocks_stand_on_their_authors_lines_below_front_matter() {
        let input = input(&[rust("a\n", 1), rust("b\n", 6)], |line| line + 3);
        assert_eq!(
            input.text,
            "\n\n\n```rust,no_run\na\n```\n\n\n```rust,no_run\nb\n```\n"
        );
        assert_eq!((input.author(5), input.author(10)), (5, 10));
    }

    #[test]
    fn after_a_long_include_lines_are_found_by_the_list() {
        // Rendered lines 2 to 4 are an included file, on the author's line 2.
        let author = |line: usize| match line {
            ..=2 => line,
            3..=4 => 2,
            _ => line - 2,
        };
        let input = input(&[rust("x\ny\nz\n", 1), rust("b\n", 6)], author);
        assert_eq!(input.lines, [1, 2, 2, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn code_that_holds_a_fence_is_fenced_longer() {
        assert_eq!(fence("/// ```\n  ````\n"), "`````");
    }
}
