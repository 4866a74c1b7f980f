//! Which keys a server has at hand: so many, and the one not asked for longest goes first (LRU).

use std::collections::{BTreeMap, HashMap};

/// The keys at hand.
pub(super) struct KeptKeys {
    keys_max: usize,
    asks: u64,
    /// When each was asked for last, counted in asks.
    last_asked: HashMap<Box<[u8]>, u64>,
    /// The same, the longest ago first.
    by_age: BTreeMap<u64, Box<[u8]>>,
}

impl KeptKeys {
    pub(super) fn new(keys_max: usize) -> Self {
        Self {
            keys_max,
            asks: 0,
            last_asked: HashMap::new(),
            by_age: BTreeMap::new(),
        }
    }

    /// Somebody asks for a key: whether it was at hand. It is from now on.
    pub(super) fn ask(&mut self, key: &[u8]) -> bool {
        self.asks += 1;
        let kept = match self.last_asked.get_mut(key) {
            Some(last) => {
                let kept = self.by_age.remove(last).expect("both know the same keys");
                *last = self.asks;
                self.by_age.insert(self.asks, kept);
                true
            }
            None => {
                self.last_asked.insert(key.into(), self.asks);
                self.by_age.insert(self.asks, key.into());
                false
            }
        };
        if self.by_age.len() > self.keys_max
            && let Some((_, oldest)) = self.by_age.pop_first()
        {
            self.last_asked.remove(&oldest);
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_not_asked_for_longest_goes_first() {
        let mut keys = KeptKeys::new(2);
        let hits: Vec<bool> = [b"a", b"b", b"a", b"c", b"a", b"b"]
            .iter()
            .map(|key| keys.ask(*key))
            .collect();
        assert_eq!(hits, [false, false, true, false, true, false]);
    }

    #[test]
    fn no_room_is_no_hit() {
        let mut keys = KeptKeys::new(0);
        assert!(!keys.ask(b"a") && !keys.ask(b"a"));
        assert_eq!(keys.last_asked.len(), 0);
    }
}
