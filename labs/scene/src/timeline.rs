//! A timeline: what happened lately, as marks and spans on lanes. What has been put stays where it is; a frame slides
//! the whole sheet under the window, which is one change however much is on it.

use alloc::string::String;
use alloc::vec::Vec;

use crate::element::Element;
use crate::label::Setting;
use crate::picture::{Node, Picture};
use crate::{Point, push_whole, units};

/// Where a timeline is, and how much time it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Its upper left corner.
    pub corner: Point,
    /// Its width, and the height of one lane.
    pub size: Point,
    /// How many lanes, from above.
    pub lanes: u8,
    /// How many seconds are seen; now is at the right.
    pub seconds: u32,
}

/// A timeline.
#[derive(Debug, Clone)]
pub struct Timeline {
    window: Window,
    sheet: Node,
}

impl Timeline {
    /// Draws the lanes and their axis, and opens the sheet: marks and spans that are made until [`Timeline::close`] are on
    /// it. `name` becomes its id.
    pub fn open(picture: &mut Picture, name: &str, window: Window) -> Self {
        let (left, right) = (window.corner.0, window.corner.0 + window.size.0);
        for lane in 0..window.lanes {
            let y = window.lane(lane);
            let line = Element::line("s-rule", (left, y), (right, y)).stroke(1);
            picture.draw(&line.fixed("stroke-dasharray", "1 3"));
        }
        let lower = window.corner.1 + window.size.1 * i32::from(window.lanes);
        let below = lower + units(15);
        let room = window.size.0 / 3;
        let mut ago = String::new();
        push_whole(&mut ago, u64::from(window.seconds));
        ago.push_str(" s ago");
        let labels = [
            Setting::muted((left, below), room).element(&ago),
            Setting::muted((right, below), room).end().element("now"),
        ];
        for label in &labels {
            picture.draw(label);
        }
        for part in 0..=3 {
            let x = left + window.size.0 * part / 3;
            let line = Element::line("s-rule", (x, lower), (x, lower + units(4)));
            picture.draw(&line.stroke(1));
        }
        picture.draw(&Element::line("s-rule", (left, lower), (right, lower)).stroke(1));
        let sheet = picture.open(name, Element::new("g", "").placed((0, 0)));
        Self { window, sheet }
    }

    /// Ends the sheet.
    pub fn close(&self, picture: &mut Picture) {
        picture.close(self.sheet);
    }

    /// Slides the sheet so that this moment is at the right.
    pub fn slide(&self, picture: &mut Picture, now_ms: u64) {
        let right = self.window.corner.0 + self.window.size.0;
        picture.set_place(self.sheet, (right - self.window.x(now_ms), 0));
    }

    /// The first moment that is seen.
    #[must_use]
    pub fn first_ms(&self, now_ms: u64) -> u64 {
        now_ms.saturating_sub(u64::from(self.window.seconds) * 1000)
    }

    /// Where on the sheet a moment is.
    #[must_use]
    pub fn at(&self, moment_ms: u64, lane: u8) -> Point {
        (self.window.x(moment_ms), self.window.lane(lane))
    }
}

impl Window {
    /// The middle of a lane.
    #[must_use]
    pub fn lane(&self, lane: u8) -> i32 {
        self.corner.1 + self.size.1 * i32::from(lane) + self.size.1 / 2
    }

    fn x(&self, moment_ms: u64) -> i32 {
        let width = self.size.0.unsigned_abs();
        let span_ms = u64::from(self.seconds.max(1)) * 1000;
        // A run is hours at most; a later moment stands where the last one that can be drawn stands.
        let moment_ms = moment_ms.min(100_000_000);
        (moment_ms * u64::from(width) / span_ms).min(1 << 30) as i32
    }
}

/// A pool of marks of one kind.
#[derive(Debug, Clone)]
pub struct Marks {
    nodes: Vec<Node>,
    /// What each node shows.
    places: Vec<Option<Point>>,
    /// The node of the oldest mark.
    first: usize,
}

impl Marks {
    /// Makes `count` hidden marks of this look, drawn around (0, 0). `name` starts their ids.
    pub fn new(picture: &mut Picture, name: &str, count: usize, look: &Element) -> Self {
        let look = look.clone().hidden();
        Self {
            nodes: picture.pool(name, count, (&look, (0, 0))),
            places: alloc::vec![None; count],
            first: 0,
        }
    }

    /// Shows marks, oldest first. Those that were there before keep their node; of too many the newest are shown.
    pub fn set(&mut self, picture: &mut Picture, marks: &[Point]) {
        let count = self.nodes.len();
        let marks = &marks[marks.len().saturating_sub(count)..];
        let oldest = marks.first();
        // The oldest of these marks may have been there before, after some that have left.
        for step in 0..count {
            let slot = (self.first + step) % count;
            if oldest.is_some() && self.places[slot].as_ref() == oldest {
                self.first = slot;
                break;
            }
        }
        for step in 0..count {
            let slot = (self.first + step) % count;
            let place = marks.get(step).copied();
            if let Some(place) = place {
                picture.set_place(self.nodes[slot], place);
            }
            picture.set_shown(self.nodes[slot], place.is_some());
            self.places[slot] = place;
        }
    }
}

/// A pool of spans: bars from a moment to another.
#[derive(Debug, Clone)]
pub struct Spans {
    nodes: Vec<Node>,
    used: usize,
}

impl Spans {
    /// Makes `count` spans of that class and height, hidden. `name` starts their ids.
    pub fn new(
        picture: &mut Picture,
        name: &str,
        count: usize,
        (class, height): (&'static str, i32),
    ) -> Self {
        let bar = Element::rectangle(class, (0, -height / 2), (0, height)).hidden();
        Self {
            nodes: picture.pool(name, count, (&bar, (0, 0))),
            used: 0,
        }
    }

    /// Starts over: the spans that are put from now on are those that will be shown.
    pub const fn start(&mut self) {
        self.used = 0;
    }

    /// Puts a span from a place to a place right of it; nothing happens when all are in use.
    pub fn put(&mut self, picture: &mut Picture, (from, to): (Point, Point)) {
        if let Some(node) = self.nodes.get(self.used) {
            picture.set_place(*node, from);
            picture.set_width(*node, (to.0 - from.0).max(0));
            picture.set_shown(*node, true);
            self.used += 1;
        }
    }

    /// Hides the spans that were not put since [`Spans::start`].
    pub fn finish(&self, picture: &mut Picture) {
        for node in &self.nodes[self.used..] {
            picture.set_shown(*node, false);
        }
    }
}
