//! The time to the next of many independent rare things.

use super::Distribution;
use crate::{Duration, Generator};

/// Exponential with a given mean; the standard deviation is the mean as well. Gaps that are drawn from it make a
/// Poisson process. By inversion: −mean · ln(1 − u) (Devroye, *Non-Uniform Random Variate Generation*, 1986, chapter
/// II.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Exponential {
    mean: Duration,
}

impl Exponential {
    /// With this mean.
    pub fn new(mean: Duration) -> Exponential {
        Exponential { mean }
    }
}

impl Distribution for Exponential {
    #[inline]
    fn draw(&self, random: &mut Generator) -> Duration {
        Duration::from_fractional_nanos(self.mean.as_nanos() as f64 * random.exponential())
    }
}

impl Generator {
    /// Exponential with mean 1.
    #[inline]
    pub fn exponential(&mut self) -> f64 {
        let left = 1.0 - self.unit();
        -self.ln(left)
    }
}
