//! A cache that keeps what was asked for last.

use alloc::collections::BTreeMap;

/// The keys that were asked for last, so many of them.
#[derive(Debug, Clone, Hash)]
pub(super) struct Cache {
    capacity: u64,
    /// How often it was asked.
    asked: u64,
    /// When each key was asked for last, counted in requests.
    last_asked: BTreeMap<u64, u64>,
    /// The same the other way round: the first is the next to be forgotten.
    by_age: BTreeMap<u64, u64>,
}

impl Cache {
    pub(super) fn new(capacity: u32) -> Cache {
        Cache {
            capacity: capacity.into(),
            asked: 0,
            last_asked: BTreeMap::new(),
            by_age: BTreeMap::new(),
        }
    }

    /// Whether the key is kept.
    pub(super) fn keeps(&self, key: u64) -> bool {
        self.last_asked.contains_key(&key)
    }

    /// Asks for a key, which is kept from then on; says whether it was kept before.
    pub(super) fn ask(&mut self, key: u64) -> bool {
        self.asked += 1;
        let before = self.last_asked.insert(key, self.asked);
        if let Some(before) = before {
            self.by_age.remove(&before);
        }
        self.by_age.insert(self.asked, key);
        if self.by_age.len() as u64 > self.capacity
            && let Some((_, oldest)) = self.by_age.pop_first()
        {
            self.last_asked.remove(&oldest);
        }
        before.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::Cache;

    #[test]
    fn the_key_that_was_asked_for_longest_ago_is_forgotten() {
        let mut cache = Cache::new(2);
        let hits = [1, 2, 1, 3, 1, 2].map(|key| cache.ask(key));
        assert_eq!(hits, [false, false, true, false, true, false]);
    }
}
