use super::*;

const CHOICE: &str = r#"
[[questions]]
id = "0c2f"
type = "MultipleChoice"
prompt.prompt = "Which server gets the *next* request?"
prompt.distractors = ["The `first`", "a < b"]
answer.answer = "The idle one"
context = "It has **no** queue.\n\nSee above."
"#;

const SHORT: &str = r#"
[[questions]]
type = "ShortAnswer"
prompt.prompt = "What is L in L = \\lambda W?"
answer.answer = "the \"number\" in flight"
answer.alternatives = ["requests", "N & M"]
"#;

fn shown(toml: &str, kind: QuizKind) -> String {
    let quiz = parse(toml).unwrap_or_else(|error| panic!("{error}"));
    render(
        &quiz,
        &RenderOptions {
            name: "03",
            kind,
            title: "Check <yourself>",
        },
    )
}

/// Fails unless `toml` is refused at `line` with a message that has all of `parts` in it.
#[track_caller]
fn refused(toml: &str, line: usize, parts: &[&str]) {
    let error = parse(toml).expect_err(toml);
    assert_eq!(error.line, line, "{error}");
    for part in parts {
        assert!(error.message.contains(part), "{error} lacks {part}");
    }
}

#[test]
fn both_kinds_of_question_are_read() {
    let quiz = parse(&format!("{CHOICE}{SHORT}")).expect("it is right");
    let [choice, short] = quiz.questions.as_slice() else {
        panic!("two questions")
    };
    assert_eq!(choice.id.as_deref(), Some("0c2f"));
    assert_eq!(choice.prompt, "Which server gets the *next* request?");
    assert_eq!(
        choice.context.as_deref(),
        Some("It has **no** queue.\n\nSee above.")
    );
    let distractors = vec!["The `first`".to_owned(), "a < b".to_owned()];
    assert_eq!(
        choice.kind,
        QuestionKind::Choice {
            answer: "The idle one".to_owned(),
            distractors
        }
    );
    assert_eq!((&short.id, &short.context), (&None, &None));
    let alternatives = vec!["requests".to_owned(), "N & M".to_owned()];
    assert_eq!(
        short.kind,
        QuestionKind::Short {
            answer: "the \"number\" in flight".to_owned(),
            alternatives
        }
    );
}

#[test]
fn tables_may_be_written_out_too() {
    let toml = "[[questions]]\ntype = \"ShortAnswer\"\n[questions.prompt]\nprompt = \"a\"\n[questions.answer]\nanswer = \"b\"\n";
    let quiz = parse(toml).expect("the same in other words");
    assert_eq!(quiz.questions[0].prompt, "a");
}

#[test]
fn faults_name_their_line_and_what_to_write() {
    refused("", 1, &["at least one question", "[[questions]]"]);
    refused("a\n", 1, &["not TOML"]);
    refused("\n\n[[questions]\n", 3, &["not TOML"]);
    refused("[questions]\n", 1, &["two brackets"]);
    refused(
        "title = \"x\"\n[[questions]]\n",
        1,
        &["no key `title`", "`questions`"],
    );
    refused(
        "\n[[questions]]\n",
        2,
        &["no `type`", "MultipleChoice", "ShortAnswer"],
    );
    refused(
        "[[questions]]\n\ntype = \"Tracing\"\n",
        3,
        &["`Tracing`", "\"MultipleChoice\"", "\"ShortAnswer\""],
    );
    refused(
        &SHORT.replace("ShortAnswer", "shortanswer"),
        3,
        &["`shortanswer`", "\"ShortAnswer\""],
    );
    refused(
        &CHOICE.replace("context", "contxt"),
        8,
        &["no key `contxt`", "`context`"],
    );
    refused(
        &CHOICE.replace("prompt.distractors", "prompt.distractor"),
        6,
        &["no key `distractor`", "`distractors`"],
    );
    refused(
        &SHORT.replace("answer.answer", "answer.text"),
        2,
        &["no `answer`", "answer.answer = "],
    );
    refused(
        &format!(
            "{CHOICE}{}",
            SHORT.replace("\"the \\\"number\\\" in flight\"", "3")
        ),
        13,
        &["`answer.answer`", "in quotes"],
    );
}

