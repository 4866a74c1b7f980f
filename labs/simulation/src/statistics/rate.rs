//! How many a second, lately.

use super::window::Window;
use crate::{Duration, Time};

/// Counts over a sliding window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rate {
    window: Window,
    total: u64,
}

impl Rate {
    /// Over a window of this length.
    pub fn new(window: Duration) -> Rate {
        Rate {
            window: Window::new(window),
            total: 0,
        }
    }

    /// Counts one.
    #[inline]
    pub fn record(&mut self, now: Time) {
        self.record_many(now, 1);
    }

    /// Counts several at once.
    pub fn record_many(&mut self, now: Time, count: u64) {
        self.window.add(now, count);
        self.total += count;
    }

    /// All since the start.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// How many in the window that ends now; to about a twentieth of what came at its far end.
    pub fn recent(&self, now: Time) -> u64 {
        self.window.sum(now)
    }

    /// How many a second in the window that ends now, rounded; before it is full, since the start.
    pub fn per_second(&self, now: Time) -> u64 {
        let length = u128::from(self.window.length_ns(now).max(1));
        let count = u128::from(self.window.sum(now)) * 1_000_000_000;
        ((count + length / 2) / length) as u64
    }
}
