//! Rust snippets, tried by `rustdoc --test` as under `mdbook test`.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::rustdoc_input::Input;
use super::rustdoc_report::{self, Verdict};
use super::{Failure, Tally};
use crate::output::Scratch;
use crate::problem::{Problem, shown};

/// What every chapter's snippets are tried with.
pub(super) struct Rustdoc<'a> {
    /// The book's root: its rust-toolchain.toml chooses the compiler.
    pub(super) root: &'a Path,
    /// `-L` and `--extern`.
    pub(super) crates: Vec<OsString>,
    /// The book's edition; rustdoc's own default is 2015, as under mdBook.
    pub(super) edition: Option<&'a str>,
    /// How many snippets of one chapter are tried at a time.
    pub(super) threads: usize,
}

/// Fails when rustdoc is not there.
pub(super) fn look_for_rustdoc(root: &Path) -> Result<(), Problem> {
    let found = Command::new("rustdoc")
        .arg("--version")
        .current_dir(root)
        .stdin(Stdio::null())
        .output();
    let advice = "Rust snippets are tried with it; it comes with Rust (https://rustup.rs). `build`, `serve` and `check` work without it";
    match found {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            Err(Problem::general(format!(
                "`rustdoc` does not work ({}): {advice}",
                said.trim()
            )))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Err(Problem::general(format!(
            "`rustdoc` is not installed: {advice}"
        ))),
        Err(error) => Err(Problem::general(format!(
            "`rustdoc` cannot be started ({error}): {advice}"
        ))),
    }
}

impl Rustdoc<'_> {
    /// Tries the snippets of one chapter, whose file its author knows as `chapter`.
    pub(super) fn test(&self, input: &Input, chapter: &Path) -> (Tally, Vec<Failure>) {
        let mut tally = Tally::default();
        let fail = |message: String, details: String| Failure {
            problem: Problem::in_file(chapter, message),
            details,
        };
        let ran = Scratch::with("chapter.md", &input.text)
            .and_then(|scratch| Ok((self.run(&scratch)?, scratch.file("chapter.md"))));
        let (output, file) = match ran {
            Ok(ran) => ran,
            Err(error) => {
                tally.failed = input.blocks;
                return (
                    tally,
                    vec![fail(
                        format!("rustdoc cannot be run on it: {error}"),
                        String::new(),
                    )],
                );
            }
        };
        let mut failures = Vec::new();
        let names = (&*file.to_string_lossy(), &*shown(chapter));
        for (fence, verdict) in rustdoc_report::read(&String::from_utf8_lossy(&output.stdout)) {
            match verdict {
                Verdict::Passed => tally.passed += 1,
                Verdict::Ignored => tally.ignored += 1,
                Verdict::Failed(said) => {
                    tally.failed += 1;
                    let explained = rustdoc_report::explain((fence, &said), input, names);
                    failures.push(Failure {
                        problem: Problem::at(chapter, explained.line, explained.message),
                        details: explained.details,
                    });
                }
            }
        }
        // Snippets that rustdoc never came to: an unknown edition, a crate of another compiler.
        if !output.status.success() && failures.is_empty() {
            tally.failed = input.blocks;
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            failures.push(fail("its Rust snippets cannot be tried".into(), said));
        }
        failures.sort_by_key(|failure| failure.problem.line);
        (tally, failures)
    }

    /// Runs rustdoc; snippets run in the scratch folder, so that one that writes a file does not spoil the book.
    fn run(&self, scratch: &Scratch) -> std::io::Result<Output> {
        let mut command = Command::new("rustdoc");
        command
            .current_dir(self.root)
            .arg("--test")
            .arg(scratch.file("chapter.md"))
            .arg("--test-run-directory")
            .arg(scratch.folder())
            .args(["--color", "never", "--test-args"])
            .arg(format!("--test-threads={}", self.threads))
            .args(&self.crates)
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::null());
        if let Some(edition) = self.edition {
            command.args(["--edition", edition]);
        }
        command.output()
    }
}

/// `-L` for each folder; relative ones are relative to where labbook was called, as in mdBook.
pub(super) fn library_paths(folders: &[PathBuf]) -> Vec<OsString> {
    let absolute = |folder: &PathBuf| std::path::absolute(folder).unwrap_or(folder.clone());
    folders
        .iter()
        .flat_map(|folder| ["-L".into(), absolute(folder).into()])
        .collect()
}
