//! Settings of `[output.html]` that change what a page says.

use super::Comparison;
use crate::harness::Book;

const CHAPTER: &str =
    "# One\n\n> [!NOTE]\n> Note.\n\nTerm\n: Definition.\n\n~one~ ~~two~~\n\n## Two\n";

#[track_caller]
fn same_with(settings: &str) -> Comparison {
    let book = Book::with(CHAPTER)
        .settings(settings)
        .file(
            "src/SUMMARY.md",
            "[Before](before.md)\n\n# Part\n\n- [One](one.md)\n  - [Two](part/two.md)\n",
        )
        .file(
            "src/before.md",
            "# Before\n\n## Two\n\nSee [two](part/two.md#two).\n",
        )
        .file(
            "src/part/two.md",
            "# Two\n\n## Two\n\n[up](../one.md) [own](#two) ![i](../i.png)\n",
        );
    let comparison = Comparison::of(book);
    comparison.holds();
    comparison
}

#[test]
fn admonitions_and_definition_lists_can_be_turned_off() {
    same_with("[output.html]\nadmonitions = false\n");
    same_with("[output.html]\ndefinition-lists = false\n");
}

#[test]
fn numbers_before_chapters_can_be_turned_off() {
    same_with("").same_contents();
    same_with("[output.html]\nno-section-label = true\n").same_contents();
}

#[test]
fn folding_hides_no_chapter() {
    same_with("[output.html.fold]\nenable = true\nlevel = 0\n").same_contents();
}

#[test]
fn print_and_the_page_for_what_is_missing_can_be_turned_off() {
    same_with("[output.html.print]\nenable = false\n");
    same_with("[output.html]\ninput-404 = \"\"\n");
    same_with("[output.html.print]\npage-break = false\n");
}

#[test]
fn an_author_writes_the_page_for_what_is_missing() {
    let book = Book::with("# One\n").file("src/404.md", "# Lost\n\nGo [home](one.md).\n");
    Comparison::of(book).holds();
    let book = Book::with("# One\n")
        .settings("[output.html]\ninput-404 = \"lost.md\"\nsite-url = \"/sub/\"\n")
        .file("src/lost.md", "# Lost here\n");
    Comparison::of(book).holds();
}

#[test]
fn redirects_lead_to_the_same_addresses() {
    same_with(
        "[output.html.redirect]\n\"/old.html\" = \"one.html\"\n\"/deep/old.html\" = \"../part/two.html#two\"\n\"/away.html\" = \"https://example.org/\"\n\"/old.html#a\" = \"before.html\"\n\"/one.html#gone\" = \"before.html#two\"\n\"./dotted.html\" = \"one.html\"\n\"bare.html\" = \"one.html\"\n",
    );
}

#[test]
fn a_book_without_a_title_or_with_one_like_its_chapter_is_the_same() {
    Comparison::of(Book::with("# One\n").file("book.toml", "[book]\n")).holds();
    Comparison::of(Book::with("# One\n").file("book.toml", "")).holds();
    Comparison::of(Book::with("# One\n").file(
        "book.toml",
        "[book]\ntitle = \"A <b> & \\\"c\\\"\"\nlanguage = \"de\"\n",
    ))
    .holds();
}

#[test]
fn another_source_folder_works() {
    let book = Book::empty()
        .file(
            "book.toml",
            "[book]\ntitle = \"T\"\nsrc = \"text/md\"\n[build]\nbuild-dir = \"site\"\n",
        )
        .file("text/md/SUMMARY.md", "- [One](one.md)\n")
        .file("text/md/one.md", "# One\n");
    Comparison::of(book).holds();
}
