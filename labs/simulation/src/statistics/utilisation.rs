//! Which part of the time somebody worked, lately.

use super::window::Window;
use crate::{Duration, Time};

/// Time at work over a sliding window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Utilisation {
    window: Window,
    working: u32,
    since: Time,
    total: Duration,
}

impl Utilisation {
    /// Over a window of this length, nobody working.
    pub fn new(window: Duration) -> Utilisation {
        Utilisation {
            window: Window::new(window),
            working: 0,
            since: Time::START,
            total: Duration::ZERO,
        }
    }

    /// From now on so many are working.
    #[inline]
    pub fn set(&mut self, now: Time, working: u32) {
        self.total = self.total(now);
        if self.working > 0 {
            self.window
                .add_span(self.since, now, u64::from(self.working));
        }
        self.since = now;
        self.working = working;
    }

    /// The part of the window that ends now at which `workers` were at work, in thousandths; before it is full, since the
    /// start.
    pub fn permille(&self, now: Time, workers: u32) -> u32 {
        let mut window = self.window;
        window.add_span(self.since, now, u64::from(self.working));
        let possible = u128::from(window.length_ns(now)) * u128::from(workers);
        let worked = u128::from(window.sum(now)) * 1000;
        ((worked + possible / 2) / possible.max(1)) as u32
    }

    /// Time at work since the start, added up over all who worked.
    #[inline]
    pub fn total(&self, now: Time) -> Duration {
        self.total + (now - self.since) * u64::from(self.working)
    }
}
