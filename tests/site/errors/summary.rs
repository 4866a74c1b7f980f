//! SUMMARY.md and the files that it names.

use super::book;
use crate::harness::Book;
use crate::program::{refused, refused_at};

fn summary(text: &str) -> Book {
    book().file("src/SUMMARY.md", text)
}

#[test]
fn one_that_is_missing_empty_or_broken() {
    refused_at(
        book().without("src/SUMMARY.md"),
        "src/SUMMARY.md",
        &["- [Title](file.md)"],
    );
    refused_at(summary(""), "src/SUMMARY.md", &["names no chapter"]);
    refused_at(
        summary("# Summary\n\n- One\n"),
        "src/SUMMARY.md:3",
        &["- [Title](file.md)"],
    );
    refused_at(
        summary("- [One](one.md)\n\n- [Two](one.md\n"),
        "src/SUMMARY.md:3",
        &["- [Title](file.md)"],
    );
}

#[test]
fn chapters_that_are_missing_folders_or_there_twice() {
    refused_at(
        summary("- [One](one.md)\n- [Two](two.md)\n"),
        "src/SUMMARY.md:2",
        &["`two.md`", "create"],
    );
    refused_at(
        summary("- [One](one.md)\n- [Two](two)\n").file("src/two/README.md", ""),
        "src/SUMMARY.md:2",
        &["is a folder", "`two/README.md`"],
    );
    refused_at(
        summary("- [One](one.md)\n- [Again](one.md)\n"),
        "src/SUMMARY.md:2",
        &["second time"],
    );
    refused_at(
        summary("- [One](one.md)\n- [Again](./one.md)\n"),
        "src/one.md",
        &["twice"],
    );
    let both = refused(summary("- [Two](two.md)\n- [Three](three.md)\n"));
    assert_eq!(both.lines().count(), 2, "all are named at once: {both}");
}

#[test]
fn chapters_outside_the_book() {
    refused_at(
        summary("- [X](../x.md)\n").file("x.md", ""),
        "src/SUMMARY.md:1",
        &["outside the book"],
    );
    refused_at(
        summary("- [X](/etc/passwd)\n"),
        "src/SUMMARY.md:1",
        &["outside the book"],
    );
}

#[cfg(unix)]
#[test]
fn chapters_that_are_links_out_of_the_book_or_no_files() {
    refused_at(
        summary("- [X](x.md)\n").link("src/x.md", "/etc/passwd"),
        "src/SUMMARY.md:1",
        &["a link to a file outside"],
    );
    refused_at(
        summary("- [X](x.md)\n").link("src/x.md", "/dev/null"),
        "src/SUMMARY.md:1",
        &["outside"],
    );
    refused_at(
        summary("- [X](x.md)\n").link("src/x.md", "x.md"),
        "src/SUMMARY.md:1",
        &["does not exist"],
    );
}

#[test]
fn two_chapters_of_one_page() {
    let two = |second: &str| {
        summary(&format!("- [One](one.md)\n- [Two]({second})\n"))
            .file(&format!("src/{second}"), "# Two\n")
    };
    refused_at(
        two("one.txt"),
        "src/one.txt",
        &["`one.html`", "src/one.md", "rename"],
    );
    refused_at(two("print.md"), "src/print.md", &["`print.html`", "rename"]);
    refused_at(two("toc.md"), "src/toc.md", &["`toc.html`", "rename"]);
    let off = two("print.md")
        .settings("[output.html.print]\nenable = false\n")
        .build();
    off.page("print").shows("Two");
}

#[test]
fn a_file_of_the_book_with_the_name_of_a_page_is_named_and_left_out() {
    let site = book()
        .file("src/one.html", "theirs")
        .file("src/print.html", "theirs")
        .build();
    site.page("one").shows("One");
    assert!(
        site.warnings().contains("src/one.html: is left out"),
        "{}",
        site.warnings()
    );
    assert!(
        site.warnings().contains("src/print.html: is left out"),
        "{}",
        site.warnings()
    );
}

#[test]
fn a_404_of_ones_own_is_a_chapter_like_others() {
    let site = book()
        .file("src/404.md", "+++\nessence = \"e\"\n+++\n# Lost\n")
        .build();
    assert!(site.text("404.html").contains("Lost"));
    assert!(!site.text("404.html").contains("+++"));
    refused_at(
        book().file("src/404.md", "# Lost\n\n```figure\nid = 3\n```\n"),
        "src/404.md:4",
        &["figure"],
    );
}
