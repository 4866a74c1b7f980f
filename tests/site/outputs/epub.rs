//! The book as EPUB 3, as far as it can be seen without an e-reader; CI asks epubcheck, too.

use std::collections::BTreeMap;

use roxmltree::{Document, ParsingOptions};

use super::{addresses, book, bytes, text, unpacked};
use crate::harness::{Book, Site};

type Files = BTreeMap<String, Vec<u8>>;

/// The files of the EPUB of a book whose first chapter says this.
fn opened(one: &str) -> Files {
    of(book("epub = true\n").file("src/one.md", one))
}

fn of(book: Book) -> Files {
    let site: Site = book.build();
    let files = unpacked(bytes(&site, "test.epub"));
    for (path, bytes) in &files {
        let ending = path.rsplit('.').next().unwrap();
        if ["xhtml", "opf", "ncx", "xml"].contains(&ending) {
            let text = String::from_utf8(bytes.clone()).unwrap();
            well_formed(path, &text);
        }
    }
    files
}

/// XML it is, and every address leads to a file, every fragment to an id.
fn well_formed(path: &str, text: &str) {
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    if let Err(error) = Document::parse_with_options(text, options) {
        panic!("{path}: {error}\n{text}");
    }
}

fn page(files: &Files, name: &str) -> String {
    text(files, &format!("OEBPS/{name}.xhtml"))
}

#[track_caller]
fn shows(files: &Files, name: &str, html: &str) {
    let page = page(files, name);
    assert!(page.contains(html), "not in the page: {html}\n{page}");
}

#[track_caller]
fn hides(files: &Files, name: &str, html: &str) {
    let page = page(files, name);
    assert!(!page.contains(html), "in the page: {html}\n{page}");
}

#[test]
fn it_begins_with_its_type_and_lists_its_files() {
    let site = book("epub = true\n").build();
    let epub = bytes(&site, "test.epub");
    assert_eq!(
        &epub[30..58],
        b"mimetypeapplication/epub+zip",
        "stored, and the first file"
    );
    let files = unpacked(epub);
    let package = text(&files, "OEBPS/content.opf");
    for path in files.keys().filter(|path| path.starts_with("OEBPS/")) {
        let name = &path["OEBPS/".len()..];
        assert!(
            name == "content.opf" || package.contains(&format!("href=\"{name}\"")),
            "{name} is not listed"
        );
    }
    assert_eq!(
        package.matches("id=\"epub-creator-0\"").count(),
        1,
        "{package}"
    );
    for words in [
        "<dc:title>Test</dc:title>",
        ">Ann</dc:creator>",
        "<dc:language>en</dc:language>",
        "urn:uuid:",
        "properties=\"cover-image\"",
    ] {
        assert!(package.contains(words), "{words} is missing: {package}");
    }
}

#[test]
fn the_table_of_contents_nests_as_summary_does() {
    let files = of(book("epub = true\n").file(
        "src/SUMMARY.md",
        "[Preface](one.md)\n\n# The part\n\n- [Two](deep/two.md)\n  - [Inside](inside.md)\n- [Draft]()\n\n---\n\n[After](after.md)\n",
    )
    .file("src/inside.md", "# Inside")
    .file("src/after.md", "# After"));
    let contents = text(&files, "OEBPS/nav.xhtml");
    let order: Vec<&str> = contents
        .match_indices("<a href=\"")
        .map(|(at, _)| {
            let rest = &contents[at + 9..];
            &rest[..rest.find('"').unwrap()]
        })
        .collect();
    assert_eq!(
        order,
        [
            "one.xhtml",
            "part-1.xhtml",
            "deep-two.xhtml",
            "inside.xhtml",
            "after.xhtml"
        ]
    );
    let document =
        Document::parse(contents.split_once("<!DOCTYPE html>").unwrap().1.trim()).unwrap();
    let depth = |href: &str| {
        let link = document
            .descendants()
            .find(|node| node.attribute("href") == Some(href))
            .unwrap();
        link.ancestors()
            .filter(|node| node.has_tag_name(("http://www.w3.org/1999/xhtml", "ol")))
            .count()
    };
    assert_eq!(
        (
            depth("one.xhtml"),
            depth("deep-two.xhtml"),
            depth("inside.xhtml"),
            depth("after.xhtml")
        ),
        (1, 2, 3, 1)
    );
    shows(&files, "part-1", "<h1 class=\"part\">The part</h1>");
    shows(&files, "inside", "<p class=\"kicker\">Chapter 1.1</p>");
}

