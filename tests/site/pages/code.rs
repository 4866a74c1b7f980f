//! Code blocks.

use crate::harness::{Book, Page};

fn page(chapter: &str) -> Page {
    Book::with(chapter).build().page("one")
}

#[test]
fn tokens_have_classes_and_no_colours() {
    let page = page("```rust,ignore\nlet a = \"b\"; // c\n```\n");
    page.shows("<div class=\"code\" data-language=\"rust\"><pre tabindex=\"0\"><code class=\"language-rust ignore\">")
        .shows("<span class=\"hl-k\">let</span>")
        .shows("<span class=\"hl-s\">\"b\"</span>")
        .shows("<span class=\"hl-c\">// c</span>")
        .hides("style=");
}

#[test]
fn a_title_stands_above_a_block_that_has_one() {
    page("```toml title=\"a <b>.toml\"\na = 1\n```\n")
        .shows("<div class=\"code-title\">a &lt;b&gt;.toml</div><pre");
    page("```toml\na = 1\n```\n").hides("code-title");
}

#[test]
fn lines_are_numbered_from_where_the_author_says() {
    page("```text numbers\na\nb\n```\n")
        .shows("<span class=\"line\" data-line=\"1\">a\n</span><span class=\"line\" data-line=\"2\">b\n</span>");
    page("```text numbers=41\na\nb\n```\n").shows("data-line=\"42\">b\n");
}

#[test]
fn lines_are_marked() {
    let page = page("```text mark=\"1,3-4\"\na\nb\nc\nd\n```\n");
    page.shows("<span class=\"line marked\">a\n</span>b\n<span class=\"line marked\">c\n</span><span class=\"line marked\">d\n</span></code>");
}

#[test]
fn hidden_lines_are_not_counted_and_can_be_unfolded() {
    let page = page("```rust,ignore numbers mark=\"2\"\n# use a;\nlet a;\nlet b;\n```\n");
    page.shows("<input class=\"unfold\" type=\"checkbox\" aria-label=\"Show hidden lines\"><pre")
        .shows("<span class=\"boring\">")
        .shows("<span class=\"line\" data-line=\"1\">")
        .shows("<span class=\"line marked\" data-line=\"2\">");
    self::page("```rust,ignore\nlet a;\n```\n").hides("unfold");
}

#[test]
fn wrong_words_after_the_backticks_name_their_line() {
    for (info, said) in [
        ("mark=\"two\"", "mark=\"2,4-6\""),
        ("numbers=first", "numbers=10"),
    ] {
        let messages = Book::with(&format!("# One\n\n```text {info}\na\n```\n")).fails();
        assert!(
            messages.starts_with("src/one.md:3: ") && messages.contains(said),
            "{messages}"
        );
    }
}

#[test]
fn a_console_block_tells_commands_from_what_they_print() {
    page("```console\n$ ls -l\ntotal 0\n```\n")
        .shows("<span class=\"hl-h\">$ </span>")
        .shows("total 0");
}

#[test]
fn an_unknown_language_is_shown_as_it_is() {
    page("```nonsense\n<a> & b\n```\n")
        .shows("<code class=\"language-nonsense\">&lt;a&gt; &amp; b\n</code>");
}

#[test]
fn every_common_language_is_highlighted() {
    let blocks = [
        ("rust", "async fn f() {}"),
        ("toml", "a = 1"),
        ("json", "{\"a\": 1}"),
        ("sh", "if true; then echo a; fi"),
        ("console", "$ ls"),
        ("html", "<p>"),
        ("css", "a { color: red; }"),
        ("js", "const a = 1;"),
        ("ts", "type A = string;"),
        ("python", "def f(): pass"),
        ("go", "func f() {}"),
        ("c", "int a;"),
        ("sql", "select 1"),
        ("yaml", "a: 1"),
        ("dockerfile", "FROM a"),
        ("diff", "+a"),
    ];
    for (language, code) in blocks {
        page(&format!("```{language}\n{code}\n```\n")).shows("<span class=\"hl-");
    }
}

#[test]
fn a_listing_written_as_html_is_a_block_like_any_other() {
    page("<pre><code class=\"language-rust ignore\"># hidden\nlet a = 1 &lt; 2;\n</code></pre>\n")
        .shows("<div class=\"code\" data-language=\"rust\">")
        .shows("class=\"unfold\"")
        .shows("<span class=\"hl-k\">let</span>");
}

#[test]
fn rust_that_can_be_run_has_the_books_edition() {
    let text = "```rust\na\n```\n\n```rust,edition2015\nb\n```\n\n```rust,ignore\nc\n```\n\n```toml\nd = 1\n```\n";
    Book::with(text)
        .settings("[rust]\nedition = \"2021\"\n")
        .build()
        .page("one")
        .shows("class=\"language-rust edition2021\"")
        .shows("class=\"language-rust edition2015\"")
        .shows("class=\"language-rust ignore\"")
        .shows("class=\"language-toml\"");
}
