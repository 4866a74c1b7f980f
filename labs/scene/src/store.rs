//! A store: a cylinder with its name, and below it what is said about it.

use alloc::string::String;

use crate::element::Element;
use crate::label::{Label, Setting};
use crate::picture::{Node, Picture};
use crate::route::push_point;
use crate::{Point, push_hundredths, units};

/// How high the lid is, above and below its middle.
const LID: i32 = units(7);

/// A store.
#[derive(Debug, Clone)]
pub struct Store {
    solid: [Node; 2],
    dashed: [Node; 2],
    note: Label,
}

impl Store {
    /// Draws it, answering. It should be at least 50 user units high. `name` starts its ids.
    pub fn new(
        picture: &mut Picture,
        name: &str,
        title: &str,
        (corner, size): (Point, Point),
    ) -> Self {
        let shapes = [body(corner, size), lid(corner, size)];
        let mut draw = |suffix: &str, class, is_shown: bool| {
            let paths = [("-body", &shapes[0]), ("-lid", &shapes[1])];
            paths.map(|(part, path)| {
                let id = [name, part, suffix].concat();
                let path = Element::new("path", class)
                    .fixed("d", path)
                    .length("stroke-width", 150);
                picture.node(&id, if is_shown { path } else { dashed(path) })
            })
        };
        let (solid, dashed) = (
            draw("", "f-bg s-ink", true),
            draw("-dashed", "f-bg s-fail", false),
        );
        let (centre, room) = (corner.0 + size.0 / 2, size.0 - units(8));
        let upper = corner.1 + 2 * LID + units(16);
        picture.draw(&Setting::name((centre, upper), room).middle().element(title));
        let note = Setting::muted((centre, upper + units(17)), room).middle();
        let note = Label::new(picture, &[name, "-note"].concat(), note, "");
        Self {
            solid,
            dashed,
            note,
        }
    }

    /// Shows whether it answers, and what is said about it; one that does not answer says that.
    pub fn set(&self, picture: &mut Picture, is_down: bool, note: &str) {
        for (solid, dashed) in self.solid.iter().zip(&self.dashed) {
            picture.set_shown(*solid, !is_down);
            picture.set_shown(*dashed, is_down);
        }
        let note = if is_down { "not answering" } else { note };
        self.note.set(picture, note);
    }
}

fn dashed(path: Element) -> Element {
    path.fixed("stroke-dasharray", "4 3").hidden()
}

/// The outline: the lid's far edge, the walls, the near edge of the floor.
fn body(corner: Point, size: Point) -> String {
    let mut path = String::from("M");
    push_point(&mut path, (corner.0, corner.1 + LID));
    arc(&mut path, size.0 / 2, (corner.0 + size.0, corner.1 + LID));
    path.push('V');
    push_hundredths(&mut path, corner.1 + size.1 - LID);
    arc(&mut path, size.0 / 2, (corner.0, corner.1 + size.1 - LID));
    path.push('Z');
    path
}

/// The lid's near edge.
fn lid(corner: Point, size: Point) -> String {
    let mut path = String::from("M");
    push_point(&mut path, (corner.0 + size.0, corner.1 + LID));
    arc(&mut path, size.0 / 2, (corner.0, corner.1 + LID));
    path
}

/// Half an ellipse, clockwise.
fn arc(path: &mut String, across: i32, to: Point) {
    path.push('A');
    push_point(path, (across, LID));
    path.push_str(" 0 0 1 ");
    push_point(path, to);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Words;

    #[test]
    fn a_store_that_does_not_answer_is_dashed_and_says_so() {
        let words = Words {
            id: "p",
            title: "",
            description: "",
        };
        let mut picture = Picture::new(words, (120, 80));
        let place = ((units(4), units(4)), (units(110), units(64)));
        let store = Store::new(&mut picture, "store", "database", place);
        store.set(&mut picture, false, "12 rows");
        let alive = picture.svg();
        assert!(alive.contains("12 rows") && !alive.contains("not answering"));
        store.set(&mut picture, true, "12 rows");
        let down = picture.svg();
        assert!(!down.contains("12 rows") && down.contains("not answering"));
        assert_eq!(alive.matches("display=\"none\"").count(), 2);
        assert_eq!(down.matches("display=\"none\"").count(), 2);
    }
}
