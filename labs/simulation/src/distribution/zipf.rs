//! Which key is asked for: few very often, most hardly ever.

use core::hash::{Hash, Hasher};

use crate::Generator;

/// Below this distance from 1 the exponent counts as 1: the formulas divide by it.
const NEAR_ONE: f64 = 1e-8;

/// Zipf: rank k of 1, 2, … n is drawn with probability proportional to k to the power of −exponent. By
/// rejection-inversion (Hörmann and Derflinger, "Rejection-inversion to generate variates from monotone discrete
/// distributions", ACM Transactions on Modeling and Computer Simulation 6(3), 1996): no table, and less than 1.2
/// attempts a draw whatever n is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Zipf {
    ranks: u64,
    exponent: f64,
    /// The integral of the hat from 1, less the first rank's own weight: where the ranks begin.
    begin: f64,
    /// The integral of the hat to the last rank.
    end: f64,
    /// Draws this close above their rank are accepted without looking.
    margin: f64,
}

impl Zipf {
    /// Over the ranks 1 to `ranks` (at least 1); the exponent is at least 0, and 0 makes all ranks equally likely.
    pub fn new(ranks: u64, exponent: f64) -> Zipf {
        let mut zipf = Zipf {
            ranks: ranks.max(1),
            exponent,
            begin: 0.0,
            end: 0.0,
            margin: 0.0,
        };
        // Nothing is drawn: the generator is only asked for powers. What they give is hashed with the distribution
        // itself.
        let powers = &mut Generator::new(0);
        zipf.begin = zipf.integral(1.5, powers) - 1.0;
        zipf.end = zipf.integral(zipf.ranks as f64 + 0.5, powers);
        let second = zipf.integral(2.5, powers) - zipf.weight(2.0, powers);
        zipf.margin = 2.0 - zipf.inverse(second, powers);
        zipf
    }

    /// A rank, from 1.
    pub fn rank(&self, random: &mut Generator) -> u64 {
        loop {
            let area = self.end + random.unit() * (self.begin - self.end);
            let x = self.inverse(area, random);
            let rank = ((x + 0.5) as u64).clamp(1, self.ranks);
            let middle = rank as f64;
            let is_close = middle - x <= self.margin;
            if is_close || area >= self.integral(middle + 0.5, random) - self.weight(middle, random)
            {
                return rank;
            }
        }
    }

    /// The hat: x to the power of −exponent.
    fn weight(&self, x: f64, random: &mut Generator) -> f64 {
        random.pow(x, -self.exponent)
    }

    /// The integral of the hat from 1 to x.
    fn integral(&self, x: f64, random: &mut Generator) -> f64 {
        let power = 1.0 - self.exponent;
        if power.abs() < NEAR_ONE {
            random.ln(x)
        } else {
            (random.pow(x, power) - 1.0) / power
        }
    }

    /// The x up to which the integral has this value.
    fn inverse(&self, area: f64, random: &mut Generator) -> f64 {
        let power = 1.0 - self.exponent;
        if power.abs() < NEAR_ONE {
            random.exp(area)
        } else {
            random.pow((1.0 + area * power).max(0.0), 1.0 / power)
        }
    }
}

impl Hash for Zipf {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.ranks.hash(state);
        for number in [self.exponent, self.begin, self.end, self.margin] {
            number.to_bits().hash(state);
        }
    }
}
