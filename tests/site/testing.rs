//! `labbook test`: Rust snippets and console blocks do what the book says, or it is said which do not.
//!
//! Each run of rustdoc takes part of a second, so a book here asks many things at once.

use crate::harness::Book;
use crate::program::{Run, labbook, run};

fn tested(book: &Book, arguments: &[&str]) -> Run {
    run(labbook(book, &[&["test"], arguments].concat()))
}

/// The lines of a text that are not indented.
fn heads(text: &str) -> Vec<&str> {
    text.lines()
        .filter(|line| !line.starts_with("    "))
        .collect()
}

#[test]
fn rust_is_compiled_and_run_as_its_attributes_say() {
    let book = Book::with(
        "# One\n\n```rust\nassert_eq!(1 + 1, 2);\n# let hidden = 1;\n```\n\n```rust,ignore\nno Rust at all\n```\n\n```rust,no_run\nloop {}\n```\n\n```rust should_panic title=\"a, b.rs\"\nfn main() { panic!(\"as it should\") }\n```\n\n```rust,compile_fail,E0308,editable\nlet a: u8 = \"\";\n```\n\n```rust,edition2015\nlet async = 1;\n```\n\n```rust\nlet _ = async { 1 };\n```\n\n```\nplain text\n```\n\n```python\nprint(1)\n```\n\n- in a list\n\n  ```rust\n  assert!(true);\n  ```\n",
    )
    .settings("[rust]\nedition = \"2021\"\n");
    let run = tested(&book, &[]);
    assert_eq!((run.code, &*run.stderr), (0, ""), "{run:?}");
    assert_eq!(
        run.stdout,
        "src/one.md: Rust snippets: 7 passed, 1 ignored\nall: Rust snippets: 7 passed, 1 ignored\n"
    );
}

#[test]
fn failing_snippets_name_the_authors_line_past_front_matter_and_includes() {
    let text = "+++\ndraft = false\n+++\n# One\n\n```rust\n{{#include long.rs}}\n```\n\n```rust\nlet a = 1;\nlet b: u8 = \"\";\n```\n\n> ```rust\n> assert_eq!(1, 2, \"no\");\n> ```\n\n```rust,should_panic\nlet a = 1;\n```\n\n```rust,compile_fail\nlet a = 1;\n```\n\n```rust\n{{#include wrong.rs}}\n```\n";
    let book = Book::with(text)
        .file("src/long.rs", &"let _ = 1;\n".repeat(30))
        .file("src/wrong.rs", "let c = 1;\nlet d = c + \"\";\n")
        .file("src/two.md", "# Two\n\n```rust\nlet fine = 1;\n```\n")
        .file("src/SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n")
        .settings("[rust]\nedition = \"2024\"\n");
    let run = tested(&book, &[]);
    assert_eq!(run.code, 1);
    assert_eq!(
        run.stdout,
        "src/one.md: Rust snippets: 1 passed, 5 failed\nsrc/two.md: Rust snippets: 1 passed\nall: Rust snippets: 2 passed, 5 failed\n"
    );
    let heads = heads(&run.stderr);
    let places: Vec<&str> = heads
        .iter()
        .map(|line| line.split(": ").nth(1).unwrap_or(line))
        .collect();
    let expected = [
        "src/one.md:12",
        "src/one.md:15",
        "src/one.md:19",
        "src/one.md:23",
        "src/one.md:28",
        "5 failed",
    ];
    assert_eq!(places, expected, "{}", run.stderr);
    assert!(
        heads[0].contains("error[E0308]: mismatched types"),
        "{}",
        heads[0]
    );
    assert!(
        heads[1].contains("panics: assertion `left == right` failed: no"),
        "{}",
        heads[1]
    );
    for said in [
        "     --> src/one.md:12:13\n",
        "\n    12 | let b: u8 = \"\";\n",
        "--> src/one.md:28:",
    ] {
        assert!(run.stderr.contains(said), "no {said:?} in:\n{}", run.stderr);
    }
    assert!(
        !run.stderr.contains("chapter.md"),
        "no file of ours:\n{}",
        run.stderr
    );
}

#[test]
fn one_chapter_alone() {
    let book = Book::with("# One\n\n```rust\nno Rust\n```\n")
        .file("src/SUMMARY.md", "- [One](one.md)\n- [Two *b*](two.md)\n")
        .file("src/two.md", "# Two\n");
    for name in ["two.md", "Two b"] {
        let run = tested(&book, &["-c", name]);
        assert_eq!(
            (run.code, &*run.stdout),
            (0, "all: no Rust snippets and no console blocks\n"),
            "{run:?}"
        );
    }
    let run = tested(&book, &["--chapter", "three.md"]);
    assert_eq!((run.code, run.stderr.lines().count()), (1, 1), "{run:?}");
    assert!(run.stderr.contains("no chapter `three.md`"), "{run:?}");
}

