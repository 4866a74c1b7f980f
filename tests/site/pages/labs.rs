//! Directives that need labs or their measurements: a clear message without them, and what they show with them.

use crate::harness::Book;

const MANIFEST: &str = "[package]\nname = \"lab-03\"\n[package.metadata.lab]\ntitle = \"A <balancer>\"\nminutes = 20\npokes = [\"stop `one`\", \"double the rate\"]\n";
const MEASURED: &str = r#"{"schema": 1, "machine": "m", "date": "2026-11-21", "revision": "r", "seed": 1, "experiments": {"policies": {
    "figures": {"two-choices": {"p99_ms": {"value": 8.97, "unit": "ms", "source": "measured"}}}, "series": {},
    "claims": [{"claim": "two choices is *shorter*", "theory": 2.614, "simulated": 2.677, "measured": 2.7, "engine": null, "tolerance": 0.1, "holds": true}]}}}"#;

fn book(directive: &str) -> Book {
    Book::with(&format!("# One\n\n{directive}\n"))
}

fn with_lab(directive: &str) -> Book {
    book(directive)
        .settings("[output.labbook]\nlabs = \"labs\"\n")
        .file("labs/03-load-balancer/Cargo.toml", MANIFEST)
        .file("labs/03-load-balancer/measured.json", MEASURED)
}

#[test]
fn a_lab_has_a_card() {
    with_lab("{{#lab 03}}")
        .build()
        .page("one")
        .shows("<aside class=\"lab-card\"")
        .shows("Lab 3 · A &lt;balancer&gt;")
        .shows("<span class=\"lab-minutes\">about 20 min</span>")
        .shows("<code>cargo run --bin lab-03</code>")
        .shows("<ul class=\"lab-pokes\"><li>stop <code>one</code></li><li>double the rate</li></ul></aside>");
}

#[test]
fn a_measured_number_stands_in_a_sentence() {
    with_lab("The slowest take {{#measured lab-03.policies.two-choices.p99_ms}} here.")
        .build()
        .page("one")
        .shows("The slowest take <data class=\"measured\" value=\"8.97\"")
        .shows(">8.97\u{a0}ms</data> here.");
}

#[test]
fn claims_stand_in_a_table() {
    with_lab("{{#claims lab-03}}")
        .build()
        .page("one")
        .shows("<table class=\"claims\">")
        .shows("<tbody><tr><th scope=\"rowgroup\" colspan=\"5\">policies</th></tr><tr><td>")
        .shows("<td>two choices is <em>shorter</em> <small class=\"tolerance\">tolerance: 0.1</small></td><td class=\"align-right\" data-head=\"Theory\">2.614</td><td class=\"align-right\" data-head=\"Simulated\">2.677</td><td class=\"align-right\" data-head=\"Measured\">2.7</td><td class=\"holds\" data-head=\"Holds\">yes</td>")
        .hides("Engine")
        .hides("Yours");
}

#[test]
fn claims_of_one_experiment() {
    with_lab("{{#claims lab-03.policies}}")
        .build()
        .page("one")
        .shows("<tbody><tr><td>two choices is")
        .hides("rowgroup");
    let message = with_lab("{{#claims lab-03.polices}}").fails();
    assert!(
        message.starts_with("src/one.md:3: ") && message.contains("there are: policies"),
        "{message}"
    );
}

const EXERCISES: &str = "[[package.metadata.lab.exercises]]\nname = \"two-choices\"\ntitle = \"Two <choices>\"\neffort = \"5 min\"\ntask = \"Write `choose`.\"\nhints = [\"one\", \"*two*\", \"three\"]\n[[package.metadata.lab.exercises]]\nname = \"weights\"\ntitle = \"Weights\"\neffort = \"20 min\"\ntask = \"Do it.\"\n";

/// The message about a list of exercises that are written like this.
fn refused(exercises: &str) -> String {
    with_lab("{{#exercises 03}}")
        .file(
            "labs/03-load-balancer/Cargo.toml",
            &format!("{MANIFEST}{exercises}"),
        )
        .fails()
}

