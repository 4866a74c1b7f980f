//! Admonitions, checklists, quizzes, footnotes, tables, lists, math.

use crate::harness::{Book, Page};

const QUESTION: &str = "[[questions]]\ntype = \"MultipleChoice\"\nprompt.prompt = \"Which *one*?\"\nprompt.distractors = [\"Left\", \"Middle\"]\nanswer.answer = \"Right\"\ncontext = \"Because.\"\n";
const SHORT: &str = "[[questions]]\ntype = \"ShortAnswer\"\nprompt.prompt = \"How many?\"\nanswer.answer = \"three\"\n";

fn page(chapter: &str) -> Page {
    Book::with(chapter).build().page("one")
}

#[test]
fn admonitions_have_kinds_and_titles() {
    for (kind, title) in [
        ("note", "Note"),
        ("tip", "Tip"),
        ("important", "Important"),
        ("warning", "Warning"),
        ("caution", "Caution"),
    ] {
        page(&format!("> [!{}]\n> Text.\n", kind.to_uppercase())).shows(&format!(
            "<blockquote class=\"blockquote-tag blockquote-tag-{kind}\"><p class=\"blockquote-tag-title\">{title}</p>"
        ));
    }
}

#[test]
fn a_checklist_has_boxes_that_a_browser_can_remember() {
    let page =
        page("> [!CHECKLIST]\n>\n> - First **box**\n> - Second\n\n> [!CHECKLIST]\n>\n> - Other\n");
    page.shows("<section class=\"checklist\" data-checklist=\"one-1\"><p class=\"checklist-title\">Checklist</p>")
        .shows("<li><label><input type=\"checkbox\" data-item=\"0\"> First <strong>box</strong></label></li>")
        .shows("data-item=\"1\"> Second")
        .shows("data-checklist=\"one-2\"");
}

#[test]
fn a_checklist_in_its_own_first_line_says_what_is_missing() {
    let messages = Book::with("> [!CHECKLIST]\n> - First\n")
        .build()
        .page("one");
    messages.shows("data-item=\"0\"");
    let messages = Book::with("# One\n\n> [!CHECKLIST]\n> text\n").fails();
    assert!(
        messages.starts_with("src/one.md:3: checklist: put a line `>`"),
        "{messages}"
    );
}

#[test]
fn a_quiz_stands_where_its_directive_stands() {
    let site = Book::with("# One\n\n{{#quiz quizzes/a.toml}}\n")
        .file("src/quizzes/a.toml", &format!("{QUESTION}{SHORT}"))
        .build();
    site.page("one")
        .shows("<section class=\"quiz\" id=\"quiz-a\" data-quiz=\"a\">")
        .shows(
            "<fieldset class=\"question\" data-question=\"0\" data-kind=\"choice\" data-answer=\"",
        )
        .shows("<legend>Which <em>one</em>?</legend>")
        .shows("<input type=\"radio\" name=\"quiz-a-0\" value=\"2\">")
        .shows("data-question=\"1\" data-kind=\"short\" data-answer=\"three\"")
        .shows("<details class=\"answer\"><summary>Answer</summary><p>Right</p><p>Because.</p>");
    assert!(
        !site.has("quizzes/a.toml"),
        "readers get the quiz, not its source"
    );
}

#[test]
fn a_prediction_is_one_question() {
    let chapter = "# One\n\n{{#predict a.toml}}\n";
    Book::with(chapter)
        .file("src/a.toml", QUESTION)
        .build()
        .page("one")
        .shows("<section class=\"quiz prediction\" id=\"quiz-a\"");
    let messages = Book::with(chapter)
        .file("src/a.toml", &format!("{QUESTION}{SHORT}"))
        .fails();
    assert!(
        messages.starts_with("src/one.md:3: ")
            && messages.contains("src/a.toml:7: a prediction is one question"),
        "{messages}"
    );
}

#[test]
fn a_quiz_that_is_missing_outside_or_inside_a_sentence_is_refused() {
    for (directive, said) in [
        ("{{#quiz nowhere.toml}}", "there is no src/nowhere.toml"),
        ("{{#quiz ../book.toml}}", "lies outside the book"),
        (
            "A {{#quiz a.toml}} here.",
            "must stand alone in its paragraph",
        ),
    ] {
        let messages = Book::with(&format!("# One\n\n{directive}\n"))
            .file("src/a.toml", QUESTION)
            .fails();
        assert!(
            messages.starts_with("src/one.md:3: ") && messages.contains(said),
            "{messages}"
        );
    }
}

