//! One SVG element before it is drawn: its name, its classes, its attributes, its text.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::{Point, push_hundredths, units};

/// An SVG element. What a frame may change later (place, classes, text, width, height, points, whether it is shown) has
/// methods of its own; every other attribute is fixed when it is drawn.
///
/// What it holds stands on the heap: elements are handed from method to method, and moving a pointer takes less code than
/// moving eighty bytes, in a module whose size every reader loads.
#[derive(Debug, Clone)]
pub struct Element(pub(crate) Box<Drawing>);

/// What an element holds.
#[derive(Debug, Clone)]
pub(crate) struct Drawing {
    pub(crate) tag: &'static str,
    pub(crate) class: &'static str,
    pub(crate) fixed: String,
    pub(crate) place: Option<Point>,
    pub(crate) width: Option<i32>,
    pub(crate) height: Option<i32>,
    pub(crate) points: Vec<Point>,
    pub(crate) text: String,
    pub(crate) is_shown: bool,
}

impl Element {
    /// An element of that name with these classes, separated by spaces; no classes where the string is empty.
    #[must_use]
    pub fn new(tag: &'static str, class: &'static str) -> Self {
        Self(Box::new(Drawing {
            tag,
            class,
            fixed: String::new(),
            place: None,
            width: None,
            height: None,
            points: Vec::new(),
            text: String::new(),
            is_shown: true,
        }))
    }

    /// A rectangle at (x, y), with round corners of that radius.
    #[must_use]
    pub fn rectangle(class: &'static str, (x, y): Point, (width, height): Point) -> Self {
        let mut rectangle = Self::new("rect", class).length("x", x).length("y", y);
        rectangle.0.width = Some(width);
        rectangle.0.height = Some(height);
        rectangle
    }

    /// A circle around (x, y).
    #[must_use]
    pub fn circle(class: &'static str, (x, y): Point, radius: i32) -> Self {
        Self::new("circle", class)
            .length("cx", x)
            .length("cy", y)
            .length("r", radius)
    }

    /// A straight line.
    #[must_use]
    pub fn line(class: &'static str, from: Point, to: Point) -> Self {
        Self::new("line", class)
            .length("x1", from.0)
            .length("y1", from.1)
            .length("x2", to.0)
            .length("y2", to.1)
    }

    /// Adds an attribute that is one length, in hundredths.
    #[must_use]
    pub fn length(mut self, name: &str, hundredths: i32) -> Self {
        self.attribute(name);
        push_hundredths(&mut self.0.fixed, hundredths);
        self.0.fixed.push('"');
        self
    }

    /// Adds an attribute as it stands; the value must need no escaping.
    #[must_use]
    pub fn fixed(mut self, name: &str, value: &str) -> Self {
        self.attribute(name);
        self.0.fixed.push_str(value);
        self.0.fixed.push('"');
        self
    }

    /// Adds round corners.
    #[must_use]
    pub fn round(self, radius: i32) -> Self {
        self.length("rx", radius)
    }

    /// Makes it an outline: no filling, and a stroke of that width in hundredths.
    #[must_use]
    pub fn outline(self, width: i32) -> Self {
        self.fixed("fill", "none").length("stroke-width", width)
    }

    /// Adds a width of the stroke, in whole user units.
    #[must_use]
    pub fn stroke(self, width: i32) -> Self {
        self.length("stroke-width", units(width))
    }

    /// Moves it from its own coordinates to a place.
    #[must_use]
    pub fn placed(mut self, place: Point) -> Self {
        self.0.place = Some(place);
        self
    }

    /// Sets its text.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        self.0.text.push_str(text);
        self
    }

    /// Sets the points of a polyline or polygon.
    #[must_use]
    pub fn points(mut self, points: &[Point]) -> Self {
        self.0.points.extend_from_slice(points);
        self
    }

    /// Starts hidden.
    #[must_use]
    pub fn hidden(mut self) -> Self {
        self.0.is_shown = false;
        self
    }

    fn attribute(&mut self, name: &str) {
        self.0.fixed.push(' ');
        self.0.fixed.push_str(name);
        self.0.fixed.push_str("=\"");
    }
}
