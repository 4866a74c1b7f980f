//! The drawing vocabulary of the figures: machine, pipe, request, queue, timeline, chart, ring, label. A scene lays its
//! parts out once; from then on it sets attributes of named nodes, and only what differs is told to the page.
//!
//! [`Picture`] owns the nodes, [`Element`] is one of them before it is drawn. The other modules draw one thing each and
//! keep the nodes of it that change. Lengths are whole hundredths of a user unit, so that no float is ever printed.
#![no_std]

extern crate alloc;

mod casing;
mod chart;
mod circle;
pub mod control;
mod dots;
mod element;
mod frame;
mod gauge;
mod label;
mod machine;
mod markup;
mod number;
mod picture;
mod pipe;
mod queue;
mod route;
mod store;
pub mod text;
mod timeline;

pub use casing::Casing;
pub use chart::{Axes, Bars};
pub use circle::Circle;
pub use dots::Dots;
pub use element::Element;
pub use gauge::Gauge;
pub use label::{Align, Label, Setting};
pub use machine::{Condition, Machine, Plate, Showing};
pub use number::{
    push_count, push_hundredths, push_milliseconds, push_tenths, push_whole, thousands, whole,
};
pub use picture::{Class, Node, Picture, Words};
pub use pipe::Pipe;
pub use queue::{Line, Queue};
pub use route::Route;
pub use store::Store;
pub use timeline::{Marks, Spans, Timeline, Window};

/// A place in the picture, x to the right and y down, in hundredths of a user unit.
pub type Point = (i32, i32);

/// Whole user units as hundredths.
#[must_use]
pub const fn units(whole: i32) -> i32 {
    whole * 100
}
