//! Lines over one pair of axes, each with its name at its end. Colour, marker and name say what a line is about; its dashes
//! where it comes from.

use super::axis_title;
use super::canvas::{Anchor, Canvas, Voice, WIDTH, short};
use super::legend::{self, Sample};
use super::lines::{Line, Lines};
use super::look::Marker;
use super::scale::Scale;
use crate::figure::Fonts;

/// Height of the plot.
const HEIGHT: f64 = 220.0;

/// Names that are wider stand in rows above the plot.
const NAME_MAX: f64 = 118.0;

/// A row of small words.
const ROW: f64 = 20.0;

/// Names at the ends of lines are so far apart, and from the lines.
const NAME_HEIGHT: f64 = 17.0;
const GAP: f64 = 9.0;

/// From a marker's beginning to the name behind it.
const BEHIND_MARKER: f64 = 15.0;

/// So many points have a marker each; of more, one in some, at other places on each line, so that none hides another.
const MARKED_MAX: usize = 16;
const MARKED: usize = 6;

/// Colour and marker of each subject: two lines of one colour differ in marker.
const SUBJECTS: [(&str, Marker); 8] = [
    ("flow", Marker::Disc),
    ("ink", Marker::Square),
    ("hot", Marker::Triangle),
    ("muted", Marker::Diamond),
    ("flow", Marker::Ring),
    ("ink", Marker::Frame),
    ("hot", Marker::Cross),
    ("muted", Marker::Disc),
];

/// Where things lie.
struct Layout {
    x: Scale,
    y: Scale,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    /// Whether names stand at the ends of their lines.
    names_at_ends: bool,
}

/// Draws lines.
pub(super) fn draw(lines: &Lines, fonts: &Fonts) -> String {
    let mut canvas = Canvas::new(fonts);
    let y_title = axis_title(&lines.y.label, &lines.y.unit);
    canvas.text((Voice::Word, Anchor::Start), (0.0, 13.0), &y_title);
    let mut top = legend::draw(&mut canvas, &lines.kinds(), Sample::Line, 19.0);
    let layout = {
        let names_at_ends = has_names(lines) && widest_name(lines, &canvas) <= NAME_MAX;
        if has_names(lines) && !names_at_ends {
            top = draw_names_above(&mut canvas, lines, top);
        }
        layout(lines, &canvas, (top + 12.0, names_at_ends))
    };
    grid(&mut canvas, &layout);
    for line in &lines.lines {
        draw_line(&mut canvas, line, lines, &layout);
    }
    if layout.names_at_ends {
        draw_names_at_ends(&mut canvas, lines, &layout);
    }
    let x_title = axis_title(&lines.x.label, &lines.x.unit);
    let at = (layout.right, layout.bottom + 2.0 * ROW - 3.0);
    canvas.text((Voice::Word, Anchor::End), at, &x_title);
    canvas.finish(layout.bottom + 2.0 * ROW + 3.0)
}

/// One subject alone needs no name: the caption says what it is.
fn has_names(lines: &Lines) -> bool {
    lines.subjects().len() > 1
}

fn widest_name(lines: &Lines, canvas: &Canvas) -> f64 {
    let names = lines.subjects().into_iter();
    names
        .map(|name| canvas.width(Voice::Name, name))
        .fold(0.0, f64::max)
}

fn layout(lines: &Lines, canvas: &Canvas, (top, names_at_ends): (f64, bool)) -> Layout {
    let points = || lines.lines.iter().flat_map(|line| &line.points);
    let bottom = top + HEIGHT;
    let y = Scale::over(
        points().map(|point| point[1]),
        (bottom, top),
        (lines.is_log.1, false),
    );
    let y = y.rounded();
    let numbers = y.ticks().into_iter();
    let left = numbers
        .map(|tick| canvas.width(Voice::Tick, &tick.text))
        .fold(0.0, f64::max);
    let left = left + 8.0;
    // The marker of the last point and half of the last number stand out.
    let right = match names_at_ends {
        true => WIDTH - widest_name(lines, canvas) - GAP - BEHIND_MARKER - 1.0,
        false => WIDTH - 10.0,
    };
    let x = Scale::over(
        points().map(|point| point[0]),
        (left, right),
        (lines.is_log.0, true),
    );
    Layout {
        x,
        y,
        left,
        right,
        top,
        bottom,
        names_at_ends,
    }
}

fn grid(canvas: &mut Canvas, layout: &Layout) {
    let Layout {
        left,
        right,
        top,
        bottom,
        ..
    } = *layout;
    let rule = "class=\"s-rule\" stroke-width=\"1\"";
    let mut taken = f64::MAX;
    for tick in layout.y.ticks() {
        canvas.line((left, tick.at), (right, tick.at), rule);
        if tick.at < taken - 15.0 {
            let at = (left - 8.0, tick.at + 4.6);
            canvas.text((Voice::Tick, Anchor::End), at, &tick.text);
            taken = tick.at;
        }
    }
    let mut taken = f64::MIN;
    for tick in layout.x.ticks() {
        let half = canvas.width(Voice::Tick, &tick.text) / 2.0;
        let middle = tick.at.max(half).min(WIDTH - half);
        if middle - half > taken + 8.0 {
            let class = "class=\"s-muted\" stroke-width=\"1\"";
            canvas.line((tick.at, bottom), (tick.at, bottom + 4.0), class);
            let at = (middle, bottom + 17.0);
            canvas.text((Voice::Tick, Anchor::Middle), at, &tick.text);
            taken = middle + half;
        }
    }
    let axis = "class=\"s-muted\" stroke-width=\"1.2\"";
    canvas.line((left, bottom), (right, bottom), axis);
    let origin = layout.y.origin();
    if origin < bottom - 0.5 && origin > top + 0.5 {
        canvas.line((left, origin), (right, origin), axis);
    }
}

