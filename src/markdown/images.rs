//! Images: one `<img>` each, with the alternative text that mdBook makes of what stands between the brackets.

use pulldown_cmark::{Event, Tag};

use super::links::fix_link;
use super::piece::{Node, Piece};
use super::{Context, end_of, escape_attribute};
use crate::page::{Link, LinkKind};
use crate::policy;

/// Replaces every image.
pub(super) fn pass<'a>(mut nodes: Vec<Node<'a>>, context: &mut Context) -> Vec<Node<'a>> {
    let mut done = Vec::with_capacity(nodes.len());
    let mut index = 0;
    while index < nodes.len() {
        let at = nodes[index].at;
        if let Piece::Event(Event::Start(Tag::Image {
            dest_url, title, ..
        })) = &nodes[index].piece
        {
            let end = end_of(&nodes, index);
            let alt = alternative(&nodes[index + 1..end]);
            done.push(Node::html(image(dest_url, title, &alt), at));
            record(dest_url, &alt, (at, &mut *context));
            index = end + 1;
        } else {
            done.push(nodes[index].take());
            index += 1;
        }
    }
    done
}

/// Notes the image for `check`.
fn record(target: &str, alt: &str, (at, context): (usize, &mut Context)) {
    let line = context.line(at);
    let target = fix_link(target).into_owned();
    if alt.trim().is_empty() {
        let message =
            format!("image `{target}` has no alternative text: write `![what it shows]({target})`");
        context.warning(at, message);
    }
    context.page.uses.extend(policy::of_image(&target, line));
    context.page.links.push(Link {
        target,
        line,
        kind: LinkKind::Resource,
    });
}

fn image(target: &str, title: &str, alt: &str) -> String {
    let mut html = format!("<img src=\"{}\"", escape_attribute(&fix_link(target)));
    if !title.is_empty() {
        html += &format!(" title=\"{}\"", escape_attribute(title));
    }
    html + &format!(" alt=\"{}\" loading=\"lazy\">", escape_attribute(alt))
}

/// The plain text of what stands between the brackets.
fn alternative(nodes: &[Node]) -> String {
    let mut text = String::new();
    for node in nodes {
        match &node.piece {
            Piece::Event(Event::InlineHtml(part) | Event::Code(part) | Event::Text(part)) => {
                text.push_str(part)
            }
            Piece::Event(Event::SoftBreak | Event::HardBreak | Event::Rule) => text.push(' '),
            _ => {}
        }
    }
    text
}
