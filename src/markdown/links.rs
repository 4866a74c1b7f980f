//! Links: `.md` becomes `.html`, as in mdBook; every target is recorded for `check`.

use std::borrow::Cow;
use std::sync::LazyLock;

use pulldown_cmark::{Event, LinkType, Tag};
use regex::Regex;

use super::piece::{Node, Piece};
use super::{Context, escape_attribute};
use crate::page::{Link, LinkKind};

static SCHEME: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("^[a-z][a-z0-9+.-]*:").expect("the pattern is constant"));
static MARKDOWN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(.*)\.md(#.*)?").expect("the pattern is constant"));

/// Rewrites the target of every link.
pub(super) fn pass<'a>(nodes: Vec<Node<'a>>, context: &mut Context) -> Vec<Node<'a>> {
    let rewrite = |node: Node<'a>| match node.piece {
        Piece::Event(Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            ..
        })) => {
            let target = match link_type {
                LinkType::Email => Cow::Owned(format!("mailto:{dest_url}")),
                _ => fix_link(&dest_url),
            };
            let line = context.line(node.at);
            context.page.links.push(Link {
                target: target.to_string(),
                line,
                kind: LinkKind::Page,
            });
            Node::html(start(&target, &title), node.at)
        }
        Piece::Event(Event::End(pulldown_cmark::TagEnd::Link)) => Node::html("</a>", node.at),
        _ => node,
    };
    nodes.into_iter().map(rewrite).collect()
}

fn start(target: &str, title: &str) -> String {
    let href = escape_attribute(target);
    if title.is_empty() {
        format!("<a href=\"{href}\">")
    } else {
        format!("<a href=\"{href}\" title=\"{}\">", escape_attribute(title))
    }
}

/// Turns a link to a Markdown file into a link to its page, exactly as mdBook does: fragments and addresses with a
/// scheme stay, everything up to the last `.md` is kept, what follows a fragmentless `.md` is dropped.
pub(crate) fn fix_link(link: &str) -> Cow<'_, str> {
    if link.starts_with('#') || !link.contains(".md") || SCHEME.is_match(link) {
        return Cow::Borrowed(link);
    }
    match MARKDOWN.captures(link) {
        Some(found) => Cow::Owned(format!(
            "{}.html{}",
            &found[1],
            found.get(2).map_or("", |anchor| anchor.as_str())
        )),
        None => Cow::Borrowed(link),
    }
}

#[cfg(test)]
mod tests {
    use super::fix_link;

    #[test]
    fn links_to_markdown_become_links_to_pages() {
        assert_eq!(fix_link("a/b.md"), "a/b.html");
        assert_eq!(fix_link("b.md#part"), "b.html#part");
        assert_eq!(fix_link("#b.md"), "#b.md");
        assert_eq!(fix_link("https://x.example/b.md"), "https://x.example/b.md");
        assert_eq!(fix_link("b.png"), "b.png");
    }
}
