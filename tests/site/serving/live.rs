//! What an open page is told when files change. The files are real, the changes are named by hand: no test waits for the
//! system, but the last ones, which are about it.

use std::fs;
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use labbook::build::{Purpose, build};
use labbook::live::{Live, Moment, Revision, absolute};
use serde_json::Value;

use crate::harness::Book;

/// Three chapters, of which one includes a listing that lies outside the source folder.
fn book() -> Book {
    Book::empty()
        .file(
            "book.toml",
            "[book]\ntitle = \"Test\"\n[output.labbook]\ntheme = \"look\"\n[output.html]\nadditional-css = [\"own.css\"]\n",
        )
        .file("look/README.md", "")
        .file("own.css", "p {}")
        .file("src/SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n- [Three](three.md)\n")
        .file("src/one.md", "# One\n\nFirst words.\n")
        .file("src/two.md", "# Two\n\nSecond words.\n")
        .file("src/three.md", "# Three\n\n{{#include ../listings/code.rs}}\n")
        .file("listings/code.rs", "let a = 1;\n")
        .file("src/picture.svg", "<svg/>")
}

/// A book that is served, and what a reader has seen of it.
pub(super) struct Author {
    book: Book,
    live: Live,
    seen: Revision,
}

impl Author {
    pub(super) fn of(book: Book) -> Author {
        let live = Live::of(build(book.root(), Purpose::Preview).unwrap());
        let seen = live.state().borrow().revision;
        Author { book, live, seen }
    }

    fn now(&self) -> std::sync::Arc<Moment> {
        self.live.state().borrow().clone()
    }

    /// Writes files and rebuilds once; the problems.
    pub(super) fn writes(&mut self, files: &[(&str, &str)]) -> Vec<String> {
        self.seen = self.now().revision;
        for (path, text) in files {
            let file = self.book.root().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        let paths: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
        self.changed(&paths)
    }

    fn changed(&mut self, paths: &[&str]) -> Vec<String> {
        let root = self.book.root();
        let paths = paths.iter().map(|path| absolute(root, path)).collect();
        let report = self.live.changed(&paths);
        let problems = report.problems.iter().map(ToString::to_string).collect();
        if !report.problems.is_empty() {
            self.live.tell(report.problems);
        }
        problems
    }

    /// Names of what the reader of a page is told since the last write.
    pub(super) fn told(&self, page: &str) -> Vec<&'static str> {
        let events = self.now().events(page, Some(self.seen));
        events.iter().map(|event| event.name).collect()
    }

    /// The data of one event.
    pub(super) fn data(&self, page: &str, name: &str) -> Value {
        let events = self.now().events(page, Some(self.seen));
        let event = events.into_iter().find(|event| event.name == name);
        event.unwrap_or_else(|| panic!("no {name}")).data
    }

    /// A page as it is served.
    pub(super) fn page(&self, path: &str) -> String {
        match &self.now().site.files[path] {
            labbook::site::Content::Bytes(bytes) => String::from_utf8(bytes.clone()).unwrap(),
            labbook::site::Content::File(file) => fs::read_to_string(file).unwrap(),
        }
    }
}

#[test]
fn only_the_page_of_an_edited_chapter_gets_its_new_content() {
    let mut author = Author::of(book());
    assert!(
        author
            .writes(&[("src/two.md", "# Two\n\nFresh words.\n")])
            .is_empty()
    );
    assert_eq!(author.told("two.html"), ["page", "site"]);
    let html = author.data("two.html", "page")["html"].to_string();
    assert!(
        html.contains("Fresh words") && !html.contains("First words"),
        "{html}"
    );
    assert_eq!(
        author.told("one.html"),
        [""; 0],
        "nothing of it has changed"
    );
    assert!(author.page("two.html").contains("Fresh words"));
    assert!(author.page("print.html").contains("Fresh words"));
}

#[test]
fn the_copy_of_the_first_chapter_at_the_root_changes_with_it() {
    let mut author = Author::of(book());
    author.writes(&[("src/one.md", "# One\n\nFresh words.\n")]);
    assert_eq!(author.told("index.html"), ["page", "site"]);
}

