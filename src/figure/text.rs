//! The labels of a picture: every run of text with its place on the page, measured.

use roxmltree::Node;

use super::font::{Fonts, Style};
use super::geometry::{Matrix, Point};
use super::shapes::number;

/// One label: the text from one fixed position on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    /// What it says, spaces collapsed.
    pub text: String,
    /// Its four corners in CSS pixels: around the ink, from the first advance to the last.
    pub corners: [Point; 4],
    /// Where it is anchored, at half its height, in CSS pixels.
    pub anchor: Point,
    /// Its middle, in CSS pixels.
    pub centre: Point,
    /// Its font size in CSS pixels: the smallest in it.
    pub size: f64,
}

/// What text inherits from the elements around it.
#[derive(Debug, Clone)]
pub(super) struct Context {
    /// From the element's units to CSS pixels.
    pub matrix: Matrix,
    style: Style,
    align: Align,
    baseline: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Align {
    Start,
    Middle,
    End,
}

impl Context {
    /// Before the root element, whose own attributes are read like any other's.
    pub(super) fn new(matrix: Matrix, size: f64) -> Self {
        Self {
            matrix,
            style: Style {
                mono: false,
                weight: 400.0,
                size,
            },
            align: Align::Start,
            baseline: String::new(),
        }
    }

    /// The context inside `node`.
    pub(super) fn enter(&self, node: &Node) -> Self {
        let mut inner = self.clone();
        if let Some(matrix) = node.attribute("transform").and_then(Matrix::parse) {
            inner.matrix = self.matrix.after(&matrix);
        }
        if let Some(size) = node.attribute("font-size") {
            inner.style.size = size
                .trim_end_matches("px")
                .trim()
                .parse()
                .unwrap_or(inner.style.size);
        }
        inner.style.weight = match node.attribute("font-weight") {
            Some("bold" | "bolder") => 700.0,
            Some("normal" | "lighter") => 400.0,
            Some(number) => number.trim().parse().unwrap_or(inner.style.weight),
            None => inner.style.weight,
        };
        let classes = node.attribute("class").unwrap_or_default();
        inner.style.mono |= classes.split_whitespace().any(|class| class == "mono");
        inner.align = match node.attribute("text-anchor") {
            Some("middle") => Align::Middle,
            Some("end") => Align::End,
            Some("start") => Align::Start,
            _ => inner.align,
        };
        if let Some(baseline) = node.attribute("dominant-baseline") {
            baseline.clone_into(&mut inner.baseline);
        }
        inner
    }
}

/// A piece of text in one style.
struct Run {
    text: String,
    style: Style,
    /// How far its baseline lies below its chunk's, in user units.
    drop: f64,
}

/// The runs that share one fixed position.
struct Chunk {
    at: Point,
    context: Context,
    runs: Vec<Run>,
    /// Extra space from `dx`.
    space: f64,
}

/// The labels that one `<text>` element draws. `context` is the one inside the element.
pub(super) fn labels_of(node: &Node, context: &Context, fonts: &Fonts) -> Vec<Label> {
    let mut chunks = vec![Chunk {
        at: (number(node, "x"), number(node, "y")),
        context: context.clone(),
        runs: Vec::new(),
        space: number(node, "dx"),
    }];
    let mut drop = number(node, "dy");
    collect(node, context, &mut chunks, &mut drop);
    chunks
        .iter()
        .filter_map(|chunk| chunk.measure(fonts))
        .collect()
}

fn collect(node: &Node, context: &Context, chunks: &mut Vec<Chunk>, drop: &mut f64) {
    for child in node.children() {
        if let Some(text) = child.text().filter(|_| child.is_text()) {
            let run = Run {
                text: text.to_owned(),
                style: context.style,
                drop: *drop,
            };
            if let Some(chunk) = chunks.last_mut() {
                chunk.runs.push(run);
            }
        } else if child.has_tag_name("tspan") || child.tag_name().name() == "tspan" {
            let inner = context.enter(&child);
            if child.has_attribute("x") || child.has_attribute("y") {
                *drop = start_chunk(&child, &inner, chunks, *drop);
            }
            *drop += number(&child, "dy");
            if let Some(chunk) = chunks.last_mut() {
                chunk.space += number(&child, "dx");
            }
            collect(&child, &inner, chunks, drop);
        }
    }
}

/// Starts a chunk at a `<tspan>` with a position of its own; gives the drop that is left.
fn start_chunk(span: &Node, context: &Context, chunks: &mut Vec<Chunk>, drop: f64) -> f64 {
    let (x, y) = chunks.last().map_or((0.0, 0.0), |chunk| chunk.at);
    let has_y = span.has_attribute("y");
    let at = (
        if span.has_attribute("x") {
            number(span, "x")
        } else {
            x
        },
        if has_y { number(span, "y") } else { y },
    );
    chunks.push(Chunk {
        at,
        context: context.clone(),
        runs: Vec::new(),
        space: 0.0,
    });
    if has_y { 0.0 } else { drop }
}

impl Chunk {
    /// The label that this chunk draws; nothing for blanks.
    fn measure(&self, fonts: &Fonts) -> Option<Label> {
        let runs = collapsed(&self.runs);
        let text: String = runs.iter().map(|run| run.text.as_str()).collect();
        if text.is_empty() {
            return None;
        }
        let mut width = self.space;
        let (mut top, mut bottom) = (f64::INFINITY, f64::NEG_INFINITY);
        let mut size = f64::INFINITY;
        for run in &runs {
            width += fonts.width(&run.text, run.style);
            let baseline = self.at.1 + run.drop + self.baseline_offset(fonts, run.style);
            let (rise, fall) = fonts.ink(&run.text, run.style);
            top = top.min(baseline - rise);
            bottom = bottom.max(baseline - fall);
            size = size.min(run.style.size);
        }
        let (left, anchor) = match self.context.align {
            Align::Start => (self.at.0, self.at.0 + 0.5),
            Align::Middle => (self.at.0 - width / 2.0, self.at.0),
            Align::End => (self.at.0 - width, self.at.0 - 0.5),
        };
        let matrix = &self.context.matrix;
        let right = left + width;
        let middle = f64::midpoint(top, bottom);
        Some(Label {
            text,
            corners: [(left, top), (right, top), (right, bottom), (left, bottom)]
                .map(|point| matrix.apply(point)),
            anchor: matrix.apply((anchor, middle)),
            centre: matrix.apply((f64::midpoint(left, right), middle)),
            size: size * matrix.vertical_scale(),
        })
    }

