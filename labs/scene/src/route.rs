//! Where something on its way along a pipe is: lines and curves walked at an even speed, in whole numbers.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::{Point, push_hundredths};

/// Straight pieces that stand for a curve.
const PIECES: i64 = 32;

/// A way from a point to another, and how long it is.
#[derive(Debug, Clone)]
pub struct Route {
    points: Vec<Point>,
    /// From the start to each point, in hundredths.
    distances: Vec<i32>,
    path: String,
}

impl Route {
    /// A way that starts at a point.
    #[must_use]
    pub fn from(start: Point) -> Self {
        let mut path = String::from("M");
        push_point(&mut path, start);
        Self {
            points: vec![start],
            distances: vec![0],
            path,
        }
    }

    /// Goes on straight.
    #[must_use]
    pub fn line(mut self, to: Point) -> Self {
        self.path.push('L');
        push_point(&mut self.path, to);
        self.walk(to);
        self
    }

    /// Goes on in a curve that leaves and arrives level: a cubic whose control points stand half way across.
    #[must_use]
    pub fn level_curve(self, to: Point) -> Self {
        let from = self.end();
        let middle = i32::midpoint(from.0, to.0);
        self.curve([(middle, from.1), (middle, to.1)], to)
    }

    /// Goes on in a cubic Bézier curve with two control points.
    #[must_use]
    pub fn curve(mut self, [first, second]: [Point; 2], to: Point) -> Self {
        self.path.push('C');
        for point in [first, second, to] {
            push_point(&mut self.path, point);
            self.path.push(' ');
        }
        self.path.pop();
        let from = self.end();
        for step in 1..=PIECES {
            let x = cubic([from.0, first.0, second.0, to.0], step);
            let y = cubic([from.1, first.1, second.1, to.1], step);
            self.walk((x, y));
        }
        self
    }

    /// The way as the attribute `d` of a path.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// How long it is, in hundredths.
    #[must_use]
    pub fn length(&self) -> i32 {
        self.distances.last().copied().unwrap_or_default()
    }

    /// The place so many thousandths along the way, which ends `short` hundredths before its end: where a line of waiting
    /// requests begins.
    #[must_use]
    pub fn at(&self, permille: u16, short: i32) -> Point {
        let whole = i64::from((self.length() - short).max(0));
        let distance = (whole * i64::from(permille.min(1000)) / 1000) as i32;
        let after = self.distances.partition_point(|until| *until <= distance);
        let (Some(to), Some(from)) = (self.points.get(after), self.points.get(after - 1)) else {
            return self.end();
        };
        let start = self.distances[after - 1];
        let (part, piece) = (distance - start, self.distances[after] - start);
        (
            between(from.0, to.0, (part, piece)),
            between(from.1, to.1, (part, piece)),
        )
    }

    fn end(&self) -> Point {
        self.points.last().copied().unwrap_or_default()
    }

    fn walk(&mut self, to: Point) {
        let from = self.end();
        let (x, y) = (i64::from(to.0 - from.0), i64::from(to.1 - from.1));
        let step = (x * x + y * y).unsigned_abs().isqrt() as i32;
        if step > 0 {
            self.distances.push(self.length() + step);
            self.points.push(to);
        }
    }
}

/// `part` of `piece` of the way from a number to another.
fn between(from: i32, to: i32, (part, piece): (i32, i32)) -> i32 {
    let way = i64::from(to - from) * i64::from(part) / i64::from(piece.max(1));
    from + way as i32
}

/// One coordinate of a cubic Bézier curve after `step` of [`PIECES`], rounded to the nearest hundredth.
fn cubic([from, first, second, to]: [i32; 4], step: i64) -> i32 {
    let (near, far) = (PIECES - step, step);
    let sum = i64::from(from) * near * near * near
        + 3 * i64::from(first) * near * near * far
        + 3 * i64::from(second) * near * far * far
        + i64::from(to) * far * far * far;
    let whole = PIECES * PIECES * PIECES;
    (sum + whole / 2).div_euclid(whole) as i32
}

/// Appends a place as paths write it: `12 3.5`.
pub(crate) fn push_point(path: &mut String, (x, y): Point) {
    push_hundredths(path, x);
    path.push(' ');
    push_hundredths(path, y);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_way_is_walked_evenly() {
        let route = Route::from((1_000, 500)).line((3_000, 500));
        assert_eq!(route.path(), "M10 5L30 5");
        assert_eq!(route.length(), 2_000);
        assert_eq!(route.at(0, 0), (1_000, 500));
        assert_eq!(route.at(250, 0), (1_500, 500));
        assert_eq!(route.at(1_000, 0), (3_000, 500));
        assert_eq!(route.at(2_000, 0), (3_000, 500));
    }

    #[test]
    fn a_way_ends_where_the_line_of_those_who_wait_begins() {
        let route = Route::from((0, 0)).line((10_000, 0));
        assert_eq!(route.at(1_000, 2_500), (7_500, 0));
        assert_eq!(route.at(1_000, 99_999), (0, 0));
    }

    #[test]
    fn a_curve_leaves_and_arrives_level_and_at_an_even_speed() {
        let route = Route::from((0, 0)).level_curve((10_000, 8_000));
        assert_eq!(route.path(), "M0 0C50 0 50 80 100 80");
        assert_eq!(route.at(500, 0), (5_000, 4_000));
        let steps: Vec<Point> = (0..=20).map(|step| route.at(step * 50, 0)).collect();
        for pair in steps.windows(2) {
            let (x, y) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
            let length = i64::from(x * x + y * y).unsigned_abs().isqrt() as i32;
            assert!(
                (length - route.length() / 20).abs() < 30,
                "{length} of {}",
                route.length()
            );
        }
    }
}
