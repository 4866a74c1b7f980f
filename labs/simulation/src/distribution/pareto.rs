//! Many short, few very long: a heavy tail with an end.

use core::hash::{Hash, Hasher};

use super::Distribution;
use crate::{Duration, Generator};

/// Pareto cut off at `most`: P(X > x) falls as x to the power of −shape between `least` and `most`. With shape α ≠ 1
/// and r = least/most the mean is least · α/(α − 1) · (1 − r^(α−1))/(1 − r^α). By inversion (Harchol-Balter,
/// *Performance Modeling and Design of Computer Systems*, 2013, chapter 20).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BoundedPareto {
    shape: f64,
    least: Duration,
    most: Duration,
}

impl BoundedPareto {
    /// Shape above 0 (1.1 is typical of the sizes of files and jobs), `least` above 0 and at most `most`.
    pub fn new(shape: f64, least: Duration, most: Duration) -> BoundedPareto {
        BoundedPareto { shape, least, most }
    }
}

impl Distribution for BoundedPareto {
    fn draw(&self, random: &mut Generator) -> Duration {
        let (least, most) = (self.least.as_nanos() as f64, self.most.as_nanos() as f64);
        // The part of the uncut distribution that lies above `most`.
        let beyond = random.pow(least / most, self.shape);
        let above = 1.0 - random.unit() * (1.0 - beyond);
        let nanos = least * random.pow(above, -1.0 / self.shape);
        Duration::from_fractional_nanos(nanos).clamp(self.least, self.most)
    }
}

impl Hash for BoundedPareto {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.shape.to_bits().hash(state);
        self.least.hash(state);
        self.most.hash(state);
    }
}
