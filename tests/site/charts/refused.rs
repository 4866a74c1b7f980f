//! What a chart can't show: each message has file and line, and says what there is.

use super::{MEASURED, block, block_of, book};

/// A chart with these settings is refused on this line, in one message that holds these words.
#[track_caller]
fn refused(text: &str, line: usize, words: &str) {
    let message = book(text).fails();
    assert_eq!(message.lines().count(), 1, "{message}");
    assert!(
        message.starts_with(&format!("src/one.md:{line}: figure `f`: ")) && message.contains(words),
        "no `{words}` on line {line}: {message}"
    );
}

#[test]
fn names_that_are_not_there_are_answered_with_those_that_are() {
    refused(
        &block_of("lab-09/policies", ""),
        7,
        "there is no lab `lab-09`",
    );
    refused(
        &block_of("lab-03/policy", ""),
        7,
        "no experiment `policy`; there are: nothing, policies",
    );
    refused(&block_of("lab-03", ""), 7, "write lab and experiment");
    refused(
        &block("key = \"p90_ms\""),
        8,
        "no key `p90_ms`; there are: failed, p99_ms, rate",
    );
    refused(
        &block("key = \"p99_ms\"\nvariants = [\"ranom\"]"),
        9,
        "no variant `ranom`; there are: nginx-two-choices, random, simulated-two-choices, two-choices",
    );
    refused(
        &block("series = [\"rndom\"]"),
        8,
        "no series `rndom`; there are: empty, errors, random, theory-two-choices",
    );
}

#[test]
fn what_no_picture_can_show() {
    refused(
        &block(""),
        7,
        "give `key` for bars (there are: failed, p99_ms, rate), or `series`",
    );
    refused(
        &block_of("lab-03/nothing", ""),
        7,
        "has recorded no numbers",
    );
    refused(
        &block("key = \"p99_ms\"\nvariants = [\"random\", \"slow\"]"),
        9,
        "`slow` has no key `p99_ms`; these have: nginx-two-choices, random",
    );
    refused(&block("key = \"rate\""), 7, "can't share an axis");
    refused(
        &block("series = [\"random\", \"errors\"]"),
        8,
        "the x of `random` is busy, %, that of `errors` is at, s",
    );
    refused(&block("series = [\"empty\"]"), 8, "has no points");
    refused(
        &block("series = [\"random\"]\nkey = \"p99_ms\""),
        8,
        "keep one of them",
    );
    refused(
        &block("key = \"failed\"\nlog = true"),
        9,
        "has no place on that axis",
    );
    refused(
        &block("series = [\"errors\"]\nlog = true"),
        9,
        "has no place on an axis",
    );
    refused(
        &block("key = \"p99_ms\"\nlog = \"z\""),
        9,
        "write true, \"x\", \"y\" or \"xy\"",
    );
    refused(
        &block("key = \"p99_ms\"\nvariants = [\"random\", \"random\"]"),
        9,
        "stands there twice",
    );
}

#[test]
fn settings_of_charts_belong_to_charts() {
    let text = "```figure\nid = \"f\"\ncaption = \"c\"\ndescription = \"d\"\nsource = \"a.svg\"\nkey = \"p99_ms\"\n```\n";
    let message = book(text)
        .file("src/a.svg", "<svg viewBox=\"0 0 9 9\"/>")
        .fails();
    assert!(
        message.contains("src/one.md:3: figure `f`: `key`, `variants`, `series`, `log` and `axis` belong to charts"),
        "{message}"
    );
}

#[test]
fn a_file_that_is_no_record_is_named() {
    let broken = book(&block("key = \"p99_ms\"")).file(
        "labs/03-balancer/measured.json",
        "{\"schema\": 7, \"experiments\": {}}",
    );
    let message = broken.fails();
    assert!(
        message.starts_with("src/one.md:7: ")
            && message.contains("labs/03-balancer/measured.json: it has schema 7"),
        "{message}"
    );
    let cut =
        book(&block("key = \"p99_ms\"")).file("labs/03-balancer/measured.json", &MEASURED[..700]);
    assert!(cut.fails().contains("measured.json: EOF while parsing"));
}

#[test]
fn a_lab_that_has_recorded_nothing_is_a_fault_of_a_finished_chapter_and_a_note_about_a_draft() {
    let without = |text: &str| book(text).without("labs/03-balancer/measured.json");
    let message = without(&block("key = \"p99_ms\"")).fails();
    assert!(
        message.starts_with("src/one.md:7: ") && message.contains("`labbook measure lab-03`"),
        "{message}"
    );
    let draft = format!(
        "+++\ndraft = true\n+++\n# One\n\n{}",
        block("key = \"p99_ms\"")
    );
    let site = without("").file("src/one.md", &draft).build();
    site.page("one")
        .shows("data-kind=\"chart\"><div class=\"figure-place\"><p>What it shows.</p></div>");
    assert!(
        site.notes().starts_with("src/one.md:10: figure `f`: ")
            && site.notes().contains("its place is kept"),
        "{}",
        site.notes()
    );
    assert_eq!(site.problems(), "");
}
