//! Whether a label lies inside its box, and by how much it does not.

use super::label_rules::{quoted, short};
use super::polygon::{bounds, contains, distance_to_edge};
use super::shapes::Shape;
use super::text::Label;

/// Room in pixels between a label and the edge of its box.
const MARGIN: f64 = 2.0;

/// One direction in which a label may leave its box.
struct Extent<'a> {
    label: f64,
    shape: f64,
    /// How far the label reaches out at either end; negative inside.
    out: [f64; 2],
    sides: [&'a str; 2],
    /// What the label is: wide or tall.
    word: &'a str,
    remedy: &'a str,
}

/// Whether the label reaches out of its box, or too close to its edge.
pub(super) fn leaves_box(label: &Label, shape: &Shape) -> Option<String> {
    let fits = |corner: &(f64, f64)| {
        contains(&shape.outline, *corner)
            && distance_to_edge(&shape.outline, *corner) >= MARGIN - 0.05
    };
    if label.corners.iter().all(fits) {
        return None;
    }
    let (left, top, right, bottom) = bounds(&label.corners);
    let (box_left, box_top, box_right, box_bottom) = bounds(&shape.outline);
    let name = shape.name;
    let across = Extent {
        label: right - left,
        shape: box_right - box_left,
        out: [box_left - left, right - box_right],
        sides: ["left", "right"],
        word: "wide",
        remedy: "widen it or shorten the label",
    };
    let down = Extent {
        label: bottom - top,
        shape: box_bottom - box_top,
        out: [box_top - top, bottom - box_bottom],
        sides: ["top", "bottom"],
        word: "tall",
        remedy: "make it taller or move the label",
    };
    let wrong = across
        .problem(name)
        .or_else(|| down.problem(name))
        .unwrap_or_else(|| {
            let (width, height) = (short(across.shape), short(down.shape));
            format!(
                "reaches into the round edge of its {name} of {width} × {height} px: make it \
            larger or shorten the label"
            )
        });
    Some(format!("label {} {wrong}", quoted(label)))
}

impl Extent<'_> {
    fn problem(&self, name: &str) -> Option<String> {
        let [first, second] = self.out;
        if first.max(second) <= 0.05 - MARGIN {
            return None;
        }
        let (label, shape, word) = (short(self.label), short(self.shape), self.word);
        let remedy = if self.label + 2.0 * MARGIN <= self.shape {
            "move the label towards its middle".to_owned()
        } else {
            self.remedy.replace("it ", &format!("the {name} "))
        };
        if first.max(second) <= 0.05 {
            let gap = short(-first.max(second).min(0.0));
            return Some(format!(
                "is {label} px {word} and stands {gap} px from the edge of its {name} of \
                    {shape} px, where {} px are needed: {remedy}",
                short(MARGIN)
            ));
        }
        let by = self.sides_left();
        Some(format!(
            "is {label} px {word} and leaves its {name} of {shape} px by {by}: {remedy}"
        ))
    }

    /// On which sides the label reaches out, and how far.
    fn sides_left(&self) -> String {
        let [first, second] = self.out;
        if first > 0.05 && second > 0.05 && (first - second).abs() < 1.0 {
            return format!("{} px on each side", short(first.max(second)));
        }
        let sides = self
            .out
            .iter()
            .zip(self.sides)
            .filter(|(out, _)| **out > 0.05);
        let sides: Vec<String> = sides
            .map(|(out, side)| format!("{} px on the {side}", short(*out)))
            .collect();
        sides.join(" and ")
    }
}
