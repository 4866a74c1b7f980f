//! When requests are meant to start: offsets from the beginning of a load, decided by a seed and the rate alone.

use std::time::Duration;

use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use rand_distr::Exp1;

use super::settings::Arrivals;

/// The intended starts, one after the other. A rate that changes holds from the next gap on.
pub(super) struct Schedule {
    arrivals: Arrivals,
    random: SmallRng,
    /// In seconds since `origin`; whole nanoseconds would add up to another rate.
    last_s: f64,
    /// How many gaps of the present rate there have been since `origin_s`: constant gaps do not add up errors.
    gaps: u64,
    origin_s: f64,
    rate: f64,
}

impl Schedule {
    pub(super) fn new(arrivals: Arrivals, seed: u64) -> Self {
        Self {
            arrivals,
            random: SmallRng::seed_from_u64(seed),
            last_s: 0.0,
            gaps: 0,
            origin_s: 0.0,
            rate: 0.0,
        }
    }

    /// The next intended start at `rate` requests a second, which is more than 0.
    pub(super) fn next(&mut self, rate: f64) -> Duration {
        match self.arrivals {
            Arrivals::Constant => {
                if rate != self.rate {
                    self.rate = rate;
                    self.origin_s = self.last_s;
                    self.gaps = 0;
                }
                self.gaps += 1;
                self.last_s = self.origin_s + self.gaps as f64 / rate;
            }
            Arrivals::Poisson => {
                let gap: f64 = self.random.sample(Exp1);
                self.last_s += gap / rate;
            }
        }
        Duration::from_secs_f64(self.last_s)
    }

    /// Nothing was sent for a while (the rate was 0): the next gap begins now.
    pub(super) fn resume(&mut self, now: Duration) {
        self.last_s = now.as_secs_f64();
        self.rate = 0.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(arrivals: Arrivals, seed: u64, count: usize) -> Vec<Duration> {
        let mut schedule = Schedule::new(arrivals, seed);
        (0..count).map(|_| schedule.next(100.0)).collect()
    }

    #[test]
    fn a_constant_rate_has_equal_gaps_that_do_not_drift() {
        let starts = starts(Arrivals::Constant, 1, 1_000_000);
        assert_eq!(starts[0], Duration::from_millis(10));
        assert_eq!(starts[999_999], Duration::from_secs(10_000));
    }

    #[test]
    fn poisson_arrivals_keep_the_rate_and_have_exponential_gaps() {
        let starts = starts(Arrivals::Poisson, 1, 100_000);
        let gaps: Vec<f64> = starts
            .windows(2)
            .map(|pair| (pair[1] - pair[0]).as_secs_f64())
            .collect();
        let mean = gaps.iter().sum::<f64>() / gaps.len() as f64;
        let longer_than_mean =
            gaps.iter().filter(|gap| **gap > 0.01).count() as f64 / gaps.len() as f64;
        assert!((mean - 0.01).abs() < 0.0002, "{mean}");
        assert!(
            (longer_than_mean - (-1.0_f64).exp()).abs() < 0.01,
            "{longer_than_mean}"
        );
    }

    #[test]
    fn a_seed_decides_the_arrivals() {
        assert_eq!(
            starts(Arrivals::Poisson, 7, 50),
            starts(Arrivals::Poisson, 7, 50)
        );
        assert_ne!(
            starts(Arrivals::Poisson, 7, 50),
            starts(Arrivals::Poisson, 8, 50)
        );
    }

    #[test]
    fn another_rate_holds_from_the_next_gap_on() {
        let mut schedule = Schedule::new(Arrivals::Constant, 1);
        schedule.next(10.0);
        assert_eq!(schedule.next(100.0), Duration::from_millis(110));
        schedule.resume(Duration::from_secs(5));
        assert_eq!(schedule.next(100.0), Duration::from_millis(5010));
    }
}