#[test]
fn links_lead_inside_or_to_the_web_or_nowhere() {
    let files = opened(
        "# One\n\n## A section\n\n[two](deep/two.md#two) [gone](deep/two.md#gone) [here](#a-section) [web](https://example.org/a?b=c&d) [list](listing.rs) [std](../std/x.html) [run](javascript:x)\n",
    );
    shows(
        &files,
        "one",
        "<a href=\"deep-two.xhtml#two\">two</a> <a href=\"deep-two.xhtml\">gone</a> <a href=\"one.xhtml#a-section\">here</a> <a href=\"https://example.org/a?b=c&amp;d\">web</a> <a>list</a> <a>std</a> <a>run</a>",
    );
    shows(
        &files,
        "deep-two",
        "<a href=\"one.xhtml#a-section\">back</a>",
    );
    let names: Vec<&String> = files
        .keys()
        .filter(|path| path.ends_with(".xhtml"))
        .collect();
    for path in names {
        for address in addresses(path, &text(&files, path)) {
            assert!(
                files.contains_key(address.split('#').next().unwrap()),
                "{path} leads to {address}"
            );
        }
    }
}

#[test]
fn with_a_public_address_other_files_of_the_site_are_on_the_web() {
    let files = of(
        book("epub = true\nurl = \"https://example.org/books/one/\"\n").file(
            "src/deep/two.md",
            "# Two\n\n[list](../listing.rs) [std](../../std/x.html)\n",
        ),
    );
    shows(
        &files,
        "deep-two",
        "<a href=\"https://example.org/books/one/listing.rs\">list</a> <a href=\"https://example.org/books/std/x.html\">std</a>",
    );
}

