//! Jump hash: even, without a table, with only the keys moved that must; but servers may only come and go at the end.

use super::{Server, hash, pool};

/// A key's home among numbered buckets. Source: Lamping and Veach, "A Fast, Minimal Memory, Consistent Hash Algorithm",
/// arXiv 1406.2294. When a server fails that is not the last one, those behind it close the gap, and their keys move, too:
/// that is what it costs to keep no table. Weights are ignored.
#[derive(Debug, Clone, Default, Hash)]
pub struct Jump;

impl Jump {
    /// The server at the key's bucket.
    pub fn choose(&self, pool: &[Server], key: u64) -> Option<u32> {
        let count = pool::available_count(pool);
        (count > 0).then(|| pool::nth_available(pool, bucket(hash::mix(key), count)))?
    }
}

// ANCHOR: jump
/// The bucket of a key among `count`, at least 1. As buckets are added one by one,
/// the key jumps ahead now and then; this follows only the jumps. Multiplier and
/// shift are the paper's.
pub fn bucket(mut key: u64, count: u32) -> u32 {
    let mut bucket = 0;
    let mut jump = 0;
    while jump < u64::from(count) {
        bucket = jump as u32;
        key = key.wrapping_mul(2_862_933_555_777_941_757).wrapping_add(1);
        let draw = ((key >> 33) + 1) as f64 / (1_u64 << 31) as f64;
        jump = (f64::from(bucket + 1) / draw) as u64;
    }
    bucket
}
// ANCHOR_END: jump
