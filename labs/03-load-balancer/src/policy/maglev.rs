//! Maglev: a table of keys' homes, as even as can be, found with one look.

use alloc::{sync::Arc, vec, vec::Vec};

use super::{Server, hash, rendezvous};

/// Each server writes down the slots in an order of its own; then they take turns, each taking the first on its list that is
/// still free. Lookup is one division. A server's leaving moves its own keys and a few others.
///
/// Source: Eisenbud et al., "Maglev: A Fast and Reliable Software Network Load Balancer", NSDI 2016, section 3.4. Here a
/// server of weight 2 takes two turns. Keys of a failed server go by rendezvous until it is back.
#[derive(Debug, Clone, Hash)]
pub struct Maglev {
    slot_count: u32,
    /// The server of each slot. Never changed once built, so clones share it.
    slots: Arc<[u32]>,
    /// For how many servers it was built.
    server_count: u32,
}

/// A slot that nobody has taken yet.
const FREE: u32 = u32::MAX;

impl Default for Maglev {
    fn default() -> Maglev {
        Maglev::new(Maglev::SLOTS)
    }
}

impl Maglev {
    /// Slots of the table. A prime, so that every step size visits all of them; 65,537 is the smaller of the paper's two
    /// sizes, where up to a hundred times fewer servers differ by about 1 %.
    pub const SLOTS: u32 = 65_537;

    /// An empty table of so many slots, a prime; the first choice fills it.
    pub fn new(slot_count: u32) -> Maglev {
        Maglev {
            slot_count,
            slots: Arc::new([]),
            server_count: 0,
        }
    }

    // ANCHOR: maglev
    /// Fills the table for every server, available or not: one that fails keeps its slots.
    pub fn rebuild(&mut self, pool: &[Server]) {
        let size = u64::from(self.slot_count);
        let mut slots = vec![FREE; self.slot_count as usize];
        let mut lists: Vec<(u64, u64)> = pool
            .iter()
            .map(|server| first_and_step(server.id, size))
            .collect();
        let mut free = if pool.iter().any(|server| server.weight > 0) {
            size
        } else {
            0
        };
        while free > 0 {
            for (place, server) in pool.iter().enumerate() {
                for _ in 0..u64::from(server.weight).min(free) {
                    let (next, step) = &mut lists[place];
                    while slots[*next as usize] != FREE {
                        *next = (*next + *step) % size;
                    }
                    slots[*next as usize] = place as u32;
                    free -= 1;
                }
            }
        }
        self.slots = slots.into();
        self.server_count = pool.len() as u32;
    }

    /// The server of the key's slot.
    pub fn choose(&mut self, pool: &[Server], key: u64) -> Option<u32> {
        if self.server_count != pool.len() as u32 {
            self.rebuild(pool);
        }
        let slot = hash::mix(key) % u64::from(self.slot_count);
        let place = *self.slots.get(slot as usize)?;
        let is_available = pool.get(place as usize).is_some_and(Server::takes_requests);
        if is_available {
            Some(place)
        } else {
            rendezvous::highest(pool, key)
        }
    }
    // ANCHOR_END: maglev

    /// The server of each slot, by its place in the pool.
    pub fn slots(&self) -> &[u32] {
        &self.slots
    }
}

/// A server's list of slots, as where it begins and by how much it goes on.
fn first_and_step(id: u32, size: u64) -> (u64, u64) {
    let first = hash::pair(u64::from(id), 0) % size;
    let step = hash::pair(u64::from(id), 1) % (size - 1) + 1;
    (first, step)
}