#[test]
fn exercises_have_their_effort_folded_hints_and_a_box() {
    let site = with_lab("{{#exercises 03}}")
        .file(
            "labs/03-load-balancer/Cargo.toml",
            &format!("{MANIFEST}{EXERCISES}"),
        )
        .build();
    site.page("one")
        .shows("<section class=\"exercises\" data-checklist=\"lab-03\" aria-label=\"Exercises of lab-03\">")
        .shows("<li><label><input type=\"checkbox\" data-item=\"lab-03/two-choices\"> <span class=\"exercise-title\">Two &lt;choices&gt;</span></label> <span class=\"exercise-effort\">5 min</span><p>Write <code>choose</code>.</p>")
        .shows("<details class=\"hint\"><summary>Hint 1</summary><p>one</p><details class=\"hint\"><summary>Hint 2</summary><p><em>two</em></p><details class=\"hint\"><summary>Hint 3</summary><p>three</p></details></details></details></li>")
        .shows("data-item=\"lab-03/weights\"> <span class=\"exercise-title\">Weights</span></label> <span class=\"exercise-effort\">20 min</span><p>Do it.</p></li>");
    assert_eq!(site.problems(), "");
}

#[test]
fn exercises_that_are_not_there_or_not_right() {
    for (exercises, said) in [
        (
            "",
            "`lab-03` has no exercises: add [[package.metadata.lab.exercises]]",
        ),
        (
            &EXERCISES.replace("weights", "two-choices"),
            "two exercises are named `two-choices`",
        ),
        (
            &EXERCISES.replace("two-choices", "Two"),
            "must be small letters",
        ),
        (
            &EXERCISES.replace("\"three\"", "\"three\", \"four\""),
            "has 4 hints: give 3 at most",
        ),
        (
            &EXERCISES.replace("5 min", " "),
            "`effort` of exercise `two-choices` is empty",
        ),
        (&EXERCISES.replace("task", "tasks"), "unknown field `tasks`"),
    ] {
        let message = refused(exercises);
        assert!(
            message.starts_with("src/one.md:3: {{#exercises 03}}: ") && message.contains(said),
            "{message}"
        );
    }
}

#[test]
fn a_lab_without_claims_says_so() {
    let message = with_lab("{{#claims lab-03}}")
        .file(
            "labs/03-load-balancer/measured.json",
            "{\"schema\": 1, \"experiments\": {}}",
        )
        .fails();
    assert!(
        message.starts_with("src/one.md:3: ") && message.contains("has no claims"),
        "{message}"
    );
}

#[test]
fn a_directive_in_code_is_code() {
    let site = book("`{{#lab 03}}`\n\n```text\n{{#measured a.b.c.d}}\n```\n").build();
    site.page("one")
        .shows("<code>{{#lab 03}}</code>")
        .shows("{{#measured a.b.c.d}}");
}

#[test]
fn without_labs_each_directive_says_what_is_missing() {
    for directive in [
        "{{#lab 03}}",
        "{{#measured lab-03.a.b.c}}",
        "{{#claims lab-03}}",
        "{{#exercises 03}}",
    ] {
        let messages = book(directive).fails();
        assert!(
            messages.starts_with(&format!("src/one.md:3: {directive}: lab "))
                && messages.contains("set `labs = \"labs\"` in [output.labbook]"),
            "{messages}"
        );
    }
}

#[test]
fn a_lab_that_is_not_there_is_named() {
    let messages = with_lab("{{#lab 04}}").fails();
    assert!(
        messages.contains("src/one.md:3: {{#lab 04}}: there is no lab `04`"),
        "{messages}"
    );
    let messages = with_lab("{{#claims lab-04}}").fails();
    assert!(messages.contains("there is no lab `lab-04`"), "{messages}");
}

#[test]
fn a_lab_without_measurements_or_metadata_says_so() {
    let bare = |directive: &str| {
        book(directive)
            .settings("[output.labbook]\nlabs = \"labs\"\n")
            .file("labs/03-x/Cargo.toml", "[package]\nname = \"lab-03\"\n")
            .fails()
    };
    assert!(bare("{{#claims lab-03}}").contains("record the measurements of lab `lab-03` first"));
    assert!(bare("{{#lab 03}}").contains("has no [package.metadata.lab]"));
}

#[test]
fn a_wrong_name_of_a_number_lists_what_there_is() {
    for (name, said) in [
        ("lab-03.policy.two-choices.p99_ms", "there are: policies"),
        ("lab-03.policies.random.p99_ms", "there are: two-choices"),
        ("lab-03.policies.two-choices.p50_ms", "there are: p99_ms"),
        ("lab-03.policies", "write lab, experiment, variant and key"),
    ] {
        let messages = with_lab(&format!("{{{{#measured {name}}}}}")).fails();
        assert!(
            messages.starts_with("src/one.md:3: ") && messages.contains(said),
            "{messages}"
        );
    }
}
