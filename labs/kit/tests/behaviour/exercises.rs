//! `exercises`: the list, grades, hints, progress. And graders that go wrong.

use std::fs;
use std::time::Duration;

use kit::exercise::{Outcome, Passed, grade};

use crate::made_up_lab::Book;

const PROGRESS: &str = ".labbook/progress.toml";

#[test]
fn the_list_says_effort_task_and_whether_it_is_done() {
    let book = Book::new();
    let before = book.run("exercises");
    assert_eq!(before.code, 0);
    assert!(
        before
            .out
            .contains("fair · easy, 5 min · not done\n  Throw a coin that is fair."),
        "{}",
        before.out
    );
    book.run("exercises fair");
    let after = book.run("exercises");
    assert!(
        after.out.contains("fair · easy, 5 min · done on 20"),
        "{}",
        after.out
    );
}

#[test]
fn grading_tells_passed_from_not_written_mistaken_and_panicked() {
    for (name, code, says) in [
        ("fair", 0, "fair: passed: 1,000 throws, 504 heads"),
        ("weighed", 1, "weighed: not written yet"),
        ("forged", 1, "forged: not yet: it has two heads"),
        ("thin", 1, "made_up_lab.rs:"),
    ] {
        let book = Book::new();
        let said = book.run(&format!("exercises {name}"));
        assert_eq!(said.code, code, "{name}");
        assert!(said.out.contains(says), "{name}: {}", said.out);
        assert_eq!(book.path().join(PROGRESS).exists(), code == 0, "{name}");
    }
}

#[test]
fn a_panic_is_told_with_its_place() {
    let said = Book::new().run("exercises thin");
    let words: Vec<&str> = said.out.split_whitespace().collect();
    let words = words.join(" ");
    assert!(words.contains("made_up_lab.rs:"), "{words}");
    assert!(words.contains(": it fell into a crack"), "{words}");
}

#[test]
fn a_grader_that_never_ends_is_left() {
    let endless = || loop {
        std::thread::park();
    };
    let limit = Duration::from_millis(5);
    assert_eq!(grade(endless, limit), Outcome::TookTooLong(limit));
    let done = grade(|| Ok(Passed::new("all")), Duration::from_secs(60));
    assert_eq!(done, Outcome::Passed("all".into()));
}

#[test]
fn hints_come_one_by_one_and_the_last_one_stays() {
    let book = Book::new();
    for says in [
        "Hint 1 of 3: Think.\n",
        "Hint 2 of 3: Think of chance.\n",
        "Hint 3 of 3: Use a generator.\n",
        "Hint 3 of 3: Use a generator.\nThat was the last one.\n",
    ] {
        let said = book.run("exercises fair --hint");
        assert_eq!((said.code, said.out.as_str()), (0, says));
    }
    assert!(
        book.file(PROGRESS).contains("[hints.lab-42]\nfair = 3"),
        "{}",
        book.file(PROGRESS)
    );
}

#[test]
fn a_broken_progress_file_is_named_and_left_as_it_is() {
    let book = Book::new();
    let file = book.path().join(PROGRESS);
    fs::create_dir_all(file.parent().expect("it is in a folder")).expect("it is ours");
    fs::write(&file, "[lab-42\n").expect("it is ours");
    for words in ["exercises", "exercises fair", "exercises fair --hint"] {
        let said = book.run(words);
        assert_eq!(said.code, 1, "{words}");
        assert!(
            said.messages.contains("progress.toml:1: "),
            "{words}: {}",
            said.messages
        );
        assert_eq!(book.file(PROGRESS), "[lab-42\n");
    }
}
