//! Always the same, and evenly between two bounds.

use super::Distribution;
use crate::{Duration, Generator};

/// Always the same length. It draws nothing from the generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Constant(pub Duration);

impl Distribution for Constant {
    fn draw(&self, _: &mut Generator) -> Duration {
        self.0
    }
}

/// Every length from `least` to `most`, both included, equally likely; the mean is halfway. In whole nanoseconds,
/// without a float.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Uniform {
    least: Duration,
    most: Duration,
}

impl Uniform {
    /// Between two bounds, in whichever order they come.
    pub fn new(least: Duration, most: Duration) -> Uniform {
        Uniform {
            least: least.min(most),
            most: least.max(most),
        }
    }
}

impl Distribution for Uniform {
    fn draw(&self, random: &mut Generator) -> Duration {
        let span = (self.most - self.least).as_nanos();
        self.least + Duration::from_nanos(random.below(span.saturating_add(1)))
    }
}
