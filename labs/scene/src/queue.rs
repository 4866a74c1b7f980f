//! Requests that wait: dots in line before a machine, and their number when there are more than the line has room for.

use alloc::string::String;
use alloc::vec::Vec;

use crate::element::Element;
use crate::label::{Label, Setting};
use crate::picture::{Node, Picture};
use crate::{Point, push_count, units};

/// Half a waiting request's width.
const RADIUS: i32 = 350;
/// From one to the next.
const SPACING: i32 = units(9);

/// Where a line is, and how many dots it has room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The middle of the first dot.
    pub head: Point,
    /// How many dots; the line goes to the left.
    pub room: u32,
    /// Where its number stands.
    pub number: Setting,
}

/// A line of waiting requests.
#[derive(Debug, Clone)]
pub struct Queue {
    dots: Vec<Node>,
    number: Label,
    text: String,
    shown: usize,
}

impl Queue {
    /// Makes it, empty. `name` starts its ids.
    pub fn new(picture: &mut Picture, name: &str, line: Line) -> Self {
        let dot = Element::new("circle", "f-wait").length("r", RADIUS);
        let dot = dot.placed(line.head).hidden();
        let dots = picture.pool(name, line.room as usize, (&dot, (-SPACING, 0)));
        let mut id = String::from(name);
        id.push_str("-number");
        Self {
            dots,
            number: Label::new(picture, &id, line.number, ""),
            text: String::new(),
            shown: 0,
        }
    }

    /// Shows so many waiting requests.
    pub fn set(&mut self, picture: &mut Picture, waiting: u32) {
        let fitting = self.dots.len().min(waiting as usize);
        for (index, node) in self.dots.iter().enumerate() {
            picture.set_shown(*node, index < fitting);
        }
        self.text.clear();
        if waiting as usize > self.dots.len() {
            push_count(&mut self.text, u64::from(waiting));
        }
        self.number.set(picture, &self.text);
        self.shown = fitting;
    }

    /// How long the line is, in hundredths: what comes joins it there.
    #[must_use]
    pub const fn length(&self) -> i32 {
        self.shown as i32 * SPACING
    }
}
