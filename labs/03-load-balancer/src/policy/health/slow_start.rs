//! Slow start: a server that has just come back gets little at first. Its caches are cold, and its connections not yet open.

use simulation::Duration;

/// How a server's weight grows back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SlowStart {
    /// Until the whole weight is reached. 0: at once.
    pub window: Duration,
    /// The bend of the curve, in percent: 100 is a straight line, more is quicker at first.
    pub aggression_percent: u32,
    /// Never less than this, in thousandths of the weight, at most 1,000. 100 is Envoy's 10 %: without requests nothing gets
    /// warm.
    pub least_permille: u32,
}

impl Default for SlowStart {
    /// Off, with Envoy's values for the rest.
    fn default() -> SlowStart {
        SlowStart {
            window: Duration::default(),
            aggression_percent: 100,
            least_permille: 100,
        }
    }
}

impl SlowStart {
    // ANCHOR: slow-start
    /// The part of its weight, in thousandths, that a server may carry so long after
    /// it came back. Envoy's formula: max(least, (max(time, 1 s) ÷ window)^(1 ÷
    /// aggression)).
    pub fn ramp_permille(&self, since_back: Duration) -> u32 {
        if since_back >= self.window {
            return 1_000;
        }
        let time_ns = since_back.max(Duration::from_secs(1)).as_nanos();
        let part = time_ns as f64 / self.window.as_nanos() as f64;
        // part^(1 ÷ aggression), by the two functions that the page's module needs anyway.
        let ramp = libm::exp(libm::log(part) * 100.0 / f64::from(self.aggression_percent));
        ((ramp * 1_000.0) as u32).clamp(self.least_permille, 1_000)
    }
    // ANCHOR_END: slow-start
}
