//! Our directives: `{{#lab}}`, `{{#measured}}`, `{{#quiz}}`, `{{#predict}}`, `{{#claims}}`, `{{#exercises}}`.
//!
//! All but `measured` stand alone in their paragraph. Each needs a file that was read before; where it is not there, the
//! message says which and what to do.

use std::sync::LazyLock;

use pulldown_cmark::{Event, Tag, TagEnd};
use regex::Regex;

use super::piece::{Node, Piece};
use super::{Context, escape_text, exercises, lab_data};
use crate::page::{Fault, LabCard};
use crate::problem::shown;
use crate::quiz::{self, QuizKind, RenderOptions};

static ALONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*\{\{\s*#(quiz|predict|lab|claims|exercises)\s+([^}\s]+)\s*\}\}\s*$")
        .expect("the pattern is constant")
});
static WITHIN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\{\{\s*#(quiz|predict|lab|claims|exercises|measured)\s+([^}\s]+)\s*\}\}")
        .expect("the pattern is constant")
});

/// What stands in a draft's sentence for a number of a lab that is still to come.
const NOT_MEASURED: &str = "<span class=\"not-measured\">(not measured yet)</span>";

/// Replaces every directive.
pub(super) fn pass<'a>(mut nodes: Vec<Node<'a>>, context: &mut Context) -> Vec<Node<'a>> {
    let has_directive =
        |node: &Node| matches!(&node.piece, Piece::Event(Event::Text(text)) if text.contains("{{"));
    if !nodes.iter().any(has_directive) {
        return nodes;
    }
    let mut done = Vec::with_capacity(nodes.len());
    let mut index = 0;
    while index < nodes.len() {
        let at = nodes[index].at;
        if let Some((name, argument)) = alone(&nodes[index..]) {
            note_card(&name, &argument, (at, context));
            let html = block(&name, &argument, context).unwrap_or_else(|failed| {
                failed.record(&format!("{{{{#{name} {argument}}}}}"), (at, &mut *context));
                String::new()
            });
            done.push(Node::html(html, at));
            index += 3;
        } else {
            match &nodes[index].piece {
                Piece::Event(Event::Text(text)) if text.contains("{{") => {
                    done.extend(within(text, (at, &mut *context)))
                }
                _ => done.push(nodes[index].take()),
            }
            index += 1;
        }
    }
    done
}

/// The directive that a paragraph consists of, if it does.
fn alone(nodes: &[Node]) -> Option<(String, String)> {
    let [start, text, end, ..] = nodes else {
        return None;
    };
    match (&start.piece, &text.piece, &end.piece) {
        (
            Piece::Event(Event::Start(Tag::Paragraph)),
            Piece::Event(Event::Text(text)),
            Piece::Event(Event::End(TagEnd::Paragraph)),
        ) => {
            let found = ALONE.captures(text)?;
            Some((found[1].to_string(), found[2].to_string()))
        }
        _ => None,
    }
}

/// Why a directive has no HTML.
enum Failed {
    /// It is wrong.
    Wrong(String),
    /// There is no such lab.
    LabToCome(String),
}

impl From<String> for Failed {
    fn from(message: String) -> Failed {
        Failed::Wrong(message)
    }
}

impl From<&str> for Failed {
    fn from(message: &str) -> Failed {
        Failed::Wrong(message.into())
    }
}

impl Failed {
    /// Records what is wrong. A draft may name a lab that is still to come: that is said, and no fault.
    fn record(self, directive: &str, (at, context): (usize, &mut Context)) {
        match self {
            Failed::LabToCome(message) if context.chapter.front_matter.draft => {
                let line = context.line(at);
                let message = format!("{directive}: {message} (no fault while this is a draft)");
                context.page.notes.push(Fault { line, message });
            }
            Failed::Wrong(message) | Failed::LabToCome(message) => {
                context.fault(at, format!("{directive}: {message}"))
            }
        }
    }
}