#[test]
fn a_heading_changes_the_lists_of_all_that_show_it() {
    let mut author = Author::of(book());
    author.writes(&[(
        "src/SUMMARY.md",
        "- [One](one.md)\n- [Second](two.md)\n- [Three](three.md)\n",
    )]);
    assert_eq!(author.told("one.html"), ["site"]);
    assert!(author.page("one.html").contains("Second"));
}

#[test]
fn an_included_file_changes_the_chapters_that_include_it() {
    let mut author = Author::of(book());
    author.writes(&[("listings/code.rs", "let b = 2;\n")]);
    assert_eq!(author.told("three.html"), ["page", "site"]);
    assert_eq!(author.told("two.html"), [""; 0]);
}

#[test]
fn a_chapter_that_another_includes_changes_both() {
    let mut author = Author::of(book().file("src/two.md", "# Two\n\n{{#include ./one.md}}\n"));
    author.writes(&[("src/one.md", "# One\n\nFresh words.\n")]);
    assert_eq!(author.told("two.html"), ["page", "site"]);
}

#[test]
fn a_broken_chapter_is_told_with_file_and_line_and_the_last_good_page_stays() {
    let mut author = Author::of(book());
    let problems = author.writes(&[("src/two.md", "# Two\n\n{{#include nothere.rs}}\n")]);
    assert_eq!(problems.len(), 1);
    for page in ["one.html", "two.html", "toc.html"] {
        assert_eq!(author.told(page), ["problems"], "{page}");
    }
    let told = author.data("two.html", "problems");
    assert!(
        told[0]["file"].as_str().unwrap().ends_with("src/two.md"),
        "{told}"
    );
    assert_eq!(told[0]["line"], 3);
    assert!(author.page("two.html").contains("Second words"));
    assert!(!author.now().is_assembling);

    // Another good edit elsewhere does not mend it.
    let problems = author.writes(&[("src/one.md", "# One\n\nFresh words.\n")]);
    assert_eq!(problems.len(), 1);

    author.writes(&[("src/two.md", "# Two\n\nMended words.\n")]);
    assert_eq!(
        author.data("two.html", "problems"),
        Value::Array(Vec::new())
    );
    assert!(author.page("two.html").contains("Mended words"));
    assert!(
        author.page("one.html").contains("Fresh words"),
        "it came while the book was broken"
    );
}

#[test]
fn a_broken_template_keeps_the_site_and_its_mending_is_told() {
    let mut author = Author::of(book());
    let problems = author.writes(&[("look/templates/partials/turn.hbs", "{{nothing}}")]);
    assert!(
        problems[0].contains("look/templates/turn.hbs:1: "),
        "{problems:?}"
    );
    assert_eq!(author.told("one.html"), ["problems"]);
    fs::remove_file(author.book.root().join("look/templates/partials/turn.hbs")).unwrap();
    assert!(
        author
            .changed(&["look/templates/partials/turn.hbs"])
            .is_empty()
    );
    assert_eq!(author.told("one.html"), ["problems"]);
}

#[test]
fn new_renamed_and_removed_chapters_are_noticed() {
    let mut author = Author::of(book());
    author.writes(&[
        ("src/four.md", "# Four\n"),
        (
            "src/SUMMARY.md",
            "- [One](one.md)\n- [Three](three.md)\n- [Four](four.md)\n",
        ),
    ]);
    assert_eq!(author.told("two.html"), ["gone"]);
    assert_eq!(author.told("one.html"), ["site"], "next chapter and list");
    assert!(author.page("one.html").contains("four.html"));
    author.writes(&[("src/SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n")]);
    assert_eq!(author.told("two.html"), ["page", "site"], "it is back");
    assert_eq!(author.told("three.html"), ["gone"]);
}

#[test]
fn a_chapter_whose_file_is_gone_is_a_problem_until_it_is_back() {
    let mut author = Author::of(book());
    fs::remove_file(author.book.root().join("src/two.md")).unwrap();
    let problems = author.changed(&["src/two.md"]);
    assert!(problems[0].contains("SUMMARY.md:2"), "{problems:?}");
    assert!(
        author
            .writes(&[("src/two.md", "# Two\n\nSecond words.\n")])
            .is_empty()
    );
    assert_eq!(author.told("two.html"), ["problems"]);
}

