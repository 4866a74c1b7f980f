//! The card of a lab shows a command: what it starts must compile.

use crate::harness::Book;
use crate::program::{Run, labbook, run};

fn manifest(name: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[package.metadata.lab]\ntitle = \"X\"\nminutes = 1\n"
    )
}

/// A book with the cards of two labs, of which the second is this.
fn book(second: &str) -> Book {
    Book::with("# One\n\n{{#lab 01}}\n\nText.\n\n{{#lab 03}}\n")
        .settings("[output.labbook]\nlabs = \"labs\"\n")
        .file(
            "Cargo.toml",
            "[workspace]\nmembers = [\"labs/*\"]\nresolver = \"2\"\n",
        )
        .file("labs/01-y/Cargo.toml", &manifest("lab-01"))
        .file("labs/01-y/src/main.rs", "fn main() {}\n")
        .file("labs/03-x/Cargo.toml", &manifest("lab-03"))
        .file("labs/03-x/src/main.rs", second)
}

fn checked(book: &Book) -> Run {
    run(labbook(book, &["check"]))
}

#[test]
fn a_lab_that_does_not_compile_is_said_at_its_card_with_the_compilers_words() {
    let run = checked(&book("mod inner;\nfn main() { inner::go() }\n").file(
        "labs/03-x/src/inner.rs",
        "pub fn go() {\n    let a: u8 = \"\";\n}\n",
    ));
    assert_eq!((run.code, run.stderr.lines().count()), (1, 1), "{run:?}");
    assert!(
        run.stderr.starts_with("error: src/one.md:7: {{#lab 03}}: its command does not work, as `lab-03` does not compile: labs/03-x/src/inner.rs:2: mismatched types"),
        "{run:?}"
    );
}

#[test]
fn a_card_needs_a_program_of_its_labs_name() {
    let book = book("")
        .without("labs/03-x/src/main.rs")
        .file("labs/03-x/src/lib.rs", "");
    let run = checked(&book);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(
        run.stderr.contains("src/one.md:7: {{#lab 03}}: ")
            && run.stderr.contains("no bin target named `lab-03`"),
        "{run:?}"
    );
}

#[test]
fn what_has_compiled_is_not_compiled_again_until_it_changes() {
    let book = book("mod inner;\nfn main() { inner::go() }\n")
        .file("labs/03-x/src/inner.rs", "pub fn go() {}\n");
    assert_eq!(checked(&book).code, 0);
    // Without cargo it could not be compiled, and need not be.
    let book = book.file("empty/x", "");
    let without_cargo = || {
        let mut command = labbook(&book, &["check"]);
        command.env("PATH", book.root().join("empty"));
        run(command)
    };
    assert_eq!(without_cargo().code, 0, "{:?}", without_cargo());
    let changed = book.root().join("labs/03-x/src/inner.rs");
    std::fs::write(&changed, "pub fn go() { let _ = 1; }\n").unwrap();
    let run = without_cargo();
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stderr.contains("`cargo` is not installed"), "{run:?}");
    std::fs::write(&changed, "pub fn go() { wrong }\n").unwrap();
    let run = checked(&book);
    assert!(run.stderr.contains("cannot find value `wrong`"), "{run:?}");
}

#[test]
fn no_other_command_compiles_labs() {
    let book = book("this is no Rust\n");
    let run = run(labbook(&book, &["build"]));
    assert_eq!(run.code, 0, "{run:?}");
    assert!(!book.root().join("target").exists());
}
