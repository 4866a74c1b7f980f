//! A machine: a rounded box with its name, and a bar and a number for how busy it is.

use alloc::string::String;

use crate::casing::Casing;
use crate::gauge::Gauge;
use crate::label::{Label, Setting};
use crate::picture::{Class, Picture};
use crate::{Point, push_whole, units};

/// From the box's edge to what is in it.
const PADDING: i32 = units(10);
/// What `100%` takes in the numbers' font, with the gap before it.
const PERCENT: i32 = units(38);
const BAR_HEIGHT: i32 = units(6);

/// How a machine is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// It works.
    Running,
    /// It works, but slowly: says so.
    Slow,
    /// It does not answer: dashed, and says so.
    Down,
}

/// What a machine shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Showing<'a> {
    /// How it is.
    pub condition: Condition,
    /// Whether it is the bottleneck: the one warm thing.
    pub is_hot: bool,
    /// How busy it is; more than 100 counts as 100.
    pub percent: u32,
    /// A word beside its name; may be empty.
    pub word: &'a str,
}

/// Where a machine is and what it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plate<'a> {
    /// Its name for readers.
    pub title: &'a str,
    /// The upper left corner of its box.
    pub corner: Point,
    /// Width and height of its box: at least 100 and 44 user units.
    pub size: Point,
}

/// A machine.
#[derive(Debug, Clone)]
pub struct Machine {
    casing: Casing,
    gauge: Gauge,
    percent: Label,
    word: Label,
    note: Label,
    looks: Looks,
    text: String,
}

/// The classes that a machine changes between.
#[derive(Debug, Clone)]
struct Looks {
    bar: Class,
    hot_bar: Class,
}

impl Machine {
    /// Draws it, running and idle. `name` starts its ids.
    pub fn new(picture: &mut Picture, name: &str, plate: &Plate<'_>) -> Self {
        let id = |part: &str| {
            let mut id = String::from(name);
            id.push('-');
            id.push_str(part);
            id
        };
        let Plate {
            title,
            corner,
            size,
        } = *plate;
        let (left, inner) = (corner.0 + PADDING, size.0 - 2 * PADDING);
        let right = corner.0 + size.0 - PADDING;
        let lower = corner.1 + size.1 - units(12);
        let casing = Casing::new(picture, name, (corner, size));
        let upper = corner.1 + units(18);
        let title_room = crate::text::width(title, crate::text::Face::Bold).min(inner);
        picture.draw(&Setting::name((left, upper), inner).element(title));
        let word_room = (inner - title_room - units(6)).max(0);
        let word = Setting::muted((right, upper), word_room).end();
        let bar = (left, lower - BAR_HEIGHT + units(1));
        let bar = (bar, (inner - PERCENT, BAR_HEIGHT));
        Self {
            casing,
            gauge: Gauge::new(picture, &id("bar"), bar, "f-ok"),
            percent: Label::new(
                picture,
                &id("percent"),
                Setting::number((right, lower + units(2)), PERCENT)
                    .class("label mono f-muted")
                    .end(),
                "0%",
            ),
            word: Label::new(picture, &id("word"), word, ""),
            note: Label::new(
                picture,
                &id("note"),
                Setting::words((left, lower + units(2)), inner).class("label f-fail"),
                "",
            ),
            looks: Looks {
                bar: picture.class("f-ok"),
                hot_bar: picture.class("f-hot"),
            },
            text: String::new(),
        }
    }

    /// Shows how it is.
    pub fn set(&mut self, picture: &mut Picture, showing: &Showing<'_>) {
        let is_down = showing.condition == Condition::Down;
        let is_hot = showing.is_hot && !is_down;
        self.casing.set(picture, is_down, is_hot);
        let Looks { bar, hot_bar } = self.looks;
        self.gauge
            .set_class(picture, if is_hot { hot_bar } else { bar });
        // The note of a machine that is down takes the bar's place.
        let percent = showing.percent.min(100);
        if is_down {
            self.gauge.clear(picture);
        } else {
            self.gauge.set(picture, percent * 10);
        }
        self.text.clear();
        if !is_down {
            push_whole(&mut self.text, u64::from(percent));
            self.text.push('%');
        }
        self.percent.set(picture, &self.text);
        self.note
            .set(picture, if is_down { "not answering" } else { "" });
        let is_slow = showing.condition == Condition::Slow && showing.word.is_empty();
        self.word
            .set(picture, if is_slow { "slow" } else { showing.word });
    }
}
