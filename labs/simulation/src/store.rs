//! What a machine keeps: keys with versions, so that a replica can be behind and a reader can be stale.

use alloc::collections::BTreeMap;

use crate::Time;

/// The version of a key: which write, and when it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// 1 for the first write of a key, 2 for the second …
    pub number: u64,
    /// When the primary wrote it.
    pub written: Time,
}

/// Keys and the version of each, in the order of the keys.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Store {
    versions: BTreeMap<u64, Version>,
    reads: u64,
    misses: u64,
}

impl Store {
    /// Nothing yet.
    pub const fn new() -> Store {
        Store {
            versions: BTreeMap::new(),
            reads: 0,
            misses: 0,
        }
    }

    /// Writes a key here first, as a primary does, and gives the version to be sent to the replicas.
    pub fn write(&mut self, now: Time, key: u64) -> Version {
        let number = self.versions.get(&key).map_or(0, |last| last.number) + 1;
        let version = Version {
            number,
            written: now,
        };
        self.versions.insert(key, version);
        version
    }

    /// Takes over a version from elsewhere, as a replica or a cache does; an older one than is here changes nothing.
    pub fn apply(&mut self, key: u64, version: Version) {
        let kept = self.versions.entry(key).or_insert(version);
        *kept = version.max(*kept);
    }

    /// The version that is here; a read is counted, and a miss if there is none.
    pub fn read(&mut self, key: u64) -> Option<Version> {
        let version = self.versions.get(&key).copied();
        self.reads += 1;
        self.misses += u64::from(version.is_none());
        version
    }

    /// Forgets a key.
    pub fn remove(&mut self, key: u64) -> Option<Version> {
        self.versions.remove(&key)
    }

    /// Forgets all keys, as a memory does in a crash.
    pub fn clear(&mut self) {
        self.versions.clear();
    }

    /// How many keys are here.
    pub fn keys(&self) -> u64 {
        self.versions.len() as u64
    }

    /// Reads since the start.
    pub fn reads(&self) -> u64 {
        self.reads
    }

    /// Reads since the start that found nothing.
    pub fn misses(&self) -> u64 {
        self.misses
    }
}