#[test]
fn styles_are_exchanged_templates_scripts_and_settings_load_the_page_anew() {
    let mut author = Author::of(book());
    author.writes(&[("look/styles/99-own.css", "p { color: red }")]);
    assert_eq!(
        author.told("one.html"),
        ["site"],
        "its head names another style sheet"
    );
    author.writes(&[("look/templates/partials/turn.hbs", "<p>turn</p>")]);
    assert_eq!(author.told("one.html"), ["reload"]);
    author.writes(&[("look/scripts/page/own.js", "1;")]);
    assert_eq!(author.told("one.html"), ["reload"]);
    author.writes(&[("book.toml", "[book]\ntitle = \"Another\"\n")]);
    assert_eq!(author.told("one.html"), ["reload"]);
}

#[test]
fn files_that_are_shown_as_they_are_are_named() {
    let mut author = Author::of(book());
    author.writes(&[
        ("src/picture.svg", "<svg></svg>"),
        ("own.css", "p { color: red }"),
    ]);
    assert_eq!(author.told("one.html"), ["files"]);
    let named = author.data("one.html", "files")["paths"].to_string();
    assert_eq!(named, r#"["own.css","picture.svg"]"#);
}

#[test]
fn a_save_without_a_change_tells_nobody() {
    let mut author = Author::of(book());
    author.writes(&[("src/two.md", "# Two\n\nSecond words.\n")]);
    assert_eq!(author.told("two.html"), [""; 0]);
}

#[test]
fn who_comes_back_learns_what_changed_meanwhile_and_who_saw_another_run_everything() {
    let mut author = Author::of(book());
    let away = author.now();
    author.writes(&[("src/two.md", "# Two\n\nFresh words.\n")]);
    author.writes(&[("src/one.md", "# One\n\nFresh words.\n")]);
    let now = author.now();
    let names = |seen| -> Vec<_> {
        let events = now.events("two.html", seen);
        events.iter().map(|event| event.name).collect()
    };
    assert_eq!(names(now.revision_of(&away.id())), ["page", "site"]);
    assert_eq!(names(now.revision_of(&now.id())), [""; 0]);
    assert_eq!(now.revision_of("another-run.7"), None);
    assert!(names(None).contains(&"site"));
}

#[test]
fn search_is_made_when_it_is_asked_for() {
    let mut author = Author::of(book());
    let index = "labbook/search-index.js";
    assert!(
        author.now().site.files.contains_key(index),
        "the first build makes it"
    );
    author.writes(&[("src/two.md", "# Two\n\nZebras.\n")]);
    assert!(!author.now().has_search);
    author.live.make_search();
    assert!(author.page(index).contains("zebra"));
    assert_eq!(author.told("one.html"), [""; 0]);
}

#[test]
fn a_page_whose_policy_may_change_is_not_exchanged_piece_by_piece() {
    let mut author = Author::of(book());
    author.writes(&[("src/one.md", "# One\n\n<p style=\"color: red\">red</p>\n")]);
    assert_eq!(author.told("one.html"), ["site"]);
    author.writes(&[(
        "src/one.md",
        "# One\n\n<p style=\"color: red\">still red</p>\n",
    )]);
    assert_eq!(author.told("one.html"), ["page", "site"]);
}

#[test]
fn the_whole_book_as_one_file_is_made_when_it_is_asked_for() {
    let settings = "[output.labbook]\nepub = true\nzip = true\n";
    let mut author = Author::of(book().settings(settings));
    assert!(!author.now().site.files.contains_key("test.epub"));
    author.writes(&[("src/two.md", "# Two\n\nZebras.\n")]);
    for path in ["test.epub", "test.zip"] {
        assert!(!author.now().has_tried(path));
        author.live.make_download(path).unwrap();
        assert!(author.now().site.files.contains_key(path) && author.now().has_tried(path));
    }
    author.writes(&[("src/two.md", "# Two\n\nLions.\n")]);
    assert!(
        !author.now().has_tried("test.zip"),
        "it would be the book before"
    );
    assert!(author.now().has_tried("other.zip"), "no file of this book");
}

#[test]
fn pages_of_serve_hear_of_changes_and_published_ones_have_no_trace_of_it() {
    let author = Author::of(book());
    let page = author.page("two.html");
    let (live, own) = (page.find("live.js?"), page.find("labbook/page-"));
    assert!(
        live.unwrap() < own.unwrap(),
        "it must see the page as it was sent"
    );
    assert!(author.now().site.files.contains_key("labbook/live.css"));
    let published = book().build();
    assert!(!published.has("labbook/live.js"));
    assert!(!published.page("two").html.contains("live"));
}

/// Runs the real watcher; each rebuild comes out of the channel.
fn watched(book: &Book) -> mpsc::Receiver<labbook::live::Report> {
    let live = Live::of(build(book.root(), Purpose::Preview).unwrap());
    let (send, rebuilds) = mpsc::channel();
    let (wishes, watched) = live.watch(move |report| {
        let _ = send.send(report.clone());
    });
    watched.unwrap();
    // The thread ends with the last who may ask it for something: here, with the test.
    std::mem::forget(wishes);
    rebuilds
}

const LONG: Duration = Duration::from_secs(30);

fn rename(from: &Path, to: &Path) {
    fs::rename(from, to).unwrap();
}

#[test]
fn a_burst_is_one_rebuild_and_our_own_files_cause_none() {
    let book = book();
    let rebuilds = watched(&book);
    let root = book.root();
    fs::create_dir_all(root.join(".labbook/cache")).unwrap();
    fs::create_dir_all(root.join("book/target")).unwrap();
    for file in [
        ".labbook/cache/pages",
        "book/index.html",
        "unrelated.txt",
        "src/.two.md.swp",
    ] {
        fs::write(root.join(file), "x").unwrap();
    }
    for round in 0..20 {
        fs::write(
            root.join("src/one.md"),
            format!("# One\n\nRound {round}.\n"),
        )
        .unwrap();
        fs::write(
            root.join("src/two.md"),
            format!("# Two\n\nRound {round}.\n"),
        )
        .unwrap();
    }
    // On a busy machine they come as several bursts; a later change tells when all have been seen.
    let mut reports = vec![rebuilds.recv_timeout(LONG).unwrap()];
    fs::write(root.join("src/three.md"), "# Three\n\nOther words.\n").unwrap();
    while !reports
        .iter()
        .any(|report| names(report).contains("three.md"))
    {
        reports.push(rebuilds.recv_timeout(LONG).unwrap());
    }
    assert!(reports.len() < 40, "40 writes are no 40 rebuilds");
    for report in reports {
        let names = names(&report);
        for other in ["cache", "index.html", "unrelated", ".swp"] {
            assert!(!names.contains(other), "{names}");
        }
    }
}

fn names(report: &labbook::live::Report) -> String {
    report.changed.join(" ")
}

#[test]
fn a_save_by_rename_is_no_error_in_between() {
    let book = book();
    let rebuilds = watched(&book);
    let file = book.root().join("src/two.md");
    for _ in 0..3 {
        // As vim does it.
        rename(&file, &file.with_extension("md~"));
        fs::write(&file, "# Two\n\nSaved words.\n").unwrap();
        fs::remove_file(file.with_extension("md~")).unwrap();
    }
    let report = rebuilds.recv_timeout(LONG).unwrap();
    assert!(report.problems.is_empty(), "{report:?}");
    // As JetBrains' editors do it.
    let new = file.with_extension("md___jb_tmp___");
    fs::write(&new, "# Two\n\nSaved again.\n").unwrap();
    rename(&new, &file);
    let report = rebuilds.recv_timeout(LONG).unwrap();
    assert_eq!((report.pages, report.problems.len()), (1, 0), "{report:?}");
}

#[test]
fn files_in_new_folders_are_heard_of() {
    let book = book();
    let rebuilds = watched(&book);
    let root = book.root();
    fs::create_dir(root.join("src/part")).unwrap();
    fs::write(root.join("src/part/four.md"), "# Four\n").unwrap();
    let summary = "- [One](one.md)\n- [Four](part/four.md)\n";
    fs::write(root.join("src/SUMMARY.md"), summary).unwrap();
    while rebuilds.recv_timeout(LONG).unwrap().pages == 0 {}
    fs::write(root.join("src/part/four.md"), "# Four\n\nMore.\n").unwrap();
    let report = rebuilds.recv_timeout(LONG).unwrap();
    assert!(
        report.changed[0].ends_with("src/part/four.md"),
        "{report:?}"
    );
}
