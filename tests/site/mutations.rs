//! Real chapters with random damage: whatever an author writes, a build and a check end with a site or with messages, and
//! never with a panic. The damage is drawn from a seed, so that each run of the tests does the same.
//!
//! For a longer run: `MUTATIONS=20000 MUTATIONS_OF=path/to/books cargo test --test site mutations`.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use labbook::build::{Purpose, build};
use labbook::check::check;

use crate::harness::Book;

/// What is likely to upset a parser.
const PIECES: &[&str] = &[
    "**",
    "_",
    "`",
    "```",
    "```figure\n",
    "```rust,ignore title=\"",
    "~~~",
    "<div>",
    "</div>",
    "<p",
    "<!--",
    "-->",
    "<script>",
    "<style>",
    "<svg",
    "<td>",
    "<a href=\"",
    "<img src=x>",
    "<i class=\"fa fa-rust\">",
    "&#0;",
    "&amp",
    "$",
    "$$",
    "\\(",
    "\\[",
    "\\frac{",
    "\\begin{aligned}",
    "{",
    "}",
    "{{",
    "}}",
    "{{#include one.md}}",
    "{{#include ../book.toml:2:1}}",
    "{{#quiz q.toml}}",
    "{{#lab 01}}",
    "{{#measured a.b}}",
    "{{#title",
    "[^1]",
    "[^1]: ",
    "[",
    "](",
    "](<",
    "![",
    "](one.md#",
    "|",
    "\n|-|:-:|\n",
    "\n> [!NOTE]\n",
    "\n> [!CHECKLIST]\n>\n> - [ ] ",
    "\n- [x] ",
    "\n1. ",
    "\n: ",
    "\n+++\n",
    "\n# ",
    " {#one .a b=c}",
    "\n---\n",
    "\n    ",
    "\t",
    "\r\n",
    "\n\n",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "é",
    "中文",
    "😀",
    "'",
    "\"",
    "...",
    "\\",
    "#\n",
    "source = \"",
    "=",
];

/// A small generator of numbers (xorshift64*): the tests need the same damage everywhere, not good randomness.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % end.max(1)
    }

    /// A place in a text between two characters.
    fn place(&mut self, text: &str) -> usize {
        let place = self.below(text.len() + 1);
        (0..=place)
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0)
    }

    /// Damages a text a few times.
    fn damage(&mut self, text: &str) -> String {
        let mut text = text.to_string();
        for _ in 0..=self.below(6) {
            let (one, other) = (self.place(&text), self.place(&text));
            let (start, end) = (one.min(other), one.max(other));
            // Mostly small damage, so that the rest stays a chapter.
            let near = (start..=end.min(start + 80))
                .rev()
                .find(|at| text.is_char_boundary(*at))
                .unwrap_or(start);
            match self.below(8) {
                0 => text.truncate(end),
                1 => text.replace_range(start..near, ""),
                2 => {
                    let again = text[start..near].to_string();
                    text.insert_str(end, &again);
                }
                _ => text.insert_str(start, PIECES[self.below(PIECES.len())]),
            }
        }
        text
    }
}

/// The files below a folder with some endings, in order of their paths.
fn files(folder: &Path, endings: &[&str]) -> Vec<(PathBuf, String)> {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.into_path())
        .filter(|path| {
            path.extension()
                .is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted))
        })
        .collect();
    files.sort();
    let read = |file: PathBuf| fs::read_to_string(&file).ok().map(|text| (file, text));
    files.into_iter().filter_map(read).collect()
}

const SETTINGS: [&str; 3] = [
    "[book]\ntitle = \"Test\"\n[output.labbook]\nmath = true\nnumber-sections = true\n",
    "[book]\ntitle = \"Test\"\n[output.html]\nmathjax-support = true\nadmonitions = false\n[output.html.playground]\neditable = true\n",
    "[book]\ntitle = \"Test\"\n[output.html]\nsite-url = \"/a/\"\n[output.html.redirect]\n\"/old.html\" = \"one.html#one\"\n",
];

#[test]
fn no_damage_to_a_book_makes_it_panic() {
    let rounds = std::env::var("MUTATIONS")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(80);
    let folder = std::env::var("MUTATIONS_OF")
        .unwrap_or(concat!(env!("CARGO_MANIFEST_DIR"), "/chapters").into());
    let folder = Path::new(&folder);
    let chapters = files(folder, &["md"]);
    // What chapters name stands beside them, and is damaged too.
    let beside = files(folder, &["pikchr", "svg", "toml"]);
    assert!(chapters.len() > 3, "no chapters in {}", folder.display());
    let name = |path: &Path| format!("src/{}", path.strip_prefix(folder).unwrap().display());
    let mut random = Random(20_261_121);
    let mut book = Book::with("")
        .file("src/two.md", "# Two\n")
        .file("src/three.md", "# Three\n");
    for (path, text) in &beside {
        book = book.file(&name(path), text);
    }
    let summary = "# Summary\n\n[Two](two.md)\n\n# Part\n\n- [One](one.md)\n  - [Draft]()\n\n---\n\n- [Three](three.md)\n";
    let mut whole = 0;
    for round in 0..rounds {
        let (_, text) = &chapters[random.below(chapters.len())];
        let chapter = random.damage(text);
        if let Some((path, text)) = beside.get(random.below(3 * beside.len())) {
            book = book.file(&name(path), &random.damage(text));
        }
        let settings = SETTINGS[random.below(SETTINGS.len())];
        let (settings, summary) = match random.below(10) {
            0 => (random.damage(settings), summary.to_string()),
            1 => (settings.to_string(), random.damage(summary)),
            _ => (settings.to_string(), summary.to_string()),
        };
        book = book
            .file("src/one.md", &chapter)
            .file("book.toml", &settings)
            .file("src/SUMMARY.md", &summary);
        let built = catch_unwind(AssertUnwindSafe(|| {
            build(book.root(), Purpose::Publish).map(|built| check(&built).len())
        }));
        match built {
            Ok(Ok(_)) => whole += 1,
            Ok(Err(_)) => {}
            Err(_) => panic!("round {round} panics with {settings}\n{summary}\n{chapter}"),
        }
        for (path, text) in &beside {
            book = book.file(&name(path), text);
        }
    }
    assert!(
        whole > rounds / 10,
        "only {whole} of {rounds} books could be built: the damage is too heavy"
    );
}
