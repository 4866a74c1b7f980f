//! Little's law as a check of the model itself.

use crate::{Duration, Time};

/// L = λ·W: as many are inside as come in a second times the seconds that each stays (Little, "A proof for the
/// queuing formula L = λW", Operations Research 9(3), 1961). All three are counted separately; where they do not
/// agree after a long run, the model loses requests or counts some twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Little {
    inside: u64,
    changed: Time,
    /// Nanoseconds that anybody spent inside, added up from how many were inside.
    area_ns: u128,
    arrived: u64,
    left: u64,
    /// Nanoseconds that those who left say they were inside.
    stayed_ns: u128,
}

impl Little {
    /// Nobody inside, at the start.
    pub fn new() -> Little {
        Little::default()
    }

    /// One comes in.
    #[inline]
    pub fn arrives(&mut self, now: Time) {
        self.pass(now);
        self.inside += 1;
        self.arrived += 1;
    }

    /// One leaves after having been inside for `stayed`.
    #[inline]
    pub fn leaves(&mut self, now: Time, stayed: Duration) {
        self.pass(now);
        self.inside = self.inside.saturating_sub(1);
        self.left += 1;
        self.stayed_ns += u128::from(stayed.as_nanos());
    }

    #[inline]
    fn pass(&mut self, now: Time) {
        self.area_ns += u128::from((now - self.changed).as_nanos()) * u128::from(self.inside);
        self.changed = now;
    }

    /// How many are inside.
    pub fn inside(&self) -> u64 {
        self.inside
    }

    /// L, how many were inside on average since the start, in thousandths.
    pub fn mean_inside_permille(&self, now: Time) -> u64 {
        let mut until_now = *self;
        until_now.pass(now);
        (until_now.area_ns * 1000 / u128::from(now.as_nanos().max(1))) as u64
    }

    /// How far λ·W is from L, in thousandths of L; `None` before anybody has left.
    pub fn error_permille(&self, now: Time) -> Option<u64> {
        let mut until_now = *self;
        until_now.pass(now);
        // Both sides are multiplied by the length of the run: λ becomes the number of arrivals.
        let expected =
            (self.stayed_ns * u128::from(self.arrived)).checked_div(u128::from(self.left))?;
        let difference = expected.abs_diff(until_now.area_ns) * 1000;
        Some((difference / until_now.area_ns.max(1)) as u64)
    }
}
