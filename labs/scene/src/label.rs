//! A label that can change: text that never leaves the room it was given.

use crate::element::Element;
use crate::picture::{Class, Node, Picture};
use crate::text::{self, Face, SIZE};
use crate::{Point, units};

/// To which side of its place a text reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// From its place to the right.
    Start,
    /// To both sides.
    Middle,
    /// From its place to the left.
    End,
}

/// How a label is set, and how much room it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// Where it stands: its baseline, and the end that `align` says.
    pub at: Point,
    /// To which side it reaches.
    pub align: Align,
    /// Its font.
    pub face: Face,
    /// Its classes: `label f-ink`; with `mono` where the font is.
    pub class: &'static str,
    /// The width that it must not exceed, in hundredths.
    pub room: i32,
}

impl Setting {
    /// Words in ink from a place to the right.
    #[must_use]
    pub const fn words(at: Point, room: i32) -> Self {
        Self {
            at,
            align: Align::Start,
            face: Face::Regular,
            class: "label f-ink",
            room,
        }
    }

    /// Words in the second voice.
    #[must_use]
    pub const fn muted(at: Point, room: i32) -> Self {
        Self::words(at, room).class("label f-muted")
    }

    /// A name.
    #[must_use]
    pub const fn name(at: Point, room: i32) -> Self {
        let mut setting = Self::words(at, room);
        setting.face = Face::Bold;
        setting
    }

    /// A number.
    #[must_use]
    pub const fn number(at: Point, room: i32) -> Self {
        let mut setting = Self::words(at, room).class("label mono f-ink");
        setting.face = Face::Mono;
        setting
    }

    /// The same with other classes.
    #[must_use]
    pub const fn class(mut self, class: &'static str) -> Self {
        self.class = class;
        self
    }

    /// The same, to both sides of its place.
    #[must_use]
    pub const fn middle(mut self) -> Self {
        self.align = Align::Middle;
        self
    }

    /// The same, to the left of its place.
    #[must_use]
    pub const fn end(mut self) -> Self {
        self.align = Align::End;
        self
    }

    /// The text as an element, cut to its room.
    #[must_use]
    pub fn element(self, text: &str) -> Element {
        let mut element = Element::new("text", self.class)
            .length("x", self.at.0)
            .length("y", self.at.1)
            .length("font-size", units(SIZE));
        if self.face == Face::Bold {
            element = element.fixed("font-weight", "600");
        }
        let element = match self.align {
            Align::Start => element,
            Align::Middle => element.fixed("text-anchor", "middle"),
            Align::End => element.fixed("text-anchor", "end"),
        };
        element.text(&text::cut(text, self.face, self.room))
    }
}

/// A label that can change.
#[derive(Debug, Clone)]
pub struct Label {
    node: Node,
    face: Face,
    room: i32,
}

impl Label {
    /// Draws it. `name` becomes its id.
    pub fn new(picture: &mut Picture, name: &str, setting: Setting, text: &str) -> Self {
        Self {
            node: picture.node(name, setting.element(text)),
            face: setting.face,
            room: setting.room,
        }
    }

    /// Changes its text, cut to its room.
    pub fn set(&self, picture: &mut Picture, text: &str) {
        if text::width(text, self.face) <= self.room {
            picture.set_text(self.node, text);
        } else {
            picture.set_text(self.node, &text::cut(text, self.face, self.room));
        }
    }

    /// Moves it: its setting's place is from there.
    pub fn set_place(&self, picture: &mut Picture, place: Point) {
        picture.set_place(self.node, place);
    }

    /// Changes its classes.
    pub fn set_class(&self, picture: &mut Picture, class: Class) {
        picture.set_class(self.node, class);
    }
}
