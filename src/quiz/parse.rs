//! Reads a quiz's TOML. Every fault names its line and what to write there.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Question, QuestionKind, Quiz, QuizError};

/// Reads the questions in `toml`, the text of a quiz's file.
///
/// Fails at the first fault: what is not TOML, a key that is missing, unknown or of the wrong type, a type of question
/// other than `MultipleChoice` and `ShortAnswer`, a text without a word in it, or a wrong choice equal to the right one.
pub fn parse(toml: &str) -> Result<Quiz, QuizError> {
    read(toml).map_err(|fault| fault.in_file(toml))
}

/// Reads a prediction: as [`parse`], but the file must have exactly one question.
pub fn parse_prediction(toml: &str) -> Result<Quiz, QuizError> {
    let quiz = parse(toml)?;
    if quiz.questions.len() == 1 {
        return Ok(quiz);
    }
    let headers = toml
        .lines()
        .enumerate()
        .filter(|(_, line)| line.trim_start().starts_with("[[questions]]"));
    let line = headers.map(|(index, _)| index + 1).nth(1).unwrap_or(1);
    let message = format!(
        "a prediction is one question, this file has {}; keep the first `[[questions]]` only",
        quiz.questions.len()
    );
    Err(QuizError { line, message })
}

/// A fault at a place in the file, in bytes.
struct Fault {
    place: Range<usize>,
    message: String,
}

impl Fault {
    fn new(place: Range<usize>, message: impl Into<String>) -> Fault {
        Fault {
            place,
            message: message.into(),
        }
    }

    fn in_file(self, toml: &str) -> QuizError {
        let before = toml.bytes().take(self.place.start);
        let line = before.filter(|byte| *byte == b'\n').count() + 1;
        QuizError {
            line,
            message: self.message,
        }
    }
}

/// A table of the file with the place to name when something is missing in it.
struct Table<'a> {
    keys: &'a DeTable<'a>,
    place: Range<usize>,
    /// What the table is, in the words of a message: "a question", "`prompt`".
    name: &'static str,
}

fn read(toml: &str) -> Result<Quiz, Fault> {
    let file = DeTable::parse(toml).map_err(|error| {
        let message = format!("this is not TOML: {}", error.message());
        Fault::new(error.span().unwrap_or_default(), message)
    })?;
    let file = Table {
        keys: file.get_ref(),
        place: 0..0,
        name: "a quiz",
    };
    file.allow(&["questions"])?;
    let none = "a quiz needs at least one question; write `[[questions]]`, then `type = \"MultipleChoice\"` or `type = \"ShortAnswer\"`";
    let questions = file
        .keys
        .get("questions")
        .ok_or_else(|| Fault::new(0..0, none))?;
    let place = questions.span();
    let Some(questions) = questions.get_ref().as_array() else {
        return Err(Fault::new(
            place,
            "`questions` is a list of tables; write `[[questions]]` with two brackets",
        ));
    };
    if questions.is_empty() {
        return Err(Fault::new(place, none));
    }
    let questions = questions
        .iter()
        .map(|value| question(&table(value, "a question")?));
    Ok(Quiz {
        questions: questions.collect::<Result<_, _>>()?,
    })
}

fn question(question: &Table<'_>) -> Result<Question, Fault> {
    let kind = question.get(
        "type",
        "type = \"MultipleChoice\"` or `type = \"ShortAnswer\"",
    )?;
    let is_choice = match kind.get_ref().as_str() {
        Some("MultipleChoice") => true,
        Some("ShortAnswer") => false,
        other => {
            let found = other.map_or_else(
                || "this type".to_owned(),
                |name| format!("the type `{name}`"),
            );
            let message = format!(
                "{found} is not supported; write `type = \"MultipleChoice\"` or `type = \"ShortAnswer\"`"
            );
            return Err(Fault::new(kind.span(), message));
        }
    };
    question.allow(&["id", "type", "prompt", "answer", "context"])?;
    let prompt = question.table("prompt", "prompt.prompt")?;
    let answer = question.table("answer", "answer.answer")?;
    let right = answer.text("answer", "answer.answer = \"the right answer\"")?;
    let kind = if is_choice {
        prompt.allow(&["prompt", "distractors"])?;
        answer.allow(&["answer"])?;
        QuestionKind::Choice {
            distractors: distractors(&prompt, &right)?,
            answer: right,
        }
    } else {
        prompt.allow(&["prompt"])?;
        answer.allow(&["answer", "alternatives"])?;
        let alternatives = answer.keys.get("alternatives");
        let alternatives = alternatives
            .map(|value| texts(value, "answer.alternatives"))
            .transpose()?;
        QuestionKind::Short {
            answer: right,
            alternatives: alternatives.unwrap_or_default(),
        }
    };
    Ok(Question {
        id: question.optional_text("id")?,
        prompt: prompt.text("prompt", "prompt.prompt = \"the question\"")?,
        kind,
        context: question.optional_text("context")?,
    })
}

