//! Proofs that the rules about files bite, on made-up files.

use super::super::imports::{Import, Section};
use super::super::places;
use super::*;

fn file(path: &str, text: &str) -> TextFile {
    TextFile {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

fn lines(count: usize) -> String {
    "// a line\n".repeat(count)
}

#[test]
fn a_file_of_301_lines_is_too_long() {
    let too_long = |path, count| !long_files(&[file(path, &lines(count))]).is_empty();
    assert!(!too_long("src/load/book.rs", 300));
    assert!(too_long("src/load/book.rs", 301));
    assert!(too_long("labs/kit/src/lib.rs", 301));
    for path in [
        "tests/site/load.rs",
        "src/load/tests.rs",
        "labs/kit/tests/behaviour.rs",
        "benches/build.rs",
    ] {
        assert!(!too_long(path, 500), "{path}");
        assert!(too_long(path, 501), "{path}");
    }
    assert!(!too_long("chapters/03-load-balancer.md", 900));
    assert_eq!(
        places(&long_files(&[file("src/a.rs", &lines(400))])),
        ["src/a.rs:301"]
    );
}

#[test]
fn a_vague_name_is_found_as_file_and_as_folder() {
    let vague = |path| !vague_names(&[file(path, "")]).is_empty();
    for path in [
        "src/utils.rs",
        "src/common/mod.rs",
        "tests/site/helpers.rs",
        "theme/scripts/misc.js",
    ] {
        assert!(vague(path), "{path}");
    }
    for path in [
        "src/commands/mod.rs",
        "src/common_prefix.rs",
        "chapters/common.md",
    ] {
        assert!(!vague(path), "{path}");
    }
}

#[test]
fn every_marker_is_found_with_its_line() {
    for marker in MARKERS {
        let text = format!("a\n    {marker} later\n");
        assert_eq!(
            places(&leftover_markers(&[file("src/a.rs", &text)])),
            ["src/a.rs:2"],
            "{marker}"
        );
        assert_eq!(leftover_markers(&[file("chapters/a.md", &text)]).len(), 1);
        assert!(leftover_markers(&[file("CONTRIBUTING.md", &text)]).is_empty());
    }
    assert!(leftover_markers(&[file("src/a.rs", "let ignored = method();\n")]).is_empty());
}

#[test]
fn a_member_must_not_have_a_clippy_file() {
    let files = [
        file("clippy.toml", ""),
        file("labs/kit/clippy.toml", ""),
        file("labs/kit/.clippy.toml", ""),
    ];
    assert_eq!(
        places(&other_clippy_files(&files)),
        ["labs/kit/clippy.toml:1", "labs/kit/.clippy.toml:1"]
    );
}

/// Whether the rules for printing, writing and ending report this code in this file.
fn reported(path: &str, code: &str) -> Vec<String> {
    out_of_place(&[file(path, code)], &reserved_actions())
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn only_main_ends_the_process() {
    for code in [
        "std::process::exit(1);",
        "use std::process::{self, exit};",
        "process::abort()",
    ] {
        assert_eq!(reported("src/commands/build.rs", code).len(), 1, "{code}");
        assert!(reported("src/main.rs", code).is_empty());
        assert!(reported("labs/03-load-balancer/src/main.rs", code).is_empty());
        assert!(reported("benches/build.rs", code).is_empty());
    }
    assert!(reported("src/serve.rs", "fn exit(process: u8) {}").is_empty());
    assert_eq!(
        reported("src/serve.rs", "\nfn a() {\n    process::exit(1);\n}")[0],
        "src/serve.rs:3: `process::exit` ends the process: return an error; `main` turns it into an exit code"
    );
}

#[test]
fn only_commands_and_mains_print() {
    for code in [
        "println!()",
        "eprintln!(\"a\")",
        "print!(\"a\")",
        "eprint!(\"a\")",
    ] {
        for path in [
            "src/load/mod.rs",
            "labs/kit/src/report.rs",
            "tests/site/main.rs",
            "src/load/tests.rs",
        ] {
            assert_eq!(reported(path, code).len(), 1, "{path}: {code}");
        }
        let printers = [
            "src/main.rs",
            "src/commands/build.rs",
            "src/commands.rs",
            "labs/03-load-balancer/src/main.rs",
            "benches/build.rs",
            "labs/kit/build.rs",
        ];
        for path in printers {
            assert!(reported(path, code).is_empty(), "{path}: {code}");
        }
    }
    assert!(reported("src/load/mod.rs", "pretty_println!()").is_empty());
}

#[test]
fn only_output_writes() {
    let writing = [
        "std::fs::write(path, bytes)?",
        "tokio::fs::rename(a, b)",
        "use std::fs::{\n    self, read,\n    create_dir_all,\n};",
        "File::create(path)",
        "OpenOptions::new()",
        "NamedTempFile::new_in(folder)",
        "fs::remove_dir_all(folder)",
        "remove_file(path)",
    ];
    for code in writing {
        for path in [
            "src/load/git.rs",
            "src/main.rs",
            "src/commands/build.rs",
            "src/serve.rs",
        ] {
            assert_eq!(reported(path, code).len(), 1, "{path}: {code}");
        }
        for path in [
            "src/output/disk.rs",
            "src/output.rs",
            "src/load/tests.rs",
            "tests/site/main.rs",
        ] {
            assert!(reported(path, code).is_empty(), "{path}: {code}");
        }
    }
    for code in [
        "fs::read(path)",
        "File::open(path)",
        "writeln!(text)",
        "fs::read_dir(path)",
        "writer.write_all(b)",
    ] {
        assert!(reported("src/load/git.rs", code).is_empty(), "{code}");
    }
}

#[test]
fn tests_inside_a_file_may_write_but_not_the_code_before_them() {
    let text = "fn a() { fs::write(b, c); }\n#[cfg(test)]\nmod tests {\n    fn d() { fs::write(e, f); }\n}\n";
    let violations = out_of_place(&[file("src/load/git.rs", text)], &reserved_actions());
    assert_eq!(places(&violations), ["src/load/git.rs:1"]);
}

#[test]
fn code_that_is_only_shown_is_not_reported() {
    assert!(
        reported(
            "src/markdown/code.rs",
            "let sample = \"println!()\"; // fs::write(a)"
        )
        .is_empty()
    );
    assert!(reported("tests/books/rust/src/main.rs", "println!(\"Hello\");").is_empty());
    assert!(reported("chapters/listings/hello.rs", "println!(\"Hello\");").is_empty());
}

#[test]
fn only_load_names_mdbook() {
    let import = |name: &str| Import {
        name: name.to_owned(),
        section: Section::Everywhere,
        default_features: true,
        features: Vec::new(),
    };
    let labbook = Package {
        name: "labbook".to_owned(),
        manifest: file("Cargo.toml", ""),
        imports: vec![import("mdbook-driver"), import("serde")],
    };
    let rule = [crates_of_mdbook(&[labbook])];
    let found = |path, code| out_of_place(&[file(path, code)], &rule).len();
    assert_eq!(
        found("src/markdown/links.rs", "use mdbook_driver::MDBook;"),
        1
    );
    assert_eq!(
        found("src/markdown/tests.rs", "mdbook_driver::MDBook::load(a)"),
        1
    );
    assert_eq!(found("src/load/mod.rs", "use mdbook_driver::MDBook;"), 0);
    assert_eq!(
        found("tests/site/parity.rs", "use mdbook_driver::MDBook;"),
        0
    );
    assert_eq!(
        found(
            "src/markdown/links.rs",
            "// as mdbook_driver does\nfn mdbook_driver_ids() {}"
        ),
        0
    );
}

#[test]
fn a_library_for_the_browser_has_no_std() {
    let lib = "//! A lab.\n#![no_std]\n";
    assert!(libraries_with_std(&[file("labs/03-load-balancer/src/lib.rs", lib)]).is_empty());
    let native_half = format!("{lib}#[cfg(not(target_family = \"wasm\"))]\nextern crate std;\n");
    assert!(
        libraries_with_std(&[file("labs/03-load-balancer/src/lib.rs", &native_half)]).is_empty()
    );
    for path in [
        "labs/03-load-balancer/src/lib.rs",
        "labs/simulation/src/lib.rs",
        "labs/scene/src/lib.rs",
    ] {
        let only_said = "//! A lab.\n// #![no_std]\n";
        assert_eq!(
            places(&libraries_with_std(&[file(path, only_said)])),
            [format!("{path}:1")]
        );
    }
    assert_eq!(
        places(&libraries_with_std(&[file(
            "labs/scene/src/lib.rs",
            &native_half
        )])),
        ["labs/scene/src/lib.rs:4"]
    );
    assert!(libraries_with_std(&[file("labs/kit/src/lib.rs", "")]).is_empty());
}
