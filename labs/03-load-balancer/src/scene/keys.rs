//! Keys and the servers they belong to: outside a ring of points, or, without points, in rows.

use alloc::string::String;
use alloc::vec::Vec;

use scene::{
    Circle, Class, Element, Label, Node, Picture, Point, Setting, push_whole, text, units,
};

use crate::snapshot::{Key, Member, Ring};

const CIRCLE: Circle = Circle {
    centre: (units(134), units(140)),
    radius: units(92),
};
const POINTS: usize = 48;
const KEYS: usize = 72;
const ROWS: usize = 6;
/// How far outside the ring a key stands, one that is asked for, and one that moved.
const OUTSIDE: [i32; 3] = [units(13), units(17), units(25)];
/// How far inside the ring a point's number stands; the second where the first is taken.
const INSIDE: [i32; 2] = [-units(14), -units(29)];
const ROW_TOP: i32 = units(42);
const ROW_STEP: i32 = units(38);
const ROW_LEFT: i32 = units(72);
const KEY_STEP: i32 = units(9);
const KEYS_IN_LINE: i32 = 21;

/// Ring, points and keys.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    ring: Node,
    points: Vec<Node>,
    numbers: Vec<Label>,
    rows: Vec<Label>,
    /// A key is a dot; one that moved is a diamond besides.
    dots: Vec<Node>,
    moved: Vec<Node>,
    looks: [Class; 2],
    method: Label,
    taken: Vec<Point>,
}

impl Keys {
    pub(super) fn new(picture: &mut Picture) -> Self {
        let ring = picture.node("ring", CIRCLE.element("s-pipe", units(8)));
        let point = Element::rectangle("f-bg s-ink", (-350, -350), (units(7), units(7)));
        let point = point.round(150).length("stroke-width", 150);
        let point = point.hidden();
        let points = picture.pool("point", POINTS, (&point, (0, 0)));
        let setting = Setting::number((0, units(5)), units(10)).middle();
        let numbers = labels(picture, "number", POINTS, |_| setting);
        let row = |row| Setting::words((units(8), row_y(row) + units(4)), units(60));
        let rows = labels(picture, "row", ROWS, row);
        let dot = Element::new("circle", "f-muted").length("r", 275).hidden();
        let dots = picture.pool("key", KEYS, (&dot, (0, 0)));
        let moved = picture.pool("moved", KEYS, (&diamond().hidden(), (0, 0)));
        let name = Setting::name((0, units(5)), units(110)).middle();
        let method = Label::new(picture, "method", name, "");
        legend(picture);
        Self {
            ring,
            points,
            numbers,
            rows,
            dots,
            moved,
            looks: [picture.class("f-muted"), picture.class("f-flow")],
            method,
            taken: Vec::new(),
        }
    }

    pub(super) fn show(&mut self, picture: &mut Picture, now: &Ring, text: &mut String) {
        picture.set_shown(self.ring, now.has_points);
        self.method.set(picture, now.method);
        let heading = (CIRCLE.centre.0, units(14));
        let place = if now.has_points {
            CIRCLE.centre
        } else {
            heading
        };
        self.method.set_place(picture, place);
        self.show_points(picture, now, text);
        for (row, label) in self.rows.iter().enumerate() {
            text.clear();
            if let Some(member) = now.members.get(row).filter(|_| !now.has_points) {
                text.push_str("server ");
                push_whole(text, u64::from(member.number));
            }
            label.set(picture, text);
        }
        self.show_keys(picture, now);
    }

