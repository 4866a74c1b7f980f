//! Everything that `check` must find, with the file and line of what the author wrote, and what it must leave alone.

mod cards;
mod contrast;
mod labs;
mod text;
mod weight;

use crate::harness::Book;
use crate::program::{labbook, run};

/// A chapter below three lines of front matter.
fn chapter(text: &str) -> Book {
    Book::with(&format!("+++\ndraft = false\n+++\n{text}")).file("src/picture.png", "not really")
}

/// `check` finds exactly these, given as the beginning of each line and a word in it.
#[track_caller]
fn finds(book: Book, expected: &[(&str, &str)]) {
    let problems = book.build().problems();
    let lines: Vec<&str> = problems.lines().collect();
    assert_eq!(lines.len(), expected.len(), "found:\n{problems}");
    for (line, (place, word)) in lines.iter().zip(expected) {
        assert!(
            line.starts_with(&format!("{place}: ")),
            "not at {place}: {line}"
        );
        assert!(line.contains(word), "no `{word}` in: {line}");
    }
}

#[track_caller]
fn finds_nothing(book: Book) {
    assert_eq!(book.build().problems(), "");
}

#[test]
fn links_that_lead_nowhere() {
    finds(
        chapter(
            "# One\n\n[a](two.md)\nand [b](one.md#nope), [c](#gone).\n\n- <a href=\"lost.html\">d</a>\n- [e]\n\n[e]: deep/er.md#x\n",
        ),
        &[
            ("src/one.md:6", "`two.md`"),
            ("src/one.md:7", "`#gone`"),
            ("src/one.md:7", "`one.md#nope`"),
            ("src/one.md:9", "`lost.html`"),
            ("src/one.md:10", "`deep/er.md#x`"),
        ],
    );
}

#[test]
fn links_that_lead_somewhere() {
    finds_nothing(
        chapter("# One\n\n[a](one.md) [b](one.md#one) [c](#one) [d](#top) [e](two.md) [f](two.html) [g](part/README.md) [h](part/)\n[i](picture.png) [j](https://example.org/#x) [k](mailto:a@example.org) [l](//example.org/) [m](../beside/index.html)\n[n](page.html#there) [o](<a b.md>) [p](a%20b.md#%C3%BCber) [q](one.md?a=b#one) [r](/one.html) <a name=\"s\"></a>[s](#s) [t](part/index.html#part)\n")
            .file("src/SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n- [Part](part/README.md)\n- [AB](<a b.md>)\n")
            .file("src/two.md", "# Two\n")
            .file("src/part/README.md", "# Part\n\n[up](../one.md) [two](../two.html#two)\n")
            .file("src/a b.md", "# Über\n")
            .file("src/page.html", "<p id=there>"),
    );
}

#[test]
fn links_of_captions_and_front_matter() {
    let text = |link: &str| {
        format!(
            "+++\nessence = \"As [b](./{link}) says.\"\n+++\n# One\n\ntext\n\n```figure\nid = \"f\"\ncaption = \"See [a]({link}#x).\"\ndescription = \"d\"\nsource = \"f.pikchr\"\n```\n"
        )
    };
    let book = |link: &str| {
        let drawn = Book::with(&text(link)).file("src/f.pikchr", "box\n");
        drawn
            .file("src/SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n")
            .file("src/two.md", "# Two {#x}\n")
    };
    finds(
        book("lost.md"),
        &[
            ("src/one.md:4", "`./lost.md`"),
            ("src/one.md:10", "`lost.md#x`"),
        ],
    );
    finds_nothing(book("two.md"));
}

#[test]
fn links_of_the_books_own_404() {
    let book = |link: &str| {
        chapter("# One\n").file(
            "src/404.md",
            &format!("+++\ndraft = true\n+++\n# Lost\n\nGo [home]({link}).\n"),
        )
    };
    finds(book("two.md"), &[("src/404.md:6", "`two.md`")]);
    finds_nothing(book("one.md#one"));
}

#[test]
fn links_from_the_root_of_the_host_are_checked_where_they_lie_in_the_site() {
    let text = "# One\n\n[a](/book/one.html) [b](/book/lost.html) [c](/other/page.html)\n";
    let book =
        |url: &str| chapter(text).settings(&format!("[output.html]\nsite-url = \"{url}\"\n"));
    finds(book("/book/"), &[("src/one.md:6", "`/book/lost.html`")]);
    finds(
        book("https://example.org/book"),
        &[("src/one.md:6", "`/book/lost.html`")],
    );
}

#[test]
fn images_that_are_missing_or_say_nothing() {
    finds(
        chapter(
            "# One\n\n![a](lost.png)\n![](picture.png)\n\n<img src=\"gone.png\" alt=\"\">\n<img src=\"picture.png\">\n<video src=\"lost.mp4\"></video>\n",
        ),
        &[
            ("src/one.md:6", "`lost.png`"),
            ("src/one.md:7", "no alternative text"),
            ("src/one.md:9", "`gone.png`"),
            ("src/one.md:10", "no `alt`"),
            ("src/one.md:11", "`lost.mp4`"),
        ],
    );
}

