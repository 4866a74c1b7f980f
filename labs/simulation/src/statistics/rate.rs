//! How many a second, lately.

use super::past::Past;
use crate::{Duration, Time};

/// Counts over a sliding window.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rate {
    past: Past,
}

impl Rate {
    /// Over a window of this length.
    pub fn new(window: Duration) -> Rate {
        Rate {
            past: Past::new(window),
        }
    }

    /// Counts one.
    #[inline]
    pub fn record(&mut self, now: Time) {
        self.record_many(now, 1);
    }

    /// Counts several at once.
    pub fn record_many(&mut self, now: Time, count: u64) {
        self.past.add(now, count, 0);
    }

    /// All since the start.
    pub fn total(&self) -> u64 {
        self.past.total(Time::START)
    }

    /// How many in the window that ends now; those in its first twentieth count as if they had come evenly.
    pub fn recent(&self, now: Time) -> u64 {
        self.past.growth(now)
    }

    /// How many a second in the window that ends now, rounded; before it is full, since the start.
    pub fn per_second(&self, now: Time) -> u64 {
        let length_us = (self.past.length_ns(now) / 1_000).max(1);
        let count = self.recent(now).saturating_mul(1_000_000);
        (count + length_us / 2) / length_us
    }
}
