//! The box of a machine: solid while it answers, dashed when it does not, warm when it is the bottleneck.

use alloc::string::String;

use crate::Point;
use crate::element::Element;
use crate::picture::{Class, Node, Picture};
use crate::units;

/// A machine's box.
#[derive(Debug, Clone)]
pub struct Casing {
    solid: Node,
    dashed: Node,
    cool: Class,
    hot: Class,
}

impl Casing {
    /// Draws it, solid. `name` becomes its id.
    pub fn new(picture: &mut Picture, name: &str, (corner, size): (Point, Point)) -> Self {
        let plain = |class| {
            Element::rectangle(class, corner, size)
                .round(units(8))
                .length("stroke-width", 150)
        };
        let dashed = plain("f-bg s-fail").fixed("stroke-dasharray", "4 3");
        let mut id = String::from(name);
        id.push_str("-dashed");
        Self {
            solid: picture.node(name, plain("f-bg s-ink")),
            dashed: picture.node(&id, dashed.hidden()),
            cool: picture.class("f-bg s-ink"),
            hot: picture.class("f-bg s-hot"),
        }
    }

    /// Shows whether it is down, or else the bottleneck.
    pub fn set(&self, picture: &mut Picture, is_down: bool, is_hot: bool) {
        picture.set_shown(self.solid, !is_down);
        picture.set_shown(self.dashed, is_down);
        let class = if is_hot && !is_down {
            self.hot
        } else {
            self.cool
        };
        picture.set_class(self.solid, class);
    }
}
