//! `experiments`: the list, runs, tables, JSON, files.

use std::fs;

use crate::made_up_lab::Book;

const RUN: &str = ".labbook/runs/lab-42.json";

#[test]
fn without_a_name_experiments_are_listed_and_none_is_run() {
    let book = Book::new();
    let said = book.run("experiments");
    assert_eq!(said.code, 0);
    for line in [
        "throws · A hundred throws",
        "How often does a coin show heads?",
        "theory, simulated, measured, bank, casino · about 1 s each to measure",
    ] {
        assert!(said.out.contains(line), "{line}: {}", said.out);
    }
    assert!(!book.path().join(RUN).exists());
}

#[test]
fn a_run_shows_its_sources_side_by_side_and_its_claims() {
    let said = Book::new().run("experiments throws --against bank");
    assert_eq!(said.code, 0, "{}", said.messages);
    let table = "\
                              theory  simulated   measured       bank
  fair
    heads                       50 %    51.12 %       51 %       49 %
";
    assert!(said.out.contains(table), "{}", said.out);
    let claim = "  holds: a coin shows heads half of the time\n    theory 50, simulated 51.12, measured 51, tolerance 5 %\n";
    assert!(said.out.contains(claim), "{}", said.out);
    assert!(
        said.out
            .lines()
            .all(|line| line.chars().count() <= 80 || line.starts_with("Kept in")),
        "{}",
        said.out
    );
    assert!(
        said.messages.contains("throws: throwing, about 1 s"),
        "{}",
        said.messages
    );
}

#[test]
fn a_claim_that_does_not_hold_is_exit_code_1() {
    let said = Book::new().run("experiments forgery --simulate");
    assert_eq!(said.code, 1);
    assert!(
        said.out
            .contains("does not hold: a coin with two heads is fair"),
        "{}",
        said.out
    );
    let all = Book::new().run("experiments --simulate");
    assert_eq!(all.code, 1);
    assert!(
        all.out.contains("throws · ") && all.out.contains("forgery · "),
        "{}",
        all.out
    );
}

#[test]
fn json_is_a_list_of_experiments_with_their_claims_and_nothing_else() {
    let said = Book::new().run("experiments throws --simulate --json");
    let json: serde_json::Value = serde_json::from_str(&said.out).expect("it is JSON");
    assert_eq!(
        json,
        serde_json::json!([{"experiment": "throws", "claims": [{
            "claim": "a coin shows heads half of the time", "theory": 50.0, "simulated": 51.12,
            "measured": null, "engine": null, "tolerance": "5 %", "holds": true}]}])
    );
}

#[test]
fn the_same_seed_gives_the_same_digest_and_another_seed_another() {
    let digest = |words: &str| {
        let out = Book::new().run(words).out;
        let line = out
            .lines()
            .find(|line| line.contains("digest"))
            .map(String::from);
        line.expect("a digest is printed")
    };
    let first = digest("experiments throws --simulate --seed 3");
    assert_eq!(first, digest("experiments throws --seed 3"));
    assert_ne!(first, digest("experiments throws --simulate --seed 4"));
}

#[test]
fn every_run_leaves_what_it_found_beside_what_others_found() {
    let book = Book::new();
    book.run("experiments throws --seed 3");
    book.run("experiments forgery --simulate");
    let run = book.json(RUN);
    assert_eq!(run["schema"], 1);
    for key in ["processor", "cores", "memory_mib", "kernel"] {
        assert!(!run["machine"][key].is_null(), "{key}: {run}");
    }
    let figures = &run["experiments"]["throws"]["figures"];
    assert_eq!(
        figures["fair"]["heads"],
        serde_json::json!({"value": 51.0, "unit": "%", "source": "measured"})
    );
    assert_eq!(figures["simulated-fair"]["heads"]["value"], 53.12);
    assert_eq!(run["experiments"]["forgery"]["claims"][0]["holds"], false);
    assert!(!book.path().join("measured.json").exists());
}

#[test]
fn a_simulation_alone_does_not_undo_what_was_measured() {
    let book = Book::new();
    book.run("experiments throws --seed 3");
    book.run("experiments throws --simulate --seed 4");
    let run = book.json(RUN);
    let throws = &run["experiments"]["throws"];
    assert_eq!(throws["figures"]["fair"]["heads"]["value"], 51.0);
    assert_eq!(throws["figures"]["simulated-fair"]["heads"]["value"], 54.12);
    assert_eq!(throws["claims"][0]["measured"], 51.0);
}

#[test]
fn record_writes_measured_json_with_every_engine_that_there_is() {
    let book = Book::new();
    let said = book.run("experiments throws --record");
    assert_eq!(said.code, 0, "{}", said.messages);
    assert!(
        said.messages
            .contains("throws against casino: the casino is closed"),
        "{}",
        said.messages
    );
    let record = book.json("measured.json");
    let bank = &record["experiments"]["throws"]["figures"]["bank-fair"]["heads"];
    assert_eq!(bank["source"], "engine:bank");
    assert!(
        record["date"].as_str().is_some_and(|date| date.len() == 10),
        "{record}"
    );
    assert!(
        record["revision"].is_string() && record["seed"] == 1,
        "{record}"
    );
}

#[test]
fn an_engine_that_was_asked_for_and_does_not_run_is_exit_code_1() {
    let said = Book::new().run("experiments throws --against casino");
    assert_eq!(said.code, 1);
    assert!(
        said.messages.contains("the casino is closed"),
        "{}",
        said.messages
    );
    assert!(said.out.contains("holds: "), "{}", said.out);
}

#[test]
fn a_measurement_that_fails_is_told_and_earlier_findings_stay() {
    let book = Book::new();
    let said = book.run("experiments all");
    assert_eq!(said.code, 1);
    assert!(
        said.messages
            .contains("forgery, measured: the coin is in police custody"),
        "{}",
        said.messages
    );
    assert_eq!(
        book.json(RUN)["experiments"]["throws"]["claims"][0]["holds"],
        true
    );
}

#[test]
fn a_broken_file_of_a_run_is_named_and_left_as_it_is() {
    let book = Book::new();
    let file = book.path().join(RUN);
    fs::create_dir_all(file.parent().expect("it is in a folder")).expect("it is ours");
    for broken in [
        "{",
        "{\"schema\": 1}",
        "{\"schema\": 2, \"machine\": {\"processor\": \"\", \"cores\": 1, \"memory_mib\": 1, \"kernel\": \"\"}, \"date\": \"\", \"revision\": \"\", \"seed\": 1, \"experiments\": {}}",
    ] {
        fs::write(&file, broken).expect("it is ours");
        let said = book.run("experiments throws --simulate");
        assert_eq!(said.code, 1);
        assert!(said.messages.contains("lab-42.json"), "{}", said.messages);
        assert_eq!(book.file(RUN), broken);
    }
}

#[test]
#[cfg(unix)]
fn what_was_found_is_told_also_when_it_cannot_be_kept() {
    for words in [
        "experiments throws --simulate",
        "experiments throws --simulate --json",
    ] {
        let book = Book::new();
        // A folder that leads nowhere: nothing is there to read, and nothing can be written.
        std::os::unix::fs::symlink("/nowhere/at/all", book.path().join(".labbook"))
            .expect("it is ours");
        let said = book.run(words);
        assert_eq!(said.code, 1);
        assert!(said.messages.contains("cannot write"), "{}", said.messages);
        let found = "a coin shows heads half of the time";
        assert!(said.out.contains(found), "{words}: {}", said.out);
    }
}
