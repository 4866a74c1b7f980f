//! feed.xml and llms.txt.

use std::path::Path;
use std::process::Command;

use atom_syndication::Feed;

use super::book;

/// A commit of everything, made on this day.
fn commit(root: &Path, day: &str) {
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .args(arguments)
            .current_dir(root)
            .env("GIT_COMMITTER_DATE", format!("{day}T12:00:00Z"))
            .output()
            .expect("git is needed for this test");
        assert!(output.status.success(), "{output:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    let date = format!("--date={day}T12:00:00Z");
    let who = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
    git(&[&who[..], &["commit", "-q", "-m", "x", &date]].concat());
}

#[test]
fn the_feed_has_each_chapter_by_its_last_change() {
    let book = book("url = \"https://example.org/book/\"\n").file(
        "src/deep/two.md",
        "+++\ndescription = \"About <two>.\"\n+++\n# Two\n",
    );
    commit(book.root(), "2026-01-02");
    let book = book.file("src/one.md", "# One, again\n");
    commit(book.root(), "2026-03-04");
    let site = book.build();
    let feed = Feed::read_from(site.text("feed.xml").as_bytes()).unwrap();
    let entries: Vec<_> = feed
        .entries()
        .iter()
        .map(|entry| {
            (
                entry.title().as_str(),
                entry.id(),
                entry.updated().to_rfc3339(),
            )
        })
        .collect();
    assert_eq!(
        entries,
        [
            (
                "1 One",
                "https://example.org/book/one.html",
                "2026-03-04T00:00:00+00:00".to_string()
            ),
            (
                "2 Two",
                "https://example.org/book/deep/two.html",
                "2026-01-02T00:00:00+00:00".to_string()
            ),
        ]
    );
    assert_eq!(feed.updated().to_rfc3339(), "2026-03-04T00:00:00+00:00");
    assert_eq!(
        feed.entries()[1].summary().unwrap().as_str(),
        "About <two>."
    );
    site.page("deep/two").has(
        "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"../feed.xml\" title=\"Test\">",
    );
}

#[test]
fn without_history_there_is_no_feed() {
    let site = book("url = \"https://example.org/\"\n").build();
    assert!(!site.has("feed.xml") && !site.page("one").html.contains("atom+xml"));
}

#[test]
fn llms_txt_lists_the_chapters() {
    let site = book("epub = true\n")
        .file(
            "src/SUMMARY.md",
            "[Before [it]](one.md)\n\n# Part\n\n- [Two](deep/two.md)\n",
        )
        .file(
            "src/deep/two.md",
            "+++\ndescription = \"About\\ntwo.\"\n+++\n# Two\n",
        )
        .build();
    assert_eq!(
        site.text("llms.txt"),
        "# Test\n\nEvery page is plain HTML that needs no script; what a chapter says stands in its `<main>` element.\n\n\
         ## Chapters\n\n- [Before \\[it\\]](one.html)\n\n## Part\n\n- [1 Two](deep/two.html): About two.\n\n\
         ## Optional\n\n- [The whole book on one page](print.html)\n- [The whole book as EPUB](test.epub)\n"
    );
}
