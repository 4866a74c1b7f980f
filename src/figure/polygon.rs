//! Polygons: what is inside, how far from the edge, and by how much two convex ones overlap.

use super::geometry::Point;

/// Whether the point is inside (even-odd).
pub(super) fn contains(polygon: &[Point], (x, y): Point) -> bool {
    edges(polygon)
        .filter(|(from, to)| (from.1 > y) != (to.1 > y))
        .filter(|(from, to)| x < from.0 + (y - from.1) / (to.1 - from.1) * (to.0 - from.0))
        .count()
        % 2
        == 1
}

/// Distance of the point from the nearest edge.
pub(super) fn distance_to_edge(polygon: &[Point], point: Point) -> f64 {
    edges(polygon)
        .map(|(from, to)| distance_to_segment(from, to, point))
        .fold(f64::INFINITY, f64::min)
}

/// Enclosed area, without sign.
pub(super) fn area(polygon: &[Point]) -> f64 {
    let twice: f64 = edges(polygon)
        .map(|(from, to)| from.0 * to.1 - to.0 * from.1)
        .sum();
    twice.abs() / 2.0
}

/// The smallest upright rectangle around the points: left, top, right, bottom.
pub(super) fn bounds(points: &[Point]) -> (f64, f64, f64, f64) {
    let start = (
        f64::INFINITY,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NEG_INFINITY,
    );
    points
        .iter()
        .fold(start, |(left, top, right, bottom), (x, y)| {
            (left.min(*x), top.min(*y), right.max(*x), bottom.max(*y))
        })
}

/// By how much two convex polygons overlap: the shortest way to push them apart; zero or less where
/// they don't.
pub(super) fn overlap(one: &[Point], other: &[Point]) -> f64 {
    let axes = edges(one).chain(edges(other)).filter_map(|(from, to)| {
        let (x, y) = (to.1 - from.1, from.0 - to.0);
        let length = x.hypot(y);
        (length > 1e-9).then(|| (x / length, y / length))
    });
    axes.map(|axis| {
        let (low, high) = span(one, axis);
        let (other_low, other_high) = span(other, axis);
        high.min(other_high) - low.max(other_low)
    })
    .fold(f64::INFINITY, f64::min)
}

/// Whether an edge of the polygon runs through the four corners' inside.
pub(super) fn crosses(polygon: &[Point], corners: &[Point; 4]) -> bool {
    let inside = |(from, to): (Point, Point)| {
        contains(corners, from) || edges(corners).any(|side| intersect((from, to), side))
    };
    edges(polygon).any(inside)
}

/// The rectangle with every side moved inwards; nothing where that leaves none.
pub(super) fn shrunk(corners: &[Point; 4], by: f64) -> Option<[Point; 4]> {
    let [first, second, third, fourth] = *corners;
    let step = |from: Point, to: Point| {
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        (length > 2.0 * by).then(|| ((to.0 - from.0) / length * by, (to.1 - from.1) / length * by))
    };
    let (right, down) = (step(first, second)?, step(first, fourth)?);
    let moved = |point: Point, across: f64, along: f64| {
        (
            point.0 + across * right.0 + along * down.0,
            point.1 + across * right.1 + along * down.1,
        )
    };
    Some([
        moved(first, 1.0, 1.0),
        moved(second, -1.0, 1.0),
        moved(third, -1.0, -1.0),
        moved(fourth, 1.0, -1.0),
    ])
}

/// Whether two segments cross.
fn intersect(one: (Point, Point), other: (Point, Point)) -> bool {
    let side = |(from, to): (Point, Point), point: Point| {
        (to.0 - from.0) * (point.1 - from.1) - (to.1 - from.1) * (point.0 - from.0) > 0.0
    };
    side(one, other.0) != side(one, other.1) && side(other, one.0) != side(other, one.1)
}

fn span(polygon: &[Point], axis: Point) -> (f64, f64) {
    let along = polygon
        .iter()
        .map(|point| point.0 * axis.0 + point.1 * axis.1);
    along.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| {
        (low.min(at), high.max(at))
    })
}

fn edges(polygon: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    let next = polygon.iter().cycle().skip(1);
    polygon.iter().copied().zip(next.copied())
}

fn distance_to_segment(from: Point, to: Point, point: Point) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let squared = dx * dx + dy * dy;
    let along = if squared > 0.0 {
        (((point.0 - from.0) * dx + (point.1 - from.1) * dy) / squared).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (point.0 - from.0 - along * dx).hypot(point.1 - from.1 - along * dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [Point; 4] = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)];

    #[test]
    fn inside_outside_and_distances() {
        assert!(contains(&SQUARE, (1.0, 9.0)));
        assert!(!contains(&SQUARE, (11.0, 5.0)));
        assert!(!contains(&[], (0.0, 0.0)));
        assert!((distance_to_edge(&SQUARE, (3.0, 5.0)) - 3.0).abs() < 1e-9);
        assert!((distance_to_edge(&SQUARE, (13.0, 14.0)) - 5.0).abs() < 1e-9);
        assert!((area(&SQUARE) - 100.0).abs() < 1e-9);
        assert_eq!(bounds(&SQUARE), (0.0, 0.0, 10.0, 10.0));
    }

    #[test]
    fn overlap_is_the_shortest_way_apart() {
        let moved = |x: f64, y: f64| SQUARE.map(|point| (point.0 + x, point.1 + y));
        assert!((overlap(&SQUARE, &moved(7.0, 1.0)) - 3.0).abs() < 1e-9);
        assert!((overlap(&SQUARE, &moved(12.0, 0.0)) + 2.0).abs() < 1e-9);
        // A diamond near a corner: the upright boxes overlap, the shapes don't.
        let diamond = [(10.0, 17.0), (17.0, 10.0), (24.0, 17.0), (17.0, 24.0)];
        assert!(
            overlap(
                &SQUARE,
                &diamond.map(|point| (point.0 - 2.0, point.1 - 2.0))
            ) < 0.0
        );
    }

    #[test]
    fn edges_cross_what_they_run_through() {
        let inner = [(2.0, 4.0), (8.0, 4.0), (8.0, 6.0), (2.0, 6.0)];
        assert!(!crosses(&SQUARE, &inner));
        assert!(crosses(&SQUARE, &inner.map(|(x, y)| (x + 3.0, y))));
        assert!(!crosses(&SQUARE, &inner.map(|(x, y)| (x + 9.0, y))));
        // A small shape wholly inside runs through it, too.
        assert!(crosses(&inner, &SQUARE));
        assert_eq!(
            shrunk(&SQUARE, 1.0),
            Some([(1.0, 1.0), (9.0, 1.0), (9.0, 9.0), (1.0, 9.0)])
        );
        assert_eq!(shrunk(&SQUARE, 5.0), None);
    }
}
