//! Books that nobody wrote, for measuring: the shape of a large real one, and as many short pages as one likes.
//!
//! Everything comes from a seed, so that two runs, on two machines, build the same bytes.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use super::random::{Random, Words, capital};
use super::synthetic_rust::rust;

/// How large a book is.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    /// Chapters.
    pub(crate) pages: usize,
    /// Words of prose in the whole book.
    pub(crate) words: usize,
    /// Code blocks in the whole book.
    pub(crate) blocks: usize,
    /// Lines of Rust in the whole book.
    pub(crate) rust_lines: usize,
}

/// The Rust Book's: 111 pages, 174,000 words, 956 code blocks, 10,900 lines of Rust.
pub(crate) const RUST_BOOK: Shape = Shape {
    pages: 111,
    words: 174_000,
    blocks: 956,
    rust_lines: 10_900,
};

/// A book of short pages: 120 words and a code block of six lines each.
pub(crate) const fn short_pages(pages: usize) -> Shape {
    Shape {
        pages,
        words: 120 * pages,
        blocks: pages,
        rust_lines: 6 * pages,
    }
}

/// Of ten code blocks, seven are Rust, as in the Rust Book.
const RUST_OF_TEN: usize = 7;

/// Writes a book into a folder.
pub(crate) fn write(shape: &Shape, folder: &Path) -> io::Result<()> {
    let source = folder.join("src");
    fs::create_dir_all(source.join("listings"))?;
    fs::write(
        folder.join("book.toml"),
        "[book]\ntitle = \"A made-up book\"\nauthors = [\"Nobody\"]\n\n[output.html]\n",
    )?;
    let mut random = Random::new(shape.pages as u64);
    let words = Words::new(&mut random);
    let mut summary = String::from("# Summary\n\n");
    let mut author = Author {
        shape,
        words: &words,
        random: &mut random,
        listings: Vec::new(),
    };
    for page in 0..shape.pages {
        // A chapter and five sections inside it, again and again.
        let indent = if page % 6 == 0 { "" } else { "  " };
        let _ = writeln!(
            summary,
            "{indent}- [{}]({})",
            author.title(),
            file_name(page)
        );
        fs::write(source.join(file_name(page)), author.page(page))?;
    }
    for (name, code) in &author.listings {
        fs::write(source.join(name), code)?;
    }
    fs::write(source.join("SUMMARY.md"), summary)
}

fn file_name(page: usize) -> String {
    format!("page-{page:04}.md")
}

/// Writes pages, one after the other.
struct Author<'a> {
    shape: &'a Shape,
    words: &'a Words,
    random: &'a mut Random,
    /// Files that pages include.
    listings: Vec<(String, String)>,
}

/// The part of `total` that falls to one of `parts`, so that all together give the total.
fn share(total: usize, parts: usize, index: usize) -> usize {
    total * (index + 1) / parts - total * index / parts
}

