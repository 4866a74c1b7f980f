//! Pikchr's SVG made ours: sentinel colours become classes, styles become attributes, lengths
//! become CSS pixels.

use roxmltree::{Document, Node};

use super::element::{Element, Frame, LABEL_SIZE, number, open_picture};
use super::{Picture, Words, content_bounds, tokens};
use crate::escape::escape_attribute;

/// Pikchr draws 144 units to the inch and reads `px` as 1/96 inch; scaled by this, a `px` in the
/// source is a CSS pixel.
const PIXELS_PER_UNIT: f64 = 96.0 / 144.0;

/// How far below a text's middle its baseline lies, in ems: half of Inter's (and nearly of
/// JetBrains Mono's) capitals. Written out, because not every reader of EPUBs knows
/// `dominant-baseline`.
const MIDDLE_TO_BASELINE: f64 = 0.364;

/// Room in pixels around the drawing. Pikchr's own frame is not used: it reserves room for
/// justified text on both sides, and none for half the width of a thick line.
const ROOM: f64 = 4.0;

/// The weight that bold labels are set in.
const BOLD: &str = "600";

/// What in Pikchr's output can't go into a page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    /// A colour that is not a token, as the author wrote it or as Pikchr did.
    #[error("`{0}` is not one of the theme's colours: use {names}", names = tokens::names())]
    Colour(String),
    /// A named character that only HTML knows.
    #[error("`&{0};` is not known in SVG: write the character itself")]
    Entity(String),
    /// A drawing without ink.
    #[error("nothing is drawn: add an object that can be seen")]
    Empty,
    /// Something else that can't be read.
    #[error("Pikchr drew something unreadable ({0}): simplify the line")]
    Unreadable(String),
}

/// Rewrites Pikchr's SVG.
pub(super) fn rewrite(svg: &str, words: &Words) -> Result<Picture, Fault> {
    let document = Document::parse(svg).map_err(|error| match error {
        roxmltree::Error::UnknownEntityReference(name, _) => Fault::Entity(name),
        other => Fault::Unreadable(other.to_string()),
    })?;
    let root = document.root_element();
    let (left, top, right, bottom) = content_bounds::of_drawing(&root, PIXELS_PER_UNIT);
    if !(left.is_finite() && right > left) {
        return Err(Fault::Empty);
    }
    let (left, top) = ((left - ROOM).floor(), (top - ROOM).floor());
    let (width, height) = ((right + ROOM - left).ceil(), (bottom + ROOM - top).ceil());
    let frame = Frame {
        view: [left, top, width, height],
        width,
        height,
    };
    let mut out = open_picture(words, &frame);
    for node in root.children().filter(Node::is_element) {
        shape(&node, &mut out)?;
    }
    out.push_str("</svg>");
    Ok(Picture {
        svg: out,
        width,
        height,
    })
}

/// Writes one of the flat list of elements that Pikchr draws.
fn shape(node: &Node, out: &mut String) -> Result<(), Fault> {
    if node.tag_name().name() == "text" {
        return label(node, out);
    }
    let mut element = Element::new(node.tag_name().name());
    for attribute in node.attributes() {
        let value = attribute.value();
        match attribute.name() {
            "style" => style(&mut element, value)?,
            name @ ("d" | "points" | "x" | "y" | "cx" | "cy" | "r" | "rx" | "ry" | "width"
            | "height") => {
                element.attribute(name, scale_numbers(value)?);
            }
            other => return Err(Fault::Unreadable(format!("attribute {other}"))),
        }
    }
    element.empty(out);
    out.push('\n');
    Ok(())
}

/// Turns a `style` into attributes and classes.
fn style(element: &mut Element, style: &str) -> Result<(), Fault> {
    for declaration in style.split(';').filter(|part| !part.trim().is_empty()) {
        let (name, value) = declaration.split_once(':').unwrap_or((declaration, ""));
        match (name.trim(), value.trim()) {
            ("fill", "none") => element.attribute("fill", "none"),
            ("stroke", "none") => {}
            ("fill", colour) => element.class(format!("f-{}", token(colour)?)),
            ("stroke", colour) => element.class(format!("s-{}", token(colour)?)),
            ("stroke-linejoin", join) => element.attribute("stroke-linejoin", join),
            (name @ ("stroke-width" | "stroke-dasharray"), value) => {
                element.attribute(name, scale_numbers(value)?);
            }
            (other, _) => return Err(Fault::Unreadable(format!("style {other}"))),
        }
    }
    Ok(())
}

