//! TeX to MathML: `$…$` and `$$…$$` where the book turns math on, mdBook's `\(…\)`, `\[…\]` and `$$…$$` where it turns
//! MathJax on.

use std::sync::LazyLock;

use pulldown_cmark::Event;
use regex::Regex;

use super::piece::{Node, Piece};
use super::{Context, escape_text};
use crate::math::to_mathml;

static MATHJAX: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?s)\\\((.+?)\\\)|\\\[(.+?)\\\]|\$\$(.+?)\$\$").expect("the pattern is constant")
});

/// Replaces every formula.
pub(super) fn pass<'a>(nodes: Vec<Node<'a>>, context: &mut Context) -> Vec<Node<'a>> {
    let mathjax = context.settings.html.mathjax_support;
    let mut done = Vec::with_capacity(nodes.len());
    for node in nodes {
        let at = node.at;
        match node.piece {
            Piece::Event(Event::InlineMath(tex)) => {
                done.push(Node::html(formula(&tex, false, (at, &mut *context)), at))
            }
            Piece::Event(Event::DisplayMath(tex)) => {
                done.push(Node::html(formula(&tex, true, (at, &mut *context)), at))
            }
            Piece::Event(Event::Text(text)) if mathjax && MATHJAX.is_match(&text) => {
                done.extend(within(&text, (at, &mut *context)));
            }
            piece => done.push(Node { piece, at }),
        }
    }
    done
}

fn formula(tex: &str, display: bool, (at, context): (usize, &mut Context)) -> String {
    match to_mathml(tex, display) {
        Ok(mathml) if display => {
            format!("<span class=\"math-block\" tabindex=\"0\">{mathml}</span>")
        }
        Ok(mathml) => mathml,
        Err(error) => {
            let message = format!("formula: {}, in `{}`", error.message, error.near.trim());
            context.fault_below(at, error.line.saturating_sub(1), message);
            escape_text(tex).into_owned()
        }
    }
}

/// Splits a text at MathJax's delimiters.
fn within<'a>(text: &str, (at, context): (usize, &mut Context)) -> Vec<Node<'a>> {
    let mut nodes = Vec::new();
    let mut copied = 0;
    for found in MATHJAX.captures_iter(text) {
        let whole = found.get(0).expect("group 0 is the match");
        let display = found.get(1).is_none();
        let tex = found
            .get(1)
            .or_else(|| found.get(2))
            .or_else(|| found.get(3))
            .map_or("", |tex| tex.as_str());
        nodes.push(Node::event(
            Event::Text(text[copied..whole.start()].to_string().into()),
            at,
        ));
        nodes.push(Node::html(formula(tex, display, (at, &mut *context)), at));
        copied = whole.end();
    }
    nodes.push(Node::event(
        Event::Text(text[copied..].to_string().into()),
        at,
    ));
    nodes
}
