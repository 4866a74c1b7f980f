//! `> [!CHECKLIST]`: a list whose boxes the browser remembers.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::piece::{Node, Piece};
use super::{Context, end_of, escape_attribute};

/// Replaces every block quote that begins with `[!CHECKLIST]`.
pub(super) fn pass<'a>(mut nodes: Vec<Node<'a>>, context: &mut Context) -> Vec<Node<'a>> {
    let mut done = Vec::with_capacity(nodes.len());
    let mut index = 0;
    let mut count = 0;
    while index < nodes.len() {
        let end = if begins_checklist(&nodes[index..]) {
            end_of(&nodes, index)
        } else {
            index
        };
        if end == index {
            done.push(nodes[index].take());
            index += 1;
            continue;
        }
        count += 1;
        let id = format!(
            "{}-{count}",
            context
                .chapter
                .path
                .trim_end_matches(".html")
                .replace('/', "-")
        );
        done.extend(checklist(&nodes[index..=end], (&id, &mut *context)));
        index = end + 1;
    }
    done
}

fn begins_checklist(nodes: &[Node]) -> bool {
    let [quote, paragraph, text, ..] = nodes else {
        return false;
    };
    matches!(
        &quote.piece,
        Piece::Event(Event::Start(Tag::BlockQuote(None)))
    ) && matches!(&paragraph.piece, Piece::Event(Event::Start(Tag::Paragraph)))
        && matches!(&text.piece, Piece::Event(Event::Text(text)) if text.trim() == "[!CHECKLIST]")
}

/// The nodes of one checklist: its first list becomes boxes, the rest stays.
fn checklist<'a>(nodes: &[Node<'a>], (id, context): (&str, &mut Context)) -> Vec<Node<'a>> {
    let at = nodes[0].at;
    let open = format!(
        "<section class=\"checklist\" data-checklist=\"{}\"><p class=\"checklist-title\">Checklist</p>",
        escape_attribute(id)
    );
    let mut done = vec![Node::html(open, at)];
    // Skip `[!CHECKLIST]` and the paragraph around it, or the line break after it.
    let body = &nodes[3..nodes.len() - 1];
    let body = match body.first().map(|node| &node.piece) {
        Some(Piece::Event(Event::End(TagEnd::Paragraph))) => &body[1..],
        _ => {
            context.fault(
                at,
                "checklist: put a line `>` between `> [!CHECKLIST]` and what follows",
            );
            return done;
        }
    };
    let mut item = 0;
    for node in body {
        match &node.piece {
            Piece::Event(Event::Start(Tag::Item)) => {
                done.push(Node::html(
                    format!("<li><label><input type=\"checkbox\" data-item=\"{item}\"> "),
                    node.at,
                ));
                item += 1;
            }
            Piece::Event(Event::End(TagEnd::Item)) => {
                done.push(Node::html("</label></li>", node.at))
            }
            // A label holds phrases, not paragraphs.
            Piece::Event(Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph))
                if item > 0 => {}
            _ => done.push(node.clone()),
        }
    }
    done.push(Node::html("</section>\n", at));
    done
}
