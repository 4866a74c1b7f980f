//! The only source of chance: xoshiro256** by Blackman and Vigna ("Scrambled linear pseudorandom number generators",
//! ACM Transactions on Mathematical Software 47(4), 2021), its state filled by SplitMix64, as they advise.
//!
//! Logarithms, exponentials and powers go through the generator as well. It keeps a trace of their raw bits, which is
//! part of its digest: a result that differs in the last bit is seen even where the time made from it is rounded to
//! the same nanosecond.

use crate::digest::{Digest, mix};
use crate::transcendental;

/// Seeded randomness; the same seed gives the same draws everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Generator {
    seed: u64,
    state: [u64; 4],
    trace: Digest,
}

impl Generator {
    /// From a seed; every seed is as good as any other.
    pub fn new(seed: u64) -> Generator {
        let mut counter = seed;
        let state = [(); 4].map(|()| {
            counter = counter.wrapping_add(0x9E37_79B9_7F4A_7C15);
            mix(counter)
        });
        Generator {
            seed,
            state,
            trace: Digest::new(),
        }
    }

    /// A generator of its own for one part of a model, so that a draw more in one part does not change what the
    /// others get. It depends on the seed and on `number` alone, not on what was drawn before.
    pub fn stream(&self, number: u64) -> Generator {
        Generator::new(mix(self.seed) ^ mix(number.wrapping_add(1)).rotate_left(32))
    }

    /// 64 random bits.
    #[inline]
    pub fn next_u64(&mut self) -> u64 {
        let [a, b, c, d] = &mut self.state;
        let bits = b.wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let shifted = *b << 17;
        *c ^= *a;
        *d ^= *b;
        *b ^= *c;
        *a ^= *d;
        *c ^= shifted;
        *d = d.rotate_left(45);
        bits
    }

    /// One of 0, 1, … n − 1, each as likely as the others; 0 for n = 0. Lemire, "Fast random integer generation in an
    /// interval", ACM Transactions on Modeling and Computer Simulation 29(1), 2019.
    #[inline]
    pub fn below(&mut self, n: u64) -> u64 {
        loop {
            let product = u128::from(self.next_u64()) * u128::from(n);
            let low = product as u64;
            // The remainder is needed only in the rare case that the low half is below n.
            if low >= n || n == 0 || low >= n.wrapping_neg() % n {
                return (product >> 64) as u64;
            }
        }
    }

    /// Evenly in [0, 1): one of the 2⁵³ multiples of 2⁻⁵³.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// True `part` times in `of`.
    pub fn chance(&mut self, part: u64, of: u64) -> bool {
        self.below(of) < part
    }

    /// The natural logarithm, kept in the trace.
    #[inline]
    pub fn ln(&mut self, x: f64) -> f64 {
        self.traced(transcendental::ln(x))
    }

    /// e to the power of x, kept in the trace.
    #[inline]
    pub fn exp(&mut self, x: f64) -> f64 {
        self.traced(transcendental::exp(x))
    }

    /// x to the power of y, kept in the trace.
    #[inline]
    pub fn pow(&mut self, x: f64, y: f64) -> f64 {
        self.traced(transcendental::pow(x, y))
    }

    #[inline]
    fn traced(&mut self, result: f64) -> f64 {
        self.trace.word(result.to_bits());
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first outputs of the authors' C code from the state 1, 2, 3, 4; rand_xoshiro checks against the same.
    #[test]
    fn the_bits_are_those_of_the_authors_code() {
        let mut random = Generator {
            state: [1, 2, 3, 4],
            ..Generator::new(0)
        };
        let expected = [
            11520,
            0,
            1509978240,
            1215971899390074240,
            1216172134540287360,
            607988272756665600,
            16172922978634559625,
            8476171486693032832,
            10595114339597558777,
            2904607092377533576,
        ];
        assert_eq!(expected.map(|_| random.next_u64()), expected);
    }

    /// The first outputs of SplitMix64 for the seed 1234567, as Rosetta Code lists them.
    #[test]
    fn the_state_is_filled_by_splitmix64() {
        let expected = [
            6457827717110365317,
            3203168211198807973,
            9817491932198370423,
            4593380528125082431,
        ];
        assert_eq!(Generator::new(1234567).state, expected);
    }
}
