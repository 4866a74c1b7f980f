//! Rules about files: how long they may be, what they may be called, what must not be left in them, and which
//! of them may print, write, end the process or name mdBook's crates.
//!
//! In: files as path and text. Out: violations. Code is looked at without its strings and comments.

use regex::Regex;

use super::imports::Package;
use super::rust_text::{before_tests, without_strings_and_comments};
use super::{TextFile, Violation};

const LINES_MAX: usize = 300;
const LINES_MAX_TESTS: usize = 500;

/// Names that say nothing of what is inside, and so draw everything in.
const VAGUE_NAMES: [&str; 6] = ["misc", "util", "utils", "helper", "helpers", "common"];

/// Written in two halves, so that this file does not hold what it looks for.
const MARKERS: [&str; 7] = [
    concat!("to", "do!("),
    concat!("unimpl", "emented!("),
    concat!("FIX", "ME"),
    concat!("TO", "DO"),
    concat!("XX", "X"),
    concat!("db", "g!("),
    concat!("#[ig", "nore"),
];

/// Rust files longer than 300 lines; tests and benchmarks may have 500.
pub(super) fn long_files(files: &[TextFile]) -> Vec<Violation> {
    let rust = files
        .iter()
        .filter(|file| has_extension(&file.path, &["rs"]));
    rust.filter_map(|file| {
        let lines = file.text.lines().count();
        let limit = if is_test(&file.path) {
            LINES_MAX_TESTS
        } else {
            LINES_MAX
        };
        let message = format!("{lines} lines; split it by what it is about (limit {limit})");
        (lines > limit).then(|| Violation::new(&file.path, limit + 1, message))
    })
    .collect()
}

/// Source files and folders with a name from the list above.
pub(super) fn vague_names(files: &[TextFile]) -> Vec<Violation> {
    let sources = files
        .iter()
        .filter(|file| has_extension(&file.path, &["rs", "js", "mjs", "css", "hbs"]));
    let mut violations = Vec::new();
    for file in sources {
        let mut stems = file
            .path
            .split('/')
            .map(|part| part.split('.').next().unwrap_or(part));
        if let Some(vague) = stems.find(|stem| VAGUE_NAMES.contains(stem)) {
            violations.push(Violation::new(
                &file.path,
                1,
                format!("`{vague}` says nothing: name what is inside"),
            ));
        }
    }
    violations
}

/// Words that mean "later". CONTRIBUTING.md may name them.
pub(super) fn leftover_markers(files: &[TextFile]) -> Vec<Violation> {
    let mut violations = Vec::new();
    let searched = |file: &&TextFile| {
        has_extension(&file.path, &["rs", "js", "hbs", "md"]) && file.path != "CONTRIBUTING.md"
    };
    for file in files.iter().filter(searched) {
        for (index, line) in file.text.lines().enumerate() {
            if let Some(marker) = MARKERS.iter().find(|marker| line.contains(**marker)) {
                violations.push(Violation::new(
                    &file.path,
                    index + 1,
                    format!("leftover marker `{marker}`"),
                ));
            }
        }
    }
    violations
}

/// A second clippy.toml would replace the root's for its folder, limits and all.
pub(super) fn other_clippy_files(files: &[TextFile]) -> Vec<Violation> {
    let is_clippy = |path: &str| path.ends_with("/clippy.toml") || path.ends_with(".clippy.toml");
    let others = files.iter().filter(|file| is_clippy(&file.path));
    others
        .map(|file| Violation::new(&file.path, 1, "replaces the root's clippy.toml: remove it"))
        .collect()
}

/// Something that only some files may do.
pub(super) struct Reserved {
    /// What the code does, as in "this file prints".
    action: &'static str,
    /// How it shows in code.
    pattern: Regex,
    /// The files the rule looks at, and those among them that may do it.
    looks_at: Regex,
    allowed_in: Regex,
    /// Tests inside a file may do it all the same.
    allowed_in_tests: bool,
    advice: &'static str,
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns here are valid")
}

/// Where the process may end, where it may print, where it may write. Listings of a book and made-up books of
/// the tests are text to be shown, not code of ours.
pub(super) fn reserved_actions() -> Vec<Reserved> {
    let our_code = || regex(r"^(src|labs|tests|benches)/");
    vec![
        Reserved {
            action: "ends the process",
            pattern: regex(r"\bprocess::((exit|abort)\b|\{[^}]*\b(exit|abort)\b)"),
            looks_at: our_code(),
            allowed_in: regex(r"^(labs/[^/]+/)?(src/main\.rs$|benches/)"),
            allowed_in_tests: false,
            advice: "return an error; `main` turns it into an exit code",
        },
        Reserved {
            action: "prints",
            pattern: regex(r"\be?print(ln)?!"),
            looks_at: our_code(),
            allowed_in: regex(
                r"^(src/commands(/|\.rs$)|(labs/[^/]+/)?(src/main\.rs$|build\.rs$|benches/))",
            ),
            allowed_in_tests: false,
            advice: "return what there is to say; commands and `main` print it",
        },
        Reserved {
            action: "writes files",
            pattern: regex(WRITING),
            looks_at: regex("^src/"),
            allowed_in: regex(r"^src/output(/|\.rs$)"),
            allowed_in_tests: true,
            advice: "hand the bytes to src/output: it alone writes, by rename",
        },
    ]
}

