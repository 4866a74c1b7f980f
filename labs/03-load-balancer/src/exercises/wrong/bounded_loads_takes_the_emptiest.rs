//! When the key's own server is full, the emptiest of all gets it: even, but the key has no second home that it would find
//! again.

use crate::exercises::solutions;
use crate::policy::{Point, Server, pool};

/// Own server or the emptiest.
pub fn choose(
    points: &[Point],
    servers: &[Server],
    position: u64,
    factor_percent: u32,
) -> Option<u32> {
    let takes = |point: &&Point| servers[point.place as usize].takes_requests();
    let ahead = points
        .iter()
        .filter(takes)
        .find(|point| point.position >= position);
    let own = ahead.or_else(|| points.iter().find(takes))?.place;
    let chosen = solutions::bounded_loads::choose(points, servers, position, factor_percent)?;
    if chosen == own {
        return Some(own);
    }
    let emptiest = pool::available(servers).min_by_key(|(_, server)| server.connections);
    emptiest.map(|(place, _)| place)
}
