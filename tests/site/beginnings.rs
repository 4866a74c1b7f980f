//! `labbook new`: what it makes builds and passes `check` at once, and nothing that exists is touched.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::harness::Book;
use crate::program::{Run, files, labbook, run};

fn new(book: &Book, arguments: &[&str]) -> Run {
    run(labbook(book, &[&["new"], arguments].concat()))
}

/// `labbook new` succeeds.
#[track_caller]
fn made(book: &Book, arguments: &[&str]) -> Run {
    let run = new(book, arguments);
    assert_eq!((run.code, &*run.stderr), (0, ""), "{run:?}");
    run
}

/// `labbook new` refuses in one line that holds these words, and touches nothing.
#[track_caller]
fn refused(book: &Book, arguments: &[&str], words: &str) {
    let before = texts(book.root());
    let run = new(book, arguments);
    assert_eq!(
        (run.code, run.stderr.lines().count(), &*run.stdout),
        (1, 1, ""),
        "{run:?}"
    );
    assert!(run.stderr.contains(words), "no `{words}` in {}", run.stderr);
    assert_eq!(texts(book.root()), before, "something was touched");
}

/// All files of a folder, without the cache that a build leaves.
fn texts(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut texts = files(folder);
    texts.retain(|path, _| !path.contains(".labbook"));
    texts
}

/// What `check` says of the book in a folder.
#[track_caller]
fn passes_check(book: &Book, folder: &str) {
    let run = run(labbook(book, &["check", folder]));
    assert_eq!((run.code, &*run.stderr), (0, ""), "{run:?}");
}

/// A book made by `labbook new book`, in a folder of its own.
fn begun() -> Book {
    let book = Book::empty();
    made(&book, &["book", ".", "--title", "Vec<T> & \"[more]\""]);
    book
}

#[test]
fn a_book_passes_check_and_its_snippets_pass_their_test() {
    let book = begun();
    passes_check(&book, ".");
    let tested = run(labbook(&book, &["test"]));
    assert_eq!(
        (tested.code, tested.stdout.contains("1 passed")),
        (0, true),
        "{tested:?}"
    );
    let page = book.build().page("index");
    page.has("<title>Vec&lt;T&gt; &amp; &quot;[more]&quot;")
        .has("First steps");
}

#[test]
fn a_book_goes_into_an_empty_folder_only() {
    let book = Book::empty()
        .file("full/file", "kept")
        .file("plain", "kept");
    refused(&book, &["book", "full"], "full: is not empty");
    refused(&book, &["book", "plain"], "plain: is no folder");
    refused(&book, &["book", "other", "--title", "a\nb"], "one line");
    made(&book, &["book", "deep/in-here"]);
    passes_check(&book, "deep/in-here");
    let settings = book.root().join("deep/in-here/book.toml");
    assert!(
        std::fs::read_to_string(settings)
            .unwrap()
            .contains("title = \"In here\"")
    );
}

#[test]
fn a_chapter_takes_the_next_number_and_its_line_in_the_summary() {
    let book = begun();
    let before = std::fs::read_to_string(book.root().join("src/SUMMARY.md")).unwrap();
    let book = book
        .file("src/SUMMARY.md", &format!("{before}\n[End](end.md)"))
        .file("src/end.md", "# End\n");
    made(
        &book,
        &["chapter", "one-front-door", "--title", "A [front] door"],
    );
    passes_check(&book, ".");
    let after = std::fs::read_to_string(book.root().join("src/SUMMARY.md")).unwrap();
    assert_eq!(
        after,
        format!("{before}- [A \\[front\\] door](02-one-front-door.md)\n\n[End](end.md)")
    );
    let site = book.build();
    site.page("02-one-front-door").shows("A [front] door");
    assert!(
        site.text("02-one-front-door.html")
            .contains("One sentence that says"),
        "front matter, as its neighbours have"
    );
}

#[test]
fn a_chapter_of_a_plain_book_has_neither_number_nor_front_matter() {
    let book = Book::with("# One\n");
    made(&book, &["chapter", "two"]);
    let text = std::fs::read_to_string(book.root().join("src/two.md")).unwrap();
    assert!(text.starts_with("# Two\n"), "{text}");
    passes_check(&book, ".");
}

