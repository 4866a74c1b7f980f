//! Headings and defined terms: ids as mdBook makes them, an anchor on each, numbers where the book numbers its sections.

use std::collections::HashMap;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag};

use super::piece::{Node, Piece};
use super::{Context, end_of, escape_attribute, escape_text};
use crate::page::Heading;

/// Gives every heading and every `<dt>` its id and anchor.
pub(super) fn pass<'a>(mut nodes: Vec<Node<'a>>, context: &mut Context) -> Vec<Node<'a>> {
    let mut used = HashMap::new();
    let mut sections = 0;
    let mut done = Vec::with_capacity(nodes.len());
    let mut index = 0;
    while index < nodes.len() {
        let opened = match &nodes[index].piece {
            Piece::Event(Event::Start(Tag::Heading {
                level,
                id,
                classes,
                attrs,
            })) => Some(Opened {
                level: Some(*level),
                id: id.as_deref().or_else(|| given(attrs, "id")),
                classes,
                attributes: attrs,
            }),
            Piece::Event(Event::Start(Tag::DefinitionListTitle)) => Some(Opened {
                level: None,
                id: None,
                classes: &[],
                attributes: &[],
            }),
            _ => None,
        };
        let Some(opened) = opened else {
            done.push(nodes[index].take());
            index += 1;
            continue;
        };
        let end = end_of(&nodes, index);
        let inner = &nodes[index + 1..end];
        let id = opened.id.map_or_else(
            || unique(id_from_text(&text(inner)), &mut used),
            str::to_string,
        );
        let number = opened.number(context, &mut sections);
        let (before, after) = opened.tags(&id, number.as_deref(), links_within(inner));
        if let Some(level) = opened.level {
            let (text, html) = (text(inner).trim().to_string(), plain_html(inner));
            context.page.headings.push(Heading {
                level: level as u8,
                id,
                text,
                html,
                number,
            });
        }
        done.push(Node::html(before, nodes[index].at));
        done.extend(nodes[index + 1..end].iter_mut().map(Node::take));
        done.push(Node::html(after, nodes[end].at));
        index = end + 1;
    }
    done
}

/// The start of a heading, or of a defined term when there is no level.
struct Opened<'n, 'a> {
    level: Option<HeadingLevel>,
    id: Option<&'n str>,
    classes: &'n [CowStr<'a>],
    attributes: &'n [(CowStr<'a>, Option<CowStr<'a>>)],
}

impl Opened<'_, '_> {
    /// `3.1` for the first section of chapter 3, where the book numbers sections and the author did not say `.unnumbered`.
    fn number(&self, context: &Context, sections: &mut usize) -> Option<String> {
        let chapter = context.chapter.number.as_ref()?;
        let numbered = context.settings.labbook.number_sections
            && self.level == Some(HeadingLevel::H2)
            && !self.classes.iter().any(|class| &**class == "unnumbered");
        numbered.then(|| {
            *sections += 1;
            format!("{chapter}.{sections}")
        })
    }

    /// What stands before and after the heading's content. A link can't hold a link: then the anchor stands before.
    fn tags(&self, id: &str, number: Option<&str>, has_links: bool) -> (String, String) {
        let name = self
            .level
            .map_or("dt".to_string(), |level| level.to_string());
        let mut open = format!("<{name} id=\"{}\"", escape_attribute(id));
        if !self.classes.is_empty() {
            open += &format!(" class=\"{}\"", escape_attribute(&self.classes.join(" ")));
        }
        for (index, (key, value)) in self.attributes.iter().enumerate() {
            let again = self.attributes[index + 1..]
                .iter()
                .any(|(later, _)| later == key);
            let written = &**key == "id" || (&**key == "class" && !self.classes.is_empty());
            if again || written {
                continue;
            }
            open += &format!(
                " {key}=\"{}\"",
                escape_attribute(value.as_deref().unwrap_or(""))
            );
        }
        if let Some(number) = number {
            open += &format!(" data-number=\"{number}\"");
        }
        let anchor = format!("><a class=\"header\" href=\"#{}\"", escape_attribute(id));
        if has_links {
            (
                format!("{open}{anchor} aria-label=\"Link to this section\"></a>"),
                format!("</{name}>\n"),
            )
        } else {
            (format!("{open}{anchor}>"), format!("</a></{name}>\n"))
        }
    }
}

