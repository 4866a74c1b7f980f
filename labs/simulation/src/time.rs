//! Virtual time: whole nanoseconds, so that no order depends on rounding.
//!
//! Arithmetic saturates: what would come before the start comes at the start, and [`Time::NEVER`] plus anything is
//! never.

use core::ops::{Add, AddAssign, Div, Mul, Sub};

const NANOS_PER_MICRO: u64 = 1_000;
const NANOS_PER_MILLI: u64 = 1_000_000;
const NANOS_PER_SEC: u64 = 1_000_000_000;

/// A moment, in nanoseconds since the start of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Time(u64);

/// A length of time in nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Duration(u64);

/// The same conversions for moments and lengths.
macro_rules! conversions {
    ($name:ident) => {
        impl $name {
            /// From nanoseconds.
            pub const fn from_nanos(nanos: u64) -> Self {
                Self(nanos)
            }

            /// From microseconds.
            pub const fn from_micros(micros: u64) -> Self {
                Self(micros.saturating_mul(NANOS_PER_MICRO))
            }

            /// From milliseconds.
            pub const fn from_millis(millis: u64) -> Self {
                Self(millis.saturating_mul(NANOS_PER_MILLI))
            }

            /// From seconds.
            pub const fn from_secs(secs: u64) -> Self {
                Self(secs.saturating_mul(NANOS_PER_SEC))
            }

            /// In nanoseconds.
            pub const fn as_nanos(self) -> u64 {
                self.0
            }

            /// In whole microseconds, rounded down.
            pub const fn as_micros(self) -> u64 {
                self.0 / NANOS_PER_MICRO
            }

            /// In whole milliseconds, rounded down.
            pub const fn as_millis(self) -> u64 {
                self.0 / NANOS_PER_MILLI
            }

            /// In whole seconds, rounded down.
            pub const fn as_secs(self) -> u64 {
                self.0 / NANOS_PER_SEC
            }
        }
    };
}

conversions!(Time);
conversions!(Duration);

impl Time {
    /// The start of the run.
    pub const START: Time = Time(0);
    /// After every moment of every run.
    pub const NEVER: Time = Time(u64::MAX);

    /// How long ago `earlier` was; zero when it is still to come.
    pub const fn since(self, earlier: Time) -> Duration {
        Duration(self.0.saturating_sub(earlier.0))
    }
}

impl Duration {
    /// No time at all.
    pub const ZERO: Duration = Duration(0);

    /// From one to the next of `per_second` evenly spaced things, rounded down; of none, longer than every run.
    pub const fn of_rate(per_second: u64) -> Duration {
        match NANOS_PER_SEC.checked_div(per_second) {
            Some(nanos) => Duration(nanos),
            None => Duration(u64::MAX),
        }
    }

    /// From nanoseconds with a fraction, rounded to the nearest; what is below zero or no number becomes zero.
    pub(crate) fn from_fractional_nanos(nanos: f64) -> Duration {
        Duration((nanos + 0.5) as u64)
    }
}

impl Add<Duration> for Time {
    type Output = Time;
    fn add(self, later: Duration) -> Time {
        Time(self.0.saturating_add(later.0))
    }
}

impl AddAssign<Duration> for Time {
    fn add_assign(&mut self, later: Duration) {
        *self = *self + later;
    }
}

impl Sub<Duration> for Time {
    type Output = Time;
    fn sub(self, earlier: Duration) -> Time {
        Time(self.0.saturating_sub(earlier.0))
    }
}

impl Sub for Time {
    type Output = Duration;
    fn sub(self, earlier: Time) -> Duration {
        self.since(earlier)
    }
}

impl Add for Duration {
    type Output = Duration;
    fn add(self, other: Duration) -> Duration {
        Duration(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Duration {
    fn add_assign(&mut self, other: Duration) {
        *self = *self + other;
    }
}

impl Sub for Duration {
    type Output = Duration;
    fn sub(self, other: Duration) -> Duration {
        Duration(self.0.saturating_sub(other.0))
    }
}

impl Mul<u64> for Duration {
    type Output = Duration;
    fn mul(self, times: u64) -> Duration {
        Duration(self.0.saturating_mul(times))
    }
}

impl Div<u64> for Duration {
    type Output = Duration;
    fn div(self, parts: u64) -> Duration {
        Duration(self.0 / parts)
    }
}
