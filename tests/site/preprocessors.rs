//! External preprocessors, over mdBook's protocol: they get `[context, book]` as JSON and give a book back.
//!
//! Those here are shell scripts made of `sed`, so that the tests need nothing but what every Unix has.
#![cfg(unix)]

use crate::harness::Book;

/// A script that answers `supports` with yes, and passes the book through `sed` after taking the context off.
fn script(edit: &str) -> String {
    format!(
        "if [ \"$1\" = supports ]; then exit 0; fi\nsed -e 's/^\\[.*}},{{\"items\":/{{\"items\":/' -e 's/\\]$//' -e '{edit}'\n"
    )
}

/// A book with one preprocessor, `edit.sh`, and its section in book.toml.
fn book(section: &str, script: &str) -> Book {
    Book::with("# One\n\nThe colour of it: {{#include shade.md}}.\n")
        .settings(section)
        .file("src/shade.md", "a grey colour")
        .file("edit.sh", script)
}

#[test]
fn a_preprocessor_changes_what_chapters_say() {
    book(
        "[preprocessor.edit]\ncommand = \"sh edit.sh\"\n",
        &script("s/The colour/The color/g"),
    )
    .build()
    .page("one")
    .shows("The color of it: a grey colour.");
}

#[test]
fn a_preprocessor_after_links_sees_what_was_included() {
    book(
        "[preprocessor.edit]\ncommand = \"sh edit.sh\"\nafter = [\"links\"]\n",
        &script("s/grey/green/g"),
    )
    .build()
    .page("one")
    .shows("a green colour");
}

#[test]
fn a_preprocessor_before_links_sees_the_directive() {
    book(
        "[preprocessor.edit]\ncommand = \"sh edit.sh\"\nbefore = [\"links\"]\n",
        &script("s/#include shade/#include other/g; s/grey/green/g"),
    )
    .file("src/other.md", "another grey")
    .build()
    .page("one")
    .shows("of it: another grey.");
}

#[test]
fn preprocessors_run_in_the_order_that_they_ask_for() {
    let order = |second: &str| {
        book(
            &format!("[preprocessor.a]\ncommand = \"sh a.sh\"\n[preprocessor.b]\ncommand = \"sh b.sh\"\n{second}\n"),
            "",
        )
        .file("a.sh", &script("s/The colour/By a/g"))
        .file("b.sh", &script("s/By a/By a, then b/g"))
        .build()
    };
    order("after = [\"a\"]").page("one").shows("By a, then b");
    order("before = [\"a\"]")
        .page("one")
        .shows("By a of it")
        .hides("then b");
}

#[test]
fn a_preprocessor_that_asks_for_other_renderers_does_not_run() {
    let section = |more: &str| format!("[preprocessor.edit]\ncommand = \"sh edit.sh\"\n{more}\n");
    let wanted = |section: &str, script: &str| {
        let page = book(section, script).build().page("one");
        page.main().contains("By edit")
    };
    let edit = script("s/The colour/By edit/g");
    assert!(wanted(&section("renderers = [\"html\"]"), &edit));
    assert!(!wanted(&section("renderers = [\"epub\"]"), &edit));
    let only_html = edit.replace("exit 0", "[ \"$2\" = html ]; exit $?");
    assert!(wanted(&section(""), &only_html));
    let only_epub = edit.replace("exit 0", "[ \"$2\" = epub ]; exit $?");
    assert!(!wanted(&section(""), &only_epub));
}

#[test]
fn a_preprocessor_gets_its_settings_and_the_renderers_name() {
    let script = "if [ \"$1\" = supports ]; then exit 0; fi\ncat >input.json\nsed -e 's/^\\[.*},{\"items\":/{\"items\":/' -e 's/\\]$//' input.json\n";
    let site = book(
        "[preprocessor.edit]\ncommand = \"sh edit.sh\"\nshade = \"dark\"\n[output.html]\nsmart-punctuation = false\n",
        script,
    )
    .build();
    let input = std::fs::read_to_string(site.book.root().join("input.json")).unwrap();
    for part in [
        "\"renderer\":\"html\"",
        "\"mdbook_version\":\"0.5",
        "\"shade\":\"dark\"",
        "\"smart-punctuation\":false",
    ] {
        assert!(input.contains(part), "{part} is not in {input}");
    }
}

