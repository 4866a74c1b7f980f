//! The reader's own last run and what they have solved: in a book that is served, and nowhere else.

use labbook::build::{Purpose, build};
use labbook::site::Content;

use super::{MEASURED, block, book};
use crate::harness::Book;

/// As ours, on another machine and another day, with other measurements; the model gives the same.
fn own_run() -> String {
    MEASURED
        .replace("2026-11-21", "2026-11-22")
        .replace("\"Zen\", \"cores\": 2", "\"Mine\", \"cores\": 8")
        .replace("48.25", "61.5")
        .replace("\"holds\": true", "\"holds\": false")
}

const RUN: &str = ".labbook/runs/lab-03.json";

fn chapter() -> String {
    format!(
        "{}\nIn {{{{#measured lab-03.policies.two-choices.p99_ms}}}}, and {{{{#measured lab-03.policies.simulated-two-choices.p99_ms}}}}.\n\n{{{{#claims lab-03}}}}\n\n{{{{#exercises 03}}}}\n",
        block("key = \"p99_ms\"")
    )
}

/// The page of a chapter, as `serve` shows it.
fn served(book: &Book) -> String {
    let built = build(book.root(), Purpose::Preview).unwrap();
    match &built.site.files["one.html"] {
        Content::Bytes(bytes) => String::from_utf8(bytes.clone()).unwrap(),
        Content::File(_) => panic!("a page is made"),
    }
}

#[track_caller]
fn shows(page: &str, html: &str) {
    assert!(page.contains(html), "not in the page: {html}\n{page}");
}

#[test]
fn the_readers_own_numbers_stand_beside_ours() {
    let book = book(&chapter()).file(RUN, &own_run());
    let page = served(&book);
    shows(&page, ">yours</text>");
    shows(&page, ">61.5</text>");
    shows(&page, "<th scope=\"col\">yours</th>");
    shows(
        &page,
        "Measured 2026-11-21, 2 cores, Zen. <span class=\"yours\">Yours: your last run 2026-11-22, 8 cores, Mine.</span>",
    );
    shows(
        &page,
        ">48.25\u{a0}ms</data> <span class=\"yours\">(yours: 61.5\u{a0}ms)</span>",
    );
    // A model gives the same everywhere: it is not said twice.
    shows(&page, ">46.4\u{a0}ms</data>.");
    shows(&page, "<th scope=\"col\" class=\"align-right\">Yours</th>");
    shows(
        &page,
        "data-head=\"Yours\"><span>61.5 <span class=\"fails\">does not hold</span></span></td><td class=\"holds\" data-head=\"Holds\">yes</td>",
    );
}

#[test]
fn a_book_that_is_built_knows_nothing_of_them() {
    let book = book(&chapter()).file(RUN, &own_run()).file(
        ".labbook/progress.toml",
        "[lab-03]\ntwo-choices = \"2026-11-22\"\n",
    );
    // Served before: what is kept of that must not come through either.
    shows(&served(&book), "61.5");
    let site = book.build();
    for file in ["one.html", "print.html"] {
        let text = site.text(file);
        for word in ["61.5", "ours</", "Yours", "2026-11-22", "data-done"] {
            assert!(!text.contains(word), "{word} in {file}");
        }
    }
}

#[test]
fn a_run_that_lacks_what_is_shown_changes_nothing() {
    let other = r#"{"schema": 1, "experiments": {"others": {}}}"#;
    let with = served(&book(&chapter()).file(RUN, other));
    assert_eq!(with, served(&book(&chapter())));
    // In another unit it can't stand on the same axis.
    let seconds = own_run().replace(
        "\"value\": 61.5, \"unit\": \"ms\"",
        "\"value\": 0.06, \"unit\": \"s\"",
    );
    let page =
        served(&book(&block("key = \"p99_ms\"\nvariants = [\"two-choices\"]")).file(RUN, &seconds));
    assert!(!page.contains("yours"), "{page}");
}

#[test]
fn a_broken_run_is_a_note_and_no_failure() {
    for (text, said) in [
        ("{\"schema\": 1, ", "EOF while parsing"),
        ("{\"schema\": 2, \"experiments\": {}}", "it has schema 2"),
        ("\u{0}", "expected value"),
    ] {
        let page = served(&book(&chapter()).file(RUN, text));
        shows(
            &page,
            "<p class=\"own-run-broken\">your own last run is not shown: ",
        );
        shows(&page, said);
        shows(&page, ">148</text>");
    }
}

#[test]
fn solved_exercises_are_ticked_and_say_when() {
    let solved = |progress: &str| {
        served(&book("{{#exercises 03}}\n").file(".labbook/progress.toml", progress))
    };
    let page = solved(
        "[lab-03]\ntwo-choices = \"2026-11-22\"\n\n[hints.lab-03]\nhealth = 2\n\n[lab-04]\nhealth = \"2026-11-22\"\n",
    );
    shows(
        &page,
        "data-item=\"lab-03/two-choices\" checked data-done> <span class=\"exercise-title\">Two choices</span></label> <span class=\"exercise-effort\">5 min</span> <span class=\"exercise-solved\">solved 2026-11-22</span>",
    );
    shows(&page, "data-item=\"lab-03/health\"> <span");
    shows(
        &solved("[lab-03]\ntwo-choices = 2026-11-22\n"),
        "solved 2026-11-22",
    );
    let page = solved("[lab-03\n");
    shows(
        &page,
        "<p class=\"own-run-broken\">what you have solved is not shown: ",
    );
    shows(&page, "data-item=\"lab-03/health\"> <span");
}
