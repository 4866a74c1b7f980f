//! Pictures that a live figure draws: SVG that is shown as it is, since the page changes the very same nodes.

use roxmltree::{Document, Node};

use super::Picture;
use super::geometry::{Matrix, Point};
use super::label_rules::short;
use super::path::outlines;
use super::polygon::bounds;
use super::shapes::{number, shapes_of};

/// By so many pixels a shape may reach out of its picture: less than can be seen.
const TOLERANCE: f64 = 0.5;

/// The picture that an SVG is.
///
/// # Errors
/// Why it can't stand in a page, in one sentence.
pub fn drawn(svg: String) -> Result<Picture, String> {
    let document = Document::parse(&svg).map_err(|error| format!("can't be read: {error}"))?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return Err("is no <svg>".into());
    }
    let (width, height) = (number(&root, "width"), number(&root, "height"));
    if width <= 0.0 || height <= 0.0 {
        return Err("has no size: give the <svg> `width` and `height`".into());
    }
    for node in document.descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        if matches!(name, "script" | "style" | "foreignObject" | "image") {
            return Err(format!("has a <{name}>, which no figure may have"));
        }
        let is_forbidden = |name: &str, value: &str| match name {
            "style" => true,
            "href" => !value.starts_with('#'),
            _ => name.starts_with("on"),
        };
        let mut attributes = node.attributes();
        if let Some(attribute) = attributes.find(|each| is_forbidden(each.name(), each.value())) {
            return Err(format!(
                "has an attribute `{}=\"{}\"`, which no figure may have: colours are classes, and nothing is loaded",
                attribute.name(),
                attribute.value()
            ));
        }
    }
    Ok(Picture { svg, width, height })
}

/// Which shapes reach out of the picture, one sentence each. Labels are another matter: see [`super::label_problems`].
#[must_use]
pub fn outside_problems(picture: &Picture) -> Vec<String> {
    let Ok(document) = Document::parse(&picture.svg) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let root = document.root_element();
    for node in root.children().filter(Node::is_element) {
        look(&node, &Matrix::IDENTITY, (picture, &mut found));
    }
    found
}

/// Looks at an element and what is in it.
fn look(node: &Node, outside: &Matrix, (picture, found): (&Picture, &mut Vec<String>)) {
    let name = node.tag_name().name();
    if node.attribute("display") == Some("none") || matches!(name, "defs" | "title" | "desc") {
        return;
    }
    let own = node.attribute("transform").and_then(Matrix::parse);
    let matrix = outside.after(&own.unwrap_or(Matrix::IDENTITY));
    for child in node.children().filter(Node::is_element) {
        look(&child, &matrix, (picture, found));
    }
    let points: Vec<Point> = points_of(node)
        .into_iter()
        .map(|point| matrix.apply(point))
        .collect();
    if points.is_empty() {
        return;
    }
    let half = match node.attribute("stroke-width") {
        Some(_) => number(node, "stroke-width") / 2.0,
        None => 0.0,
    };
    let (left, top, right, bottom) = bounds(&points);
    let sides = [
        (half - left, "left"),
        (right + half - picture.width, "right"),
        (half - top, "top"),
        (bottom + half - picture.height, "bottom"),
    ];
    let over: Vec<String> = sides
        .iter()
        .filter(|(over, _)| *over > TOLERANCE)
        .map(|(over, side)| format!("{} px on the {side}", short(*over)))
        .collect();
    if !over.is_empty() {
        let id = node.attribute("id");
        let what = id.map_or_else(
            || format!("a <{name}>"),
            |id| format!("<{name} id=\"{id}\">"),
        );
        found.push(format!(
            "{what} reaches out of the picture by {}",
            over.join(" and ")
        ));
    }
}

/// The points that bound what an element draws, in its own units.
fn points_of(node: &Node) -> Vec<Point> {
    match node.tag_name().name() {
        "path" => {
            let lines = outlines(node.attribute("d").unwrap_or_default());
            lines.into_iter().flat_map(|line| line.points).collect()
        }
        "line" => vec![
            (number(node, "x1"), number(node, "y1")),
            (number(node, "x2"), number(node, "y2")),
        ],
        "polyline" => {
            let numbers = node.attribute("points").unwrap_or_default();
            let numbers: Vec<f64> = numbers
                .split([' ', ','])
                .filter_map(|part| part.parse().ok())
                .collect();
            numbers.as_chunks().0.iter().map(|&[x, y]| (x, y)).collect()
        }
        // What has no size is not drawn.
        "rect" if number(node, "width") <= 0.0 || number(node, "height") <= 0.0 => Vec::new(),
        "circle" if number(node, "r") <= 0.0 => Vec::new(),
        _ => {
            let shapes = shapes_of(node, &Matrix::IDENTITY);
            shapes.into_iter().flat_map(|shape| shape.outline).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(inside: &str) -> Result<Picture, String> {
        drawn(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"50\" viewBox=\"0 0 100 50\">{inside}</svg>"
        ))
    }

    #[track_caller]
    fn outside(inside: &str) -> String {
        outside_problems(&picture(inside).expect("a picture")).join("; ")
    }

    #[test]
    fn shapes_that_reach_out_are_named() {
        assert_eq!(
            outside("<circle id=\"dot\" r=\"5\" transform=\"translate(98 20)\"/>"),
            "<circle id=\"dot\"> reaches out of the picture by 3 px on the right"
        );
        assert_eq!(
            outside("<polyline points=\"1 1 50 60\"/>"),
            "a <polyline> reaches out of the picture by 10 px on the bottom"
        );
        assert!(outside("<path d=\"M-4 5h9\"/>").contains("4 px on the left"));
        assert!(
            outside("<g transform=\"translate(0 40)\"><rect width=\"9\" height=\"20\"/></g>")
                .contains("bottom")
        );
    }

    #[test]
    fn what_is_not_drawn_is_not_outside() {
        assert_eq!(
            outside("<circle r=\"5\" cx=\"200\" cy=\"9\" display=\"none\"/>"),
            ""
        );
        assert_eq!(outside("<rect x=\"200\" width=\"0\" height=\"5\"/>"), "");
        assert_eq!(outside("<rect width=\"100\" height=\"50\"/>"), "");
    }

    #[test]
    fn what_no_page_may_have_is_refused() {
        for inside in [
            "<script/>",
            "<rect style=\"fill:red\"/>",
            "<g onclick=\"x()\"/>",
            "<use href=\"other.svg#a\"/>",
        ] {
            assert!(picture(inside).is_err(), "{inside}");
        }
        assert!(drawn("<p/>".into()).is_err() && drawn("<svg".into()).is_err());
    }
}