impl Author<'_> {
    fn title(&mut self) -> String {
        let words: Vec<String> = (0..2 + self.random.below(3))
            .map(|_| capital(self.words.rare(self.random)))
            .collect();
        words.join(" ")
    }

    /// One page: sections of paragraphs, code, lists and tables.
    fn page(&mut self, page: usize) -> String {
        let Shape {
            pages,
            words,
            blocks,
            ..
        } = *self.shape;
        let (words, blocks) = (share(words, pages, page), share(blocks, pages, page));
        let parts = blocks.max(1);
        let mut text = format!("# {}\n\n", self.title());
        for part in 0..parts {
            if part % 2 == 1 || parts == 1 {
                let level = if self.random.chance(70) { "##" } else { "###" };
                // Many pages have a heading that others have, too.
                let title = match self.random.below(10) {
                    0 => "Examples".to_string(),
                    1 => "Summary".to_string(),
                    _ => self.title(),
                };
                let _ = writeln!(text, "{level} {title}\n");
            }
            self.prose(share(words, parts, part), &mut text);
            if part < blocks {
                let block = self.shape.blocks * page / pages + part;
                self.block(block, &mut text);
            }
        }
        text
    }

    /// So many words in paragraphs, lists, tables and quotes.
    fn prose(&mut self, words: usize, text: &mut String) {
        let mut left = words;
        while left > 0 {
            let count = left.min(40 + self.random.below(60));
            match self.random.below(20) {
                0 => self.list(count, text),
                1 => self.table(count, text),
                2 => {
                    text.push_str("> ");
                    self.paragraph(count, text);
                }
                _ => self.paragraph(count, text),
            }
            left -= count;
        }
    }

    fn paragraph(&mut self, words: usize, text: &mut String) {
        self.sentences(words, text);
        text.push_str("\n\n");
    }

    /// Sentences of about fifteen words, with code, emphasis and links among them.
    fn sentences(&mut self, words: usize, text: &mut String) {
        let mut begins = true;
        for word in 0..words {
            let plain = self.words.prose(self.random).to_string();
            let _ = match self.random.below(100) {
                _ if begins => write!(text, "{}", capital(&plain)),
                0..4 => write!(text, "`{}`", self.words.variable(self.random)),
                4 => write!(text, "*{plain}*"),
                5 => write!(text, "**{plain}**"),
                6 => write!(
                    text,
                    "[{plain}]({})",
                    file_name(self.random.below(self.shape.pages))
                ),
                7 if self.random.chance(40) => {
                    write!(text, "[{plain}](https://example.org/{word})")
                }
                _ => write!(text, "{plain}"),
            };
            begins = word + 1 == words || self.random.chance(7);
            text.push_str(if begins { ". " } else { " " });
            if word % 14 == 13 {
                text.push('\n');
            }
        }
    }

    fn list(&mut self, words: usize, text: &mut String) {
        for item in 0..4 {
            text.push_str("- ");
            self.sentences(share(words, 4, item), text);
            text.push('\n');
        }
        text.push('\n');
    }

    fn table(&mut self, words: usize, text: &mut String) {
        text.push_str("| Name | Meaning | Since |\n|---|:-:|--:|\n");
        for row in 0..5 {
            let _ = write!(text, "| `{}` |", self.words.variable(self.random));
            for _ in 0..share(words, 5, row) {
                let _ = write!(text, " {}", self.words.prose(self.random));
            }
            let _ = writeln!(text, " | 1.{} |", self.random.below(90));
        }
        text.push('\n');
    }

    /// The code block with this number. One in five blocks of Rust stands in a file of its own.
    fn block(&mut self, number: usize, text: &mut String) {
        if number % 10 >= RUST_OF_TEN {
            return self.other_block(number, text);
        }
        let of_rust = (self.shape.blocks * RUST_OF_TEN).div_ceil(10);
        let lines = (self.shape.rust_lines / of_rust).max(1);
        // An item more or less than asked for: half an item has six lines.
        let code = rust(self.words, self.random, lines.saturating_sub(6).max(1));
        if self.random.chance(20) {
            let name = format!("listings/listing-{number:04}.rs");
            let _ = writeln!(text, "```rust\n{{{{#rustdoc_include {name}}}}}\n```\n");
            self.listings.push((name, code));
        } else {
            let flag = self
                .random
                .pick(&["", ",ignore", ",no_run", ",should_panic"]);
            let _ = writeln!(text, "```rust{flag}\n{code}```\n");
        }
    }

    fn other_block(&mut self, number: usize, text: &mut String) {
        let (first, second) = (
            self.words.variable(self.random),
            self.words.variable(self.random),
        );
        let count = self.random.below(1_000);
        let _ = match number % 3 {
            0 => writeln!(
                text,
                "```console\n$ cargo run --bin {first} -- --{second} \"{count}\"\n   Compiling {first} v0.1.0 (file:///projects/{first})\n    Finished `dev` profile in 0.{count}s\nerror[E0{count:03}]: cannot borrow `{second}` as mutable\n --> src/main.rs:{count}:9\n```\n"
            ),
            1 => writeln!(
                text,
                "```toml\n[package]\nname = \"{first}\"\nversion = \"0.{count}.0\"\n\n[dependencies]\n{second} = {{ version = \"1.{count}\", features = [\"full\"] }} # {first}\n```\n"
            ),
            _ => writeln!(
                text,
                "```text\n{first} {count}\nthread 'main' panicked at src/main.rs:{count}:5:\n{second}\n```\n"
            ),
        };
    }
}
