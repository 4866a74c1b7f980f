//! The markup of a quiz; the theme's script adds checking and remembering to it.

use std::fmt::Write;

use super::markdown;
use super::{Question, QuestionKind, Quiz, QuizKind, RenderOptions};
use crate::escape::escape_attribute;

/// The markup of `quiz`: one `section` with a `fieldset` for each question.
///
/// The choices of a question stand in an order that is drawn from its prompt, so that it is the same in each build and
/// the right one is not always first. `data-answer` is the right choice's position, counted from 0, or the right words;
/// other right words are in `data-alternatives`, one on a line.
pub fn render(quiz: &Quiz, options: &RenderOptions<'_>) -> String {
    let name = escape(options.name);
    let class = match options.kind {
        QuizKind::Quiz => "quiz",
        QuizKind::Prediction => "quiz prediction",
    };
    let title = escape(options.title);
    let mut out = format!(
        "<section class=\"{class}\" id=\"quiz-{name}\" data-quiz=\"{name}\"><p class=\"quiz-title\">{title}</p>"
    );
    for (position, question) in quiz.questions.iter().enumerate() {
        write_question(
            question,
            &format!("quiz-{name}-{position}"),
            position,
            &mut out,
        );
    }
    out.push_str("</section>");
    out
}

fn write_question(question: &Question, group: &str, position: usize, out: &mut String) {
    let (legend, rest) = markdown::first_line_and_rest(&question.prompt);
    let (kind, data, inputs, answer) = match &question.kind {
        QuestionKind::Choice {
            answer,
            distractors,
        } => {
            let choices = shuffled(&question.prompt, answer, distractors);
            let right = choices
                .iter()
                .position(|choice| choice == answer)
                .unwrap_or(0);
            (
                "choice",
                format!(" data-answer=\"{right}\""),
                radio_buttons(&choices, group),
                answer,
            )
        }
        QuestionKind::Short {
            answer,
            alternatives,
        } => {
            let mut data = format!(" data-answer=\"{}\"", escape(answer));
            if !alternatives.is_empty() {
                let _ = write!(
                    data,
                    " data-alternatives=\"{}\"",
                    escape(&alternatives.join("\n"))
                );
            }
            ("short", data, text_field(group), answer)
        }
    };
    let answer = markdown::inline(answer);
    let context = question
        .context
        .as_deref()
        .map(markdown::blocks)
        .unwrap_or_default();
    let _ = write!(
        out,
        "<fieldset class=\"question\" data-question=\"{position}\" data-kind=\"{kind}\"{data}><legend>{legend}</legend>{rest}{inputs}\
         <details class=\"answer\"><summary>Answer</summary><p>{answer}</p>{context}</details></fieldset>"
    );
}

fn radio_buttons(choices: &[&str], group: &str) -> String {
    let buttons = choices.iter().enumerate().map(|(value, choice)| {
        let choice = markdown::inline(choice);
        format!("<label class=\"choice\"><input type=\"radio\" name=\"{group}\" value=\"{value}\"> {choice}</label>")
    });
    buttons.collect()
}

fn text_field(group: &str) -> String {
    format!(
        "<label class=\"short\">Your answer <input type=\"text\" name=\"{group}\" autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\"></label>"
    )
}

/// The choices in the order in which they are shown.
fn shuffled<'a>(prompt: &str, answer: &'a str, distractors: &'a [String]) -> Vec<&'a str> {
    let mut choices: Vec<&str> = std::iter::once(answer)
        .chain(distractors.iter().map(String::as_str))
        .collect();
    let mut state = hash(prompt);
    for last in (1..choices.len()).rev() {
        state = mixed(state);
        // The remainder is below the number of choices, which fits any integer.
        let other = (state % (last as u64 + 1)) as usize;
        choices.swap(last, other);
    }
    choices
}

/// FNV-1a: the standard library's hashes may change from one release to the next, and would move the choices.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// SplitMix64's step: a following number that looks unrelated.
fn mixed(state: u64) -> u64 {
    let state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

/// `text` for an attribute's value or between tags. Line breaks in a value must not be folded by what reads the page.
fn escape(text: &str) -> String {
    escape_attribute(text).replace('\n', "&#10;")
}