#[test]
fn footnotes_lead_there_and_back() {
    page("A[^x] b[^x].\n\n[^x]: Note.\n")
        .shows(
            "<sup class=\"footnote-reference\" id=\"fr-x-1\"><a href=\"#footnote-x\">1</a></sup>",
        )
        .shows("<li id=\"footnote-x\">")
        .shows("<p>Note. <a href=\"#fr-x-1\">↩</a> <a href=\"#fr-x-2\">↩2</a></p>");
}

#[test]
fn footnotes_that_nobody_refers_to_or_that_stand_twice_are_named() {
    let site =
        Book::with("# One\n\nA[^x].\n\n[^x]: Note.\n\n[^x]: Again.\n\n[^y]: Unused.\n").build();
    let warnings = site.warnings();
    assert!(
        warnings.contains("src/one.md:9: footnote `y` is never referred to"),
        "{warnings}"
    );
    assert!(
        warnings.contains("src/one.md:7: footnote `x` is defined twice"),
        "{warnings}"
    );
    assert_eq!(site.problems(), warnings);
}

#[test]
fn tables_scroll_and_align() {
    page("| a | b |\n|:--|--:|\n| c | d |\n")
        .shows("<div class=\"table-wrapper\" tabindex=\"0\">")
        .shows("<th class=\"align-left\">a</th>")
        .shows("<td class=\"align-right\">d</td>");
}

#[test]
fn terms_are_defined_and_linked_to() {
    page("Apple\n: A fruit.\n")
        .shows("<dt id=\"apple\"><a class=\"header\" href=\"#apple\">Apple</a></dt>")
        .shows("<dd>A fruit.</dd>");
}

#[test]
fn tasks_have_boxes_with_names() {
    page("- [ ] open\n- [x] done\n")
        .shows("<input disabled type=\"checkbox\" aria-label=\"not done\"> open")
        .shows("<input disabled type=\"checkbox\" checked aria-label=\"done\"> done");
}

#[test]
fn formulas_become_mathml() {
    let chapter = "# One\n\nLet $x^2$ be, then\n\n$$\\sum_{i=1}^n i$$\n";
    let site = Book::with(chapter)
        .settings("[output.labbook]\nmath = true\n")
        .build();
    site.page("one")
        .shows("<math><msup><mi>x</mi><mn>2</mn></msup></math>")
        .shows("<math display=\"block\">")
        .hides("style=");
    Book::with(chapter).build().page("one").shows("$x^2$");
}

#[test]
fn a_formula_that_is_no_tex_names_its_line() {
    let messages = Book::with("# One\n\nText.\n\nLet $\\nosuchthing$ be.\n")
        .settings("[output.labbook]\nmath = true\n")
        .fails();
    assert!(
        messages.starts_with("src/one.md:5: formula: unknown command "),
        "{messages}"
    );
}

#[test]
fn a_book_for_mathjax_has_its_formulas_at_build_time() {
    let site = Book::with(
        "# One\n\nLet \\\\( x + 1 \\\\) be, so\n\\\\[ a\n= b \\\\]\n\nand $$ c < d $$.\n",
    )
    .settings("[output.html]\nmathjax-support = true\n")
    .build();
    let page = site.page("one");
    assert_eq!(page.main().matches("<math").count(), 3, "{}", page.main());
    page.hides("\\(").hides("\\[").hides("$$");
}

#[test]
fn a_formula_that_only_mathjax_knows_stays_and_is_named() {
    let site = Book::with("# One\n\nLet \\\\( \\nosuchthing{x} \\\\) be.\n")
        .settings("[output.html]\nmathjax-support = true\n")
        .build();
    site.page("one").shows("\\( \\nosuchthing{x} \\)");
    assert!(
        site.warnings().starts_with("src/one.md:3: formula"),
        "{}",
        site.warnings()
    );
}

#[test]
fn smart_punctuation_is_mdbooks() {
    page("\"a\" -- b...\n").shows("“a” – b…");
}
