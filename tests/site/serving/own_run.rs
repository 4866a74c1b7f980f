//! The reader runs a lab while its chapter is open: the page gets their own numbers, and loses them with the file.

use super::live::Author;
use crate::harness::Book;

const MEASURED: &str = r#"{"schema": 1, "date": "2026-11-21", "experiments": {"e": {"figures": {"fast": {"n": {"value": 7, "unit": "ms", "source": "measured"}}}}}}"#;

fn book() -> Book {
    Book::empty()
        .settings("[output.labbook]\nlabs = \"labs\"\n")
        .file("src/SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n")
        .file("src/one.md", "# One\n\n```figure\nid = \"f\"\ncaption = \"c\"\ndescription = \"d\"\nchart = \"lab-03/e\"\nkey = \"n\"\n```\n\n{{#exercises 03}}\n")
        .file("src/two.md", "# Two\n")
        .file("labs/03-x/Cargo.toml", "[package]\nname = \"lab-03\"\n[package.metadata.lab]\ntitle = \"X\"\nminutes = 1\n[[package.metadata.lab.exercises]]\nname = \"a\"\ntitle = \"A\"\neffort = \"5 min\"\ntask = \"Do it.\"\n")
        .file("labs/03-x/measured.json", MEASURED)
}

#[test]
fn a_new_run_comes_into_the_open_page_of_its_chapter_alone() {
    let mut author = Author::of(book());
    let run = MEASURED.replace('7', "9.5");
    assert!(
        author
            .writes(&[(".labbook/runs/lab-03.json", &run)])
            .is_empty()
    );
    assert_eq!(author.told("one.html"), ["page", "site"]);
    assert!(
        author.data("one.html", "page")["html"]
            .to_string()
            .contains("9.5")
    );
    assert_eq!(author.told("two.html"), [""; 0]);
    // Words of its chapter change: what it shows of the run stays.
    author.writes(&[("src/two.md", "# Two\n\nMore.\n"), ("src/one.md", "# One\n\n```figure\nid = \"f\"\ncaption = \"other\"\ndescription = \"d\"\nchart = \"lab-03/e\"\nkey = \"n\"\n```\n")]);
    assert!(author.page("one.html").contains("9.5"));
    author.writes(&[("src/one.md", "# One\n\n```figure\nid = \"f\"\ncaption = \"third\"\ndescription = \"d\"\nchart = \"lab-03/e\"\nkey = \"n\"\n```\n")]);
    assert!(
        author.page("one.html").contains("9.5"),
        "one chapter alone was read"
    );
}

#[test]
fn an_exercise_that_was_just_solved_is_ticked() {
    let mut author = Author::of(book());
    author.writes(&[(".labbook/progress.toml", "[lab-03]\na = \"2026-11-22\"\n")]);
    assert!(
        author.data("one.html", "page")["html"]
            .to_string()
            .contains("solved 2026-11-22")
    );
}

#[test]
fn a_run_that_breaks_is_no_problem_of_the_book() {
    let mut author = Author::of(book());
    assert!(
        author
            .writes(&[(".labbook/runs/lab-03.json", "{")])
            .is_empty()
    );
    assert!(
        author
            .page("one.html")
            .contains("your own last run is not shown")
    );
    author.writes(&[(".labbook/runs/lab-03.json", MEASURED)]);
    assert!(!author.page("one.html").contains("is not shown"));
}

#[test]
fn new_numbers_of_the_authors_come_into_the_open_page() {
    let mut author = Author::of(book());
    author.writes(&[("labs/03-x/measured.json", &MEASURED.replace('7', "3.25"))]);
    assert!(
        author.data("one.html", "page")["html"]
            .to_string()
            .contains("3.25")
    );
}
