//! What is on disk after a build, a second build, a failed one, an interrupted one, and two at once.

mod cache;
mod obstacles;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::SystemTime;

use crate::harness::Book;
use crate::program::{Run, files, labbook, run};

fn book() -> Book {
    Book::with("# One\n").file("src/data/numbers.csv", "1,2\n")
}

/// Builds a book into `out`; it must succeed.
#[track_caller]
fn built(book: &Book) -> Run {
    let run = run(labbook(book, &["build", "-d", "out"]));
    assert_eq!(run.code, 0, "{run:?}");
    run
}

/// The site in a folder, without labbook's own two files.
fn site(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = files(folder);
    files.retain(|name, _| !name.starts_with(".labbook-"));
    files
}

/// When each file of a folder was last written.
fn dates(folder: &Path) -> BTreeMap<String, SystemTime> {
    let names = site(folder).into_keys();
    names
        .map(|name| {
            let date = fs::metadata(folder.join(&name))
                .unwrap()
                .modified()
                .unwrap();
            (name, date)
        })
        .collect()
}

#[test]
fn a_second_build_writes_nothing() {
    let book = book();
    built(&book);
    let before = dates(&book.destination());
    let second = built(&book);
    assert!(
        second.stdout.ends_with("0 changed, 0 removed\n"),
        "{}",
        second.stdout
    );
    assert_eq!(dates(&book.destination()), before);
}

#[test]
fn stale_pages_go_with_their_folders_and_foreign_files_stay() {
    let book = book()
        .file("out/theirs.txt", "kept")
        .file("out/data/theirs.txt", "kept");
    let book = book.file("src/deep/er/note.txt", "ours");
    built(&book);
    assert!(book.destination().join("deep/er/note.txt").exists());
    let book = book
        .without("src/deep/er/note.txt")
        .without("src/data/numbers.csv");
    let second = built(&book);
    assert!(
        second.stdout.ends_with("0 changed, 2 removed\n"),
        "{}",
        second.stdout
    );
    let left = site(&book.destination());
    assert!(!left.contains_key("data/numbers.csv") && !book.destination().join("deep").exists());
    assert!(left.contains_key("theirs.txt") && left.contains_key("data/theirs.txt"));
}

#[test]
fn only_what_changed_gets_a_new_date() {
    let book = book()
        .file("src/SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n")
        .file("src/two.md", "# Two\n");
    // The page that holds the whole book and the search's scripts change with every chapter.
    let without = "[output.html]\nprint.enable = false\nsearch.enable = false\n";
    let book = book.settings(without);
    built(&book);
    let before = dates(&book.destination());
    let book = book.file("src/two.md", "# Two\n\nmore\n");
    built(&book);
    let after = dates(&book.destination());
    let changed: Vec<&String> = after
        .iter()
        .filter(|(name, date)| before.get(*name) != Some(date))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(changed, ["two.html"]);
}

#[test]
fn a_site_is_the_same_bytes_from_the_cache_and_without_it() {
    let book = book();
    built(&book);
    let first = site(&book.destination());
    fs::remove_dir_all(book.destination()).unwrap();
    built(&book);
    assert_eq!(site(&book.destination()), first, "from the cache");
    fs::remove_dir_all(book.destination()).unwrap();
    fs::remove_dir_all(book.root().join(".labbook")).unwrap();
    built(&book);
    assert_eq!(site(&book.destination()), first, "rendered again");
}

#[test]
fn a_site_written_into_the_source_folder_does_not_become_part_of_itself() {
    let book = Book::with("# One\n");
    for _ in 0..3 {
        let run = run(labbook(&book, &["build", "-d", "src/out"]));
        assert_eq!(run.code, 0, "{run:?}");
    }
    let files = site(&book.root().join("src/out"));
    assert!(files.contains_key("one.html") && !files.keys().any(|name| name.starts_with("out/")));
    let flat = Book::empty()
        .file("book.toml", "[book]\nsrc = \".\"\n")
        .file("SUMMARY.md", "- [One](one.md)\n")
        .file("one.md", "# One\n");
    for destination in [vec!["build"], vec!["build", "-d", "other"], vec!["build"]] {
        assert_eq!(run(labbook(&flat, &destination)).code, 0);
    }
    assert!(
        !site(&flat.root().join("book"))
            .keys()
            .any(|name| name.starts_with("book/") || name.starts_with("other/"))
    );
}

