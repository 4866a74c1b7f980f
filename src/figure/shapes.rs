//! The closed shapes of a picture, in which labels can stand.

use roxmltree::Node;

use super::geometry::{Matrix, Point};
use super::path::closed_outlines;

/// Corners of the polygon that stands for a circle or an ellipse.
const CORNERS: usize = 48;

/// One closed shape.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shape {
    /// What a message calls it.
    pub name: &'static str,
    /// Its outline in CSS pixels.
    pub outline: Vec<Point>,
}

/// The closed shapes that one element draws.
pub(super) fn shapes_of(node: &Node, matrix: &Matrix) -> Vec<Shape> {
    let length = |name: &str| number(node, name);
    let (name, outlines) = match node.tag_name().name() {
        "rect" => ("box", rectangle(node)),
        "circle" => ("circle", ellipse(node, (length("r"), length("r")))),
        "ellipse" => ("ellipse", ellipse(node, (length("rx"), length("ry")))),
        "polygon" => (
            "shape",
            vec![points(node.attribute("points").unwrap_or_default())],
        ),
        "path" => (
            "box",
            closed_outlines(node.attribute("d").unwrap_or_default()),
        ),
        _ => return Vec::new(),
    };
    let moved = outlines
        .into_iter()
        .filter(|outline| outline.len() >= 3)
        .map(|outline| Shape {
            name,
            outline: outline
                .into_iter()
                .map(|point| matrix.apply(point))
                .collect(),
        });
    moved.collect()
}

/// A number attribute; 0 where it is missing.
pub(super) fn number(node: &Node, name: &str) -> f64 {
    let value = node
        .attribute(name)
        .and_then(|value| value.trim().parse().ok());
    value.filter(|value: &f64| value.is_finite()).unwrap_or(0.0)
}

fn rectangle(node: &Node) -> Vec<Vec<Point>> {
    let (x, y) = (number(node, "x"), number(node, "y"));
    let (right, bottom) = (x + number(node, "width"), y + number(node, "height"));
    vec![vec![(x, y), (right, y), (right, bottom), (x, bottom)]]
}

fn ellipse(node: &Node, (rx, ry): Point) -> Vec<Vec<Point>> {
    let (cx, cy) = (number(node, "cx"), number(node, "cy"));
    let corner = |index: usize| {
        let angle = std::f64::consts::TAU * index as f64 / CORNERS as f64;
        (cx + rx * angle.cos(), cy + ry * angle.sin())
    };
    vec![(0..CORNERS).map(corner).collect()]
}

fn points(list: &str) -> Vec<Point> {
    let numbers: Vec<f64> = list
        .split([' ', ',', '\n', '\t', '\r'])
        .filter(|part| !part.is_empty())
        .map_while(|part| part.parse().ok())
        .collect();
    let (pairs, _) = numbers.as_chunks();
    pairs.iter().map(|&[x, y]| (x, y)).collect()
}
