//! Chapters: front matter, includes, formulas, code blocks.

use super::{below_front_matter, book};
use crate::harness::Book;
use crate::program::{refused, refused_at};

#[test]
fn text_that_is_not_utf8() {
    refused_at(
        book().bytes("src/one.md", b"# One\n\xff"),
        "src/one.md",
        &["UTF-8"],
    );
}

#[test]
fn front_matter() {
    let with = |toml: &str| Book::with(&format!("+++\n{toml}\n+++\n# One\n"));
    refused_at(with("\nessence = "), "src/one.md:3", &["front matter"]);
    refused_at(
        with("essence = \"e\"\nmetafor = \"x\""),
        "src/one.md:3",
        &["`metafor`", "`metaphor`"],
    );
    refused_at(with("draft = 3"), "src/one.md:2", &["a boolean"]);
    let open = Book::with("+++\nessence = \"e\"\n\n# One\n").build();
    assert!(
        open.warnings().starts_with("src/one.md:1: "),
        "{}",
        open.warnings()
    );
}

#[test]
fn includes() {
    refused_at(
        below_front_matter("\n{{#include x.rs}}\n"),
        "src/one.md:5",
        &["`x.rs`", "src/x.rs"],
    );
    refused_at(
        below_front_matter("{{#include a.md}}\n").file("src/a.md", "one\n{{#include deep/b.md}}\n"),
        "src/a.md:2",
        &["`deep/b.md`", "src/deep/b.md"],
    );
    let marked = "{{#include no.md}}\n// ANCHOR: x\n{{#include b.md}}\n// ANCHOR_END: x\n";
    refused_at(
        Book::with("{{#include a.rs:x}}").file("src/a.rs", marked),
        "src/a.rs:3",
        &["`b.md`"],
    );
    refused_at(
        Book::with("{{#include a.rs:3:4}}").file("src/a.rs", marked),
        "src/a.rs:3",
        &["`b.md`"],
    );
    refused_at(
        Book::with("{{#include x}}").bytes("src/x", b"\xff"),
        "src/one.md:1",
        &["UTF-8"],
    );
    refused_at(
        Book::with("{{#include x}}").file("src/x/y", ""),
        "src/one.md:1",
        &["no file"],
    );
    refused_at(
        Book::with("{{#include /dev/zero}}"),
        "src/one.md:1",
        &["no file"],
    );
}

#[test]
fn includes_without_end() {
    let site = Book::with("text\n\n{{#include one.md}}").build();
    let warning =
        "src/one.md:3: include of `one.md`: files include each other without end: remove this line";
    assert_eq!(site.warnings(), warning, "mdBook builds such a book");
    let twice = "{{#include a.md}}\n{{#include a.md}}\n".repeat(5);
    refused_at(
        Book::with("{{#include a.md}}").file("src/a.md", &twice),
        "src/a.md:4",
        &["more files are included than a book can hold"],
    );
    let mut wide = Book::with("{{#include 0.md}}");
    for level in 0..8 {
        let text = format!("{{{{#include {}.md}}}}\n", level + 1).repeat(10);
        wide = wide.file(&format!("src/{level}.md"), &text);
    }
    assert!(refused(wide.file("src/8.md", "x")).contains("than a book can hold"));
}

#[test]
fn an_anchor_that_is_not_there_is_a_warning() {
    let site = below_front_matter("{{#include a.rs:x}}\n")
        .file("src/a.rs", "// ANCHOR: xy\n")
        .build();
    assert!(
        site.warnings()
            .starts_with("src/one.md:4: include of `a.rs:x`"),
        "{}",
        site.warnings()
    );
}

#[test]
fn formulas() {
    let tex = |text: &str| below_front_matter(text).settings("[output.labbook]\nmath = true\n");
    refused_at(
        tex("\n$$\na\n\\foo\n$$\n"),
        "src/one.md:7",
        &["unknown command `\\foo`"],
    );
    refused_at(tex("a\nb $\\frac{a}$ c\n"), "src/one.md:5", &["formula"]);
}

#[test]
fn code_blocks() {
    refused_at(
        Book::with("\n```rust mark=\"two\"\na\n```\n"),
        "src/one.md:2",
        &["mark=\"2,4-6\""],
    );
    let site = Book::with("```rust,foo bar=baz\na\n```\n\n```no-language,?!\nb\n```\n").build();
    assert_eq!(site.warnings(), "", "unknown flags are the author's own");
}