#[test]
fn two_builds_at_once_leave_one_whole_site() {
    let one = Book::with("# One\n\nof the first\n").file("src/only-first.txt", "1");
    let two = Book::with("# One\n\nof the second\n").file("src/only-second.txt", "2");
    built(&one);
    built(&two);
    let wanted = [site(&one.destination()), site(&two.destination())];
    let shared = tempfile::tempdir().unwrap();
    let place = shared.path().join("site");
    let arguments = ["build", "-d", place.to_str().unwrap()];
    for _ in 0..3 {
        let builds: Vec<_> = [&one, &two, &one, &two]
            .iter()
            .map(|book| {
                labbook(book, &arguments)
                    .stdout(Stdio::null())
                    .spawn()
                    .unwrap()
            })
            .collect();
        for mut build in builds {
            assert_eq!(build.wait().unwrap().code(), Some(0));
        }
        let left = site(&place);
        assert!(wanted.contains(&left), "a mixture: {:?}", left.keys());
    }
}

#[cfg(unix)]
mod limits {
    use super::*;
    use std::os::unix::fs::PermissionsExt;
    use std::process::Command;

    /// A build that may write no file above 4 to 8 KB, with `first` run before it in the same shell.
    fn limited(book: &Book, first: &str) -> Run {
        let program = env!("CARGO_BIN_EXE_labbook");
        let script = format!("ulimit -c 0; ulimit -f 8; {first} exec '{program}' build -d out");
        let mut command = Command::new("sh");
        command.args(["-c", &script]).current_dir(book.root());
        run(command)
    }

    fn too_large() -> Book {
        let book = book();
        built(&book);
        book.file("src/one.md", "# One\n\nchanged\n")
            .bytes("src/large.bin", &[7; 100_000])
    }

    #[test]
    fn a_disk_that_is_full_leaves_the_site_from_before() {
        let book = too_large();
        let before = files(&book.destination());
        let failed = limited(&book, "trap '' XFSZ;");
        assert_eq!(failed.code, 1, "{failed:?}");
        assert!(
            failed
                .stderr
                .starts_with("error: out: large.bin cannot be written"),
            "{failed:?}"
        );
        assert!(failed.stderr.contains("make room"), "{failed:?}");
        assert_eq!(files(&book.destination()), before);
        built(&book);
        assert!(book.destination().join("large.bin").exists());
    }

    #[test]
    fn a_build_that_is_killed_leaves_the_site_from_before_and_can_be_run_again() {
        let book = too_large();
        let before = site(&book.destination());
        let killed = limited(&book, "");
        assert_eq!(killed.code, -1, "a signal ends it: {killed:?}");
        let mut left = site(&book.destination());
        left.retain(|name, _| before.contains_key(name));
        assert_eq!(left, before, "every file from before is still there");
        built(&book);
        let names: Vec<String> = fs::read_dir(book.destination())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        assert!(
            !names
                .iter()
                .any(|name| name.starts_with(".labbook-staging")),
            "{names:?}"
        );
        assert_eq!(
            fs::read(book.destination().join("large.bin"))
                .unwrap()
                .len(),
            100_000
        );
    }

    #[test]
    fn a_web_server_can_read_every_file() {
        let book = book().file("src/private.txt", "x").file("ordinary", "x");
        fs::set_permissions(
            book.root().join("src/private.txt"),
            fs::Permissions::from_mode(0o600),
        )
        .unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        let ordinary = mode(&book.root().join("ordinary"));
        built(&book);
        for name in site(&book.destination()).keys() {
            assert_eq!(mode(&book.destination().join(name)), ordinary, "{name}");
        }
    }
}
