//! Maglev: a table of keys' homes, as even as can be, found with one look.

use alloc::{sync::Arc, vec, vec::Vec};
use core::iter::{repeat_n, successors};

use super::{Server, hash, rendezvous};

/// Each server writes down the slots in an order of its own; then they take turns, each taking the first on its list that is
/// still free. So equal servers differ by one slot at most, and a lookup is one division. When a server joins or leaves, a few keys
/// move that need not.
///
/// Source: Eisenbud et al., "Maglev: A Fast and Reliable Software Network Load Balancer", NSDI 2016, section 3.4. Here a
/// server of weight 2 has two turns in a row. The keys of a failed server go by [rendezvous](super::Rendezvous) until it is
/// back or the table is made without it, so that they spread over all others.
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
    /// Slots of the table, Envoy's default. A prime, so that steps of any size come to all of them; a hundred times as many as
    /// there are servers, so that one slot more or less is at most 1 %.
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
    /// Fills the table for every server, available or not: one that fails keeps its
    /// slots.
    pub fn rebuild(&mut self, pool: &[Server]) {
        let mut slots = vec![FREE; self.slot_count as usize];
        let wishes = |server: &Server| wishes(server.id, u64::from(self.slot_count));
        let mut wishes: Vec<_> = pool.iter().map(wishes).collect();
        let turns = (0..).zip(pool);
        let turns = turns.flat_map(|(place, server)| repeat_n(place, server.weight as usize));
        for place in turns.cycle().take(slots.len()) {
            let slot = wishes[place as usize].find(|slot| slots[*slot as usize] == FREE);
            slots[slot.expect("a list of wishes names every slot") as usize] = place;
        }
        self.slots = slots.into();
        self.server_count = pool.len() as u32;
    }
    // ANCHOR_END: maglev

    // ANCHOR: maglev-lookup
    /// The server of the key's slot; while that may not be chosen, the key's winner
    /// among the others.
    pub fn choose(&mut self, pool: &[Server], key: u64) -> Option<u32> {
        if self.server_count != pool.len() as u32 {
            self.rebuild(pool);
        }
        let slot = hash::mix(key) % u64::from(self.slot_count);
        let place = *self.slots.get(slot as usize)?;
        let server = pool.get(place as usize);
        if server.is_some_and(Server::takes_requests) {
            return Some(place);
        }
        rendezvous::highest(pool, key)
    }
    // ANCHOR_END: maglev-lookup

    /// The server of each slot, by its place in the pool.
    pub fn slots(&self) -> &[u32] {
        &self.slots
    }
}

/// The slots that a server wants, the best first: from one slot on in steps of one size, both given by its hash.
fn wishes(id: u32, slot_count: u64) -> impl Iterator<Item = u64> {
    let first = hash::pair(u64::from(id), 0) % slot_count;
    let step = hash::pair(u64::from(id), 1) % (slot_count - 1) + 1;
    successors(Some(first), move |slot| Some((slot + step) % slot_count)).take(slot_count as usize)
}
