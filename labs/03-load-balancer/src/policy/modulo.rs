//! Modulo: the obvious way to give a key a home, and why nobody does it with machines that come and go.

use super::{Server, hash, pool};

/// Hash of the key, modulo the number of available servers. Even, and without any table; but from N to N + 1 servers
/// N of N + 1 keys move, because nearly every remainder changes.
#[derive(Debug, Clone, Default, Hash)]
pub struct Modulo;

impl Modulo {
    // ANCHOR: modulo
    /// The server at the key's remainder.
    pub fn choose(&self, pool: &[Server], key: u64) -> Option<u32> {
        let count = u64::from(pool::available_count(pool));
        let remainder = hash::mix(key).checked_rem(count)?;
        pool::nth_available(pool, remainder as u32)
    }
    // ANCHOR_END: modulo
}
