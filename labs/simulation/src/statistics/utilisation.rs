//! Which part of the time somebody worked, lately.

use super::past::Past;
use crate::{Duration, Time};

/// Time at work over a sliding window.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Utilisation {
    past: Past,
}

impl Utilisation {
    /// Over a window of this length, nobody working.
    pub fn new(window: Duration) -> Utilisation {
        Utilisation {
            past: Past::new(window),
        }
    }

    /// From now on so many are working.
    #[inline]
    pub fn set(&mut self, now: Time, working: u32) {
        self.past.add(now, 0, u64::from(working));
    }

    /// The part of the window that ends now at which `workers` were at work, in thousandths, rounded; before it is
    /// full, since the start. Where there were more workers before, they count as time at work of those that are
    /// left, up to 1000.
    pub fn permille(&self, now: Time, workers: u32) -> u32 {
        let possible = self.past.length_ns(now).saturating_mul(workers.into());
        let worked = self.past.growth(now).saturating_mul(1000);
        ((worked + possible / 2) / possible.max(1)).min(1000) as u32
    }

    /// Time at work since the start, added up over all who worked.
    #[inline]
    pub fn total(&self, now: Time) -> Duration {
        Duration::from_nanos(self.past.total(now))
    }
}