/// A book whose snippet uses a crate that lies beside it.
fn with_crate(library: &str) -> Book {
    Book::with("# One\n\n```rust\nuse renamed::twice;\nassert_eq!(twice(2), 4);\n```\n")
        .file(
            "double/Cargo.toml",
            "[package]\nname = \"double-it\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
        )
        .file("double/src/lib.rs", library)
        .settings("[rust]\nedition = \"2021\"\n[output.labbook.test]\ndependencies.renamed = { package = \"double-it\", path = \"double\" }\n")
}

#[test]
fn snippets_may_use_the_crates_that_book_toml_names() {
    let book = with_crate("pub fn twice(n: u8) -> u8 {\n    2 * n\n}\n");
    let run = tested(&book, &[]);
    assert_eq!((run.code, &*run.stderr), (0, ""), "{run:?}");
    let kept = std::fs::read_to_string(book.root().join(".labbook/.gitignore")).unwrap();
    assert_eq!(kept, "*\n", "what is kept is left alone by git");
}

#[test]
fn a_crate_that_does_not_build_is_named_on_its_line_of_book_toml() {
    let run = tested(&with_crate("pub fn twice() -> u8 {\n    wrong\n}\n"), &[]);
    assert_eq!(run.code, 1);
    let heads = heads(&run.stderr);
    assert_eq!(heads.len(), 1, "{}", run.stderr);
    assert!(heads[0].starts_with("error: book.toml:6: "), "{}", heads[0]);
    assert!(
        run.stderr.contains("cannot find value `wrong`"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_a_snippet_needs_and_is_not_installed_is_said_in_one_line() {
    let book = Book::with("# One\n\n```rust\nlet a = 1;\n```\n").file("empty/x", "");
    let mut command = labbook(&book, &["test"]);
    command.env("PATH", book.root().join("empty"));
    let run = run(command);
    assert_eq!((run.code, run.stderr.lines().count()), (1, 1), "{run:?}");
    for word in ["`rustdoc` is not installed", "https://rustup.rs", "`build`"] {
        assert!(run.stderr.contains(word), "no {word} in {}", run.stderr);
    }
}

/// A book that may run `rustc`, which prints a version and does no harm.
fn console(block: &str) -> Book {
    Book::with(&format!("+++\ndraft = false\n+++\n# One\n\n{block}"))
        .settings("[output.labbook.test]\ncommands = [\"rustc\"]\n")
}

#[test]
fn console_blocks_print_what_they_show() {
    let block = "```console\n$ rustc --version\nrustc [..]\n```\n\n```shell-session\n$ rustc --version\n$ rustc --print \\\n    target-list\n...\nwasm32-unknown-unknown\n...\n```\n\n```console fails\n$ rustc nowhere.rs\nerror: [..] `nowhere.rs`[..]\n...\n```\n\n```console ignore\n$ rustc | rm nothing\n```\n\n```sh-session\n$ git push\n```\n";
    let run = tested(&console(block), &[]);
    assert_eq!((run.code, &*run.stderr), (0, ""), "{run:?}");
    assert_eq!(
        run.stdout,
        "src/one.md: console blocks: 3 passed, 1 ignored, 1 not run\nall: console blocks: 3 passed, 1 ignored, 1 not run\nnot run, since `commands` in [output.labbook.test] does not name them: `git`\n"
    );
}

#[test]
fn console_blocks_that_do_otherwise_name_their_line() {
    let block = "```console\n$ rustc --version\nrustc [..]\nand more\n```\n\n```console\n$ rustc --no-such-flag\n```\n\n```console\n$ rustc --version | head\n```\n\n```console\n$ cd src\n$ rustc --version\n```\n";
    let run = tested(&console(block), &[]);
    assert_eq!(run.code, 1);
    let heads = heads(&run.stderr);
    for (head, (place, word)) in heads.iter().zip([
        ("src/one.md:9: ", "prints something else"),
        ("src/one.md:13: ", "exit code 1"),
        ("src/one.md:17: ", "a pipe"),
        ("src/one.md:21: ", "`cd`"),
    ]) {
        assert!(
            head.starts_with(&format!("error: {place}")) && head.contains(word),
            "{head}"
        );
    }
    assert_eq!(heads.len(), 5, "{}", run.stderr);
    assert!(run.stderr.contains("\n    - and more\n"), "{}", run.stderr);
    assert!(run.stderr.contains("Unrecognized option"), "{}", run.stderr);
}

#[test]
fn a_command_without_end_is_ended_when_its_time_is_over() {
    let book = Book::with("# One\n\n```console\n$ sleep 600\n```\n")
        .settings("[output.labbook.test]\ncommands = [\"sleep\"]\ntimeout-s = 0\n");
    let run = tested(&book, &[]);
    assert_eq!(run.code, 1);
    let head = heads(&run.stderr)[0];
    assert!(
        head.starts_with("error: src/one.md:4: ") && head.contains("after 0 s"),
        "{head}"
    );
}

/// A book with a lab whose program does this.
fn with_lab(block: &str, main: &str) -> Book {
    Book::with(&format!("# One\n\n{block}"))
        .settings("[output.labbook]\nlabs = \"labs\"\n[output.labbook.test]\ntimeout-s = 3\n")
        .file("Cargo.toml", "[workspace]\nmembers = [\"labs/*\"]\nresolver = \"2\"\n")
        .file("labs/03-x/Cargo.toml", "[package]\nname = \"lab-03\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[package.metadata.lab]\ntitle = \"X\"\nminutes = 1\n")
        .file("labs/03-x/src/main.rs", main)
}

#[test]
fn long_outputs_of_labs_are_compared_where_they_are_shown() {
    let main = "fn main() {\n    for line in 0..20_000 { println!(\"request {line} took {} ms\", line % 97); }\n    println!(\"p99 {} ms, claims hold: {}\", 48.25, std::env::args().count());\n}\n";
    let block = "```console\n$ cargo run --bin lab-03 -- experiments all --simulate\nrequest 0 took 0 ms\n...\nrequest 300 took [..] ms\n...\np99 [..] ms, claims hold: 4\n```\n\n```console\n$ cargo run --bin lab-03\n...\np99 [..] ms, claims hold: 4\n```\n";
    let run = tested(&with_lab(block, main), &[]);
    assert_eq!(run.code, 1, "{run:?}");
    assert_eq!(
        run.stdout.lines().next(),
        Some("src/one.md: console blocks: 1 passed, 1 failed")
    );
    let head = heads(&run.stderr)[0];
    assert!(
        head.starts_with("error: src/one.md:15: `cargo run --bin lab-03` prints something else"),
        "{head}"
    );
    assert!(
        run.stderr.contains("    + p99 48.25 ms, claims hold: 1\n") && run.stderr.len() < 5_000,
        "{} bytes",
        run.stderr.len()
    );
}

#[test]
fn a_lab_that_runs_on_is_named_and_its_compiling_does_not_count() {
    // Compiling waits longer than a command may.
    let main = "fn main() {\n    println!(\"listens\");\n    std::thread::sleep(std::time::Duration::from_secs(600));\n}\n";
    let book = with_lab("```console\n$ cargo run --bin lab-03\nlistens\n```\n", main).file(
        "labs/03-x/build.rs",
        "fn main() { std::thread::sleep(std::time::Duration::from_secs(4)) }\n",
    );
    let run = tested(&book, &[]);
    assert_eq!(run.code, 1, "{run:?}");
    let head = heads(&run.stderr)[0];
    assert!(
        head.starts_with("error: src/one.md:4: `cargo run --bin lab-03` was ended after 3 s"),
        "{head}"
    );
    assert!(run.stderr.contains("    listens\n"), "{run:?}");
}

#[test]
fn only_a_book_written_for_labbook_runs_cargo_unasked() {
    let text = "# One\n\n```console\n$ cargo --version\ncargo [..]\n```\n";
    let plain = tested(&Book::with(text), &[]);
    assert_eq!(
        (plain.code, plain.stdout.contains("1 not run")),
        (0, true),
        "{plain:?}"
    );
    let ours = tested(
        &Book::with(text).settings("[output.labbook]\nmath = true\n"),
        &[],
    );
    assert_eq!(
        (ours.code, ours.stdout.contains("1 passed")),
        (0, true),
        "{ours:?}"
    );
}

#[test]
fn no_other_command_runs_the_books_code() {
    let book = Book::with("# One\n\n```rust\nno Rust\n```\n\n```console\n$ cargo new made\n```\n")
        .settings("[output.labbook]\nmath = true\n");
    for command in ["build", "check"] {
        let run = run(labbook(&book, &[command]));
        assert_eq!(run.code, 0, "{run:?}");
    }
    assert!(!book.root().join("made").exists());
}

#[test]
fn settings_that_mean_nothing_are_said() {
    let settings =
        |text: &str| Book::with("# One\n").settings(&format!("[output.labbook.test]\n{text}\n"));
    let run = tested(&settings("comands = [\"cargo\"]"), &[]);
    assert!(
        run.stderr.contains("book.toml:4: `test.comands`"),
        "{run:?}"
    );
    let wrong = settings("commands = \"cargo\"").fails();
    assert!(wrong.starts_with("book.toml:4: "), "{wrong}");
}
