//! A line of Markdown as HTML without a paragraph around it: captions, pokes, cells of tables that labbook makes.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::piece::{Node, Piece};
use super::{escape_text, write};

/// The HTML of one line of Markdown; raw HTML is shown as text.
pub(super) fn html(markdown: &str) -> String {
    let nodes: Vec<Node> = events(markdown)
        .filter(|event| {
            !matches!(
                event,
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph)
            )
        })
        .map(|event| match event {
            Event::Html(raw) | Event::InlineHtml(raw) => {
                Node::html(escape_text(&raw).into_owned(), 0)
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let target = super::links::fix_link(&dest_url);
                Node::html(
                    format!("<a href=\"{}\">", super::escape_attribute(&target)),
                    0,
                )
            }
            Event::End(TagEnd::Link) => Node::html("</a>", 0),
            event => Node {
                piece: Piece::Event(event),
                at: 0,
            },
        })
        .collect();
    write::html(&nodes)
}

/// The text of one line of Markdown, without its marks.
pub(super) fn text(markdown: &str) -> String {
    let mut text = String::new();
    for event in events(markdown) {
        match event {
            Event::Text(part) | Event::Code(part) | Event::InlineMath(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

fn events(markdown: &str) -> Parser<'_> {
    Parser::new_ext(
        markdown,
        Options::ENABLE_SMART_PUNCTUATION | Options::ENABLE_STRIKETHROUGH,
    )
}
