//! `check` runs live figures as their readers might.

use super::fixture::{faulty, figures, live};
use crate::harness::Book;

fn book(block: &str, settings: &str) -> Book {
    super::book(block).settings(&format!(
        "[output.labbook]\nfigures = \"figures\"\n{settings}"
    ))
}

#[test]
fn a_good_figure_passes_at_the_extremes_of_its_controls() {
    let Some(figures) = figures() else { return };
    let site = book(&live("lanes", "at = \"12 s\""), "").build_with(figures);
    assert_eq!(site.problems(), "");
}

#[test]
fn each_thing_that_goes_wrong_is_said_with_figure_controls_and_time() {
    let Some(figures) = faulty() else { return };
    let site = book("", "").build_with(figures);
    let problems = site.problems();
    for said in [
        "book.toml:4: the live figure `traps` traps in `figure_step`: the code panics there (with its defaults, at 6 s)",
        "`endless` does not come to an end in `figure_step`",
        "`grows` wants more than 64 MiB of memory",
        "`overlaps` draws badly: labels \"lane 1\" and \"0\" overlap by",
        "`leaves` draws too far: <circle id=\"leaves-dot\"> reaches out of the picture by 10 px on the right (with its defaults, at 31 s); so do",
        "`constant` says the same at 0 s and at 60 s: “There are 3 lanes.”",
    ] {
        assert!(problems.contains(said), "{said} is not in:\n{problems}");
    }
    assert_eq!(problems.lines().count(), 6, "{problems}");
}

#[test]
fn what_was_run_before_is_known_and_said_again() {
    let Some(figures) = faulty() else { return };
    let block = live("lanes", "").replace("counter", "leaves");
    let site = book(&block, "").build_with(figures);
    let first = site.problems();
    let kept = site.book.root().join(".labbook/cache/trials");
    assert!(kept.is_file());
    assert_eq!(site.problems(), first);
    // A damaged one costs time and nothing else.
    std::fs::write(kept, "damaged").unwrap();
    assert_eq!(site.problems(), first);
}

#[test]
fn what_a_chapter_sets_is_run_too_and_blamed_on_its_line() {
    let Some(figures) = faulty() else { return };
    let block = live("lanes", "").replace("counter", "traps");
    let problems = book(&block, "").build_with(figures).problems();
    assert!(
        problems.contains("src/one.md:3: figure `lanes`: the live figure `traps` traps in `figure_step`: the code panics there (as this chapter sets it, at 6 s)"),
        "{problems}"
    );
}

#[test]
fn labels_of_the_first_picture_are_measured() {
    let Some(figures) = faulty() else { return };
    let block = live("lanes", "").replace("counter", "overlaps");
    let site = book(&block, "").build_with(figures);
    assert!(
        site.warnings()
            .contains("src/one.md:3: figure `lanes` (overlaps): labels \"lane 1\""),
        "{}",
        site.warnings()
    );
}

#[test]
fn script_and_module_have_a_budget() {
    let Some(figures) = figures() else { return };
    let block = live("lanes", "");
    let limit = "[output.labbook.check]\nfigures-weight-max-kb = 5\n";
    let problems = book(&block, limit).build_with(figures).problems();
    assert!(
        problems.starts_with("book.toml:4: the live figures are ")
            && problems.contains(" KB compressed, more than 5.0 KB: `labbook/figure-")
            && problems.contains("`labbook/figures-"),
        "{problems}"
    );
    assert_eq!(problems.lines().count(), 1, "{problems}");
    let off = "[output.labbook.check]\nfigures-weight-max-kb = 0\n";
    assert_eq!(book(&block, off).build_with(figures).problems(), "");
}
