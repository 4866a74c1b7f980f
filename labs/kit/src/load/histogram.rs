//! Latencies with their tail, on hdrhistogram: 1 µs to 24 h with three digits.

use std::time::Duration;

use serde::ser::{Serialize, SerializeStruct, Serializer};

/// What is longer counts as this.
const LATENCY_MAX: Duration = Duration::from_secs(24 * 3600);

/// Latencies. Records microseconds, answers milliseconds.
#[derive(Clone, Debug)]
pub struct Histogram {
    microseconds: hdrhistogram::Histogram<u64>,
    /// Exact, where the histogram rounds.
    sum_us: u128,
    max_us: u64,
}

impl Default for Histogram {
    fn default() -> Self {
        Self {
            microseconds: hdrhistogram::Histogram::new(3).expect("three digits are allowed"),
            sum_us: 0,
            max_us: 0,
        }
    }
}

impl Histogram {
    /// Counts one latency.
    pub fn record(&mut self, latency: Duration) {
        let microseconds = latency.min(LATENCY_MAX).as_micros() as u64;
        self.microseconds
            .record(microseconds)
            .expect("it grows as needed");
        self.sum_us += u128::from(microseconds);
        self.max_us = self.max_us.max(microseconds);
    }

    /// Adds what another one counted.
    pub fn add(&mut self, other: &Self) {
        self.microseconds
            .add(&other.microseconds)
            .expect("it grows as needed");
        self.sum_us += other.sum_us;
        self.max_us = self.max_us.max(other.max_us);
    }

    /// What was counted after `earlier`, a copy of this one from then. Its longest is as exact as the histogram.
    pub fn since(&self, earlier: &Self) -> Self {
        let mut microseconds = self.microseconds.clone();
        microseconds
            .subtract(&earlier.microseconds)
            .expect("an earlier copy has no more than this one");
        Self {
            max_us: microseconds.max(),
            sum_us: self.sum_us.saturating_sub(earlier.sum_us),
            microseconds,
        }
    }

    /// How many were counted.
    pub fn count(&self) -> u64 {
        self.microseconds.len()
    }

    /// The mean, exact to the microsecond. 0 when nothing was counted, like all below.
    pub fn mean_ms(&self) -> f64 {
        match self.count() {
            0 => 0.0,
            count => self.sum_us as f64 / count as f64 / 1000.0,
        }
    }

    /// The latency that `quantile` of all (0.99 for p99) do not exceed.
    pub fn quantile_ms(&self, quantile: f64) -> f64 {
        self.microseconds
            .value_at_quantile(quantile)
            .min(self.max_us) as f64
            / 1000.0
    }

    /// The longest, exact to the microsecond.
    pub fn max_ms(&self) -> f64 {
        self.max_us as f64 / 1000.0
    }

    /// For a chart: bounds in ms that double from `first_ms` on, and how many were at most that and above the one before.
    pub fn doubling(&self, first_ms: f64, bars: usize) -> Vec<(f64, u64)> {
        let mut bound_us = (first_ms * 1000.0) as u64;
        let mut below = 0;
        (0..bars)
            .map(|_| {
                let upto = self.microseconds.count_between(0, bound_us);
                let bar = (bound_us as f64 / 1000.0, upto.saturating_sub(below));
                below = upto;
                bound_us = bound_us.saturating_mul(2);
                bar
            })
            .collect()
    }
}

impl Serialize for Histogram {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Histogram", 7)?;
        fields.serialize_field("count", &self.count())?;
        fields.serialize_field("mean_ms", &self.mean_ms())?;
        fields.serialize_field("p50_ms", &self.quantile_ms(0.5))?;
        fields.serialize_field("p90_ms", &self.quantile_ms(0.9))?;
        fields.serialize_field("p99_ms", &self.quantile_ms(0.99))?;
        fields.serialize_field("p999_ms", &self.quantile_ms(0.999))?;
        fields.serialize_field("max_ms", &self.max_ms())?;
        fields.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_have_three_digits_and_the_mean_is_exact() {
        let mut histogram = Histogram::default();
        for ms in 1..=1000 {
            histogram.record(Duration::from_millis(ms));
        }
        assert_eq!(histogram.mean_ms(), 500.5);
        assert!((histogram.quantile_ms(0.99) - 990.0).abs() < 1.0);
        assert_eq!(histogram.quantile_ms(1.0), 1000.0);
        assert_eq!(histogram.max_ms(), 1000.0);
    }

    #[test]
    fn what_came_since_a_copy_stands_alone() {
        let mut histogram = Histogram::default();
        histogram.record(Duration::from_millis(900));
        let earlier = histogram.clone();
        for ms in [10, 20, 30] {
            histogram.record(Duration::from_millis(ms));
        }
        let since = histogram.since(&earlier);
        assert_eq!((since.count(), since.mean_ms()), (3, 20.0));
        assert!((since.quantile_ms(1.0) - 30.0).abs() < 0.1);
        assert_eq!(histogram.since(&histogram).count(), 0);
    }

    #[test]
    fn bars_of_a_chart_hold_every_latency_once() {
        let mut histogram = Histogram::default();
        for ms in [1, 2, 3, 4, 100] {
            histogram.record(Duration::from_millis(ms));
        }
        let counts: Vec<u64> = histogram
            .doubling(1.0, 8)
            .into_iter()
            .map(|(_, count)| count)
            .collect();
        assert_eq!(counts, [1, 1, 2, 0, 0, 0, 0, 1]);
    }

    #[test]
    fn nothing_counted_is_nothing() {
        let histogram = Histogram::default();
        assert_eq!(
            (
                histogram.mean_ms(),
                histogram.quantile_ms(0.99),
                histogram.max_ms()
            ),
            (0.0, 0.0, 0.0)
        );
    }
}