/// Writes a label: its font as classes and attributes, its baseline as a plain `y`.
fn label(node: &Node, out: &mut String) -> Result<(), Fault> {
    let mut element = Element::new("text");
    element.class("label");
    let percent = node
        .attribute("font-size")
        .and_then(|size| size.strip_suffix('%'));
    let size = match percent {
        Some(percent) => LABEL_SIZE * parse(percent)? / 100.0,
        None => LABEL_SIZE,
    };
    if node.has_attribute("font-family") {
        element.class("mono");
    }
    if let Some(colour) = node.attribute("fill") {
        element.class(format!("f-{}", token(colour)?));
    }
    let x = parse(node.attribute("x").unwrap_or("0"))? * PIXELS_PER_UNIT;
    let y = parse(node.attribute("y").unwrap_or("0"))? * PIXELS_PER_UNIT;
    element.attribute("x", number(x));
    element.attribute("y", number(y + MIDDLE_TO_BASELINE * size));
    if let Some(anchor) = node
        .attribute("text-anchor")
        .filter(|anchor| *anchor != "start")
    {
        element.attribute("text-anchor", anchor);
    }
    if percent.is_some() {
        element.attribute("font-size", number(size));
    }
    if node.has_attribute("font-weight") {
        element.attribute("font-weight", BOLD);
    }
    if node.has_attribute("font-style") {
        element.attribute("font-style", "italic");
    }
    if let Some(transform) = node.attribute("transform") {
        element.attribute("transform", rotation(transform)?);
    }
    element.open(out);
    // Pikchr writes every space as a no-break space, which a search in the page would not find.
    let text = node.text().unwrap_or_default().replace('\u{a0}', " ");
    out.push_str(&escape_attribute(&text));
    element.close(out);
    out.push('\n');
    Ok(())
}

/// `rotate(ANGLE X,Y)` with its centre in pixels.
fn rotation(transform: &str) -> Result<String, Fault> {
    let inside = transform
        .strip_prefix("rotate(")
        .and_then(|rest| rest.strip_suffix(')'));
    let numbers: Result<Vec<f64>, Fault> = inside
        .unwrap_or_default()
        .split([' ', ','])
        .filter(|part| !part.is_empty())
        .map(parse)
        .collect();
    let [angle, x, y] = numbers?[..] else {
        return Err(Fault::Unreadable(format!("transform {transform}")));
    };
    let (x, y) = (number(x * PIXELS_PER_UNIT), number(y * PIXELS_PER_UNIT));
    Ok(format!("rotate({} {x} {y})", number(angle)))
}

/// The token that `rgb(r,g,b)` stands for.
fn token(colour: &str) -> Result<&'static str, Fault> {
    let inside = colour
        .strip_prefix("rgb(")
        .and_then(|rest| rest.strip_suffix(')'));
    let parts: Vec<u32> = inside
        .unwrap_or_default()
        .split(',')
        .filter_map(|part| part.trim().parse().ok())
        .collect();
    let [red, green, blue] = parts[..] else {
        return Err(Fault::Colour(colour.to_owned()));
    };
    tokens::token_of(red << 16 | green << 8 | blue).ok_or_else(|| Fault::Colour(colour.to_owned()))
}

/// Every number in path data or a list, in pixels. Pikchr's arcs have only zeros for angle and
/// flags, so scaling all of them is right.
fn scale_numbers(text: &str) -> Result<String, Fault> {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest
            .find(|c| is_number(c) != is_number(first))
            .unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        if !is_number(first) {
            out.push_str(part);
        } else {
            out.push_str(&number(parse(part)? * PIXELS_PER_UNIT));
        }
        rest = after;
    }
    Ok(out)
}

fn parse(text: &str) -> Result<f64, Fault> {
    let value: Option<f64> = text.trim().parse().ok();
    value
        .filter(|value| value.is_finite())
        .ok_or_else(|| Fault::Unreadable(format!("number {text}")))
}
