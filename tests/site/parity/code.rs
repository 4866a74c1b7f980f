//! Code blocks: hidden lines, `fn main` around snippets, flags, languages that nobody knows.

use super::{Comparison, same};
use crate::harness::Book;

#[test]
fn snippets_of_rust_are_wrapped_and_their_hidden_lines_hidden() {
    same(
        "```rust\nlet a = 1;\n```\n\n```rust\n# use std::fmt;\n#\n## not hidden\n#[derive(Debug)]\n    # struct A;\n#![allow(x)]\n#no\n```\n\n\
         ```rust\n#![feature(a)]\n\n#![feature(b)]\nlet b = 1;\n```\n\n```rust\nfn main() {}\n```\n\n```rust\nquick_main!(x);\n```\n\n\
         ```rust,ignore\nlet c = 1;\n# hidden\n```\n\n```rust,noplayground\nlet d;\n```\n\n```rust,noplaypen\nlet e;\n```\n\n```rust,ignore,mdbook-runnable\nlet f;\n```\n\n\
         ```rust,editable\nlet g;\n```\n\n```rust,edition2018,should_panic\nlet h;\n```\n\n```rust no_run compile_fail\nlet i;\n```\n\n```rust\n```\n\n```rust\n\n```\n\n```rust\n\n\nlet j;\n\n\n```\n\n```Rust\nlet k;\n# x\n```\n\n```rs\nlet l;\n```\n",
    );
}

#[test]
fn a_book_may_turn_wrapping_off() {
    let book = |settings: &str| {
        Book::with("```rust\nlet a = 1;\n# hidden\n```\n\n```rust,editable\nlet b;\n```\n\n```rust,mdbook-runnable\nlet c;\n```\n").settings(settings)
    };
    Comparison::of(book("[output.html.playground]\nrunnable = false\n")).holds();
    Comparison::of(book("[output.html.playground]\neditable = true\n")).holds();
    Comparison::of(book("[rust]\nedition = \"2018\"\n")).holds();
}

#[test]
fn hidden_lines_of_other_languages_are_named_by_the_book_or_the_block() {
    let chapter = "```python\n~import a\n  ~ hidden\nprint(1) ~ shown\n```\n\n```sh,hidelines=!!!\n!!!hidden\nshown\n!! shown\n```\n\n```python,hidelines=>>>\n>>> hidden\n~shown\n```\n\n```rust,hidelines=!\n!shown\n# hidden\n```\n\n```hidelines=!\n!shown\n```\n";
    Comparison::of(Book::with(chapter).settings("[output.html.code.hidelines]\npython = \"~\"\n"))
        .holds();
}

#[test]
fn blocks_stand_as_they_were_written() {
    same(
        "    indented\n      deeper\n\n    # after a blank line\n\n```\nno language\n\ttab\n  trailing  \n\n\n```\n\n```nonsense-language,x=y {.a}\n<b>&amp; \"quoted\"</b>\n```\n\n~~~text\n```\ninside\n```\n~~~\n\n````md\n```rust\nlet a;\n```\n````\n\n```text\nnever closed\n",
    );
}

#[test]
fn every_highlighted_language_keeps_its_text() {
    let languages = [
        ("toml", "[a]\nb = \"c\" # d\n"),
        ("json", "{\"a\": [1, null, true]}\n"),
        (
            "sh",
            "for a in \"$@\"; do echo ${a%.md} | sed 's/x/<y>/'; done\n",
        ),
        (
            "console",
            "$ cargo run -- <x>\n   Compiling a\n$ ls && cd ..\n",
        ),
        (
            "html",
            "<!doctype html>\n<p class=\"a\">&lt;b&gt;</p><!-- c -->\n<script>if (a < b) {}</script>\n",
        ),
        ("css", "a > b::before { content: \"<\"; }\n"),
        ("js", "const a = `<${b}>`; // c\n"),
        ("ts", "type A<T> = { a?: T };\n"),
        (
            "python",
            "def f(a):\n    \"\"\"<doc>\"\"\"\n    return f\"{a!r}\"\n",
        ),
        ("go", "func f() (int, error) { return 1, nil }\n"),
        (
            "c",
            "#include <stdio.h>\nint main(void) { return 'a' < 'b'; }\n",
        ),
        ("sql", "select * from a where b <> 'c';\n"),
        ("yaml", "a: &b\n  - <<: *b\n"),
        ("dockerfile", "FROM a AS b\nRUN echo \"<\"\n"),
        ("diff", "--- a\n+++ b\n@@ -1 +1 @@\n-old <\n+new >\n"),
        (
            "rust",
            "async fn f<'a>(x: &'a str) -> Result<(), Box<dyn std::error::Error>> { g(r#\"<\"#).await?; Ok(()) }\n",
        ),
        ("makefile", "a: b\n\t$(CC) -o $@ $<\n"),
        ("cpp", "template <typename T> T f(T&& a) { return a; }\n"),
        ("java", "class A<T> { /* < */ }\n"),
        ("haskell", "f :: Int -> Int\nf x = x <> 1\n"),
        ("xml", "<a b=\"c\"/>\n"),
        ("ini", "[a]\nb=c\n"),
    ];
    let chapter: String = languages
        .iter()
        .map(|(language, code)| format!("```{language}\n{code}```\n\n"))
        .collect();
    same(&chapter);
}

#[test]
fn code_stands_in_lists_quotes_and_tables() {
    same(
        "1. one\n\n   ```rust\n   let a = 1;\n   # let b;\n   ```\n\n2. two\n\n       indented\n\n> ```rust\n> let c;\n>\n> # let d;\n> ```\n\n- > ```sh\n  > $ ls\n  > ```\n\n| a |\n|---|\n| `x \\| y` |\n\nText with ``a `tick` inside`` and ` b `.\n",
    );
}
