//! Rendezvous: every server draws a lot for the key, and the highest wins.

use super::{Server, hash, pool};

/// Highest random weight. Needs no table and no ring; when a server goes, its keys spread over all others, and no other key
/// moves. Each choice looks at every server, so it suits tens of them, not thousands.
///
/// Sources: Thaler and Ravishankar, "Using Name-Based Mappings to Increase Hit Rates", IEEE/ACM ToN 6(1), 1998; with weights
/// Schindelhauer and Schomaker, "Weighted distributed hash tables", SPAA 2005.
#[derive(Debug, Clone, Default, Hash)]
pub struct Rendezvous;

impl Rendezvous {
    /// The server with the best lot for its weight.
    pub fn choose(&self, pool: &[Server], key: u64) -> Option<u32> {
        weighted(pool, key)
    }
}

// ANCHOR: rendezvous
/// The server with the highest lot; all weigh the same.
pub fn highest(pool: &[Server], key: u64) -> Option<u32> {
    let winner =
        pool::available(pool).max_by_key(|(_, server)| hash::pair(key, u64::from(server.id)));
    winner.map(|(place, _)| place)
}
// ANCHOR_END: rendezvous

// ANCHOR: weighted-rendezvous
/// The same with weights: each server waits an exponentially distributed time,
/// shorter the more it weighs, and the first to come wins. With equal weights that is
/// the highest lot again.
pub fn weighted(pool: &[Server], key: u64) -> Option<u32> {
    let waits = pool::available(pool).map(|(place, server)| {
        let lot = hash::pair(key, u64::from(server.id));
        let part_of_one = ((lot >> 11) as f64 + 0.5) / (1_u64 << 53) as f64;
        let wait = -libm::log(part_of_one) / server.share() as f64;
        (place, wait)
    });
    let first = waits.min_by(|(_, wait), (_, other)| wait.total_cmp(other));
    first.map(|(place, _)| place)
}
// ANCHOR_END: weighted-rendezvous
