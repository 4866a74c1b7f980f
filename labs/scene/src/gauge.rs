//! A gauge: a bar that is as long as something is full.

use alloc::string::String;

use crate::Point;
use crate::element::Element;
use crate::picture::{Class, Node, Picture};

/// A bar in its track.
#[derive(Debug, Clone)]
pub struct Gauge {
    track: Node,
    bar: Node,
    length: i32,
}

impl Gauge {
    /// Draws it, empty. `class` fills the bar; `name` starts its ids.
    pub fn new(
        picture: &mut Picture,
        name: &str,
        (corner, size): (Point, Point),
        class: &'static str,
    ) -> Self {
        let bar = |class, width| {
            Element::rectangle(class, corner, (width, size.1)).round(size.1.min(600) / 2)
        };
        let mut track = String::from(name);
        track.push_str("-track");
        Self {
            track: picture.node(&track, bar("f-pipe", size.0)),
            bar: picture.node(name, bar(class, 0)),
            length: size.0,
        }
    }

    /// Fills so many thousandths of it; more than 1,000 counts as 1,000.
    pub fn set(&self, picture: &mut Picture, permille: u32) {
        picture.set_width(self.track, self.length);
        let filled = i64::from(self.length) * i64::from(permille.min(1000)) / 1000;
        picture.set_width(self.bar, filled as i32);
    }

    /// Takes it away until it is set again: it has no width, and so meets nothing that stands in its place.
    pub fn clear(&self, picture: &mut Picture) {
        picture.set_width(self.track, 0);
        picture.set_width(self.bar, 0);
    }

    /// Changes the classes of the bar.
    pub fn set_class(&self, picture: &mut Picture, class: Class) {
        picture.set_class(self.bar, class);
    }
}
