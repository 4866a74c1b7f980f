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
pub(super) struct Use {
    number: usize,
    count: usize,
}

/// How often each note was referred to, by its name.
pub(super) type Uses = HashMap<String, Use>;

/// Replaces references by their numbers, and drops what defines a name again.
pub(super) fn references<'a>(nodes: Vec<Node<'a>>, context: &mut Context) -> (Vec<Node<'a>>, Uses) {
    let mut uses = Uses::new();
    let is_footnote = |node: &Node| {
        matches!(
            &node.piece,
            Piece::Event(Event::FootnoteReference(_) | Event::Start(Tag::FootnoteDefinition(_)))
        )
    };
    if !nodes.iter().any(is_footnote) {
        return (nodes, uses);
    }
    let nodes = defined_once(nodes, context);
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
    (done, uses)
}

/// The nodes without second definitions of a name.
fn defined_once<'a>(nodes: Vec<Node<'a>>, context: &mut Context) -> Vec<Node<'a>> {
    let mut names: Vec<String> = Vec::new();
    let mut done = Vec::with_capacity(nodes.len());
    let mut index = 0;
    while index < nodes.len() {
        let node = &nodes[index];
        let name = match &node.piece {
            Piece::Event(Event::Start(Tag::FootnoteDefinition(name))) => Some(name.to_string()),
            _ => None,
        };
        if let Some(name) = name {
            if names.contains(&name) {
                context.warning(
                    node.at,
                    format!("footnote `{name}` is defined twice: only the first is used"),
                );
                index = end_of(&nodes, index) + 1;
                continue;
            }
            names.push(name);
        }
        done.push(node.clone());
        index += 1;
    }
    done
}

/// Moves the notes to the end. Headings have their ids by now: as in mdBook, one in a note counts where it was written.
pub(super) fn notes<'a>(nodes: Vec<Node<'a>>, uses: &Uses, context: &mut Context) -> Vec<Node<'a>> {
    let is_note = |node: &Node| {
        matches!(
            &node.piece,
            Piece::Event(Event::Start(Tag::FootnoteDefinition(_)))
        )
    };
    if !nodes.iter().any(is_note) {
        return nodes;
    }
    let mut notes = Vec::new();
    let mut text = split(nodes, &mut notes);
    text.extend(list(notes, (uses, context)));
    text
}

/// One note: its name and its nodes.
type Note<'a> = (String, Vec<Node<'a>>);

/// The nodes without the notes, which are added to `notes`; a note may stand in another.
fn split<'a>(nodes: Vec<Node<'a>>, notes: &mut Vec<Note<'a>>) -> Vec<Node<'a>> {
    let mut text = Vec::with_capacity(nodes.len());
    let mut index = 0;
    while index < nodes.len() {
        let Piece::Event(Event::Start(Tag::FootnoteDefinition(name))) = &nodes[index].piece else {
            text.push(nodes[index].clone());
            index += 1;
            continue;
        };
        let end = end_of(&nodes, index);
        let inside = split(nodes[index + 1..end].to_vec(), notes);
        notes.push((name.to_string(), inside));
        index = end + 1;
    }
    text
}

/// The list at the end of the chapter. As in mdBook it stands even when no note is referred to.
fn list<'a>(mut notes: Vec<Note<'a>>, (uses, context): (&Uses, &mut Context)) -> Vec<Node<'a>> {
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
