//! What SUMMARY.md can hold: file names, order, numbers, parts, drafts, and README files that become an index.

use super::Comparison;
use crate::harness::Book;

/// Adds one chapter for each path; its title is the path, its text links to the next.
fn chapters(book: Book, paths: &[&str]) -> Book {
    paths.iter().fold(book, |book, path| {
        book.file(
            &format!("src/{path}"),
            &format!("# Title of {path}\n\nText.\n\n## Part of {path}\n"),
        )
    })
}

fn book(summary: &str, paths: &[&str]) -> Book {
    let book = Book::empty().settings("").file("src/SUMMARY.md", summary);
    chapters(book, paths)
}

/// The lines of a table of contents as `level number name → path`.
fn contents(site: &crate::harness::Site) -> Vec<String> {
    let lines = site.built.book.items.iter().map(|item| match item {
        labbook::book::Item::Part(title) => format!("part {title}"),
        labbook::book::Item::Separator => "separator".into(),
        labbook::book::Item::Chapter {
            name,
            number,
            level,
            chapter,
        } => {
            let path = chapter.map_or("draft", |index| &site.built.book.chapters[index].path);
            format!(
                "{level} {} {name} -> {path}",
                number.as_deref().unwrap_or("-")
            )
        }
    });
    lines.collect()
}

#[test]
fn every_kind_of_line_is_read() {
    let summary = "# Summary\n\n[Preface](preface.md)\n[Thanks](thanks.md)\n\n---\n\n# First part\n\n\
        - [One](one.md)\n    - [One and a half](one/half.md)\n        - [Deep](one/half/deep.md)\n            - [Deeper](one/half/deeper.md)\n    - [Not yet]()\n- [A `code` *name*](two.md)\n\n---\n\n\
        # Second part\n\n* [Three](three.md)\n\n[Afterword](afterword.md)\n[Later]()\n";
    let paths = [
        "preface.md",
        "thanks.md",
        "one.md",
        "one/half.md",
        "one/half/deep.md",
        "one/half/deeper.md",
        "two.md",
        "three.md",
        "afterword.md",
    ];
    let comparison = Comparison::of(book(summary, &paths));
    comparison.holds();
    assert_eq!(
        contents(&comparison.site),
        [
            "1 - Preface -> preface.html",
            "1 - Thanks -> thanks.html",
            "separator",
            "part First part",
            "1 1 One -> one.html",
            "2 1.1 One and a half -> one/half.html",
            "3 1.1.1 Deep -> one/half/deep.html",
            "4 1.1.1.1 Deeper -> one/half/deeper.html",
            "2 1.2 Not yet -> draft",
            "1 2 A code name -> two.html",
            "separator",
            "part Second part",
            "1 3 Three -> three.html",
            "1 - Afterword -> afterword.html",
            "1 - Later -> draft",
        ]
    );
    comparison.same_contents();
}

#[test]
fn a_readme_becomes_an_index() {
    let summary = "- [Start](README.md)\n- [Guide](guide/README.md)\n  - [Part](guide/part.md)\n- [Other](other/Readme.md)\n";
    let paths = [
        "README.md",
        "guide/README.md",
        "guide/part.md",
        "other/Readme.md",
    ];
    let old = "mdBook leaves links to the old name broken; labbook redirects them";
    let comparison = Comparison::of(book(summary, &paths).file(
        "src/guide/part.md",
        "# Part\n\n[up](README.md) [over](../other/Readme.md#x) [start](../README.md)\n",
    ))
    .except("README.html", old)
    .except("guide/README.html", old)
    .except("other/Readme.html", old);
    comparison.holds();
    comparison.same_contents();
    assert!(
        comparison
            .site
            .text("guide/README.html")
            .contains("url=index.html")
    );
}

#[test]
fn an_index_that_is_a_copy_of_the_first_chapter_keeps_its_text() {
    let summary = "- [Deep start](deep/start.md)\n- [Deep next](deep/next.md)\n";
    let start = "# Start\n\n[next](next.md) [here](#start) ![picture](a.png)\n";
    let comparison =
        Comparison::of(book(summary, &["deep/next.md"]).file("src/deep/start.md", start)).except(
            "index.html",
            "mdBook copies its links as they are, so that they lead nowhere from the root",
        );
    comparison.holds();
    comparison
        .site
        .page("index")
        .shows("href=\"deep/next.html\"")
        .shows("src=\"deep/a.png\"");
}

#[test]
fn names_with_blanks_and_other_scripts_stay() {
    let summary = "# 目錄\n\n[前言](前言.md)\n\n# 第一部分\n\n- [一座橋](章節/一座橋.md)\n  - [細節 & more](章節/細節%20二.md)\n- [Ünïcode](Ünï.md)\n";
    let paths = ["前言.md", "章節/一座橋.md", "章節/細節 二.md", "Ünï.md"];
    let chapter = "# 一座橋\n\n## 為什麼？\n\n## 為什麼？\n\n### 第 2 節：`程式碼` 與 **重點**\n\n見[前言](../前言.md#為什麼)、[細節](細節%20二.md)。\n\n- 甲\n- 乙\n\n「引號」——破折號……\n";
    let comparison = Comparison::of(
        book(summary, &paths)
            .file(
                "book.toml",
                "[book]\ntitle = \"一本書\"\nlanguage = \"zh-TW\"\n",
            )
            .file("src/章節/一座橋.md", chapter),
    );
    comparison.holds();
    comparison.same_contents();
}

#[test]
fn other_files_of_the_book_are_copied() {
    let comparison = Comparison::of(
        book("- [One](one.md)\n", &["one.md"])
            .file("src/img/a.svg", "<svg/>")
            .file(
                "src/page.html",
                "<!doctype html><title>t</title><main>By hand.</main>",
            )
            .file("src/listing/main.rs", "fn main() {}\n")
            .file("src/not-in-summary.md", "# No\n"),
    );
    comparison.holds();
    for path in ["img/a.svg", "listing/main.rs"] {
        assert_eq!(comparison.reference.text(path), comparison.site.text(path));
    }
    assert!(
        !comparison.site.has("not-in-summary.html") && !comparison.site.has("not-in-summary.md")
    );
}