    fn show_points(&mut self, picture: &mut Picture, now: &Ring, text: &mut String) {
        let points: &[_] = if now.has_points { &now.points } else { &[] };
        self.taken.clear();
        for (index, (node, label)) in self.points.iter().zip(&self.numbers).enumerate() {
            let point = points.get(index);
            picture.set_shown(*node, point.is_some());
            text.clear();
            if let Some(point) = point {
                picture.set_place(*node, CIRCLE.at(point.angle, 0));
                push_whole(text, u64::from(point.server.min(9)));
                let places = INSIDE.map(|inside| CIRCLE.at(point.angle, inside));
                match places
                    .into_iter()
                    .find(|place| is_free(&self.taken, *place))
                {
                    Some(place) => {
                        self.taken.push(place);
                        label.set_place(picture, place);
                    }
                    None => text.clear(),
                }
            }
            label.set(picture, text);
        }
    }

    fn show_keys(&self, picture: &mut Picture, now: &Ring) {
        let mut in_row = [0; ROWS];
        for (index, (dot_node, moved_node)) in self.dots.iter().zip(&self.moved).enumerate() {
            let Some(key) = now.keys.get(index) else {
                picture.set_shown(*dot_node, false);
                picture.set_shown(*moved_node, false);
                continue;
            };
            let (dot, moved) = if now.has_points {
                let dot = CIRCLE.at(key.angle, OUTSIDE[usize::from(key.is_asked)]);
                (dot, CIRCLE.at(key.angle, OUTSIDE[2]))
            } else {
                let place = place_in_row(key, &now.members, &mut in_row);
                let jump = if key.is_asked { units(3) } else { 0 };
                ((place.0, place.1 - jump), place)
            };
            // In a row, a key that moved stands where it stands: the diamond takes the dot's place.
            picture.set_shown(*dot_node, now.has_points || !key.has_moved);
            picture.set_shown(*moved_node, key.has_moved);
            picture.set_place(*dot_node, dot);
            picture.set_place(*moved_node, moved);
            picture.set_class(*dot_node, self.looks[usize::from(key.is_asked)]);
        }
    }
}

/// Empty labels with numbered ids.
fn labels(
    picture: &mut Picture,
    name: &str,
    count: usize,
    setting: impl Fn(usize) -> Setting,
) -> Vec<Label> {
    let mut labels = Vec::with_capacity(count);
    for index in 0..count {
        let mut id = String::from(name);
        id.push('-');
        push_whole(&mut id, index as u64 + 1);
        labels.push(Label::new(picture, &id, setting(index), ""));
    }
    labels
}

fn diamond() -> Element {
    Element::new("path", "f-wait").fixed("d", "M0-4.5L4.5 0L0 4.5L-4.5 0Z")
}

/// Whether a number at this place meets no other.
fn is_free(taken: &[Point], (x, y): Point) -> bool {
    let width = text::width("0", text::Face::Mono) + units(2);
    taken
        .iter()
        .all(|(other_x, other_y)| (other_x - x).abs() >= width || (other_y - y).abs() >= units(12))
}

/// The middle of a row's first line.
const fn row_y(row: usize) -> i32 {
    ROW_TOP + row as i32 * ROW_STEP
}

fn place_in_row(key: &Key, members: &[Member], in_row: &mut [i32; ROWS]) -> Point {
    let row = members
        .iter()
        .take(ROWS)
        .position(|member| member.number == key.server)
        .unwrap_or_default();
    let index = in_row[row];
    in_row[row] += 1;
    let (column, line) = (index % KEYS_IN_LINE, index / KEYS_IN_LINE);
    (ROW_LEFT + column * KEY_STEP, row_y(row) + line * KEY_STEP)
}

fn legend(picture: &mut Picture) {
    let y = units(290);
    let dot = |class, radius| Element::new("circle", class).length("r", radius);
    let server = Element::rectangle("f-bg s-ink", (-350, -350), (units(7), units(7)));
    let items = [
        (13, server.round(150).length("stroke-width", 150), "server"),
        (78, dot("f-muted", 275), "key"),
        (122, dot("f-flow", 275), "asked for"),
        (205, diamond(), "moved"),
    ];
    for (x, look, words) in items {
        picture.draw(&look.placed((units(x), y)));
        let at = (units(x + 9), y + units(5));
        picture.draw(&Setting::muted(at, units(66)).element(words));
    }
}
