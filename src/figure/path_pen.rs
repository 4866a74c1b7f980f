//! The pen that draws path commands as straight pieces.

use super::geometry::Point;
use super::path::Outline;

/// Straight pieces that stand for one curve; enough for half a pixel on anything the size of a
/// figure.
const PIECES: usize = 16;

/// Draws commands into outlines.
#[derive(Default)]
pub(super) struct Pen {
    at: Point,
    /// The last curve's control point and the command it belongs to, for `S` and `T`.
    control: Option<(char, Point)>,
    outline: Vec<Point>,
    /// What is finished.
    pub outlines: Vec<Outline>,
}

impl Pen {
    /// Ends the outline: `explicit` for `Z`, otherwise because the pen moves on.
    pub(super) fn close(&mut self, explicit: bool) {
        let points = std::mem::take(&mut self.outline);
        self.control = None;
        let Some(first) = points.first().copied() else {
            return;
        };
        let enclosing = if explicit {
            self.at = first;
            self.outline.push(first);
            points.len()
        } else {
            // Without `Z`, the outline ends where the pen was last at its start: Pikchr's cylinder
            // draws on from there.
            let meets = |point: &Point| (first.0 - point.0).hypot(first.1 - point.1) < 0.01;
            points.iter().rposition(meets).unwrap_or(0)
        };
        if points.len() >= 2 {
            self.outlines.push(Outline { points, enclosing });
        }
    }

    /// A point of a command: relative to the pen for small letters.
    fn point(&self, command: char, pair: &[f64]) -> Point {
        if command.is_ascii_lowercase() {
            (self.at.0 + pair[0], self.at.1 + pair[1])
        } else {
            (pair[0], pair[1])
        }
    }

    fn line_to(&mut self, to: Point) {
        self.outline.push(to);
        self.at = to;
    }

    /// Draws one command with the numbers it takes.
    pub(super) fn draw(&mut self, command: char, numbers: &[f64]) {
        let relative = command.is_ascii_lowercase();
        let kind = command.to_ascii_uppercase();
        let control = self.control.take();
        let reflected = |family: [char; 2], at: Point| match control {
            Some((last, (x, y))) if family.contains(&last) => (2.0 * at.0 - x, 2.0 * at.1 - y),
            _ => at,
        };
        match kind {
            'M' => {
                let to = self.point(command, numbers);
                self.close(false);
                self.outline.clear();
                self.line_to(to);
            }
            'L' => self.line_to(self.point(command, numbers)),
            'H' => self.line_to((
                numbers[0] + if relative { self.at.0 } else { 0.0 },
                self.at.1,
            )),
            'V' => self.line_to((
                self.at.0,
                numbers[0] + if relative { self.at.1 } else { 0.0 },
            )),
            'C' | 'S' => {
                let at = self.at;
                let (first, tail) = match kind {
                    'C' => (self.point(command, numbers), &numbers[2..]),
                    _ => (reflected(['C', 'S'], at), numbers),
                };
                let (second, to) = (self.point(command, tail), self.point(command, &tail[2..]));
                self.curve(|t| cubic([at, first, second, to], t));
                self.control = Some((kind, second));
            }
            'Q' | 'T' => {
                let at = self.at;
                let (middle, tail) = match kind {
                    'Q' => (self.point(command, numbers), &numbers[2..]),
                    _ => (reflected(['Q', 'T'], at), numbers),
                };
                let to = self.point(command, tail);
                let first = between(at, middle, 2.0 / 3.0);
                let second = between(to, middle, 2.0 / 3.0);
                self.curve(|t| cubic([at, first, second, to], t));
                self.control = Some((kind, middle));
            }
            _ => self.arc(numbers, self.point(command, &numbers[5..])),
        }
    }

    fn curve(&mut self, at: impl Fn(f64) -> Point) {
        for piece in 1..=PIECES {
            self.line_to(at(piece as f64 / PIECES as f64));
        }
    }

    /// An elliptical arc, by its centre (SVG 1.1, appendix F.6.5).
    fn arc(&mut self, numbers: &[f64], to: Point) {
        let from = self.at;
        let (mut rx, mut ry) = (numbers[0].abs(), numbers[1].abs());
        if rx < 1e-9 || ry < 1e-9 || from == to {
            return self.line_to(to);
        }
        let (sine, cosine) = numbers[2].to_radians().sin_cos();
        let half = ((from.0 - to.0) / 2.0, (from.1 - to.1) / 2.0);
        let x = cosine * half.0 + sine * half.1;
        let y = -sine * half.0 + cosine * half.1;
        let stretch = ((x / rx).powi(2) + (y / ry).powi(2)).sqrt().max(1.0);
        rx *= stretch;
        ry *= stretch;
        let below = (rx * y).powi(2) + (ry * x).powi(2);
        let root = (((rx * ry).powi(2) - below).max(0.0) / below).sqrt();
        let sign = if numbers[3] == numbers[4] { -1.0 } else { 1.0 };
        let (cx, cy) = (sign * root * rx * y / ry, -sign * root * ry * x / rx);
        let centre = (
            cosine * cx - sine * cy + (from.0 + to.0) / 2.0,
            sine * cx + cosine * cy + (from.1 + to.1) / 2.0,
        );
        let start = ((y - cy) / ry).atan2((x - cx) / rx);
        let end = ((-y - cy) / ry).atan2((-x - cx) / rx);
        let full = std::f64::consts::TAU;
        let sweep = if numbers[4] == 0.0 {
            -(start - end).rem_euclid(full)
        } else {
            (end - start).rem_euclid(full)
        };
        self.curve(|t| {
            let (s, c) = (start + sweep * t).sin_cos();
            (
                centre.0 + cosine * rx * c - sine * ry * s,
                centre.1 + sine * rx * c + cosine * ry * s,
            )
        });
    }
}

fn between(from: Point, to: Point, share: f64) -> Point {
    (
        from.0 + (to.0 - from.0) * share,
        from.1 + (to.1 - from.1) * share,
    )
}

fn cubic(points: [Point; 4], t: f64) -> Point {
    let u = 1.0 - t;
    let weights = [u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t];
    points
        .iter()
        .zip(weights)
        .fold((0.0, 0.0), |sum, (point, weight)| {
            (sum.0 + point.0 * weight, sum.1 + point.1 * weight)
        })
}
