//! Markdown's other blocks and phrases.

use super::{Comparison, same};
use crate::harness::Book;

#[test]
fn footnotes_are_numbered_and_linked_both_ways() {
    same(
        "# Notes\n\nOne[^a] two[^b][^a] three[^c] again[^a].\n\n[^b]: Second note.\n\n[^a]: First note with `code` and [a link](one.md).\n\n    Its second paragraph.\n\n[^c]:\n    ```rust\n    let in_a_note = 1;\n    ```\n\n[^unused]: Never referred to[^d].\n\n[^d]: From the unused one.\n\nMissing[^nowhere] and *emphasised[^e]*.\n\n[^e]: - a list\n    - in a note\n\n[^a]: A second definition[^f].\n\n[^f]: Only from the second definition.\n\n## Heading[^b]\n",
    );
}

#[test]
fn footnotes_stand_anywhere() {
    same(
        "- in a list[^list]\n\n  [^list]: From the list.\n\n> in a quote[^quote]\n>\n> [^quote]: From the quote.\n\n| a[^t] |\n|---|\n| b[^t] |\n\n[^t]: Table.\n\n[^outer]: Outer with[^inner].\n\n    [^inner]: Inner.\n\nText[^outer] [^with space] [^中文]\n\n[^中文]: 註。\n\n[^q\"uote]: Odd name.\n\nOdd[^q\"uote] and ![alt[^t]](a.png)\n\n[^h]: ## A heading in a note\n\nSee[^h].\n\n## A heading in a note\n",
    );
}

#[test]
fn admonitions_are_quotes_with_a_title() {
    same(
        "> [!NOTE]\n> Note **text**.\n\n> [!TIP]\n> Tip.\n>\n> - list\n\n> [!IMPORTANT]\n> Important.\n\n> [!WARNING]\n> Warning.\n\n> [!CAUTION]\n> Caution.\n\n> [!note]\n> Small letters.\n\n> [!OTHER]\n> No kind.\n\n> [!NOTE] with text\n> No kind either.\n\n> Plain quote.\n>\n> > Nested.\n\n- > [!NOTE]\n  > In a list.\n\n> [!NOTE]\n",
    );
}

#[test]
fn tables_keep_every_cell() {
    same(
        "| Left | Center | Right | None |\n|:-----|:------:|------:|------|\n| a | b | c | d |\n| `e` | *f* | [g](one.md) | ![h](h.png) |\n| short |\n| too | many | cells | in | this | row |\n| a \\| b | <b>raw</b> | <br> | |\n\nno | pipes\n---|---\nat | ends\n\n|head only|\n|---|\n",
    );
}

#[test]
fn lists_nest_and_begin_anywhere() {
    same(
        "- a\n  - b\n    - c\n\n      paragraph\n- d\n\n7. seven\n8. eight\n   1. nested\n   1. nested\n\n0. zero\n\n- [ ] to do\n- [x] done\n  - [X] nested\n- [ ]\n- [ ] with `code` and [link](one.md)\n\n1. [ ] ordered\n\n* loose\n\n* items\n\n- > quote\n  > in list\n- # heading in list\n-\n- after an empty one\n\n+ plus\n1) parenthesis\n",
    );
}

#[test]
fn links_become_links_to_pages() {
    same(
        "[a](one.md) [b](one.md#part) [c](../x/y.md \"title\") [d](#part) [e](https://example.org/a.md) [f](mailto:a@example.org) [g](./a%20b.md#c%20d) [h](<a b.md>) [i](x.md?query#f) [j](x.markdown) [k](README.md) [l](/abs/x.md) [n](x.mdx) [o](a.md.b.md) [p]() [q](one.html#x) [r](a.md/b) [s](javascript:void) [t](A.MD)\n\n\
         <https://example.org/x.md> <a@example.org> https://bare.example.org www.example.org\n\n[ref] [text][ref] [text][Ref] [missing] [text][missing] [collapsed][]\n\n[ref]: one.md#ref \"Reference title\"\n[collapsed]: <two.md>\n\n\
         [*em* `code` ![img](i.png)](one.md) ![alt *em* `code` [link](x.md)](a.png \"title\") ![](empty.png) ![ref] ![x.md](x.md)\n\n[ref]: again.md\n",
    );
}

#[test]
fn phrases_stay() {
    same(
        "Hard  \nbreak, back\\\nslash, soft\nbreak.\n\n~~gone~~ ~one~ **bold _and em_** ***both*** __under__ a_b_c a*b*c \\*escaped\\* &amp; &copy; &#x2014; &nosuch; < > \" ' 1 < 2 && 3 > 2\n\n---\n\n***\n\nA line with a tab\there and\u{a0}no-break.\n\nsuper^script^ sub~script~ ==mark== $math$ $$more$$ :emoji: 🦀\n\nTrailing backslash\\\n",
    );
}

#[test]
fn smart_punctuation_is_on_unless_the_book_says_otherwise() {
    let chapter = "# \"Quoted\" -- 'heading'...\n\n\"Double\" 'single' it's -- en --- em ... ellipsis `\"code\"--` \"a 'nested' b\"\n\n[\"link\"](one.md \"it's\") ![\"alt\"](a.png) 「中」\"文\"\n\n```text\n\"code\" -- ...\n```\n";
    for settings in [
        "",
        "[output.html]\nsmart-punctuation = false\n",
        "[output.html]\nsmart-punctuation = true\n",
    ] {
        Comparison::of(Book::with(chapter).settings(settings)).holds();
    }
}

#[test]
fn line_endings_and_byte_order_marks_make_no_difference() {
    let chapter = "# One\r\n\r\nText\r\nmore  \r\nhard.\r\n\r\n```rust\r\nlet a = 1;\r\n# hidden\r\n\r\nlet b;\r\n```\r\n\r\n- a\r\n- b\r\n\r\n| a |\r\n|---|\r\n| b |\r\n\r\n<div>\r\nraw\r\n</div>\r\n\r\n    indented\r\n    code\r\n\r\n{{#include crlf.txt:2}}\r\n\r\n```text\r\n{{#include crlf.txt}}\r\n```\r\n";
    let book = Book::with(chapter)
        .file(
            "src/SUMMARY.md",
            "\u{feff}# Summary\r\n\r\n- [One](one.md)\r\n  - [Mark](mark.md)\r\n",
        )
        .file("src/mark.md", "\u{feff}# Mark\n\nText.\n")
        .file("src/crlf.txt", "a\r\nb\r\nc\r\n");
    Comparison::of(book).holds();
}