#[test]
fn a_choice_needs_wrong_choices_that_differ() {
    let without = CHOICE.replace(r#"["The `first`", "a < b"]"#, "[]");
    refused(&without, 6, &["`prompt.distractors` is empty"]);
    refused(
        &CHOICE.replace("a < b", "The idle one"),
        6,
        &["`The idle one`", "twice"],
    );
    refused(&CHOICE.replace("a < b", "The `first`"), 6, &["twice"]);
    refused(&CHOICE.replace("The idle one", "  "), 7, &["empty"]);
    refused(
        &CHOICE.replace(r#"["The `first`", "a < b"]"#, "\"x\""),
        6,
        &["list of texts"],
    );
}

#[test]
fn a_prediction_is_one_question() {
    assert!(parse_prediction(CHOICE).is_ok());
    let error = parse_prediction(&format!("{CHOICE}{SHORT}")).expect_err("two questions");
    assert_eq!(error.line, 10);
    assert!(error.message.contains("has 2"), "{error}");
}

#[test]
fn a_choice_is_a_group_of_radio_buttons() {
    let html = shown(CHOICE, QuizKind::Quiz);
    assert!(html.starts_with("<section class=\"quiz\" id=\"quiz-03\" data-quiz=\"03\"><p class=\"quiz-title\">Check &lt;yourself&gt;</p>"));
    assert!(
        html.contains("<legend>Which server gets the <em>next</em> request?</legend>"),
        "{html}"
    );
    let fieldset =
        "<fieldset class=\"question\" data-question=\"0\" data-kind=\"choice\" data-answer=\"";
    let (_, after) = html.split_once(fieldset).expect("a fieldset");
    let right = &after[..1];
    assert!(html.contains(&format!("<label class=\"choice\"><input type=\"radio\" name=\"quiz-03-0\" value=\"{right}\"> The idle one</label>")));
    assert!(
        html.contains("> The <code>first</code></label>") && html.contains("> a &lt; b</label>"),
        "{html}"
    );
    assert!(html.contains("<summary>Answer</summary><p>The idle one</p><p>It has <strong>no</strong> queue.</p>\n<p>See above.</p></details>"));
    assert!(html.ends_with("</fieldset></section>"));
}

#[test]
fn a_short_answer_is_a_text_field() {
    let html = shown(&format!("{CHOICE}{SHORT}"), QuizKind::Quiz);
    let data = "data-question=\"1\" data-kind=\"short\" data-answer=\"the &quot;number&quot; in flight\" data-alternatives=\"requests&#10;N &amp; M\"";
    assert!(html.contains(data), "{html}");
    assert!(
        html.contains("<label class=\"short\">Your answer <input type=\"text\" name=\"quiz-03-1\""),
        "{html}"
    );
}

#[test]
fn a_prediction_has_its_class() {
    assert!(
        shown(CHOICE, QuizKind::Prediction)
            .starts_with("<section class=\"quiz prediction\" id=\"quiz-03\"")
    );
}

#[test]
fn raw_html_is_shown_and_not_obeyed() {
    let toml = CHOICE
        .replace("*next*", "<b>next</b>")
        .replace("**no**", "<script>x</script>");
    let html = shown(&toml, QuizKind::Quiz);
    assert!(
        html.contains("&lt;b&gt;next&lt;/b&gt;") && html.contains("&lt;script&gt;x&lt;/script&gt;"),
        "{html}"
    );
    assert!(!html.contains("<script") && !html.contains("<b>"), "{html}");
}

#[test]
fn blocks_of_a_prompt_stand_under_its_first_line() {
    let prompt = r#"prompt.prompt = "What is printed?\n\n```rust\nfn main() {}\n```""#;
    let toml = CHOICE.replace(
        r#"prompt.prompt = "Which server gets the *next* request?""#,
        prompt,
    );
    let html = shown(&toml, QuizKind::Quiz);
    assert!(html.contains("<legend>What is printed?</legend><pre><code class=\"language-rust\">fn main() {}\n</code></pre><label"), "{html}");
}

#[test]
fn a_choice_has_no_blocks_in_it() {
    let toml = CHOICE.replace("a < b", "```\\none\\ntwo\\n```\\n\\n- three");
    let html = shown(&toml, QuizKind::Quiz);
    assert!(
        html.contains("<code>one</code><br />\n<code>two</code><br />\n"),
        "{html}"
    );
    let choices =
        &html[html.find("<label").expect("choices")..html.find("<details").expect("an answer")];
    assert!(
        !choices.contains("<pre") && !choices.contains("<p>") && !choices.contains("<li"),
        "{choices}"
    );
}

#[test]
fn the_right_choice_stands_anywhere_but_always_in_the_same_place() {
    let mut places = [0; 4];
    for number in 0..400 {
        let toml = format!(
            "[[questions]]\ntype = \"MultipleChoice\"\nprompt.prompt = \"Question {number}\"\n\
             prompt.distractors = [\"a\", \"b\", \"c\"]\nanswer.answer = \"d\""
        );
        let html = shown(&toml, QuizKind::Quiz);
        assert_eq!(html, shown(&toml, QuizKind::Quiz));
        let (_, after) = html.split_once("data-answer=\"").expect("an answer");
        let place: usize = after[..1].parse().expect("a position");
        assert!(
            html.contains(&format!("value=\"{place}\"> d</label>")),
            "{html}"
        );
        places[place] += 1;
    }
    assert!(
        places.iter().all(|count| (60..140).contains(count)),
        "{places:?} of 400 is far from even"
    );
}
