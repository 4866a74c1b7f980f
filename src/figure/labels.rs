//! The check that no label leaves its box or the picture, meets another, or gets too small to read
//! on a phone.

use roxmltree::{Document, Node};

use super::Picture;
use super::element::LABEL_SIZE;
use super::font::Fonts;
use super::geometry::Matrix;
use super::label_box::leaves_box;
use super::label_rules::{TOLERANCE, leaves_picture, overlaps, quoted, short, too_small};
use super::polygon::{area, bounds, contains, crosses, shrunk};
use super::shapes::{Shape, shapes_of};
use super::text::{Context, Label, labels_of};

/// Width in CSS pixels that a figure gets on a phone of 360 px.
pub const NARROWEST: f64 = 328.0;

/// The smallest font size in CSS pixels that a label may have there.
pub const SMALLEST_LABEL: f64 = 9.5;

/// What is wrong with the picture's labels, one sentence each; empty when all is well.
///
/// Texts are measured with the fonts' advance widths; kerning is left out, which changes a label by
/// a few hundredths at most. A label's box is the smallest closed shape in which it is anchored or
/// centred; it must lie inside, and cross the edge of no shape drawn after that. Mere lines that cross
/// text are not found.
#[must_use]
pub fn label_problems(picture: &Picture, fonts: &Fonts) -> Vec<String> {
    let document = match Document::parse(&picture.svg) {
        Ok(document) => document,
        Err(error) => return vec![format!("the picture can't be read: {error}")],
    };
    let root = document.root_element();
    let mut scene = Scene::default();
    scene.read(
        &root,
        &Context::new(pixels(&root, picture), LABEL_SIZE),
        fonts,
    );
    let mut problems = Vec::new();
    for label in &scene.labels {
        let own = scene.box_of(label);
        problems.extend(leaves_picture(label, picture));
        problems.extend(own.and_then(|index| leaves_box(label, &scene.shapes[index])));
        problems.extend(scene.runs_into(label, own));
    }
    problems.extend(overlaps(&scene.labels));
    problems.extend(too_small(&scene.labels, picture.width));
    problems
}

/// From the root's user units to CSS pixels.
fn pixels(root: &Node, picture: &Picture) -> Matrix {
    let view: Vec<f64> = root
        .attribute("viewBox")
        .unwrap_or_default()
        .split_whitespace()
        .filter_map(|number| number.parse().ok())
        .collect();
    match view[..] {
        [x, y, width, _] if width > 0.0 => Matrix::move_and_scale(-x, -y, picture.width / width),
        _ => Matrix::IDENTITY,
    }
}

/// What is drawn, as far as labels are concerned.
#[derive(Default)]
struct Scene {
    labels: Vec<Label>,
    shapes: Vec<Shape>,
}

impl Scene {
    /// Reads an element and what is in it. Depth is bounded by [`super::draw`].
    fn read(&mut self, node: &Node, outside: &Context, fonts: &Fonts) {
        if node.attribute("display") == Some("none") {
            return;
        }
        let context = outside.enter(node);
        match node.tag_name().name() {
            // What is only defined here is drawn elsewhere, and holds no text.
            "defs" | "symbol" | "marker" | "clipPath" | "pattern" | "title" | "desc" => {}
            "text" => self.labels.extend(labels_of(node, &context, fonts)),
            "svg" | "g" => {
                for child in node.children().filter(Node::is_element) {
                    self.read(&child, &context, fonts);
                }
            }
            _ => self.shapes.extend(shapes_of(node, &context.matrix)),
        }
    }

    /// The smallest shape in which the label is anchored or centred, by its index.
    fn box_of(&self, label: &Label) -> Option<usize> {
        let holds = |index: &usize| {
            let outline = &self.shapes[*index].outline;
            contains(outline, label.anchor) || contains(outline, label.centre)
        };
        let size = |index: &usize| area(&self.shapes[*index].outline);
        let all = 0..self.shapes.len();
        all.filter(holds)
            .min_by(|one, other| size(one).total_cmp(&size(other)))
    }

    /// Whether the label crosses the edge of a shape that isn't its own. What was drawn before
    /// its own box may be hidden by it, and does not count.
    fn runs_into(&self, label: &Label, own: Option<usize>) -> Option<String> {
        let ink = shrunk(&label.corners, TOLERANCE)?;
        let first = own.map_or(0, |own| own + 1);
        let hit =
            (first..self.shapes.len()).find(|index| crosses(&self.shapes[*index].outline, &ink))?;
        let shape = &self.shapes[hit];
        let tenant = self
            .labels
            .iter()
            .find(|other| self.box_of(other) == Some(hit));
        let name = match tenant {
            Some(tenant) => format!("the {} of {}", shape.name, quoted(tenant)),
            None => {
                let (left, top, right, bottom) = bounds(&shape.outline);
                let (width, height) = (short(right - left), short(bottom - top));
                format!("a {} of {width} × {height} px", shape.name)
            }
        };
        let label = quoted(label);
        Some(format!(
            "label {label} runs into {name}: move or shorten it"
        ))
    }
}
