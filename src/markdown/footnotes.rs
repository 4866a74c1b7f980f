//! Footnotes: numbered in the order of their first reference, moved to the end of the chapter, linked both ways.
//!
//! Ids and texts are mdBook's: `fr-NAME-1` for a reference, `footnote-NAME` for a note.

use std::collections::HashMap;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::piece::{Node, Piece};
use super::{Context, end_of, escape_attribute};

/// What the list of notes begins with.
pub(super) const NOTES: &str = "<hr>\n<ol class=\"footnote-definition\">";

/// How often a note was referred to, and its number.
#[derive(Clone, Copy)]
struct Use {
    number: usize,
    count: usize,
}

/// Replaces references, and moves notes to the end.
pub(super) fn pass<'a>(nodes: Vec<Node<'a>>, context: &mut Context) -> Vec<Node<'a>> {
    let is_footnote = |node: &Node| {
        matches!(
            &node.piece,
            Piece::Event(Event::FootnoteReference(_) | Event::Start(Tag::FootnoteDefinition(_)))
        )
    };
    if !nodes.iter().any(is_footnote) {
        return nodes;
    }
    let mut uses: HashMap<String, Use> = HashMap::new();
    let nodes = references(nodes, &mut uses);
    let (mut text, notes) = split(nodes, context);
    if !notes.is_empty() {
        text.extend(list(notes, (&uses, context)));
    }
    text
}

/// Replaces references by their numbers.
fn references<'a>(nodes: Vec<Node<'a>>, uses: &mut HashMap<String, Use>) -> Vec<Node<'a>> {
    let mut done: Vec<Node> = Vec::with_capacity(nodes.len());
    let mut after_reference = false;
    for node in nodes {
        let Piece::Event(Event::FootnoteReference(name)) = &node.piece else {
            after_reference = false;
            done.push(node);
            continue;
        };
        let number = uses.len() + 1;
        let note = uses
            .entry(name.to_string())
            .or_insert(Use { number, count: 0 });
        note.count += 1;
        let name = escape_attribute(name);
        let space = if after_reference { " " } else { "" };
        let html = format!(
            "{space}<sup class=\"footnote-reference\" id=\"fr-{name}-{}\"><a href=\"#footnote-{name}\">{}</a></sup>",
            note.count, note.number
        );
        done.push(Node::html(html, node.at));
        after_reference = true;
    }
    done
}

/// One note: its name and its nodes.
type Note<'a> = (String, Vec<Node<'a>>);

/// Parts the text from the notes; the second definition of a name is left out.
fn split<'a>(nodes: Vec<Node<'a>>, context: &mut Context) -> (Vec<Node<'a>>, Vec<Note<'a>>) {
    let mut text = Vec::with_capacity(nodes.len());
    let mut notes: Vec<Note> = Vec::new();
    let mut index = 0;
    while index < nodes.len() {
        let Piece::Event(Event::Start(Tag::FootnoteDefinition(name))) = &nodes[index].piece else {
            text.push(nodes[index].clone());
            index += 1;
            continue;
        };
        let end = end_of(&nodes, index);
        if notes.iter().any(|(known, _)| *known == **name) {
            context.warning(
                nodes[index].at,
                format!("footnote `{name}` is defined twice: only the first is used"),
            );
        } else {
            notes.push((name.to_string(), nodes[index + 1..end].to_vec()));
        }
        index = end + 1;
    }
    (text, notes)
}

/// The list at the end of the chapter. As in mdBook it stands even when no note is referred to.
fn list<'a>(
    mut notes: Vec<Note<'a>>,
    (uses, context): (&HashMap<String, Use>, &mut Context),
) -> Vec<Node<'a>> {
    let at = usize::MAX;
    notes.retain(|(name, nodes)| {
        let used = uses.contains_key(name);
        if !used {
            let at = nodes.first().map_or(0, |node| node.at);
            context.warning(
                at,
                format!(
                    "footnote `{name}` is never referred to: write `[^{name}]` where it belongs"
                ),
            );
        }
        used
    });
    notes.sort_by_key(|(name, _)| uses[name].number);
    let mut done = vec![Node::html(NOTES, at)];
    for (name, nodes) in notes {
        done.push(Node::html(
            format!("<li id=\"footnote-{}\">", escape_attribute(&name)),
            at,
        ));
        done.extend(with_backlinks(nodes, backlinks(&name, uses[&name].count)));
        done.push(Node::html("</li>\n", at));
    }
    done.push(Node::html("</ol>\n", at));
    done
}

/// Links back to each reference.
fn backlinks(name: &str, count: usize) -> String {
    let name = escape_attribute(name);
    (1..=count)
        .map(|nth| {
            let shown = if nth == 1 {
                String::new()
            } else {
                nth.to_string()
            };
            format!(" <a href=\"#fr-{name}-{nth}\">↩{shown}</a>")
        })
        .collect()
}

/// Puts the links at the end of the last paragraph, or after everything where the note ends in something else.
fn with_backlinks<'a>(mut nodes: Vec<Node<'a>>, links: String) -> Vec<Node<'a>> {
    let ends_in_paragraph = matches!(
        nodes.last().map(|node| &node.piece),
        Some(Piece::Event(Event::End(TagEnd::Paragraph)))
    );
    let place = if ends_in_paragraph {
        nodes.len() - 1
    } else {
        nodes.len()
    };
    nodes.insert(place, Node::html(links, usize::MAX));
    nodes
}
