//! The ring is taken for a line: behind its last point there is nobody.

use crate::exercises::solutions;
use crate::policy::{Point, Server};

/// Looks only at the points ahead.
pub fn choose(
    points: &[Point],
    servers: &[Server],
    position: u64,
    factor_percent: u32,
) -> Option<u32> {
    let first = points.partition_point(|point| point.position < position);
    solutions::bounded_loads::choose(&points[first..], servers, position, factor_percent)
}
