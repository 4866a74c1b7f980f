//! What front matter adds to a chapter: the lead, metaphor and picture under the title, the essence at its end.

use super::footnotes::NOTES;
use super::piece::{Node, Piece};
use super::{Context, inline};

/// Adds what the front matter gives; a chapter without any is left as it is.
pub(super) fn pass<'a>(mut nodes: Vec<Node<'a>>, context: &mut Context) -> Vec<Node<'a>> {
    let front_matter = &context.chapter.front_matter;
    let mut opening = String::new();
    if let Some(description) = &front_matter.description {
        opening += &format!("<p class=\"lead\">{}</p>\n", inline::html(description));
    }
    let rows: String = [
        ("Metaphor", &front_matter.metaphor),
        ("Picture", &front_matter.picture),
    ]
    .into_iter()
    .filter_map(|(name, text)| text.as_ref().map(|text| row(name, text)))
    .collect();
    if !rows.is_empty() {
        opening += &format!("<dl class=\"opening\">{rows}</dl>\n");
    }
    if !opening.is_empty() {
        let title_end = nodes
            .iter()
            .position(|node| matches!(&node.piece, Piece::Html(html) if html.ends_with("</h1>\n")));
        let place = title_end.map_or(0, |index| index + 1);
        nodes.insert(place, Node::html(opening, 0));
    }
    if let Some(essence) = &front_matter.essence {
        // The chapter's notes are no part of its argument: they stay last.
        let notes = nodes
            .iter()
            .rposition(|node| matches!(&node.piece, Piece::Html(html) if html.starts_with(NOTES)));
        let essence = Node::html(
            format!("<p class=\"essence\">{}</p>\n", inline::html(essence)),
            usize::MAX,
        );
        nodes.insert(notes.unwrap_or(nodes.len()), essence);
    }
    nodes
}

fn row(name: &str, text: &str) -> String {
    format!("<div><dt>{name}</dt><dd>{}</dd></div>", inline::html(text))
}