#[test]
fn pictures_come_along() {
    let files = of(book("epub = true\n")
        .bytes("src/img/A dot.PNG", b"dot")
        .file("src/img/old.svg", "<!DOCTYPE svg PUBLIC \"a\" \"http://example.org/svg.dtd\"><svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .file("src/one.md", "# One\n\n![A dot](img/A%20dot.PNG)\n![drawn](img/old.svg)\n![far](https://example.org/far.png)\n[![inside](https://example.org/far.png)](https://example.org)\n![gone](gone.png)\n"));
    shows(&files, "one", "<img src=\"img-a-dot.png\" alt=\"A dot\"/>");
    assert_eq!(files["OEBPS/img-a-dot.png"], b"dot");
    assert_eq!(
        files["OEBPS/img-old.svg"],
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"
    );
    shows(
        &files,
        "one",
        "<a href=\"https://example.org/far.png\">far</a>",
    );
    shows(&files, "one", "<a href=\"https://example.org\">inside</a>");
    hides(&files, "one", "gone.png");
}

#[test]
fn figures_and_formulas_keep_their_languages_and_the_package_says_so() {
    let figure = "```figure\nid = \"dots\"\ncaption = \"Two dots.\"\ndescription = \"A dot and a dot.\"\nsource = \"dots.svg\"\n```\n";
    let files = of(book("epub = true\nmath = true\n")
        .file("src/dots.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\" width=\"9\" height=\"9\"><circle class=\"f-hot\" cx=\"3\" cy=\"3\" r=\"2\"/></svg>")
        .file("src/one.md", &format!("# One\n\n{figure}\n$x^2$\n")));
    shows(&files, "one", "<svg xmlns=\"http://www.w3.org/2000/svg\"");
    shows(&files, "one", "<circle class=\"f-hot\"");
    shows(
        &files,
        "one",
        "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"",
    );
    let package = text(&files, "OEBPS/content.opf");
    assert!(
        package.contains("href=\"one.xhtml\" properties=\"svg mathml\"/>"),
        "{package}"
    );
    assert!(
        !package.contains("href=\"deep-two.xhtml\" properties"),
        "{package}"
    );
    let style = text(&files, "OEBPS/stylesheet.css");
    assert!(
        style.contains(".f-hot { fill: #b93c0a; }") && style.contains(".f-hot { fill: #ff8f57; }"),
        "{style}"
    );
    assert!(
        !style.contains("light-dark") && !style.contains("var("),
        "{style}"
    );
}

#[test]
fn what_needs_a_browser_is_gone_and_nothing_is_hidden() {
    let quiz = "[[questions]]\ntype = \"MultipleChoice\"\nprompt.prompt = \"Which?\"\nprompt.distractors = [\"This\"]\nanswer.answer = \"That\"\ncontext = \"Because.\"\n";
    let files = of(book("epub = true\n").file("src/q.toml", quiz).file(
        "src/one.md",
        "# One\n\n{{#quiz q.toml}}\n\n- [x] done\n\n```rust\n# let hidden = 1;\nlet shown = 2;\n```\n\n<script>alert(1)</script><button>Push</button><iframe src=\"https://example.org/film\"></iframe>\n",
    ));
    shows(
        &files,
        "one",
        "<details class=\"answer\"><summary>Answer</summary><p>That</p>",
    );
    shows(&files, "one", "<div class=\"choice\">○");
    shows(&files, "one", "☑");
    shows(
        &files,
        "one",
        "<a href=\"https://example.org/film\">https://example.org/film</a>",
    );
    for gone in [
        "hidden",
        "<script",
        "<button",
        "<input",
        "<form",
        "<fieldset",
        "alert",
        "Push",
    ] {
        hides(&files, "one", gone);
    }
}

#[test]
fn whatever_html_an_author_writes_comes_out_well_formed() {
    let files = opened(
        "# One\n\n<center><font color=red>Old &nbsp;&lt; <br> words</font></center>\n\n<p align=left id=a>a<p id=a>b\n\n<custom-element x=1>kept</custom-element>\n\n<svg viewBox=\"0 0 1 1\"><foreignObject><p>in</p></foreignObject></svg>\n\n<details>Folded</details>\n\nA control character: \u{1}.\n",
    );
    shows(
        &files,
        "one",
        "<div><span>Old \u{a0}&lt; <br/> words</span></div>",
    );
    shows(&files, "one", "kept");
    shows(
        &files,
        "one",
        "<p xmlns=\"http://www.w3.org/1999/xhtml\">in</p>",
    );
    assert_eq!(
        page(&files, "one").matches("id=\"a\"").count(),
        1,
        "an id counts once"
    );
    shows(
        &files,
        "one",
        "<details><summary>…</summary>Folded</details>",
    );
    hides(&files, "one", "align");
    hides(&files, "one", "custom-element");
}

#[test]
fn a_book_from_right_to_left_is_one_here_too() {
    let files = of(book("epub = true\n")
        .file(
            "book.toml",
            "[book]\ntitle = \"Test\"\nlanguage = \"ar\"\n[output.labbook]\nepub = true\n",
        )
        .file("src/one.md", "# One\n\n`code`\n"));
    assert!(text(&files, "OEBPS/content.opf").contains("page-progression-direction=\"rtl\""));
    shows(&files, "one", "lang=\"ar\" xml:lang=\"ar\" dir=\"rtl\">");
    shows(&files, "one", "<code dir=\"ltr\">code</code>");
}
