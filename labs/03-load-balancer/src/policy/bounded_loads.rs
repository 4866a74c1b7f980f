//! Bounded loads: the hash ring, but no server gets much more than its part.

use super::{Ring, Server, pool};

/// A key goes to its own server on the ring unless that is full; then to the next one clockwise that is not. Full means
/// `factor` times the average load, this request included. So a popular key cannot sink its server, and most keys stay.
///
/// Source: Mirrokni, Thorup, Zadimoghaddam, "Consistent Hashing with Bounded Loads", SODA 2018, arXiv 1608.01350; weights as
/// in HAProxy's `hash-balance-factor`.
#[derive(Debug, Clone, Hash)]
pub struct BoundedLoads {
    /// How much of the average a server may carry, in percent; more than 100. 125 is the low end of what HAProxy's manual
    /// recommends (125 to 200): nearer to 100 loads are more even and more keys leave home.
    pub factor_percent: u32,
    /// Where keys are at home.
    pub ring: Ring,
}

impl Default for BoundedLoads {
    fn default() -> BoundedLoads {
        BoundedLoads {
            factor_percent: 125,
            ring: Ring::default(),
        }
    }
}

impl BoundedLoads {
    // ANCHOR: bounded-loads
    /// The first server clockwise of the key that has room.
    pub fn choose(&mut self, pool: &[Server], key: u64) -> Option<u32> {
        self.ring.fit(pool);
        let (mut open, mut shares) = (0, 0);
        for (_, server) in pool::available(pool) {
            open += u64::from(server.connections);
            shares += server.share();
        }
        let has_room = |server: &Server| {
            let capacity = self.capacity(open + 1, server.share(), shares);
            u64::from(server.connections) < capacity
        };
        self.ring.clockwise(key).find(|place| {
            let server = &pool[*place as usize];
            server.takes_requests() && has_room(server)
        })
    }

    /// How many requests a server may have open when `open` are open in all, and it
    /// should have `share` of `shares`: factor × its part of them, rounded up. With a
    /// factor above 1, not all servers can be full.
    pub fn capacity(&self, open: u64, share: u64, shares: u64) -> u64 {
        let factor_percent = u64::from(self.factor_percent);
        (factor_percent * open * share).div_ceil(100 * shares)
    }
    // ANCHOR_END: bounded-loads
}