/// Colour and marker of a line.
fn look(line: &Line, lines: &Lines) -> (&'static str, Marker) {
    if line.kind.is_own() && !has_names(lines) {
        return (line.kind.token(), line.kind.marker());
    }
    SUBJECTS[subject_of(line, lines) % SUBJECTS.len()]
}

/// Which of the subjects a line is about.
fn subject_of(line: &Line, lines: &Lines) -> usize {
    let subjects = lines.subjects();
    let index = subjects.iter().position(|subject| *subject == line.subject);
    index.unwrap_or(0)
}

fn draw_line(canvas: &mut Canvas, line: &Line, lines: &Lines, layout: &Layout) {
    let (token, marker) = look(line, lines);
    let points: Vec<(f64, f64)> = line
        .drawn()
        .iter()
        .map(|point| (layout.x.at(point[0]), layout.y.at(point[1])))
        .collect();
    let mut d = String::new();
    for (index, (x, y)) in points.iter().enumerate() {
        let command = if index == 0 { 'M' } else { 'L' };
        d += &format!("{command}{} {}", short(*x), short(*y));
    }
    let dashes = match line.kind.dashes() {
        _ if lines.kinds().len() == 1 => String::new(),
        "" => String::new(),
        dashes => format!(" stroke-dasharray=\"{dashes}\""),
    };
    let width = if line.kind.is_own() { 1.4 } else { 2.2 };
    canvas.path(
        &d,
        &format!(
            "class=\"s-{token}\" fill=\"none\" stroke-width=\"{width}\" stroke-linejoin=\"round\" stroke-linecap=\"round\"{dashes}"
        ),
    );
    for point in marked(&points, subject_of(line, lines)) {
        canvas.marker_in(marker, token, point);
    }
}

/// The points of a line that have a marker: all of few; of many some, and the highest and the last.
fn marked(points: &[(f64, f64)], subject: usize) -> Vec<(f64, f64)> {
    if points.len() <= MARKED_MAX {
        return points.to_vec();
    }
    let every = points.len() / MARKED;
    let first = every * (1 + subject % SUBJECTS.len()) / (SUBJECTS.len() + 1);
    // The highest on the page has the smallest y.
    let by_y = |one: &&(f64, f64), other: &&(f64, f64)| one.1.total_cmp(&other.1);
    let highest = points.iter().min_by(by_y);
    let some = points.iter().skip(first).step_by(every);
    some.chain(highest).chain(points.last()).copied().collect()
}

/// Each subject's name, behind its marker where one could be taken for another, beside the last points of its lines; where two would meet, they move apart.
fn draw_names_at_ends(canvas: &mut Canvas, lines: &Lines, layout: &Layout) {
    let end = |line: &&Line| line.points.last().map(|point| layout.y.at(point[1]));
    let mut names: Vec<(f64, &str)> = lines
        .subjects()
        .into_iter()
        .map(|subject| {
            let of_subject = lines.lines.iter().filter(|line| line.subject == subject);
            let ends: Vec<f64> = of_subject.filter_map(|line| end(&line)).collect();
            (ends.iter().sum::<f64>() / ends.len() as f64, subject)
        })
        .collect();
    names.sort_by(|one, other| one.0.total_cmp(&other.0));
    let is_clear = names
        .windows(2)
        .all(|pair| pair[1].0 - pair[0].0 >= NAME_HEIGHT);
    let mut lowest = f64::MIN;
    for name in &mut names {
        name.0 = name.0.max(lowest + NAME_HEIGHT);
        lowest = name.0;
    }
    let mut highest = layout.bottom + NAME_HEIGHT;
    for name in names.iter_mut().rev() {
        name.0 = name.0.min(highest - NAME_HEIGHT);
        highest = name.0;
    }
    for (y, name) in names {
        let index = lines.subjects().iter().position(|other| *other == name);
        let (token, marker) = SUBJECTS[index.unwrap_or(0) % SUBJECTS.len()];
        let mut at = (layout.right + GAP, y + 4.6);
        if !is_clear {
            canvas.marker_in(marker, token, (layout.right + GAP + 5.0, y));
            at.0 += BEHIND_MARKER;
        }
        canvas.text((Voice::Name, Anchor::Start), at, name);
    }
}

/// The names in rows, each behind its marker; gives where they end.
fn draw_names_above(canvas: &mut Canvas, lines: &Lines, top: f64) -> f64 {
    let (mut x, mut y) = (0.0, top + 4.0);
    for (index, subject) in lines.subjects().into_iter().enumerate() {
        let (token, marker) = SUBJECTS[index % SUBJECTS.len()];
        let width = BEHIND_MARKER + canvas.width(Voice::Name, subject);
        if x > 0.0 && x + width > WIDTH {
            (x, y) = (0.0, y + ROW);
        }
        canvas.marker_in(marker, token, (x + 6.0, y + 8.0));
        let at = (x + BEHIND_MARKER, y + 12.6);
        canvas.text((Voice::Name, Anchor::Start), at, subject);
        x += width + 18.0;
    }
    y + ROW
}
