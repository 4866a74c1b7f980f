//! The rules of this repository that no compiler knows: who may import whom, who may print, write and end the
//! process, how long a file may be, and that every dependency says why it is there.
//!
//! Each rule is a pure function from what stands in the repository (files as path and text, packages as cargo
//! sees them) to violations. The tests in this file run the rules on the repository; the tests beside each rule
//! prove that it bites. Only `repository` reads the disk.

mod imports;
mod manifests;
mod policy_only;
mod repository;
mod rust_text;
mod sources;

use std::fmt;

/// A text file of the repository: its path from the root, with forward slashes, and what is in it.
struct TextFile {
    path: String,
    text: String,
}

/// A rule that is broken, and where. Lines count from 1.
#[derive(Debug, PartialEq)]
struct Violation {
    path: String,
    line: usize,
    message: String,
}

impl Violation {
    fn new(path: &str, line: usize, message: impl Into<String>) -> Violation {
        Violation {
            path: path.to_owned(),
            line,
            message: message.into(),
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// Fails with one line for each violation.
#[track_caller]
fn assert_none(violations: &[Violation]) {
    let lines: Vec<String> = violations.iter().map(Violation::to_string).collect();
    assert!(
        lines.is_empty(),
        "{} rule(s) broken:\n{}",
        lines.len(),
        lines.join("\n")
    );
}

/// The violations as "path:line" only, for the tests that prove that a rule bites.
fn places(violations: &[Violation]) -> Vec<String> {
    violations
        .iter()
        .map(|violation| format!("{}:{}", violation.path, violation.line))
        .collect()
}

#[test]
fn the_walk_finds_the_repository() {
    let paths: Vec<String> = repository::files()
        .into_iter()
        .map(|file| file.path)
        .collect();
    for path in [
        "Cargo.toml",
        "src/main.rs",
        "tests/site/structure.rs",
        "labs/README.md",
    ] {
        assert!(
            paths.iter().any(|found| found == path),
            "{path} was not read: {paths:?}"
        );
    }
    assert!(
        repository::packages()
            .iter()
            .any(|package| package.name == "labbook")
    );
}

#[test]
fn packages_import_only_what_the_table_allows() {
    assert_none(&imports::forbidden_imports(&repository::packages()));
}

#[test]
fn every_member_takes_the_lints_of_the_workspace() {
    assert_none(&manifests::members_without_lints(&repository::manifests()));
}

#[test]
fn every_dependency_says_why_it_is_there() {
    assert_none(&manifests::dependencies_without_reason(
        &repository::manifests(),
    ));
}

#[test]
fn features_of_shared_crates_are_set_once() {
    assert_none(&manifests::features_set_twice(&repository::packages()));
}

#[test]
fn one_clippy_file_holds_for_all() {
    assert_none(&sources::other_clippy_files(&repository::files()));
}

#[test]
fn files_are_short() {
    assert_none(&sources::long_files(&repository::files()));
}

#[test]
fn files_are_named_after_what_is_in_them() {
    assert_none(&sources::vague_names(&repository::files()));
}

#[test]
fn nothing_is_left_for_later() {
    assert_none(&sources::leftover_markers(&repository::files()));
}

#[test]
fn printing_writing_and_ending_stand_where_they_belong() {
    assert_none(&sources::out_of_place(
        &repository::files(),
        &sources::reserved_actions(),
    ));
}

#[test]
fn only_load_names_the_crates_of_mdbook() {
    let rule = sources::crates_of_mdbook(&repository::packages());
    assert_none(&sources::out_of_place(&repository::files(), &[rule]));
}

#[test]
fn what_runs_in_the_browser_does_without_std() {
    assert_none(&sources::libraries_with_std(&repository::files()));
}
