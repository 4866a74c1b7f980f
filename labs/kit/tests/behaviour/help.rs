//! Help, and command lines that can't be carried out.

use crate::made_up_lab::Book;

#[test]
fn help_names_the_verbs_and_is_no_mistake() {
    let said = Book::new().run("--help");
    assert_eq!(said.code, 0);
    for word in [
        "serve",
        "experiments",
        "exercises",
        "--seed",
        "--port",
        "--open",
        "Coins",
    ] {
        assert!(said.out.contains(word), "{word}: {}", said.out);
    }
}

#[test]
fn help_fits_a_terminal_of_eighty_columns() {
    for words in [
        "--help",
        "experiments --help",
        "experiments figure --help",
        "exercises --help",
    ] {
        let said = Book::new().run(words);
        assert_eq!(said.code, 0, "{words}");
        let wide = said.out.lines().find(|line| line.chars().count() > 80);
        assert_eq!(wide, None, "{words}");
    }
}

#[test]
fn a_misspelt_verb_option_or_name_is_one_message_that_lists_what_there_is() {
    for (words, says) in [
        (
            "experimnts",
            "no verb `experimnts`; there are serve, experiments, exercises",
        ),
        (
            "--sed 7",
            "no option `--sed` for lab-42; there are --seed, --port, --open",
        ),
        (
            "experiments --simulated",
            "no option `--simulated` for experiments; there are --simulate,",
        ),
        (
            "experiments throw",
            "no experiment `throw`; there are throws, forgery, all",
        ),
        (
            "experiments throws --against bnk",
            "no engine for throws: `bnk`; there are bank, casino",
        ),
        (
            "experiments figure coin",
            "no figure `coin`; there is coins",
        ),
        (
            "exercises fare",
            "no exercise `fare`; there are fair, weighed, forged, thin",
        ),
        ("exercises --hint", "<NAME>"),
        ("--seed seven", "seven"),
        ("--port 70000", "70000"),
    ] {
        let said = Book::new().run(words);
        assert_eq!(said.code, 2, "{words}: {}", said.messages);
        assert!(said.messages.contains(says), "{words}: {}", said.messages);
        assert_eq!(said.out, "", "{words}");
    }
}

#[test]
fn what_fails_is_told_with_its_reason() {
    let said = Book::new().run("serve");
    assert_eq!(
        (said.code, said.messages.as_str()),
        (1, "error: the coin is lost\n")
    );
}

#[test]
fn the_first_line_of_the_whole_lab_names_it() {
    let said = Book::new().run("--seed 7");
    assert_eq!((said.code, said.out.as_str()), (0, "Lab 42 · Coins\n"));
}
