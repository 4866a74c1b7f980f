//! The hash ring: keys and servers on one circle, and each key belongs to the next server clockwise.

use alloc::{collections::BinaryHeap, sync::Arc, vec::Vec};

use super::{Server, hash};

/// Consistent hashing with virtual nodes. When one of N servers goes, its 1/N of the keys move and no others.
///
/// Sources: Karger et al., "Consistent Hashing and Random Trees", STOC 1997; the points per weight are libketama's (2007),
/// as in nginx's `hash … consistent`.
#[derive(Debug, Clone, Hash)]
pub struct Ring {
    /// How often a server of weight 1 stands on the ring. More points, more even shares: their spread is about 1 ÷ √points.
    pub points_per_weight: u32,
    /// In the order of the circle. Never changed once built, so clones share it.
    points: Arc<[Point]>,
    /// For how many servers it was built.
    server_count: u32,
}

/// A place on the circle where a server stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// Clockwise from the top, in 2⁶⁴ths of the circle.
    pub position: u64,
    /// The server's place in the pool.
    pub place: u32,
}

impl Default for Ring {
    fn default() -> Ring {
        Ring::new(Ring::POINTS_PER_WEIGHT)
    }
}

impl Ring {
    /// Points per unit of weight. 160 is ketama's, and nginx's: about 8 % of spread between equal servers (1 ÷ √160).
    pub const POINTS_PER_WEIGHT: u32 = 160;

    /// An empty ring; the first choice fills it.
    pub fn new(points_per_weight: u32) -> Ring {
        Ring {
            points_per_weight,
            points: Arc::new([]),
            server_count: 0,
        }
    }

    // ANCHOR: hash-ring-points
    /// Puts every server on the ring, available or not: one that fails keeps its
    /// points, and its keys come back with it.
    pub fn rebuild(&mut self, pool: &[Server]) {
        let mut points = Vec::new();
        for (place, server) in (0..).zip(pool) {
            for number in 0..server.weight * self.points_per_weight {
                let position = hash::pair(u64::from(server.id), u64::from(number));
                points.push(Point { position, place });
            }
        }
        self.points = BinaryHeap::from(points).into_sorted_vec().into();
        self.server_count = pool.len() as u32;
    }
    // ANCHOR_END: hash-ring-points

    // ANCHOR: hash-ring
    /// The servers that a key meets on its way clockwise, once round: the first is
    /// its own.
    pub fn clockwise(&self, key: u64) -> impl Iterator<Item = u32> {
        let position = hash::mix(key);
        let before = self
            .points
            .partition_point(|point| point.position < position);
        let (behind, ahead) = self.points.split_at(before);
        ahead.iter().chain(behind).map(|point| point.place)
    }

    /// The first server clockwise of the key that may be chosen.
    pub fn choose(&mut self, pool: &[Server], key: u64) -> Option<u32> {
        self.fit(pool);
        self.clockwise(key)
            .find(|place| pool[*place as usize].takes_requests())
    }
    // ANCHOR_END: hash-ring

    /// Builds the ring anew when servers have joined or left. Of other ids or weights it hears by [`rebuild`](Ring::rebuild).
    pub fn fit(&mut self, pool: &[Server]) {
        if self.server_count != pool.len() as u32 {
            self.rebuild(pool);
        }
    }

    /// All points, in the order of the circle.
    pub fn points(&self) -> &[Point] {
        &self.points
    }
}
