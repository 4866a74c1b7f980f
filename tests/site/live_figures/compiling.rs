//! How the crate becomes a module: with what compilers say, and on machines that can't.

use std::fs;

use super::fixture::{can_compile, live, with_crate};
use super::{Book, book};
use crate::program::{labbook, run};

#[test]
fn the_crate_is_compiled_and_the_module_kept_for_machines_that_cannot() {
    if !can_compile() {
        return;
    }
    let book = with_crate(book(&live("lanes", "at = \"12 s\"")));
    let first = run(labbook(&book, &["build", "-d", "out"]));
    assert_eq!((first.code, first.stderr.as_str()), (0, ""), "{first:?}");
    let page = fs::read_to_string(book.root().join("out/one.html")).unwrap();
    assert!(page.contains("After 12.0 s, "), "{page}");
    let files = book.root().join("figures/target/labbook-figures");
    assert!(files.is_dir(), "a target folder of its own");

    // Without cargo, the kept module does: the page is the same.
    let mut command = labbook(&book, &["build", "-d", "again"]);
    command.env("PATH", "");
    let again = run(command);
    assert_eq!(again.code, 0, "{again:?}");
    assert_eq!(
        again.stderr,
        "note: book.toml:4: live figures can't be compiled. `cargo` is not installed: it comes with Rust (https://rustup.rs). All else of the book works without it; until then, figures are those of the last module that was compiled\n"
    );
    let same = fs::read_to_string(book.root().join("again/one.html")).unwrap();
    assert_eq!(same, page);
}

#[test]
fn without_cargo_and_without_a_module_the_description_keeps_the_place() {
    let book = book(&live("lanes", "at = \"12 s\"")).file("figures/Cargo.toml", "[package]\n");
    let mut command = labbook(&book, &["build", "-d", "out"]);
    command.env("PATH", "");
    let built = run(command);
    assert_eq!(built.code, 0, "{built:?}");
    assert_eq!(built.stderr.lines().count(), 1, "{built:?}");
    assert!(
        built.stderr.contains("`cargo` is not installed")
            && built
                .stderr
                .contains("until then, their descriptions stand in the place"),
        "{built:?}"
    );
    let page = fs::read_to_string(book.root().join("out/one.html")).unwrap();
    assert!(page.contains("<p>What lanes shows.</p>"), "{page}");
}

#[cfg(unix)]
#[test]
fn a_machine_without_the_target_is_told_how_to_get_it() {
    use std::os::unix::fs::PermissionsExt;
    let cargo = "#!/bin/sh\ncase $1 in\nmetadata) echo '{\"workspace_root\":\"/w\",\"target_directory\":\"/w/target\"}';;\n*) echo '{\"reason\":\"compiler-message\",\"message\":{\"level\":\"error\",\"message\":\"can\\u0027t find crate for `core`\",\"spans\":[],\"children\":[{\"level\":\"note\",\"message\":\"the `wasm32-unknown-unknown` target may not be installed\"}]}}'; exit 101;;\nesac\n";
    let book = book(&live("lanes", ""))
        .file("figures/Cargo.toml", "[package]\n")
        .file("bin/cargo", cargo);
    let program = book.root().join("bin/cargo");
    fs::set_permissions(program, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = labbook(&book, &["build", "-d", "out"]);
    command.env("PATH", book.root().join("bin"));
    let built = run(command);
    assert_eq!(built.code, 0, "{built:?}");
    assert!(
        built.stderr.starts_with("note: book.toml:4: live figures can't be compiled. Rust can't compile for wasm32-unknown-unknown here: run `rustup target add wasm32-unknown-unknown`."),
        "{built:?}"
    );
    let page = fs::read_to_string(book.root().join("out/one.html")).unwrap();
    assert!(
        page.contains(
            "data-kind=\"live\"><div class=\"figure-place\"><p>What lanes shows.</p></div>"
        ),
        "{page}"
    );
    assert!(!page.contains("labbook/figure"), "{page}");
}

#[test]
fn what_the_compiler_says_is_said_with_file_and_line() {
    if !can_compile() {
        return;
    }
    let book = with_crate(book(&live("lanes", ""))).file(
        "figures/src/texts.rs",
        "use crate::counter::Counter;\n\npub(crate) fn list() -> String {\n    7\n}\n",
    );
    for verb in ["build", "check"] {
        let built = run(labbook(&book, &[verb]));
        assert_eq!(built.code, 1, "{built:?}");
        assert!(
            built.stderr.contains(
                "error: figures/src/texts.rs:4: mismatched types: expected `String`, found integer"
            ),
            "{built:?}"
        );
        assert!(!built.stderr.contains("aborting due to"), "{built:?}");
    }
}

#[test]
fn a_crate_that_makes_no_figures_is_told_what_it_lacks() {
    if !can_compile() {
        return;
    }
    let manifest =
        "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n";
    let message = book(&live("lanes", ""))
        .file("figures/Cargo.toml", manifest)
        .file("figures/src/lib.rs", "")
        .fails();
    assert!(
        message.starts_with(
            "book.toml:4: the module of live figures does not export `figure_input`, "
        ),
        "{message}"
    );
}

#[test]
fn a_folder_without_a_crate_is_told_so() {
    let message = book(&live("lanes", "")).fails();
    assert_eq!(
        message,
        "book.toml:4: there is no figures/Cargo.toml: `figures` names the folder of a crate; create it, or remove `figures`"
    );
    let message = Book::with("# One\n")
        .settings("[output.labbook]\nfigures = \"nothing\"\n")
        .fails();
    assert_eq!(
        message,
        "book.toml:4: the folder `nothing` is not there: create it, or remove `figures`"
    );
}

#[test]
fn a_manifest_that_cargo_cannot_read_is_told_in_its_words() {
    if !can_compile() {
        return;
    }
    let message = book(&live("lanes", ""))
        .file("figures/Cargo.toml", "[package]\nname = 3\n")
        .fails();
    assert!(
        message.starts_with("figures/Cargo.toml: the live figures can't be compiled: error: "),
        "{message}"
    );
    assert_eq!(message.lines().count(), 1, "{message}");
}
