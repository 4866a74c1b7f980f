//! Labs that are not there: a fault of a finished chapter, a note about a draft.

use super::{finds, finds_nothing};
use crate::harness::{Book, Site};
use labbook::check;

const MANIFEST: &str =
    "[package]\nname = \"lab-03\"\n[package.metadata.lab]\ntitle = \"A balancer\"\nminutes = 20\n";
const MEASURED: &str = r#"{"schema": 1, "experiments": {"policies": {}}}"#;

/// A chapter of a book with one lab, lab-03.
fn book(chapter: &str) -> Book {
    Book::with(chapter)
        .settings("[output.labbook]\nlabs = \"labs\"\n")
        .file("labs/03-balancer/Cargo.toml", MANIFEST)
        .file("labs/03-balancer/measured.json", MEASURED)
        .file("labs/kit/Cargo.toml", "[package]\nname = \"lab-99\"\n")
}

fn figure(picture: &str) -> String {
    format!("```figure\nid = \"f\"\ncaption = \"c\"\ndescription = \"d\"\n{picture}\n```\n")
}

/// The notes of a check, with paths relative to the book.
fn notes(site: &Site) -> String {
    let notes: Vec<String> = check::notes(&site.built)
        .iter()
        .map(ToString::to_string)
        .collect();
    notes
        .join("\n")
        .replace(&format!("{}/", site.book.root().display()), "")
}

#[test]
fn labs_in_front_matter() {
    let with = |lab: &str| {
        book(&format!(
            "+++\nessence = \"e\"\nlab = \"{lab}\"\n+++\n# One\n"
        ))
    };
    finds(
        with("lab-09"),
        &[("src/one.md:3", "there is no lab `lab-09`")],
    );
    // A package without [package.metadata.lab] is none.
    finds(
        with("lab-99"),
        &[("src/one.md:3", "there is no lab `lab-99`")],
    );
    finds_nothing(with("lab-03"));
    finds(
        with("lab-03").settings(""),
        &[("src/one.md:3", "set `labs = \"labs\"` in [output.labbook]")],
    );
}

#[test]
fn labs_of_commands() {
    finds(
        book(
            "# One\n\n```console\n$ cargo run --bin lab-03\nlistens\n$ cargo run --bin lab-09 -- --port 1\n```\n\n> ```console\n> $ cargo test -p lab-10\n> ```\n",
        ),
        &[
            (
                "src/one.md:6",
                "`cargo run --bin lab-09 -- --port 1`: there is no lab `lab-09`",
            ),
            ("src/one.md:10", "there is no lab `lab-10`"),
        ],
    );
    let session = "# One\n\n```console\n$ cargo run --bin lab-09\n```\n";
    finds_nothing(Book::with(session));
    finds_nothing(book(
        "# One\n\n```text\n$ cargo run --bin lab-09\n```\n\n```console\n$ cargo run --bin labbook\n$ ls lab-09\n```\n",
    ));
}

#[test]
fn live_figures_without_a_crate() {
    let live = book(&format!("# One\n\n{}", figure("live = \"balancer\"")));
    finds(
        live,
        &[(
            "src/one.md:7",
            "there is no live figure `balancer`: set `figures`",
        )],
    );
}

#[test]
fn a_draft_may_name_labs_that_are_still_to_come() {
    let text = format!(
        "+++\ndraft = true\nlab = \"lab-09\"\n+++\n# One\n\n{{{{#lab 09}}}}\n\nAbout {{{{#measured lab-09.a.b.c}}}}.\n\n{{{{#claims lab-09}}}}\n\n{{{{#exercises 09}}}}\n\n{}\n```console\n$ cargo run --bin lab-09\n```\n",
        figure("chart = \"lab-09/a\"")
    );
    let site = book(&text).build();
    assert_eq!(site.problems(), "");
    let said = format!("{}\n{}", site.notes(), notes(&site));
    for place in [
        "3: front matter",
        "7: {{#lab 09}}",
        "9: {{#measured",
        "11: {{#claims",
        "13: {{#exercises",
        "19: figure",
        "23: `cargo",
    ] {
        assert!(
            said.contains(&format!("src/one.md:{place}")),
            "no {place} in\n{said}"
        );
    }
    site.page("one")
        .shows("About <span class=\"not-measured\">(not measured yet)</span>.");
    assert_eq!(notes(&book("# One\n").build()), "");
}

#[test]
fn a_draft_may_not_ask_a_lab_for_what_it_has_not() {
    let text = format!(
        "+++\ndraft = true\n+++\n# One\n\n{}",
        figure("chart = \"lab-03/nothing\"")
    );
    let message = book(&text).fails();
    assert!(
        message.starts_with("src/one.md:10: ") && message.contains("no experiment `nothing`"),
        "{message}"
    );
    let message =
        book("+++\ndraft = true\n+++\n# One\n\n{{#measured lab-03.nothing.a.b}}\n").fails();
    assert!(
        message.starts_with("src/one.md:6: ") && message.contains("no experiment"),
        "{message}"
    );
}
