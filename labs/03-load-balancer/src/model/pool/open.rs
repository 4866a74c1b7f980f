//! What is under way and known by its number: requests that a server was chosen for, probes that have no answer yet.

use alloc::vec::Vec;

/// Things by their numbers, which only ever rise. A sorted list: there are at most a few thousand, and mostly a few.
#[derive(Debug, Clone, Hash)]
pub(super) struct Open<T>(Vec<(u32, T)>);

impl<T> Open<T> {
    pub(super) const fn new() -> Open<T> {
        Open(Vec::new())
    }

    /// Adds a thing under a number that is higher than those before it.
    pub(super) fn insert(&mut self, number: u32, thing: T) {
        self.0.push((number, thing));
    }

    /// Takes it out; `None` when that was done before.
    pub(super) fn remove(&mut self, number: u32) -> Option<T> {
        let place = self.0.binary_search_by_key(&number, |entry| entry.0).ok()?;
        Some(self.0.remove(place).1)
    }
}
