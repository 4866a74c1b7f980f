//! The balancer's box: its name, and below it how it decides, in one line or two.

use alloc::string::String;

use scene::{Element, Label, Node, Picture, Point, Setting, text, units};

/// Width and height of the box.
pub(super) const SIZE: Point = (units(98), units(60));

/// The balancer's box.
#[derive(Debug, Clone)]
pub(super) struct Desk {
    words: Node,
    lines: [Label; 2],
    shown: &'static str,
}

impl Desk {
    /// Draws it, its upper left corner there.
    pub(super) fn new(picture: &mut Picture, corner: Point) -> Self {
        let frame = Element::rectangle("f-bg s-ink", corner, SIZE).round(units(8));
        picture.draw(&frame.length("stroke-width", 175));
        let words = picture.open("balancer", Element::new("g", "").placed((0, 0)));
        let centre = corner.0 + SIZE.0 / 2;
        let at = |y| (centre, corner.1 + units(y));
        picture.draw(
            &Setting::name(at(19), SIZE.0 - units(8))
                .middle()
                .element("load balancer"),
        );
        let line = |y| Setting::muted(at(y), SIZE.0 - units(12)).middle();
        let lines = [
            Label::new(picture, "how", line(37), ""),
            Label::new(picture, "how-more", line(52), ""),
        ];
        picture.close(words);
        Self {
            words,
            lines,
            shown: "",
        }
    }

    /// Shows how it decides.
    pub(super) fn set(&mut self, picture: &mut Picture, how: &'static str) {
        if how == self.shown {
            return;
        }
        self.shown = how;
        let lines = text::wrap(how, text::Face::Regular, (SIZE.0 - units(12), 2));
        for (index, label) in self.lines.iter().enumerate() {
            label.set(picture, lines.get(index).map_or("", String::as_str));
        }
        let drop = if lines.len() > 1 { 0 } else { units(7) };
        picture.set_place(self.words, (0, drop));
    }
}