/// How code that changes the disk looks: std's and tokio's functions, alone or in a `use`, and tempfile's.
const WRITING: &str = concat!(
    r"\bfs::(write|rename|copy|hard_link|set_permissions|(create|remove)_\w+)\b",
    r"|\bfs::\{[^}]*\b(write|rename|copy|hard_link|set_permissions|(create|remove)_\w+)\b",
    r"|\bFile::(create|create_new|options)\b|\b(OpenOptions|DirBuilder|NamedTempFile)\b",
    r"|\b(create_dir|create_dir_all|remove_file|remove_dir|remove_dir_all|symlink|symlink_file|symlink_dir)\(",
    r"|\btempfile::",
);

/// Only src/load/ may name mdBook's crates: the names are those that labbook's manifest has.
pub(super) fn crates_of_mdbook(packages: &[Package]) -> Reserved {
    let labbook = packages.iter().filter(|package| package.name == "labbook");
    let imports = labbook.flat_map(|package| &package.imports);
    let mdbooks = imports.filter(|import| import.name.starts_with("mdbook"));
    let names: Vec<String> = mdbooks
        .map(|import| import.name.replace('-', "_"))
        .collect();
    Reserved {
        action: "names a crate of mdBook",
        pattern: regex(&format!(r"\b(mdbook|{})\b", names.join("|"))),
        looks_at: regex("^src/"),
        allowed_in: regex(r"^src/load(/|\.rs$)"),
        allowed_in_tests: false,
        advice: "src/load alone sees mdBook's types; let it hand over ours",
    }
}

/// Every place where a file does what is reserved for others.
pub(super) fn out_of_place(files: &[TextFile], rules: &[Reserved]) -> Vec<Violation> {
    let mut violations = Vec::new();
    let rust = files
        .iter()
        .filter(|file| has_extension(&file.path, &["rs"]) && !is_made_up_book(&file.path));
    for file in rust {
        let code = without_strings_and_comments(&file.text);
        for rule in rules.iter().filter(|rule| rule.concerns(&file.path)) {
            let code = if rule.allowed_in_tests {
                before_tests(&code)
            } else {
                &code
            };
            for found in rule.pattern.find_iter(code) {
                let line = code[..found.start()].matches('\n').count() + 1;
                let message = format!(
                    "`{}` {}: {}",
                    found.as_str().trim(),
                    rule.action,
                    rule.advice
                );
                violations.push(Violation::new(&file.path, line, message));
            }
        }
    }
    violations
}

impl Reserved {
    fn concerns(&self, path: &str) -> bool {
        let is_allowed = self.allowed_in.is_match(path) || self.allowed_in_tests && is_test(path);
        self.looks_at.is_match(path) && !is_allowed
    }
}

/// Libraries that run in the browser and do not begin with `#![no_std]`; and `simulation`, `scene` and `replay`, which
/// have no native half, where they take std in by the back door.
pub(super) fn libraries_with_std(files: &[TextFile]) -> Vec<Violation> {
    let roots = regex(r"^labs/(simulation|scene|replay|\d\d-[^/]+)/src/lib\.rs$");
    let without_native_half = regex(r"^labs/(simulation|scene|replay)/src/");
    let mut violations = Vec::new();
    for file in files {
        let code = without_strings_and_comments(&file.text);
        if roots.is_match(&file.path) && !code.lines().any(|line| line.trim() == "#![no_std]") {
            violations.push(Violation::new(
                &file.path,
                1,
                "must say `#![no_std]`: the browser runs it",
            ));
        }
        let uses_std = code
            .lines()
            .position(|line| line.contains("extern crate std"));
        if let (true, Some(index)) = (without_native_half.is_match(&file.path), uses_std) {
            violations.push(Violation::new(
                &file.path,
                index + 1,
                "must do without std, with core and alloc",
            ));
        }
    }
    violations
}

fn has_extension(path: &str, extensions: &[&str]) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, extension)| extensions.contains(&extension))
}

/// Tests and benchmarks by their place: a folder `tests` or `benches`, or a file `tests.rs`.
fn is_test(path: &str) -> bool {
    path.split('/')
        .any(|part| ["tests", "benches", "tests.rs"].contains(&part))
}

/// Books that tests read stand in a folder `fixtures` or `books`; their listings may hold any code.
fn is_made_up_book(path: &str) -> bool {
    path.starts_with("tests/")
        && path
            .split('/')
            .any(|part| ["fixtures", "books"].contains(&part))
}

mod tests;
