//! Includes, with line ranges and anchors, and what else mdBook's `links` preprocessor knows.

use super::Comparison;
use crate::harness::Book;

const LISTING: &str = "// ANCHOR: all\nuse std::fmt;\n\n// ANCHOR: add\nfn add(a: u32, b: u32) -> u32 {\n    // ANCHOR: body\n    a + b\n    // ANCHOR_END: body\n}\n// ANCHOR_END: add\n\nfn main() {\n    println!(\"{}\", add(1, 2));\n}\n// ANCHOR_END: all\n";

/// A book whose chapter stands in a folder, beside files to include.
fn book(chapter: &str) -> Book {
    Book::with("# One\n")
        .file("src/SUMMARY.md", "- [One](one.md)\n- [Two](part/two.md)\n")
        .file("src/part/two.md", chapter)
        .file("src/part/listing.rs", LISTING)
        .file("src/lines.txt", "first\nsecond\nthird\nfourth\n")
        .file(
            "src/part/inner.md",
            "Inner **text** with {{#include ../lines.txt:2}}.\n\n## Inner heading\n",
        )
        .file(
            "src/outer.md",
            "Outer, then inner:\n\n{{#include part/inner.md}}\n",
        )
}

#[test]
fn whole_files_and_line_ranges_are_included() {
    let ranges = [
        "", ":2", ":2:3", "::3", ":2:", ":", "::", ":3:2", ":9", ":0", ":2:99",
    ];
    let chapter: String = ranges
        .iter()
        .map(|range| {
            format!("Range `{range}`:\n\n```text\n{{{{#include ../lines.txt{range}}}}}\n```\n\n")
        })
        .collect();
    Comparison::of(book(&chapter)).holds();
}

#[test]
fn anchors_are_included_without_their_marks() {
    let chapter: String = ["all", "add", "body"]
        .iter()
        .map(|anchor| format!("```rust\n{{{{#include listing.rs:{anchor}}}}}\n```\n\n```rust\n{{{{#rustdoc_include listing.rs:{anchor}}}}}\n```\n\n"))
        .collect();
    Comparison::of(book(&chapter)).holds();
}

#[test]
fn a_rustdoc_include_hides_the_rest_of_the_file() {
    let chapter = "```rust\n{{#rustdoc_include listing.rs:5:9}}\n```\n\n```rust,ignore\n{{#rustdoc_include listing.rs:add}}\n```\n\n```rust\n{{#rustdoc_include listing.rs}}\n```\n";
    Comparison::of(book(chapter)).holds();
}

#[test]
fn an_include_may_hold_includes() {
    Comparison::of(book(
        "# Two\n\n{{#include ../outer.md}}\n\nAfter {{#include ../lines.txt:1}} in a line.\n",
    ))
    .holds();
}

#[test]
fn a_playground_becomes_a_block_of_rust() {
    Comparison::of(book("{{#playground listing.rs}}\n\n{{#playground listing.rs editable}}\n\n{{#playpen listing.rs ignore should_panic}}\n")).holds();
}

#[test]
fn an_escaped_include_is_shown() {
    Comparison::of(book("Write \\{{#include ../lines.txt}} or `\\{{#title x}}`.\n\n```text\n\\{{#rustdoc_include a.rs:b}}\n```\n\nUnknown: {{#unknown thing}} and {{plain}}.\n")).holds();
}

#[test]
fn a_title_directive_sets_the_title_of_the_document() {
    let comparison = Comparison::of(book("{{#title Another title}}\n# Two\n\nText.\n"));
    comparison.holds();
    comparison
        .site
        .page("part/two")
        .has("<title>Another title</title>");
}

#[test]
fn an_include_from_outside_the_source_folder_works_as_in_mdbook() {
    Comparison::of(
        book("```toml\n{{#include ../../book.toml}}\n```\n\n```c\n{{#include ../../code/a.c:2}}\n```\n")
            .file("code/a.c", "int a;\nint b;\n"),
    )
    .holds();
}

#[test]
fn without_preprocessors_directives_are_text() {
    Comparison::of(
        Book::with("# One\n\n{{#include nowhere.md}}\n")
            .settings("[build]\nuse-default-preprocessors = false\n")
            .file(
                "src/SUMMARY.md",
                "- [One](one.md)\n- [Read me](README.md)\n",
            )
            .file("src/README.md", "# Read me\n"),
    )
    .holds();
}
