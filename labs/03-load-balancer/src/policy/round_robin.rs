//! Round robin: one after the other, and from the start again.

use super::Server;

/// Deals requests out like cards. Every server gets the same *number* of requests, whatever they cost; weights are ignored
/// (see [`WeightedRoundRobin`](super::WeightedRoundRobin)).
#[derive(Debug, Clone, Default, Hash)]
pub struct RoundRobin {
    /// The place whose turn it is.
    pub next: u32,
}

impl RoundRobin {
    // ANCHOR: round-robin
    /// The next server in turn that may be chosen.
    pub fn choose(&mut self, pool: &[Server]) -> Option<u32> {
        let count = pool.len() as u32;
        for step in 0..count {
            let place = (self.next + step) % count;
            if pool[place as usize].takes_requests() {
                self.next = place + 1;
                return Some(place);
            }
        }
        None
    }
    // ANCHOR_END: round-robin
}
