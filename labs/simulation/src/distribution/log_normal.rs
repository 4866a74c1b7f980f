//! The product of many small factors: what latencies often look like.

use core::hash::{Hash, Hasher};

use super::Distribution;
use crate::{Duration, Generator};

/// Log-normal: median · e^(sigma · Z) with Z normal. Half of the draws are below the median; the mean is
/// median · e^(sigma²/2). Z by Marsaglia's polar method (Marsaglia and Bray, "A convenient method for generating normal
/// variables", SIAM Review 6(3), 1964); the second of its two normals is not kept, so that there is no hidden state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogNormal {
    median: Duration,
    sigma: f64,
}

impl LogNormal {
    /// With this median, and the standard deviation of the logarithm.
    pub fn new(median: Duration, sigma: f64) -> LogNormal {
        LogNormal { median, sigma }
    }
}

impl Distribution for LogNormal {
    fn draw(&self, random: &mut Generator) -> Duration {
        let factor = random.normal() * self.sigma;
        let nanos = self.median.as_nanos() as f64 * random.exp(factor);
        Duration::from_fractional_nanos(nanos)
    }
}

impl Generator {
    /// Normal with mean 0 and standard deviation 1.
    pub fn normal(&mut self) -> f64 {
        loop {
            let x = 2.0 * self.unit() - 1.0;
            let y = 2.0 * self.unit() - 1.0;
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                // The square root is exact to the last bit everywhere: IEEE 754 demands it.
                return x * libm::sqrt(-2.0 * self.ln(square) / square);
            }
        }
    }
}

impl Hash for LogNormal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.median.hash(state);
        self.sigma.to_bits().hash(state);
    }
}