    /// How far below the given `y` the baseline lies.
    fn baseline_offset(&self, fonts: &Fonts, style: Style) -> f64 {
        let heights = fonts.heights(style);
        match self.context.baseline.as_str() {
            "central" => f64::midpoint(heights.ascent, heights.descent),
            "middle" => heights.small_letters / 2.0,
            "hanging" => 0.8 * heights.ascent,
            "text-before-edge" | "text-top" => heights.ascent,
            "text-after-edge" | "text-bottom" | "ideographic" => heights.descent,
            _ => 0.0,
        }
    }
}

/// The runs with white space as it is drawn: one space where there are many, none at the ends.
fn collapsed(runs: &[Run]) -> Vec<Run> {
    let mut after_space = true;
    let mut out: Vec<Run> = Vec::new();
    for run in runs {
        let mut text = String::new();
        for character in run.text.chars() {
            let is_space = matches!(character, ' ' | '\n' | '\t' | '\r');
            if !is_space {
                text.push(character);
            } else if !after_space {
                text.push(' ');
            }
            after_space = is_space;
        }
        out.push(Run { text, ..*run });
    }
    if let Some(last) = out.iter_mut().rev().find(|run| !run.text.is_empty()) {
        last.text = last.text.trim_end_matches(' ').to_owned();
    }
    out.retain(|run| !run.text.is_empty());
    out
}
