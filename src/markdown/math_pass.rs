//! TeX to MathML: `$…$` and `$$…$$` where the book turns math on, mdBook's `\(…\)`, `\[…\]` and `$$…$$` where it turns
//! MathJax on.

use std::sync::LazyLock;

use pulldown_cmark::Event;
use regex::Regex;

use super::piece::{Node, Piece};
use super::{Context, escape_text};
use crate::math::{MathError, to_mathml};

static MATHJAX: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?s)\\\((.+?)\\\)|\\\[(.+?)\\\]|\$\$(.+?)\$\$").expect("the pattern is constant")
});

/// Replaces every formula.
pub(super) fn pass<'a>(nodes: Vec<Node<'a>>, context: &mut Context) -> Vec<Node<'a>> {
    let mathjax = context.settings.html.mathjax_support;
    let nodes = if mathjax { lines_joined(nodes) } else { nodes };
    let mut done = Vec::with_capacity(nodes.len());
    for node in nodes {
        let at = node.at;
        match node.piece {
            Piece::Event(Event::InlineMath(tex)) => {
                done.push(Node::html(own(&tex, false, (at, &mut *context)), at))
            }
            Piece::Event(Event::DisplayMath(tex)) => {
                done.push(Node::html(own(&tex, true, (at, &mut *context)), at))
            }
            Piece::Event(Event::Text(text)) if mathjax && MATHJAX.is_match(&text) => {
                done.extend(within(&text, (at, &mut *context)));
            }
            piece => done.push(Node { piece, at }),
        }
    }
    done
}

/// A formula written for us; one that is no TeX fails the build.
fn own(tex: &str, display: bool, (at, context): (usize, &mut Context)) -> String {
    formula(tex, display).unwrap_or_else(|error| {
        let below = error.line.saturating_sub(1);
        context.fault_below(at, below, message(&error));
        escape_text(tex).into_owned()
    })
}

/// The MathML of a formula; one on a line of its own scrolls inside itself.
fn formula(tex: &str, display: bool) -> Result<String, MathError> {
    let mathml = to_mathml(tex, display)?;
    Ok(match display {
        true => format!("<span class=\"math-block\" tabindex=\"0\">{mathml}</span>"),
        false => mathml,
    })
}

/// What is wrong with a formula, for its author.
fn message(error: &MathError) -> String {
    format!("formula: {}, in `{}`", error.message, error.near.trim())
}

/// Lines of one paragraph as one text, where a formula for MathJax may reach over several.
fn lines_joined(nodes: Vec<Node>) -> Vec<Node> {
    let mut done: Vec<Node> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let part = match &node.piece {
            Piece::Event(Event::Text(text)) => text.to_string(),
            Piece::Event(Event::SoftBreak) => "\n".to_string(),
            _ => {
                done.push(node);
                continue;
            }
        };
        match done.last_mut().map(|before| &mut before.piece) {
            Some(Piece::Event(Event::Text(before))) => *before = format!("{before}{part}").into(),
            _ => done.push(Node::event(Event::Text(part.into()), node.at)),
        }
    }
    done
}

/// Splits a text at MathJax's delimiters. MathJax knows more than we do: what we cannot read stays as it was written.
fn within<'a>(text: &str, (at, context): (usize, &mut Context)) -> Vec<Node<'a>> {
    let mut nodes = Vec::new();
    let mut copied = 0;
    for found in MATHJAX.captures_iter(text) {
        let whole = found.get(0).expect("group 0 is the match");
        let display = found.get(1).is_none();
        let tex = (1..=3).find_map(|group| found.get(group));
        match formula(tex.map_or("", |tex| tex.as_str()), display) {
            Ok(html) => {
                let before = text[copied..whole.start()].to_string();
                nodes.push(Node::event(Event::Text(before.into()), at));
                nodes.push(Node::html(html, at));
                copied = whole.end();
            }
            Err(error) => context.warning(at, message(&error)),
        }
    }
    nodes.push(Node::event(
        Event::Text(text[copied..].to_string().into()),
        at,
    ));
    nodes
}
