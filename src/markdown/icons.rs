//! `<i class="fa fa-github"></i>` becomes the icon's SVG, as in mdBook.

use std::sync::LazyLock;

use font_awesome_as_a_crate as font_awesome;
use regex::{Captures, Regex};

use super::piece::{Node, Piece};

static ICON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"<i class="([^"]*)"([^>]*)></i>"#).expect("the pattern is constant")
});

/// Joins neighbouring HTML, in which an icon's start and end stand together, and replaces the icons in it.
pub(super) fn pass(nodes: Vec<Node>) -> Vec<Node> {
    let has_icon =
        |node: &Node| matches!(&node.piece, Piece::Html(html) if html.contains("<i class=\""));
    if !nodes.iter().any(has_icon) {
        return nodes;
    }
    let mut done: Vec<Node> = Vec::with_capacity(nodes.len());
    for node in nodes {
        match (&node.piece, done.last_mut()) {
            (
                Piece::Html(html),
                Some(Node {
                    piece: Piece::Html(before),
                    ..
                }),
            ) => before.push_str(html),
            _ => done.push(node),
        }
    }
    for node in &mut done {
        if let Piece::Html(html) = &mut node.piece {
            *html = ICON.replace_all(html, replacement).into_owned();
        }
    }
    done
}

fn replacement(found: &Captures) -> String {
    let mut kind = font_awesome::Type::Regular;
    let mut name = "";
    let mut classes = String::from("fa-svg");
    for class in found[1].split(' ') {
        match class {
            "fa" | "fa-regular" => kind = font_awesome::Type::Regular,
            "fas" | "fa-solid" => kind = font_awesome::Type::Solid,
            "fab" | "fa-brands" => kind = font_awesome::Type::Brands,
            _ => match class.strip_prefix("fa-") {
                Some(icon) => name = icon,
                None => classes = format!("{classes} {class}"),
            },
        }
    }
    match font_awesome::svg(kind, name) {
        Ok(svg) => format!("<span class=\"{classes}\"{}>{svg}</span>", &found[2]),
        Err(_) => found[0].to_string(),
    }
}
