//! No label leaves its box or the picture, or meets another: measured with the table of widths that the layout uses, in
//! what is shown at one moment.

use scene::text::{Face, width};

use super::{Element, Page};

/// Hundredths that measures may be off.
const TOLERANCE: i32 = 100;
/// Room that a label needs to the edge of the box that it stands in.
const MARGIN: i32 = 150;

/// Left, top, right, bottom in hundredths.
type Box = [i32; 4];

#[derive(Default)]
struct Shown {
    labels: Vec<(String, Box)>,
    shapes: Vec<(String, Box)>,
}

/// What is wrong with the labels that are shown, one sentence each.
pub(crate) fn label_problems(page: &Page) -> Vec<String> {
    let mut shown = Shown::default();
    shown.read(&page.svg, (0, 0));
    let size = |name| hundredths(page.svg.attribute(name).expect("a size"));
    let picture = [0, 0, size("width"), size("height")];
    let mut problems = Vec::new();
    for (index, (text, place)) in shown.labels.iter().enumerate() {
        if !contains(&picture, place, 0) {
            problems.push(format!("`{text}` leaves the picture: {place:?}"));
        }
        for (other, other_place) in &shown.labels[index + 1..] {
            if overlap(place, other_place) > TOLERANCE {
                problems.push(format!(
                    "`{text}` and `{other}` overlap: {place:?} {other_place:?}"
                ));
            }
        }
        for (id, shape) in &shown.shapes {
            if overlap(place, shape) > TOLERANCE && !contains(shape, place, MARGIN) {
                problems.push(format!(
                    "`{text}` meets the edge of {id}: {place:?} {shape:?}"
                ));
            }
        }
    }
    problems
}

impl Shown {
    fn read(&mut self, element: &Element, outside: (i32, i32)) {
        if element.attribute("display") == Some("none") {
            return;
        }
        let moved = element.attribute("transform").map_or((0, 0), translation);
        let origin = (outside.0 + moved.0, outside.1 + moved.1);
        let length = |name: &str| element.attribute(name).map_or(0, hundredths);
        let name = element.attribute("id").unwrap_or(&element.tag).to_owned();
        match element.tag.as_str() {
            "title" | "desc" => {}
            "text" if !element.text.is_empty() => {
                let place = text_box(element, (origin.0 + length("x"), origin.1 + length("y")));
                self.labels.push((element.text.clone(), place));
            }
            "rect" if length("width") > 0 && length("height") > 0 => {
                let (x, y) = (origin.0 + length("x"), origin.1 + length("y"));
                let place = [x, y, x + length("width"), y + length("height")];
                self.shapes.push((name, place));
            }
            "circle" if element.attribute("fill") != Some("none") => {
                let (x, y) = (origin.0 + length("cx"), origin.1 + length("cy"));
                let radius = length("r");
                let place = [x - radius, y - radius, x + radius, y + radius];
                self.shapes.push((name, place));
            }
            _ => {
                for child in &element.children {
                    self.read(child, origin);
                }
            }
        }
    }
}

fn text_box(element: &Element, (x, baseline): (i32, i32)) -> Box {
    let is_mono = element
        .attribute("class")
        .expect("a class")
        .contains("mono");
    let face = match element.attribute("font-weight") {
        _ if is_mono => Face::Mono,
        Some(weight) => {
            assert_eq!(weight, "600");
            Face::Bold
        }
        None => Face::Regular,
    };
    assert_eq!(element.attribute("font-size"), Some("13"));
    let width = width(&element.text, face);
    let left = match element.attribute("text-anchor") {
        Some("middle") => x - width / 2,
        Some("end") => x - width,
        _ => x,
    };
    // From the top of capitals to the foot of a `g`.
    [left, baseline - 970, left + width, baseline + 280]
}

fn overlap(one: &Box, other: &Box) -> i32 {
    let across = one[2].min(other[2]) - one[0].max(other[0]);
    let down = one[3].min(other[3]) - one[1].max(other[1]);
    across.min(down)
}

fn contains(outer: &Box, inner: &Box, margin: i32) -> bool {
    outer[0] + margin <= inner[0]
        && outer[1] + margin <= inner[1]
        && inner[2] + margin <= outer[2]
        && inner[3] + margin <= outer[3]
}

fn hundredths(text: &str) -> i32 {
    (text.parse::<f64>().expect(text) * 100.0).round() as i32
}

fn translation(transform: &str) -> (i32, i32) {
    let inside = transform
        .strip_prefix("translate(")
        .expect("translations only");
    let (x, y) = inside
        .trim_end_matches(')')
        .split_once(' ')
        .expect("two numbers");
    (hundredths(x), hundredths(y))
}
