//! Which texture, marker and dashes stand for what.

use super::canvas::{Anchor, Canvas, Voice, WIDTH};
use super::look::Kind;

/// Height of a row.
const ROW: f64 = 22.0;

/// Between an entry's sample and its word, and between entries.
const GAP: f64 = 6.0;
const APART: f64 = 14.0;

/// What an entry shows before its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sample {
    Bar,
    Dot,
    Line,
}

impl Sample {
    fn width(self) -> f64 {
        match self {
            Sample::Bar => 18.0,
            Sample::Dot => 11.0,
            Sample::Line => 32.0,
        }
    }
}

/// Writes an entry for each kind, below `top`; gives where the legend ends. What was measured needs none where it stands
/// alone, and lines of one kind have nothing to be told apart by.
pub(super) fn draw(canvas: &mut Canvas, kinds: &[Kind], sample: Sample, top: f64) -> f64 {
    if let [kind] = kinds
        && (sample == Sample::Line || kind.is_ours_measured())
    {
        return top;
    }
    let (mut x, mut y) = (0.0, top);
    for kind in kinds {
        let word = kind.to_string();
        let width = sample.width() + GAP + canvas.width(Voice::Word, &word);
        if x > 0.0 && x + width > WIDTH {
            (x, y) = (0.0, y + ROW);
        }
        let middle = y + ROW / 2.0;
        match sample {
            // A needle's diamond stands out by half.
            Sample::Bar if kind.is_own() => {
                canvas.bar(kind, (x, middle - 5.0, sample.width() - 5.0, 10.0));
            }
            Sample::Bar => canvas.bar(kind, (x, middle - 5.0, sample.width(), 10.0)),
            Sample::Dot => canvas.marker(kind, (x + 6.0, middle)),
            Sample::Line => line(canvas, kind, (x, middle)),
        }
        let at = (x + sample.width() + GAP, middle + 4.5);
        canvas.text((Voice::Word, Anchor::Start), at, &word);
        x += width + APART;
    }
    y + ROW
}

fn line(canvas: &mut Canvas, kind: &Kind, (x, y): (f64, f64)) {
    let dashes = match kind.dashes() {
        "" => String::new(),
        dashes => format!(" stroke-dasharray=\"{dashes}\""),
    };
    let width = if kind.is_own() { 1.4 } else { 2.2 };
    let attributes = format!("class=\"s-ink\" stroke-width=\"{width}\"{dashes}");
    canvas.line((x, y), (x + Sample::Line.width(), y), &attributes);
}
