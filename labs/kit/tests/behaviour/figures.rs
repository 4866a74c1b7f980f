//! `experiments figure`.

use crate::made_up_lab::Book;

#[test]
fn a_figure_is_replayed_with_its_sentence_its_table_and_its_digest() {
    let said = Book::new().run("experiments figure coins --seed 255 --set coins=2 --until 7.25s");
    assert_eq!(said.code, 0, "{}", said.messages);
    assert_eq!(
        said.out,
        "[(\"coins\", \"2\")] after 7250 ms.\n\nAfter 7250 ms\nCoin   Side\n1     heads\n\ndigest 00000000000000ff\n"
    );
}

#[test]
fn settings_may_come_in_one_list_or_one_by_one() {
    let book = Book::new();
    let list = book.run("experiments figure coins --set coins=2,coins=3");
    let single = book.run("experiments figure coins --set coins=2 --set coins=3");
    assert_eq!((list.code, list.out), (0, single.out));
}

#[test]
fn without_a_name_the_figures_are_listed() {
    let said = Book::new().run("experiments figure");
    assert_eq!((said.code, said.out.as_str()), (0, "coins: Coins\n"));
}

#[test]
fn what_can_not_be_replayed_is_told() {
    for (words, says) in [
        ("--set stop=2", "no control of that name; there are coins"),
        ("--set coins", "--set coins: write a control and its value"),
        ("--until 12h", "write seconds from 0 to 600"),
        ("--until 601s", "write seconds from 0 to 600"),
    ] {
        let said = Book::new().run(&format!("experiments figure coins {words}"));
        assert_eq!(said.code, 2, "{words}");
        assert!(said.messages.contains(says), "{words}: {}", said.messages);
    }
}