/// Keeps in mind that the page has a lab's card: `check` has the lab's program compiled.
fn note_card(directive: &str, argument: &str, (at, context): (usize, &mut Context)) {
    let described = match directive {
        "lab" => attachment(&format!("lab {argument}"), context).ok(),
        _ => None,
    };
    let described = described.and_then(|manifest| lab_data::described(manifest).ok());
    if let Some((package, _)) = described {
        let line = context.line(at);
        context.page.lab_cards.push(LabCard {
            line,
            name: argument.into(),
            package,
        });
    }
}

/// The HTML of a directive that stands alone.
fn block(name: &str, argument: &str, context: &Context) -> Result<String, Failed> {
    let html = match name {
        "quiz" => quiz(argument, QuizKind::Quiz, context)?,
        "predict" => quiz(argument, QuizKind::Prediction, context)?,
        "lab" => lab_data::card(argument, attachment(&format!("lab {argument}"), context)?)?,
        "claims" => {
            let lab = argument.split('.').next().unwrap_or_default();
            let (own, note) = context.own_run(lab);
            let json = attachment(&format!("measured {lab}"), context)?;
            lab_data::claims(argument, json, own.as_ref())? + &broken(note)
        }
        _ => {
            let manifest = attachment(&format!("lab {argument}"), context)?;
            let (solved, note) = context.solved(&lab_data::described(manifest)?.0);
            exercises::list(manifest, &solved)? + &broken(note)
        }
    };
    Ok(html)
}

/// Says that a file of the reader's own can't be read; the page is as without it.
fn broken(note: Option<String>) -> String {
    note.map_or(String::new(), |note| {
        format!("<p class=\"own-run-broken\">{}</p>\n", escape_text(&note))
    })
}

/// The text of an attachment, or why there is none.
fn attachment<'c>(key: &str, context: &'c Context) -> Result<&'c str, Failed> {
    let attachment = context
        .chapter
        .attachments
        .get(key)
        .ok_or("its file was not read")?;
    let failed = |message: &String| match attachment.lab_to_come {
        true => Failed::LabToCome(message.clone()),
        false => Failed::Wrong(message.clone()),
    };
    attachment.text.as_deref().map_err(failed)
}

fn quiz(name: &str, kind: QuizKind, context: &Context) -> Result<String, Failed> {
    let text = attachment(name, context)?;
    let file = shown(&context.chapter.attachments[name].file);
    let parse = if kind == QuizKind::Prediction {
        quiz::parse_prediction
    } else {
        quiz::parse
    };
    let parsed =
        parse(text).map_err(|error| format!("{file}:{}: {}", error.line, error.message))?;
    let stem = name
        .rsplit('/')
        .next()
        .unwrap_or(name)
        .trim_end_matches(".toml");
    let title = match kind {
        QuizKind::Quiz => "Quiz",
        QuizKind::Prediction => "Before you read on: what do you expect?",
    };
    Ok(quiz::render(
        &parsed,
        &RenderOptions {
            name: stem,
            kind,
            title,
        },
    ))
}

/// Replaces directives inside a longer text: measured numbers; any other is told to stand alone.
fn within<'a>(text: &str, (at, context): (usize, &mut Context)) -> Vec<Node<'a>> {
    let mut nodes = Vec::new();
    let mut copied = 0;
    for found in WITHIN.captures_iter(text) {
        let whole = found.get(0).expect("group 0 is the match");
        let html = if &found[1] == "measured" {
            let lab = found[2].split('.').next().unwrap_or_default();
            attachment(&format!("measured {lab}"), context).and_then(|json| {
                let (own, _) = context.own_run(lab);
                Ok(lab_data::measured(&found[2], json, own.as_ref())?)
            })
        } else {
            Err("must stand alone in its paragraph: put an empty line before and after it".into())
        };
        let html = html.unwrap_or_else(|failed| {
            failed.record(whole.as_str(), (at, &mut *context));
            NOT_MEASURED.into()
        });
        nodes.push(Node::event(
            Event::Text(text[copied..whole.start()].to_string().into()),
            at,
        ));
        nodes.push(Node::html(html, at));
        copied = whole.end();
    }
    nodes.push(Node::event(
        Event::Text(text[copied..].to_string().into()),
        at,
    ));
    nodes
}
