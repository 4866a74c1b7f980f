//! What can be seen of the keys and their servers.

use alloc::vec::Vec;

use super::method::Method;
use super::{ASKED, KEYS, METHODS, NOBODY, RingModel, SAMPLE, SERVERS};
use crate::policy::hash;
use crate::snapshot;

impl RingModel {
    /// What can be seen.
    pub fn snapshot(&self) -> snapshot::Ring {
        let now = self.events.now();
        snapshot::Ring {
            time: now,
            method: METHODS[usize::from(self.method)].label,
            has_points: self.method == 0,
            members: (0..SERVERS).map(|place| self.member(place)).collect(),
            points: self.points(),
            keys: (0..SAMPLE).map(|key| self.key(key)).collect(),
            moved_permille: self.moved_permille,
            moved_expected_permille: self.moved_expected_permille,
            requests: self.clients.sent(),
            hit_permille: self.hits.recent_permille(now),
            history_hit_permille: self.hits.history_permille(now),
        }
    }

    fn member(&self, place: u8) -> snapshot::Member {
        let share = self.owners.iter().filter(|owner| **owner == place).count() as u32;
        snapshot::Member {
            number: place + 1,
            is_present: self.servers[usize::from(place)].is_available,
            share_permille: share * 1_000 / KEYS,
            requests_per_s: self.requests[usize::from(place)].per_second(self.events.now()) as u32,
        }
    }

    fn points(&self) -> Vec<snapshot::Point> {
        let Method::Ring(ring) = &self.policy else {
            return Vec::new();
        };
        let takes_part = |place: u32| self.servers[place as usize].is_available;
        let points = ring.points().iter().filter(|point| takes_part(point.place));
        points
            .map(|point| snapshot::Point {
                angle: (point.position >> 48) as u16,
                server: point.place as u8 + 1,
            })
            .collect()
    }

    fn key(&self, key: usize) -> snapshot::Key {
        let now = self.events.now();
        snapshot::Key {
            angle: (hash::mix(self.keys[key]) >> 48) as u16,
            server: match self.owners[key] {
                NOBODY => 0,
                place => place + 1,
            },
            has_moved: self.moved[key],
            is_asked: self.asked_at[key].is_some_and(|at| now.since(at) < ASKED),
        }
    }
}
