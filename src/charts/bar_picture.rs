//! Bars that lie: names at the left, each number at the end of its bar. On an axis that goes up by factors, dots.

use super::bars::{Bars, Group};
use super::canvas::{Anchor, Canvas, Voice, WIDTH};
use super::legend::{self, Sample};
use super::look::{Kind, Texture};
use super::scale::Scale;
use crate::figure::Fonts;
use crate::measurements::with_digits;

/// Digits of a number at a bar: the table has more.
const DIGITS: usize = 3;

/// Names that are wider stand above their bars.
const NAME_MAX: f64 = 138.0;

/// Heights: a bar that stands alone, one of several, what lies between those, and between groups.
const ALONE: f64 = 18.0;
const OF_SEVERAL: f64 = 14.0;
const BETWEEN: f64 = 5.0;
const APART: f64 = 15.0;

/// Between a bar's end and its number, and between a name and its bars.
const GAP: f64 = 7.0;

/// A row of small words, with the space above it.
const ROW: f64 = 20.0;

/// Where things lie.
struct Layout {
    names_above: bool,
    scale: Scale,
    bar: f64,
}

/// Draws bars.
pub(super) fn draw(bars: &Bars, fonts: &Fonts) -> String {
    let mut canvas = Canvas::new(fonts);
    let layout = layout(bars, &canvas);
    canvas.text((Voice::Word, Anchor::Start), (0.0, 13.0), &bars.title);
    let sample = if bars.is_log {
        Sample::Dot
    } else {
        Sample::Bar
    };
    let top = legend::draw(&mut canvas, &bars.kinds(), sample, 19.0) + 10.0;
    let heights: Vec<f64> = bars
        .groups
        .iter()
        .map(|group| layout.height(group))
        .collect();
    let bottom = top + heights.iter().sum::<f64>() + APART * (heights.len() as f64 - 1.0) + 8.0;
    grid(&mut canvas, &layout, (top - 4.0, bottom));
    let mut y = top;
    for (group, height) in bars.groups.iter().zip(heights) {
        draw_group(&mut canvas, (group, bars.is_log), &layout, y);
        y += height + APART;
    }
    canvas.finish(bottom + ROW)
}

impl Layout {
    fn height(&self, group: &Group) -> f64 {
        let bars = group.bars.len() as f64;
        let name = if self.names_above { ROW } else { 0.0 };
        name + bars * self.bar + (bars - 1.0) * BETWEEN
    }
}

fn layout(bars: &Bars, canvas: &Canvas) -> Layout {
    let widest = |voice: Voice, texts: &mut dyn Iterator<Item = String>| {
        texts
            .map(|text| canvas.width(voice, &text))
            .fold(0.0, f64::max)
    };
    let mut names = bars.groups.iter().map(|group| group.name.clone());
    let name = widest(Voice::Name, &mut names);
    let values = || bars.groups.iter().flat_map(|group| &group.bars);
    let mut numbers = values().map(|(_, value)| with_digits(*value, DIGITS));
    let number = widest(Voice::Value, &mut numbers);
    let names_above = name > NAME_MAX;
    let start = if names_above { 1.0 } else { name + 2.0 * GAP };
    let end = WIDTH - number - GAP - 9.0;
    let numbers = values().map(|(_, value)| *value);
    let mut scale = Scale::over(numbers, (start, end), (bars.is_log, false));
    if bars.is_log {
        scale = scale.rounded();
    }
    let alone = bars.groups.iter().all(|group| group.bars.len() == 1);
    Layout {
        names_above,
        scale,
        bar: if alone { ALONE } else { OF_SEVERAL },
    }
}

/// Hairlines at round numbers, which stand below them.
fn grid(canvas: &mut Canvas, layout: &Layout, (top, bottom): (f64, f64)) {
    let mut taken = f64::MIN;
    for tick in layout.scale.ticks() {
        let class = "class=\"s-rule\" stroke-width=\"1\"";
        canvas.line((tick.at, top), (tick.at, bottom), class);
        let half = canvas.width(Voice::Tick, &tick.text) / 2.0;
        let middle = tick.at.max(half).min(WIDTH - half);
        if middle - half > taken + 8.0 {
            let at = (middle, bottom + 15.0);
            canvas.text((Voice::Tick, Anchor::Middle), at, &tick.text);
            taken = middle + half;
        }
    }
    let origin = layout.scale.origin();
    let class = "class=\"s-muted\" stroke-width=\"1.2\"";
    canvas.line((origin, top), (origin, bottom), class);
}

fn draw_group(canvas: &mut Canvas, (group, is_log): (&Group, bool), layout: &Layout, top: f64) {
    let mut y = top;
    if layout.names_above {
        canvas.text_on_card(
            Voice::Name,
            (layout.scale.origin() + GAP, y + 12.0),
            &group.name,
        );
        y += ROW;
    } else {
        // Beside the middle of its bars.
        let middle = top + layout.height(group) / 2.0;
        let at = (0.0, middle + 4.6);
        canvas.text((Voice::Name, Anchor::Start), at, &group.name);
    }
    for (kind, value) in &group.bars {
        let end = draw_bar(canvas, (kind, *value, is_log), layout, y);
        let at = (end + GAP, y + layout.bar / 2.0 + 4.7);
        canvas.text_on_card(Voice::Value, at, &with_digits(*value, DIGITS));
        y += layout.bar + BETWEEN;
    }
}

/// Draws one bar, and gives where its number may begin.
fn draw_bar(
    canvas: &mut Canvas,
    (kind, value, is_log): (&Kind, f64, bool),
    layout: &Layout,
    top: f64,
) -> f64 {
    let (origin, at) = (layout.scale.origin(), layout.scale.at(value));
    let (left, right) = (origin.min(at), origin.max(at));
    let middle = top + layout.bar / 2.0;
    if is_log {
        let class = "class=\"s-muted\" stroke-width=\"1\" stroke-dasharray=\"1.5 3\"";
        canvas.line((left, middle), (right, middle), class);
        canvas.marker(kind, (at, middle));
        return right + 5.0;
    }
    let width = right - left;
    let is_needle = kind.texture() == Texture::Needle;
    if is_needle || width >= 1.5 {
        canvas.bar(kind, (left, top, width, layout.bar));
    }
    right + if is_needle { 4.0 } else { 0.0 }
}
