//! A solution of `bounded-loads`.

use crate::policy::{Point, Server, pool};

/// Once round the circle, from the key on.
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
    if count == 0 {
        return None;
    }
    let capacity = (u64::from(factor_percent) * (open + 1)).div_ceil(100 * count);
    let (behind, ahead) =
        points.split_at(points.partition_point(|point| point.position < position));
    let clockwise = ahead.iter().chain(behind).map(|point| point.place);
    clockwise.into_iter().find(|place| {
        let server = &servers[*place as usize];
        server.takes_requests() && u64::from(server.connections) < capacity
    })
}