#[test]
fn chapters_that_cannot_be() {
    let book = begun();
    refused(&book, &["chapter", "One_Door"], "`One_Door` is no name");
    refused(&book, &["chapter", "../up"], "`../up` is no name");
    refused(
        &book,
        &["chapter", "first-steps"],
        "src/01-first-steps.md: is a chapter named",
    );
    refused(
        &book,
        &["chapter", "1-other"],
        "src/01-first-steps.md: has this number",
    );
    let book = book.file("src/02-lost.md", "not in SUMMARY.md");
    refused(
        &book,
        &["chapter", "lost"],
        "src/02-lost.md: exists already",
    );
    refused(
        &book.without("book.toml"),
        &["chapter", "more"],
        "book.toml: does not exist",
    );
}

#[test]
fn a_figure_is_drawn_and_shown_before_the_notes() {
    let book = begun().file(
        "src/01-first-steps.md",
        "# First\n\ntext[^a]\n\n[^a]: a note\n",
    );
    made(
        &book,
        &["figure", "who-waits", "--chapter", "src/01-first-steps.md"],
    );
    passes_check(&book, ".");
    let text = std::fs::read_to_string(book.root().join("src/01-first-steps.md")).unwrap();
    assert!(
        text.starts_with("# First\n\ntext[^a]\n\n```figure\nid = \"who-waits\"\n"),
        "{text}"
    );
    assert!(text.ends_with("```\n\n[^a]: a note\n"), "{text}");
    book.build()
        .page("01-first-steps")
        .shows("id=\"who-waits\"")
        .shows("<svg");
}

#[test]
fn a_figure_without_a_chapter_is_printed_to_paste() {
    let book = begun();
    let run = made(&book, &["figure", "who-waits"]);
    let (_, block) = run
        .stdout
        .split_once("\n\n")
        .expect("the block stands apart");
    let chapter = std::fs::read_to_string(book.root().join("src/index.md")).unwrap();
    let book = book.file("src/index.md", &format!("{chapter}\n{block}"));
    passes_check(&book, ".");
}

#[test]
fn figures_that_cannot_be() {
    let book = begun();
    let chapter = ["--chapter", "01-first-steps.md"];
    let figure = |name| [&["figure", name], &chapter[..]].concat();
    refused(
        &book,
        &figure("first-steps"),
        "with the id `first-steps` already",
    );
    refused(
        &book,
        &figure("question-and-answer"),
        "with the id `question-and-answer` already",
    );
    refused(&book, &figure("2-steps"), "write `steps`");
    refused(
        &book,
        &["figure", "new", "--chapter", "lost.md"],
        "lost.md: is no chapter",
    );
    let book = book.file("src/figures/taken.pikchr", "box");
    refused(&book, &figure("taken"), "taken.pikchr: exists already");
}

/// A book with a lab in it.
fn with_lab(book: Book) -> Book {
    made(
        &book,
        &["lab", "load-balancer", "--title", "A \"fair\" door"],
    );
    book
}

#[test]
fn a_lab_compiles_and_a_chapter_can_show_its_card() {
    let book = with_lab(begun());
    let cargo = |arguments: &[&str]| {
        let target = book.root().join(".labbook/target");
        let mut command = Command::new(env!("CARGO"));
        command
            .args(arguments)
            .current_dir(book.root())
            .env("CARGO_TARGET_DIR", target);
        run(command)
    };
    let checked = cargo(&["check", "--offline", "--all-targets"]);
    assert_eq!(
        (checked.code, checked.stderr.contains("warning")),
        (0, false),
        "{checked:?}"
    );
    let chapter = std::fs::read_to_string(book.root().join("src/index.md")).unwrap();
    let book = book.file("src/index.md", &format!("{chapter}\n{{{{#lab 01}}}}\n"));
    passes_check(&book, ".");
    let site = book.build();
    site.page("index")
        .shows("Lab 1 · A \"fair\" door")
        .shows("cargo run --bin lab-01");
}

