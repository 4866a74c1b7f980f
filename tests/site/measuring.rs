//! `labbook measure`, with small labs that are made up: each lists an experiment and records what it is told to.

use std::fs;

use crate::harness::Book;
use crate::program::{Run, labbook, run};

/// What a lab does when it shall record: `RECORD` is what it writes.
const RECORDS: &str = "std::fs::write(FILE, RECORD).unwrap();";

fn manifest(name: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[package.metadata.lab]\ntitle = \"X\"\nminutes = 1\n"
    )
}

fn program(when_recording: &str, holds: bool) -> String {
    let record = format!(
        r##"{{"schema": 1, "date": "2026-11-22", "experiments": {{"e": {{"figures": {{}}, "claims": [{{"claim": "it is fast", "holds": true}}, {{"claim": "it is cheap", "holds": {holds}}}]}}}}}}"##
    );
    format!(
        "const FILE: &str = concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/measured.json\");\nconst RECORD: &str = r#\"{record}\"#;\nfn main() {{\n    let arguments: Vec<String> = std::env::args().skip(1).collect();\n    match arguments.join(\" \").as_str() {{\n        \"experiments --json\" => println!(\"[{{{{\\\"experiment\\\": \\\"e\\\", \\\"seconds\\\": 90, \\\"engines\\\": [\\\"nginx\\\"]}}}}]\"),\n        \"experiments --record\" => {{ println!(\"measuring before your eyes\"); {when_recording} if !{holds} {{ std::process::exit(1) }} }}\n        other => panic!(\"{{other}}\"),\n    }}\n    let _ = (FILE, RECORD);\n}}\n"
    )
}

/// A book with lab-01, which records what it should, and lab-03, whose program is this.
fn book(third: &str) -> Book {
    Book::with("# One\n")
        .settings("[output.labbook]\nlabs = \"labs\"\n")
        .file(
            "Cargo.toml",
            "[workspace]\nmembers = [\"labs/*\"]\nresolver = \"2\"\n",
        )
        .file("labs/01-y/Cargo.toml", &manifest("lab-01"))
        .file("labs/01-y/src/main.rs", &program(RECORDS, true))
        .file("labs/03-x/Cargo.toml", &manifest("lab-03"))
        .file("labs/03-x/src/main.rs", third)
        .file("labs/03-x/measured.json", "as it was")
}

fn measured(book: &Book, arguments: &[&str]) -> Run {
    run(labbook(book, &[&["measure"], arguments].concat()))
}

fn text(book: &Book, path: &str) -> String {
    fs::read_to_string(book.root().join(path)).unwrap()
}

#[test]
fn labs_are_measured_in_order_and_their_time_is_said_before() {
    let book = book(&program(RECORDS, true));
    let run = measured(&book, &["03", "lab-01"]);
    assert_eq!(run.code, 0, "{run:?}");
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(
        lines[..3],
        [
            "lab-03: compiling",
            "lab-03: 1 experiment, about 3 min: e",
            "measuring before your eyes"
        ]
    );
    assert!(
        lines[3].starts_with("lab-03: labs/03-x/measured.json in ")
            && lines[3].ends_with("; 2 of 2 claims hold"),
        "{run:?}"
    );
    assert_eq!(lines[4], "lab-01: compiling");
    for file in ["labs/01-y/measured.json", "labs/03-x/measured.json"] {
        assert!(text(&book, file).contains("it is cheap"), "{file}");
    }
}

#[test]
fn a_claim_that_does_not_hold_fails_and_what_was_recorded_stays_to_be_looked_at() {
    let book = book(&program(RECORDS, false));
    let run = measured(&book, &["lab-03"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stdout.contains("1 of 2 claims hold"), "{run:?}");
    assert!(
        run.stderr
            .contains("error: labs/03-x/measured.json: e: does not hold: it is cheap\n"),
        "{run:?}"
    );
    assert!(text(&book, "labs/03-x/measured.json").contains("it is cheap"));
}

#[test]
fn nothing_half_written_is_left() {
    for (breaks, said) in [
        (
            "std::fs::write(FILE, &RECORD[..40]).unwrap(); panic!(\"the disk is full\");",
            "lab-03 ended with exit code 101 while its experiments ran",
        ),
        (
            "std::fs::write(FILE, RECORD).unwrap(); std::process::exit(130);",
            "stopped; what lab-03 had recorded before is kept",
        ),
        (
            "std::fs::write(FILE, &RECORD[..40]).unwrap();",
            "labs/03-x/measured.json: the lab wrote what can't be read: EOF",
        ),
    ] {
        let book = book(&program(breaks, true));
        let run = measured(&book, &[]);
        assert_eq!(run.code, 1, "{run:?}");
        assert!(run.stderr.contains(said), "no {said} in {run:?}");
        assert_eq!(text(&book, "labs/03-x/measured.json"), "as it was");
        assert!(text(&book, "labs/01-y/measured.json").contains("it is fast"));
    }
}

#[test]
fn what_cargo_says_of_a_lab_that_does_not_compile_is_shown() {
    let book = book("fn main() { let a: u8 = \"\"; }\n");
    let run = measured(&book, &["lab-03"]);
    assert_eq!(run.code, 1, "{run:?}");
    for said in [
        "error[E0308]",
        "labs/03-x/src/main.rs:1",
        "error: lab-03 does not compile: cargo says above why",
    ] {
        assert!(run.stderr.contains(said), "no {said} in {}", run.stderr);
    }
    assert_eq!(text(&book, "labs/03-x/measured.json"), "as it was");
}

#[test]
fn labs_that_are_not_there_are_answered_with_those_that_are() {
    let run = measured(&book(""), &["lab-04", "lab-01", "05"]);
    assert_eq!(
        (run.code, &*run.stdout, &*run.stderr),
        (
            1,
            "",
            "error: there is no lab `lab-04`; there are: lab-01, lab-03\nerror: there is no lab `05`; there are: lab-01, lab-03\n"
        )
    );
    let run = measured(&Book::with("# One\n"), &[]);
    assert!(
        run.code == 1 && run.stderr.contains("set `labs` in [output.labbook]"),
        "{run:?}"
    );
}

#[test]
fn a_lab_without_experiments_has_nothing_to_measure() {
    let none = "fn main() { println!(\"[]\") }\n";
    let run = measured(&book(none), &["lab-03"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.stdout
            .contains("lab-03: has no experiments, nothing to measure"),
        "{run:?}"
    );
    let other = "fn main() { eprintln!(\"what?\"); std::process::exit(2) }\n";
    let run = measured(&book(other), &["lab-03"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(
        run.stderr.contains("lab-03 can't list its experiments") && run.stderr.contains("what?"),
        "{run:?}"
    );
}