#[test]
fn redirects_that_lead_nowhere() {
    let book = Book::with("# One\n").settings(
        "[output.html.redirect]\n\"/old.html\" = \"one.html\"\n\"./older.html\" = \"./lost.html\"\n\"/one.html#was\" = \"#nope\"\n\"/a/b.html\" = \"../one.html#one\"\n\"/a/c.html\" = \"one.html\"\n\"/far.html\" = \"https://example.org/\"\n",
    );
    finds(
        book,
        &[
            ("book.toml:5", "`./lost.html`"),
            ("book.toml:6", "`#nope`"),
            ("book.toml:8", "`one.html`"),
        ],
    );
}

#[test]
fn anchors_of_includes() {
    finds(
        chapter(
            "# One\n\n```rust\n{{#include code.rs:here}}\n{{#rustdoc_include code.rs:gone}}\n```\n",
        )
        .file(
            "src/code.rs",
            "// ANCHOR: here\nfn main() {}\n// ANCHOR_END: here\n",
        ),
        &[("src/one.md:8", "`ANCHOR: gone`")],
    );
}

#[test]
fn ids_that_stand_twice() {
    finds(
        chapter(
            "# One\n\n<a id=\"x\"></a>\n\ntext\n\n## Two {#x}\n\n## Again\n\n## Again\n\n<p id=\"again-1\">text</p>\n",
        ),
        &[("src/one.md:10", "`x`"), ("src/one.md:16", "`again-1`")],
    );
}

#[test]
fn labels_of_figures_that_overflow_or_collide() {
    let figure = |drawing: &str| {
        chapter("# One\n\n```figure\nid = \"f\"\ncaption = \"c\"\ndescription = \"d\"\nsource = \"f.pikchr\"\n```\n")
            .file("src/f.pikchr", drawing)
    };
    finds(
        figure("box \"much too long for such a box\" width 30px\n"),
        &[("src/one.md:6", "\"much too long for such a box\"")],
    );
    finds(
        figure("text \"one\" at (0,0)\ntext \"two\" at (0.05,0)\n"),
        &[("src/one.md:6", "labels \"one\" and \"two\" overlap")],
    );
    finds_nothing(figure("box \"fits\"\n"));
}

#[test]
fn html_that_does_not_parse() {
    let html = |text: &str, line: usize, word: &str| {
        finds(
            chapter(&format!("# One\n\n{text}\n")),
            &[(&format!("src/one.md:{line}"), word)],
        );
    };
    html("text\nand <div>a block</div> in it", 7, "`</p>`");
    html(
        "[one <a href=\"one.html\">in</a> another](one.md)",
        6,
        "`<a href=\"one.html\">`",
    );
    html(
        "<table>\n<tr><td>a</td></tr>\nbetween\n</table>",
        9,
        "`</table>`",
    );
    html("## Two\n\n<p>\n\n**a**\n\n</p>", 12, "`</p>`");
    html(
        "text\n\n<div>\n\nnever closed\n",
        8,
        "`<div>` is not closed",
    );
    html("- a <b>bold\n- item", 6, "`<b>` is not closed");
    html("text </i>", 6, "`</i>` closes nothing");
    html("<p class=\"a\" class=\"b\">x</p>", 6, "Duplicate attribute");
    html("text\n\n<!-- never\n\nclosed", 10, "`-->`");
}

#[test]
fn html_that_is_well_formed() {
    finds_nothing(chapter(
        "# One\n\n<details>\n<summary>More</summary>\n\ntext with **marks**\n\n</details>\n\na<br>b<br/>c <kbd>Ctrl</kbd> <!-- note -->\n\n<center>old</center>\n\n<table><tr><td>a</td></tr></table>\n\n<svg width=\"1\" height=\"1\"><path d=\"M0 0\"/></svg>\n\n<style>\n.a > b { color: red }\n</style>\n\n<script>\nif (1 < 2 && \"</p>\") {}\n</script>\n\n| a | b |\n|---|---|\n| <b>1</b> | `<p>` |\n\nterm\n: meaning\n\nnote[^1]\n\n[^1]: text\n",
    ));
}

#[test]
fn lines_are_the_authors_also_after_includes_and_preprocessors() {
    finds(
        chapter("# One\n\n{{#include long.md}}\n\n[a](lost.md)\n\n{{#include long.md}}\n\ntext <div>x</div>\n")
            .file("src/long.md", &"many lines\n\n".repeat(20)),
        &[("src/one.md:8", "`lost.md`"), ("src/one.md:12", "`</p>`")],
    );
}

#[test]
fn a_template_that_is_not_well_formed_is_not_blamed_on_the_author() {
    let book = Book::with("# One\n")
        .settings("[output.labbook]\ntheme = \"theme\"\n")
        .file(
            "theme/templates/page.hbs",
            "<!DOCTYPE html>\n<title>t</title><main>{{{content}}}</main></div>\n",
        );
    finds(book, &[("src/one.md:1", "template")]);
}

#[test]
fn the_command_counts_what_it_looked_at() {
    let fine = run(labbook(&chapter("# One\n\n[a](#one)\n"), &["check"]));
    assert_eq!(
        (fine.code, fine.stdout.as_str()),
        (0, "1 page, 1 link, 0 figures: nothing wrong\n")
    );
    let wrong = run(labbook(
        &chapter("# One\n\n[a](#two) [b](#three)\n"),
        &["check"],
    ));
    assert_eq!(
        (wrong.code, wrong.stderr.lines().count()),
        (1, 2),
        "{wrong:?}"
    );
}
