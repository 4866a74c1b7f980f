//! Headings: their ids, classes and anchors.

use super::{Comparison, same};
use crate::harness::Book;

/// One chapter in both renderings, where two elements have the same id.
#[track_caller]
fn same_but_links_to_ids_given_twice(chapter: &str) {
    Comparison::of(Book::with(chapter))
        .except(
            "print.html",
            "a link to an id that stands twice leads to the first, as in a browser; in mdBook's print page to the last",
        )
        .holds();
}

#[test]
fn ids_are_made_from_all_that_is_read() {
    same(
        "# A title\n\n## Same\n\n## Same\n\n## same-1\n\n## Same\n\n### `code` and *emphasis*, **strong** ~~gone~~\n\n### [a link](one.md) after\n\n### Before [a link](one.md#x \"title\") `x` *y*\n\n\
         ### What?! (yes) & no / maybe\n\n### Method-call 🐙 expressions \u{1f47c}\n\n### 中文標題 CJK title\n\n### Größe und Maß\n\n### İstanbul ǅ\n\n### “Quotes” -- and... 'more'\n\n### <b>raw</b> html <!-- comment --> here\n\n\
         ### &copy; &lt;entity&gt;\n\n### ![image](a.png) after\n\n### !!!\n\n### ???\n\n###\n\n###### Six\n\nSetext *one*\n===\n\nSetext\ntwo\n---\n\n### A footnote[^1] here\n\n### Line\\\nbreak\n\n### <https://example.org/x>\n\n### trailing hashes ##\n\n[^1]: Note.\n",
    );
}

#[test]
fn authors_may_give_ids_classes_and_attributes() {
    same_but_links_to_ids_given_twice(
        "# One {#top}\n\n## Two {#two .wide .red}\n\n## Three {.only-class}\n\n## Four {#two}\n\n## Two\n\n## two\n\n## Five {key=value #five data-x}\n\n## Six {id=sechs}\n\n## Seven { #seven }\n\n## {#eight}\n\n## Nine {#中文}\n\n## Not {attributes\n\nSetext {#set}\n---\n",
    );
}

#[test]
fn headings_stand_in_quotes_lists_and_raw_html() {
    same_but_links_to_ids_given_twice(
        "> # In a quote\n>\n> text\n\n- # In a list\n- ## In a list\n\n<div>\n\n## In a div\n\n</div>\n\n<h2>Raw heading</h2>\n\n<h2 id=\"raw\">Raw with id</h2>\n\n## raw\n\n<details><summary>\n\n### In a summary\n\n</summary></details>\n",
    );
}

#[test]
fn a_defined_term_has_an_id_as_well() {
    same(
        "# Term\n\nTerm\n: Definition one.\n\n`code` term\n: Definition two,\n  over two lines.\n: A second definition.\n\n    With a paragraph and\n\n    - a list\n\nTerm\n\n: Loose.\n\nTwo terms\nof one definition\n: Yes.\n\nA [link](one.md) term\n: `x`\n",
    );
}

#[test]
fn links_in_headings_are_followed_by_the_rest() {
    same(
        "## See [one](one.md), [two](https://example.org) and <a href=\"x.md\">three</a> end\n\n## [`whole`](one.md)\n\n## A *[nested](one.md) link*\n",
    );
}

#[test]
fn a_chapter_without_headings_is_a_page() {
    let book = Book::with("")
        .file("src/SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n- [Three](three.md)\n- [Four](four.md)\n- [Five](five.md)\n")
        .file("src/two.md", "\n\n   \n")
        .file("src/three.md", "Text, and no heading.\n")
        .file("src/four.md", "## Second level first\n\n# Then the first\n")
        .file("src/five.md", "[one](one.md) [two](two.md#x) [three](three.md)\n");
    Comparison::of(book).holds();
}
