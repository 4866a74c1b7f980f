//! A small chart: a bar for each of the last seconds, newest on the right, on a scale that fits the highest.

use alloc::string::String;
use alloc::vec::Vec;

use crate::element::Element;
use crate::label::{Label, Setting};
use crate::picture::{Node, Picture};
use crate::{Point, push_count, push_whole, units};

/// What a chart shows and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Axes {
    /// The upper left corner of the bars' area; the labels of the scale stand left of it.
    pub corner: Point,
    /// Width and height of the bars' area.
    pub size: Point,
    /// How many bars.
    pub bars: u32,
    /// What is printed after the number at the scale's end: ` ms`.
    pub unit: &'static str,
    /// The smallest end of the scale.
    pub top_min: u32,
    /// Room for that label, left of the area.
    pub room: i32,
}

/// A chart of bars.
#[derive(Debug, Clone)]
pub struct Bars {
    bars: Vec<Node>,
    axes: Axes,
    top: Label,
    text: String,
}

impl Bars {
    /// Draws it, empty, with `30 s ago` and `now` below: one bar is a second. `name` starts its ids.
    pub fn new(picture: &mut Picture, name: &str, axes: Axes) -> Self {
        let (left, upper) = axes.corner;
        let (right, lower) = (left + axes.size.0, upper + axes.size.1);
        picture.draw(&line((left, upper), (right, upper)).fixed("stroke-dasharray", "2 3"));
        let step = axes.size.0 / axes.bars as i32;
        let bar = Element::rectangle("f-muted", (step / 8, 0), (step - step / 4, 0));
        let bar = bar.placed((left, lower));
        let bars = picture.pool(name, axes.bars as usize, (&bar, (step, 0)));
        picture.draw(&line((left, lower), (right, lower)));
        let below = lower + units(14);
        let mut ago = String::new();
        push_whole(&mut ago, u64::from(axes.bars));
        ago.push_str(" s ago");
        picture.draw(&Setting::muted((left, below), axes.size.0).element(&ago));
        picture.draw(
            &Setting::muted((right, below), axes.size.0)
                .end()
                .element("now"),
        );
        let mut id = String::from(name);
        id.push_str("-top");
        let top = Setting::number((left - units(6), upper + units(5)), axes.room)
            .class("label mono f-muted")
            .end();
        Self {
            bars,
            top: Label::new(picture, &id, top, ""),
            axes,
            text: String::new(),
        }
    }

    /// Shows values, oldest first; of more values than bars the newest.
    pub fn set(&mut self, picture: &mut Picture, values: &[u32]) {
        let first = values.len().saturating_sub(self.bars.len());
        let values = &values[first..];
        let highest = values.iter().copied().max().unwrap_or_default();
        let top = round_up(highest.max(self.axes.top_min));
        let empty = self.bars.len() - values.len();
        let (height, lower) = (self.axes.size.1, self.axes.corner.1 + self.axes.size.1);
        let (mut left, step) = (self.axes.corner.0, self.axes.size.0 / self.axes.bars as i32);
        for (index, bar) in self.bars.iter().enumerate() {
            let value = index.checked_sub(empty).map_or(0, |index| values[index]);
            let filled = (i64::from(height) * i64::from(value) / i64::from(top)) as i32;
            picture.set_height(*bar, filled);
            picture.set_place(*bar, (left, lower - filled));
            left += step;
        }
        self.text.clear();
        push_count(&mut self.text, u64::from(top));
        self.text.push_str(self.axes.unit);
        self.top.set(picture, &self.text);
    }
}

fn line(from: Point, to: Point) -> Element {
    Element::line("s-rule", from, to).stroke(1)
}

/// The next 1, 2 or 5 with zeros: the end of a scale that a reader can divide.
fn round_up(highest: u32) -> u32 {
    let mut power = 1_u32;
    loop {
        for factor in [1, 2, 5] {
            match power.checked_mul(factor) {
                Some(end) if end < highest => {}
                Some(end) => return end,
                None => return u32::MAX,
            }
        }
        match power.checked_mul(10) {
            Some(next) => power = next,
            None => return u32::MAX,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_ends_at_one_two_or_five_with_zeros() {
        let cases = [
            (0, 1),
            (1, 1),
            (3, 5),
            (6, 10),
            (11, 20),
            (499, 500),
            (501, 1_000),
            (u32::MAX, u32::MAX),
        ];
        for (highest, end) in cases {
            assert_eq!(round_up(highest), end);
        }
    }
}
