//! Slow start: a server that has just come back gets little at first. Its caches are cold and its connections are not open.

use simulation::Duration;

/// How a server's weight grows back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SlowStart {
    /// Until the whole weight is reached. 0: at once.
    pub window: Duration,
    /// The bend of the curve, in percent: 100 is a straight line, more is quicker at first.
    pub aggression_percent: u32,
    /// Never less than this, in thousandths of the weight. 100 is Envoy's 10 %: a server without requests warms nothing.
    pub least_permille: u32,
}

impl Default for SlowStart {
    /// Off, as in Envoy, with Envoy's other values.
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
    /// The part of its weight, in thousandths, that a server may carry so long after it came back.
    /// Envoy's formula: max(least, (max(time, 1 s) ÷ window)^(1 ÷ aggression)).
    pub fn ramp_permille(&self, since_back: Duration) -> u32 {
        if since_back >= self.window {
            return 1_000;
        }
        let second = Duration::from_millis(1_000);
        let time = since_back.max(second).as_nanos() as f64 / self.window.as_nanos() as f64;
        let ramp = libm::pow(time, 100.0 / f64::from(self.aggression_percent)) * 1_000.0;
        (ramp as u32).clamp(self.least_permille, 1_000)
    }
    // ANCHOR_END: slow-start
}
