//! Runs the program itself, as its user does: arguments in; exit code, output and the files of a folder out.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::harness::Book;

/// What a finished run left.
#[derive(Debug)]
pub struct Run {
    /// The exit code; -1 when a signal ended the program.
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// A command that runs labbook in the folder of a book.
pub fn labbook(book: &Book, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_labbook"));
    command
        .args(arguments)
        .current_dir(book.root())
        .stdin(Stdio::null());
    command
}

/// Runs a command to its end.
pub fn run(mut command: Command) -> Run {
    let output = command.output().unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Every file of a folder with its bytes; nothing where there is no folder.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten() {
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(folder).unwrap();
            found.insert(name.display().to_string(), fs::read(entry.path()).unwrap());
        }
    }
    found
}

/// `labbook build` of a book that it must refuse: with exit code 1, one line for each problem, and without a touch to the
/// site from before. Gives the lines.
#[track_caller]
pub fn refused(book: Book) -> String {
    let book = book.file("out/index.html", "the site from before");
    let before = files(&book.destination());
    let run = run(labbook(&book, &["build", "-d", "out"]));
    assert_eq!(run.code, 1, "{run:?}");
    assert_eq!(run.stdout, "");
    assert_eq!(files(&book.destination()), before, "the site was touched");
    let lines: Vec<&str> = run
        .stderr
        .lines()
        .map(|line| {
            line.strip_prefix("error: ")
                .unwrap_or_else(|| panic!("not a problem in one line: {line}"))
        })
        .collect();
    lines.join("\n")
}

/// The book is refused with one message that begins with `place` and holds each of `words`.
#[track_caller]
pub fn refused_at(book: Book, place: &str, words: &[&str]) {
    let message = refused(book);
    assert_eq!(message.lines().count(), 1, "one message:\n{message}");
    assert!(
        message.starts_with(&format!("{place}: ")),
        "not at {place}: {message}"
    );
    for word in words {
        assert!(message.contains(word), "no `{word}` in: {message}");
    }
}
