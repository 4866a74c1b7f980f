//! The average is taken without the request that is being placed: an idle pool then has no room at all.

use crate::policy::{Point, Server, pool};

/// Counts what is open, and not what comes.
pub fn choose(
    points: &[Point],
    servers: &[Server],
    position: u64,
    factor_percent: u32,
) -> Option<u32> {
    let count = u64::from(pool::available_count(servers));
    let open: u64 = pool::available(servers)
        .map(|(_, server)| u64::from(server.connections))
        .sum();
    let capacity = (u64::from(factor_percent) * open).div_ceil(100 * count.max(1));
    let (behind, ahead) =
        points.split_at(points.partition_point(|point| point.position < position));
    let mut clockwise = ahead.iter().chain(behind).map(|point| point.place);
    clockwise.find(|place| {
        let server = &servers[*place as usize];
        server.takes_requests() && u64::from(server.connections) < capacity
    })
}