/// The last value that an author gave to an attribute.
fn given<'n>(attributes: &'n [(CowStr, Option<CowStr>)], wanted: &str) -> Option<&'n str> {
    let found = attributes.iter().rev().find(|(key, _)| &**key == wanted);
    found.map(|(_, value)| value.as_deref().unwrap_or(""))
}

fn links_within(nodes: &[Node]) -> bool {
    nodes
        .iter()
        .any(|node| matches!(&node.piece, Piece::Html(html) if html.contains("<a ")))
}

/// The text that makes a heading's id.
fn text(nodes: &[Node]) -> String {
    let mut text = String::new();
    for node in nodes {
        match &node.piece {
            Piece::Event(Event::Text(part) | Event::Code(part)) => text.push_str(part),
            Piece::Event(Event::SoftBreak) => text.push('\n'),
            Piece::Html(html) if html.contains("class=\"footnote-reference\"") => {
                text.push_str(&number_in(html))
            }
            _ => {}
        }
    }
    text
}

/// The number that a footnote reference shows: mdBook counts it to the heading's text.
fn number_in(reference: &str) -> String {
    reference
        .trim_end_matches("</a></sup>")
        .rsplit('>')
        .next()
        .unwrap_or_default()
        .to_string()
}

/// The heading's text with code and emphasis, for lists of sections.
fn plain_html(nodes: &[Node]) -> String {
    let mut html = String::new();
    for node in nodes {
        match &node.piece {
            Piece::Event(Event::Text(part)) => html.push_str(&escape_text(part)),
            Piece::Event(Event::Code(part)) => {
                html += &format!("<code>{}</code>", escape_text(part))
            }
            Piece::Event(Event::SoftBreak | Event::HardBreak) => html.push(' '),
            Piece::Event(Event::Start(Tag::Emphasis)) => html.push_str("<em>"),
            Piece::Event(Event::End(pulldown_cmark::TagEnd::Emphasis)) => html.push_str("</em>"),
            Piece::Html(part) if part.starts_with("<math") => html.push_str(part),
            _ => {}
        }
    }
    html
}

/// An id as mdBook makes it: small letters, digits, `_` and `-` stay, white space becomes `-`, the rest goes.
pub(crate) fn id_from_text(text: &str) -> String {
    let keep = |character: char| match character {
        _ if character.is_alphanumeric() || character == '_' || character == '-' => Some(character),
        _ if character.is_whitespace() => Some('-'),
        _ => None,
    };
    text.trim()
        .to_lowercase()
        .chars()
        .filter_map(keep)
        .collect()
}

/// The id, or the first of `id-1`, `id-2`, … that is free. `used` has each id with the number that is to be tried next: in a
/// book of 4,000 pages with an "Examples" each, none is tried 4,000 times.
pub(crate) fn unique(id: String, used: &mut HashMap<String, usize>) -> String {
    let Some(next) = used.get(&id).copied() else {
        used.insert(id.clone(), 1);
        return id;
    };
    let (count, free) = (next..)
        .map(|count| (count, format!("{id}-{count}")))
        .find(|(_, candidate)| !used.contains_key(candidate))
        .expect("there are more numbers than headings");
    used.insert(id, count + 1);
    used.insert(free.clone(), 1);
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_mdbooks() {
        assert_eq!(
            id_from_text("`--passes`: add more rustdoc passes"),
            "--passes-add-more-rustdoc-passes"
        );
        assert_eq!(id_from_text("中文標題 CJK title"), "中文標題-cjk-title");
        assert_eq!(id_from_text("Über"), "über");
    }

    #[test]
    fn a_second_heading_of_the_same_text_is_counted() {
        let mut used = HashMap::new();
        let ids: Vec<String> = (0..3).map(|_| unique("a".into(), &mut used)).collect();
        assert_eq!(ids, ["a", "a-1", "a-2"]);
    }
}
