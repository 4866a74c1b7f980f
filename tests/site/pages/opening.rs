//! Front matter and what it adds, the line above the title, section numbers, anchors.

use super::four_chapters;
use crate::harness::Book;

const FRONT_MATTER: &str = "+++\ndescription = \"One *door*.\"\nmetaphor = \"A host.\"\npicture = \"Many tables.\"\nessence = \"Send `each`.\"\nlab = \"lab-03\"\ndraft = true\n+++\n";

#[test]
fn front_matter_opens_and_ends_a_chapter() {
    let site = Book::with(&format!("{FRONT_MATTER}# One\n\nText.\n")).build();
    let page = site.page("one");
    page.shows("</h1>\n<p class=\"lead\">One <em>door</em>.</p>\n<dl class=\"opening\"><div><dt>Metaphor</dt><dd>A host.</dd></div><div><dt>Picture</dt><dd>Many tables.</dd></div></dl>\n<p>Text.</p>")
        .shows("<p class=\"essence\">Send <code>each</code>.</p>")
        .hides("+++");
    assert!(page.main().trim_end().ends_with("</p>"));
    page.has("<meta name=\"description\" content=\"One *door*.\">");
}

#[test]
fn a_chapter_without_front_matter_has_none_of_it() {
    Book::with("# One\n\nText.\n")
        .build()
        .page("one")
        .hides("class=\"lead\"")
        .hides("class=\"opening\"")
        .hides("class=\"essence\"");
}

#[test]
fn wrong_front_matter_names_its_line() {
    let messages = Book::with("+++\ndescription = \"x\"\nmetaphors = \"y\"\n+++\n# One\n").fails();
    assert!(
        messages.starts_with("src/one.md:3: front matter: ") && messages.contains("metaphors"),
        "{messages}"
    );
    let messages = Book::with("+++\ndescription = 3\n+++\n").fails();
    assert!(
        messages.starts_with("src/one.md:2: front matter: "),
        "{messages}"
    );
}

#[test]
fn a_title_of_two_plus_signs_is_no_front_matter() {
    Book::with("+++\n\nnever closed\n")
        .build()
        .page("one")
        .shows("+++");
}

#[test]
fn the_line_above_the_title_says_what_the_chapter_costs() {
    let words = "word ".repeat(401);
    let figure =
        "```figure\nid = \"a\"\ncaption = \"A.\"\ndescription = \"B.\"\nsource = \"a.svg\"\n```\n";
    let site = Book::with(&format!("{FRONT_MATTER}# One\n\n{words}\n\n{figure}"))
        .file("src/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"><path d=\"M0 0h5\"/></svg>")
        .build();
    // 402 words with the title, a hundred for the figure, at 200 a minute.
    site.page("one")
        .has("title=\"All chapters\">Chapter 1</a>")
        .has("<span>1 figure</span>")
        .has("<span>3 min</span>")
        .has("<span>lab-03</span>")
        .has("<span class=\"badge\">Draft</span>");
}

#[test]
fn a_chapter_without_a_number_has_no_line_above_its_title() {
    let site = four_chapters().build();
    assert!(!site.text("before.html").contains("class=\"kicker\""));
    site.page("deep/inner").has(">Chapter 1.1</a>");
}

#[test]
fn only_an_english_book_says_chapter() {
    let site = Book::with("# 一\n")
        .file("book.toml", "[book]\ntitle = \"書\"\nlanguage = \"zh\"\n")
        .build();
    site.page("one").has(">1</a>").has("<html lang=\"zh\"");
}

#[test]
fn sections_are_numbered_where_the_book_says_so() {
    let chapter = "# One\n\n## First\n\n### Detail\n\n## Aside {.unnumbered}\n\n## Second\n";
    let site = Book::with(chapter)
        .settings("[output.labbook]\nnumber-sections = true\n")
        .build();
    site.page("one")
        .shows("<h2 id=\"first\" data-number=\"1.1\">")
        .shows("<h2 id=\"aside\" class=\"unnumbered\">")
        .shows("<h2 id=\"second\" data-number=\"1.2\">")
        .shows("<h3 id=\"detail\">");
    Book::with(chapter).build().page("one").hides("data-number");
}

#[test]
fn headings_are_anchors_and_listed_beside_the_page() {
    let site = Book::with("# One\n\n## A `b` & *c*\n\n### Deep\n\n#### Deeper\n").build();
    let page = site.page("one");
    page.shows("<h2 id=\"a-b--c\"><a class=\"header\" href=\"#a-b--c\">A <code>b</code> &amp; <em>c</em></a></h2>")
        .has("<li class=\"level-2\"><a href=\"#a-b--c\">A <code>b</code> &amp; <em>c</em></a></li>")
        .has("<li class=\"level-3\"><a href=\"#deep\">Deep</a></li>");
    assert!(!page.html.contains("<a href=\"#deeper\">"));
}

#[test]
fn a_heading_with_a_link_keeps_both_links() {
    Book::with("## See [this](one.md)\n")
        .build()
        .page("one")
        .shows("<h2 id=\"see-this\"><a class=\"header\" href=\"#see-this\" aria-label=\"Link to this section\"></a>See <a href=\"one.html\">this</a></h2>");
}
