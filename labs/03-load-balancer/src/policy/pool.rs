//! Questions that several policies ask of all servers together. A pool is a slice: a server keeps its place in it, and a
//! policy answers with that place.

use super::Server;

/// How many servers may be chosen.
pub fn available_count(pool: &[Server]) -> u32 {
    pool.iter().filter(|server| server.takes_requests()).count() as u32
}

/// The place of the `n`th server that may be chosen, counted from 0.
pub fn nth_available(pool: &[Server], n: u32) -> Option<u32> {
    available(pool).nth(n as usize).map(|(place, _)| place)
}

/// The servers that may be chosen, each with its place.
pub fn available(pool: &[Server]) -> impl Iterator<Item = (u32, &Server)> + Clone {
    let places = (0..).zip(pool);
    places.filter(|(_, server)| server.takes_requests())
}

/// The place of the server with this id, if it may be chosen.
pub fn available_id(pool: &[Server], id: u32) -> Option<u32> {
    let found = available(pool).find(|(_, server)| server.id == id);
    found.map(|(place, _)| place)
}
