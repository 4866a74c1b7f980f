//! A pipe: as wide as it carries, solid while it is used and dotted when nothing is sent through it.

use alloc::string::String;

use crate::element::Element;
use crate::picture::{Node, Picture};
use crate::route::Route;
use crate::{Point, units};

/// A pipe along a route.
#[derive(Debug, Clone)]
pub struct Pipe {
    route: Route,
    solid: Node,
    dotted: Node,
}

impl Pipe {
    /// Draws it, in use. `width` is in hundredths; `name` starts its ids.
    pub fn new(picture: &mut Picture, name: &str, route: Route, width: i32) -> Self {
        let path = |class, width| {
            Element::new("path", class)
                .fixed("d", route.path())
                .outline(width)
                .fixed("stroke-linecap", "round")
        };
        let mut id = String::from(name);
        id.push_str("-out");
        let dotted = path("s-rule", width.min(units(7))).fixed("stroke-dasharray", "0.1 13");
        Self {
            solid: picture.node(name, path("s-pipe", width)),
            dotted: picture.node(&id, dotted.hidden()),
            route,
        }
    }

    /// Says whether anything is sent through it.
    pub fn set_used(&self, picture: &mut Picture, is_used: bool) {
        picture.set_shown(self.solid, is_used);
        picture.set_shown(self.dotted, !is_used);
    }

    /// The place so many thousandths along, where the pipe ends `short` hundredths early.
    #[must_use]
    pub fn at(&self, permille: u16, short: i32) -> Point {
        self.route.at(permille, short)
    }
}
