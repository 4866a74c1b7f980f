//! Requests on their way: a fixed number of dots, of which as many are shown as are needed.

use alloc::vec::Vec;

use crate::Point;
use crate::element::Element;
use crate::picture::{Node, Picture};

/// A pool of dots that look the same.
#[derive(Debug, Clone)]
pub struct Dots {
    nodes: Vec<Node>,
    used: usize,
    shown: usize,
}

impl Dots {
    /// Makes `count` hidden dots of this look, which must be drawn around (0, 0). `name` starts their ids.
    pub fn new(picture: &mut Picture, name: &str, count: usize, look: &Element) -> Self {
        let look = look.clone().hidden();
        Self {
            nodes: picture.pool(name, count, (&look, (0, 0))),
            used: 0,
            shown: 0,
        }
    }

    /// Starts over: the dots that are put from now on are those that will be shown.
    pub const fn start(&mut self) {
        self.used = 0;
    }

    /// Puts the next dot at a place. When all are in use, nothing happens: the picture shows a part of the crowd.
    pub fn put(&mut self, picture: &mut Picture, place: Point) {
        if let Some(node) = self.nodes.get(self.used) {
            picture.set_place(*node, place);
            picture.set_shown(*node, true);
            self.used += 1;
        }
    }

    /// Hides the dots that were shown before and not put since [`Dots::start`].
    pub fn finish(&mut self, picture: &mut Picture) {
        for node in self.nodes.iter().take(self.shown).skip(self.used) {
            // Back where it began: a picture tells of its moment alone, whatever was drawn before.
            picture.set_place(*node, (0, 0));
            picture.set_shown(*node, false);
        }
        self.shown = self.used;
    }
}
