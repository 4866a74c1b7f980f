//! Flags, exit codes, closed pipes.

use super::book;
use crate::harness::Book;
use crate::program::{labbook, run};

#[test]
fn wrong_flags_are_explained_and_end_with_code_2() {
    for (arguments, word) in [
        (vec!["build", "--foo"], "--foo"),
        (vec!["biuld"], "'build'"),
        (vec!["serve", "-p", "99999"], "99999"),
        (vec!["build", "a", "b"], "'b'"),
        (vec![], "Usage"),
    ] {
        let run = run(labbook(&book(), &arguments));
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.stderr.contains(word), "{}", run.stderr);
    }
}

#[test]
fn check_fails_for_what_build_only_warns_of() {
    let book = Book::with("# One\n\n![](https://example.org/x.png)\n");
    let built = run(labbook(&book, &["build"]));
    assert_eq!(built.code, 0, "{built:?}");
    assert!(
        built.stderr.contains("warning: src/one.md:3: "),
        "{built:?}"
    );
    let checked = run(labbook(&book, &["check"]));
    assert_eq!(checked.code, 1);
    assert!(
        checked.stderr.contains("error: src/one.md:3: "),
        "{checked:?}"
    );
}

#[cfg(unix)]
#[test]
fn a_reader_who_stops_reading_is_no_error() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let book = book();
    let mut command = labbook(&book, &["build"]);
    command.stdout(writer.try_clone().unwrap()).stderr(writer);
    assert_eq!(command.status().unwrap().code(), Some(0));
}