#[test]
fn a_lab_takes_what_the_workspace_of_the_book_gives() {
    let book = begun().file(
        "Cargo.toml",
        "[workspace]\nmembers = [\"labs/*\"]\nresolver = \"3\"\n[workspace.package]\nversion = \"0.3.0\"\nedition = \"2024\"\nlicense = \"MIT\"\n[workspace.lints.rust]\nmissing_docs = \"warn\"\n",
    );
    let book = with_lab(book);
    let manifest =
        std::fs::read_to_string(book.root().join("labs/01-load-balancer/Cargo.toml")).unwrap();
    for line in [
        "version.workspace = true",
        "edition.workspace = true",
        "license.workspace = true",
        "[lints]\nworkspace = true",
    ] {
        assert!(manifest.contains(line), "no {line} in:\n{manifest}");
    }
    assert!(!manifest.contains("rust-version"), "{manifest}");
    let book = book.file("Cargo.toml", "[workspace]\nmembers = [\"other\"]\n");
    let run = made(&book, &["lab", "cache"]);
    assert!(run.stdout.contains("members = [\"labs/*\"]"), "{run:?}");
}

/// A book of a workspace whose labs share this repository's kit.
fn with_kit() -> Book {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let mut table: toml::Table = manifest.parse().unwrap();
    table.retain(|name, _| name == "workspace");
    table["workspace"]
        .as_table_mut()
        .unwrap()
        .remove("default-members");
    let lock = std::fs::read_to_string(root.join("Cargo.lock")).unwrap();
    let mut book = begun()
        .file("Cargo.toml", &table.to_string())
        .file("Cargo.lock", &lock);
    // The dashboard of the kit has its looks from the theme.
    for part in ["labs/kit", "labs/scene", "theme"] {
        for (path, bytes) in files(&root.join(part)) {
            book = book.bytes(&format!("{part}/{path}"), &bytes);
        }
    }
    book
}

#[test]
fn a_lab_beside_a_kit_has_everything_that_labs_have() {
    let book = with_kit();
    made(&book, &["lab", "fair-desk"]);
    let texts = texts(book.root());
    let text = |path: &str| String::from_utf8(texts[path].clone()).unwrap();
    for (path, word) in [
        (
            "labs/01-fair-desk/Cargo.toml",
            "kit = { path = \"../kit\" }",
        ),
        ("labs/01-fair-desk/src/lib.rs", "policy_only"),
        (
            "labs/01-fair-desk/src/exercises/mod.rs",
            "labs/01-fair-desk/src/exercises/another_worker.rs",
        ),
        (
            "labs/01-fair-desk/src/main.rs",
            "use fair_desk::board::DeskBoard;",
        ),
        ("labs/01-fair-desk/src/experiments/shares.rs", "fn measure"),
    ] {
        assert!(text(path).contains(word), "no {word} in {path}");
    }
    let left = texts.iter().filter(|(path, _)| path.starts_with("labs/01"));
    for (path, bytes) in left {
        let text = String::from_utf8_lossy(bytes);
        for name in ["package", "library", "number", "folder", "title", "lints"] {
            assert!(
                !text.contains(&format!("{{{{{name}}}}}")),
                "{name} was left in {path}"
            );
        }
    }
    let mut command = Command::new(env!("CARGO"));
    let target = concat!(env!("CARGO_MANIFEST_DIR"), "/target/new-lab");
    command
        .args(["check", "--offline", "--all-targets", "-p", "lab-01"])
        .current_dir(book.root())
        .env("CARGO_TARGET_DIR", target);
    let checked = run(command);
    assert_eq!(
        (checked.code, checked.stderr.contains("warning")),
        (0, false),
        "{checked:?}"
    );
}

#[test]
fn labs_are_numbered_and_never_overwritten() {
    let book = with_lab(begun());
    refused(
        &book,
        &["lab", "load-balancer"],
        "labs/01-load-balancer: is a lab of this name already",
    );
    refused(
        &book,
        &["lab", "1-cache"],
        "labs/01-load-balancer: has this number already",
    );
    refused(&book, &["lab", "100-cache"], "from 01 to 99");
    refused(&book, &["lab", "match"], "means something to Rust");
    made(&book, &["lab", "07-queue"]);
    made(&book, &["lab", "cache"]);
    let texts = texts(book.root());
    for manifest in ["labs/07-queue/Cargo.toml", "labs/08-cache/Cargo.toml"] {
        assert!(texts.contains_key(manifest), "{manifest}");
    }
    let settings = String::from_utf8(texts["book.toml"].clone()).unwrap();
    assert_eq!(settings.matches("labs = \"labs\"").count(), 1, "{settings}");
}
