//! How far a Pikchr drawing reaches, lines' thickness and labels included.

use roxmltree::Node;

use super::element::LABEL_SIZE;
use super::geometry::{Matrix, Point};
use super::path::outlines;
use super::polygon::bounds;
use super::shapes::{number, shapes_of};

/// The smallest rectangle around all that the root's children draw, `scale` times their units:
/// left, top, right, bottom. Infinite where nothing is drawn.
pub(super) fn of_drawing(root: &Node, scale: f64) -> (f64, f64, f64, f64) {
    let points: Vec<Point> = root
        .children()
        .filter(Node::is_element)
        .flat_map(|node| reach(&node, scale))
        .map(|(x, y)| (x * scale, y * scale))
        .collect();
    bounds(&points)
}

/// The corners of what one element covers, in its own units.
fn reach(node: &Node, scale: f64) -> Vec<Point> {
    match node.tag_name().name() {
        "text" => text_corners(node, scale),
        "path" => {
            let lines = outlines(node.attribute("d").unwrap_or_default());
            let points = lines.into_iter().flat_map(|line| line.points).collect();
            widened(points, node)
        }
        _ => {
            let shapes = shapes_of(node, &Matrix::IDENTITY);
            widened(
                shapes.into_iter().flat_map(|shape| shape.outline).collect(),
                node,
            )
        }
    }
}

/// The corners of the points' bounds, moved out by half of the element's line.
fn widened(points: Vec<Point>, node: &Node) -> Vec<Point> {
    if points.is_empty() {
        return points;
    }
    let style = node.attribute("style").unwrap_or_default();
    let width = style
        .split(';')
        .find_map(|part| part.strip_prefix("stroke-width:"));
    let half = width
        .and_then(|width| width.parse::<f64>().ok())
        .unwrap_or(0.0)
        / 2.0;
    let (left, top, right, bottom) = bounds(&points);
    vec![(left - half, top - half), (right + half, bottom + half)]
}

/// The corners of a label. Its width is guessed, a little too wide: the fonts are not at hand here,
/// and [`super::label_problems`] measures with them whether the guess held.
fn text_corners(node: &Node, scale: f64) -> Vec<Point> {
    let percent = node
        .attribute("font-size")
        .and_then(|size| size.strip_suffix('%')?.parse::<f64>().ok());
    let size = LABEL_SIZE / scale * percent.unwrap_or(100.0) / 100.0;
    let is_mono = node.has_attribute("font-family");
    let ems: f64 = node
        .text()
        .unwrap_or_default()
        .chars()
        .map(|character| ems(character, is_mono))
        .sum();
    let bold = if node.has_attribute("font-weight") && !is_mono {
        1.05
    } else {
        1.0
    };
    let width = ems * bold * size;
    let (x, y) = (number(node, "x"), number(node, "y"));
    let left = match node.attribute("text-anchor") {
        Some("middle") => x - width / 2.0,
        Some("end") => x - width,
        _ => x,
    };
    let half = size / 2.0;
    let turn = node
        .attribute("transform")
        .and_then(Matrix::parse)
        .unwrap_or(Matrix::IDENTITY);
    [
        (left, y - half),
        (left + width, y - half),
        (left + width, y + half),
        (left, y + half),
    ]
    .map(|corner| turn.apply(corner))
    .to_vec()
}

/// The most that a character may take in Inter, in ems, by the group it is in.
fn ems(character: char, is_mono: bool) -> f64 {
    match character {
        '\u{2e80}'.. => 1.0,
        _ if is_mono => 0.6,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' | '…' => 1.0,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '!' | ' ' | '\u{a0}' => 0.3,
        'f' | 't' | 'r' | '|' | '(' | ')' | '[' | ']' | '/' | '-' => 0.47,
        'Æ' | 'æ' | 'Œ' | 'œ' => 1.0,
        // '×' is among these.
        'À'..='Þ' | '÷' => 0.8,
        'A'..='Z' | '+' | '=' | '<' | '>' | '~' | '–' => 0.8,
        '\u{2190}'.. => 1.4,
        _ => 0.65,
    }
}