/// The wrong choices: at least one, all different from each other and from the right one.
fn distractors(prompt: &Table<'_>, right: &str) -> Result<Vec<String>, Fault> {
    let value = prompt.get("distractors", "prompt.distractors = [\"a wrong answer\"]")?;
    let wrong = texts(value, "prompt.distractors")?;
    if wrong.is_empty() {
        return Err(Fault::new(
            value.span(),
            "`prompt.distractors` is empty; write at least one wrong answer",
        ));
    }
    for (index, text) in wrong.iter().enumerate() {
        if text == right || wrong[..index].contains(text) {
            let message = format!(
                "the choice `{text}` stands here twice; the choices of a question must differ"
            );
            return Err(Fault::new(value.span(), message));
        }
    }
    Ok(wrong)
}

fn table<'a>(value: &'a Spanned<DeValue<'a>>, name: &'static str) -> Result<Table<'a>, Fault> {
    match value.get_ref().as_table() {
        Some(keys) => Ok(Table {
            keys,
            place: value.span(),
            name,
        }),
        None => Err(Fault::new(value.span(), format!("{name} must be a table"))),
    }
}

fn text(value: &Spanned<DeValue<'_>>, key: &str) -> Result<String, Fault> {
    match value.get_ref().as_str() {
        Some(text) if text.trim().is_empty() => Err(Fault::new(
            value.span(),
            format!("`{key}` is empty; write a text"),
        )),
        Some(text) => Ok(text.to_owned()),
        None => {
            let found = value.get_ref().type_str();
            Err(Fault::new(
                value.span(),
                format!("`{key}` must be a text in quotes, but is of type {found}"),
            ))
        }
    }
}

fn texts(value: &Spanned<DeValue<'_>>, key: &str) -> Result<Vec<String>, Fault> {
    match value.get_ref().as_array() {
        Some(list) => list.iter().map(|item| text(item, key)).collect(),
        None => Err(Fault::new(
            value.span(),
            format!("`{key}` must be a list of texts: `{key} = [\"…\", \"…\"]`"),
        )),
    }
}

impl<'a> Table<'a> {
    /// Fails at a key that is not one of `known`.
    fn allow(&self, known: &[&str]) -> Result<(), Fault> {
        match self
            .keys
            .iter()
            .find(|(key, _)| !known.contains(&key.get_ref().as_ref()))
        {
            None => Ok(()),
            Some((key, _)) => {
                let message = format!(
                    "{} has no key `{}`; it may have `{}`",
                    self.name,
                    key.get_ref(),
                    known.join("`, `")
                );
                Err(Fault::new(key.span(), message))
            }
        }
    }

    fn get(&self, key: &str, example: &str) -> Result<&'a Spanned<DeValue<'a>>, Fault> {
        let missing = || {
            Fault::new(
                self.place.clone(),
                format!("{} has no `{key}`; write `{example}`", self.name),
            )
        };
        self.keys.get(key).ok_or_else(missing)
    }

    fn table(&self, key: &str, example: &'static str) -> Result<Table<'a>, Fault> {
        let value = self.get(key, &format!("{example} = \"…\""))?;
        let name = if key == "prompt" {
            "`prompt`"
        } else {
            "`answer`"
        };
        match value.get_ref().as_table() {
            Some(keys) => Ok(Table {
                keys,
                place: self.place.clone(),
                name,
            }),
            None => Err(Fault::new(
                value.span(),
                format!("{name} must be a table; write `{example} = \"…\"`"),
            )),
        }
    }

    fn text(&self, key: &str, example: &str) -> Result<String, Fault> {
        let (path, _) = example.split_once(' ').unwrap_or((key, ""));
        text(self.get(key, example)?, path)
    }

    fn optional_text(&self, key: &str) -> Result<Option<String>, Fault> {
        self.keys.get(key).map(|value| text(value, key)).transpose()
    }
}