#[test]
fn a_preprocessor_may_add_a_chapter() {
    let added = r##"{"Chapter":{"name":"Added","content":"# Added\\n\\nBy a [preprocessor](one.md).\\n","number":[2],"sub_items":[],"path":"made/added.md","source_path":null,"parent_names":[]}}"##;
    let site = book(
        "[preprocessor.edit]\ncommand = \"sh edit.sh\"\n",
        &script(&format!(
            "s/\\]}}$/,{}]}}/",
            added.replace('/', "\\/").replace("&", "\\&")
        )),
    )
    .build();
    site.page("made/added")
        .shows("<h1 id=\"added\">")
        .shows("href=\"one.html\"")
        .has("rel=\"prev\" href=\"../one.html\"");
    site.page("one")
        .has("href=\"made/added.html\" data-path=\"made/added.html\"");
    assert!(!site.text("made/added.html").contains("Last changed"));
}

#[test]
fn a_page_outside_the_site_is_refused() {
    let messages = book(
        "[preprocessor.edit]\ncommand = \"sh edit.sh\"\n",
        &script("s/\"path\":\"one.md\"/\"path\":\"..\\/one.md\"/"),
    )
    .fails();
    assert!(messages.contains("outside the site"), "{messages}");
}

#[test]
fn a_missing_preprocessor_is_named_unless_it_is_optional() {
    let section = "[preprocessor.nowhere-to-be-found]\n";
    let messages = Book::with("# One\n").settings(section).fails();
    assert!(
        messages.starts_with(
            "book.toml:3: preprocessor `nowhere-to-be-found`: its command was not found"
        ) && messages.contains("optional = true"),
        "{messages}"
    );
    Book::with("# One\n\nText.\n")
        .settings(&format!("{section}optional = true\n"))
        .build()
        .page("one")
        .shows("Text.");
}

#[test]
fn a_preprocessor_that_fails_is_named_with_its_line() {
    let messages = book(
        "[preprocessor.edit]\ncommand = \"sh edit.sh\"\n",
        "if [ \"$1\" = supports ]; then exit 0; fi\ncat >/dev/null\nexit 3\n",
    )
    .fails();
    assert!(
        messages.starts_with("book.toml:3: preprocessor `edit`: ") && messages.contains("3"),
        "{messages}"
    );
}

#[test]
fn a_preprocessor_that_prints_something_else_is_named_with_its_line() {
    for output in ["echo garbage", "echo '{\"items\": 3}'", "true"] {
        let messages = book(
            "[preprocessor.edit]\ncommand = \"sh edit.sh\"\n",
            &format!("if [ \"$1\" = supports ]; then exit 0; fi\ncat >/dev/null\n{output}\n"),
        )
        .fails();
        assert!(
            messages.starts_with("book.toml:3: preprocessor `edit`: "),
            "{messages}"
        );
    }
}

#[test]
fn a_preprocessor_that_hangs_up_early_does_not_stop_the_build() {
    let chapter = format!("# One\n\n{}\n", "A long chapter. ".repeat(20_000));
    let answer = r#"{"items":[{"Chapter":{"name":"Own","content":"Its own.","number":null,"sub_items":[],"path":"own.md","source_path":null,"parent_names":[]}}]}"#;
    Book::with(&chapter)
        .settings("[preprocessor.edit]\ncommand = \"sh edit.sh\"\n")
        .file(
            "edit.sh",
            &format!("if [ \"$1\" = supports ]; then exit 0; fi\nexec 0<&-\necho '{answer}'\n"),
        )
        .build()
        .page("own")
        .shows("Its own.");
}
