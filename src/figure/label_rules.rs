//! The rules for labels that have nothing to do with boxes, and how messages name things.

use super::Picture;
use super::labels::{NARROWEST, SMALLEST_LABEL};
use super::polygon::{bounds, overlap};
use super::text::Label;

/// Overlap in pixels that a label may have with another or with an edge: what is measured is a little
/// more than the ink.
pub(super) const TOLERANCE: f64 = 1.0;

/// Whether the label reaches out of the picture.
pub(super) fn leaves_picture(label: &Label, picture: &Picture) -> Option<String> {
    let (left, top, right, bottom) = bounds(&label.corners);
    let sides = [
        (-left, "left"),
        (right - picture.width, "right"),
        (-top, "top"),
        (bottom - picture.height, "bottom"),
    ];
    let over: Vec<String> = sides
        .iter()
        .filter(|(over, _)| *over > 0.05)
        .map(|(over, side)| format!("{} px on the {side}", short(*over)))
        .collect();
    (!over.is_empty()).then(|| {
        let (label, over) = (quoted(label), over.join(" and "));
        format!(
            "label {label} leaves the picture by {over}: move it or make room around the drawing"
        )
    })
}

/// Which labels overlap.
pub(super) fn overlaps(labels: &[Label]) -> Vec<String> {
    let mut problems = Vec::new();
    for (index, one) in labels.iter().enumerate() {
        for other in &labels[index + 1..] {
            let depth = overlap(&one.corners, &other.corners);
            if depth > TOLERANCE {
                let (one, other, depth) = (quoted(one), quoted(other), short(depth));
                problems.push(format!(
                    "labels {one} and {other} overlap by {depth} px: move one of them"
                ));
            }
        }
    }
    problems
}

/// One sentence for each font size that is too small, since all its labels have one remedy.
pub(super) fn too_small(labels: &[Label], width: f64) -> Vec<String> {
    let scale = (NARROWEST / width).min(1.0);
    let mut sizes: Vec<(f64, Vec<&Label>)> = Vec::new();
    for label in labels
        .iter()
        .filter(|label| label.size * scale < SMALLEST_LABEL - 0.005)
    {
        match sizes
            .iter_mut()
            .find(|(size, _)| (size - label.size).abs() < 0.01)
        {
            Some((_, same)) => same.push(label),
            None => sizes.push((label.size, vec![label])),
        }
    }
    let sentence = |(size, labels): (f64, Vec<&Label>)| {
        let first = labels
            .first()
            .map_or_else(String::new, |label| quoted(label));
        let others = match labels.len() {
            1 => String::new(),
            2 => " and one other of its size".to_owned(),
            count => format!(" and {} others of its size", count - 1),
        };
        let shown = format!("{:.1}", size * scale);
        let remedy = if size < SMALLEST_LABEL {
            format!("make it at least {SMALLEST_LABEL} px")
        } else {
            format!(
                "make the picture at most {:.0} px wide or the label larger",
                (size * NARROWEST / SMALLEST_LABEL).floor()
            )
        };
        format!(
            "label {first}{others} is {} px high in a picture {} px wide, so {shown} px on a \
                phone, where {SMALLEST_LABEL} px are needed: {remedy}",
            short(size),
            short(width)
        )
    };
    sizes.into_iter().map(sentence).collect()
}

/// A label's text for a message, cut where it is long.
pub(super) fn quoted(label: &Label) -> String {
    let mut short: String = label.text.chars().take(40).collect();
    if short.len() < label.text.len() {
        short.push('…');
    }
    format!("\"{short}\"")
}

/// A number of pixels for a message.
pub(super) fn short(pixels: f64) -> String {
    let rounded = (pixels * 10.0).round() / 10.0;
    format!("{}", rounded + 0.0)
}
