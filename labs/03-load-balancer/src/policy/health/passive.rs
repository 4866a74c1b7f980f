//! Passive checks: the clients' own requests are the probes. Envoy calls it outlier detection.

use simulation::{Duration, Time};

/// When a server is ejected, and for how long. The defaults are Envoy's (`outlier_detection.proto`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ejection {
    /// Failed requests in a row that eject a server; 0: never. 5: one in a row is bad luck, five are not.
    pub failures: u32,
    /// The first ejection lasts this long, the second twice as long, and so on. 30 s.
    pub base: Duration,
    /// No ejection lasts longer. 300 s.
    pub longest: Duration,
    /// Each of these without an ejection takes one off the count of ejections. 10 s.
    pub forgiven_after: Duration,
    /// At most this part of the pool is ejected at once, in percent; but always one. 10 %: if more servers than that look
    /// ill, the illness may be the network's, or the request's.
    pub ejected_percent_max: u32,
}

impl Default for Ejection {
    fn default() -> Ejection {
        Ejection {
            failures: 5,
            base: Duration::from_millis(30_000),
            longest: Duration::from_millis(300_000),
            forgiven_after: Duration::from_millis(10_000),
            ejected_percent_max: 10,
        }
    }
}

/// What the requests say of one server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Observed {
    /// Requests in a row that failed.
    pub failures: u32,
    /// When the last ejection ends, or ended; `None` before the first.
    pub ejected_until: Option<Time>,
    /// Ejections that are not forgiven yet.
    pub ejections: u32,
}

impl Observed {
    // ANCHOR: ejection
    /// Whether it is ejected at this moment.
    pub fn is_ejected(&self, now: Time) -> bool {
        self.ejected_until.is_some_and(|until| now < until)
    }

    /// After one more request.
    #[must_use]
    pub fn after(self, answered: bool) -> Observed {
        let failures = if answered { 0 } else { self.failures + 1 };
        Observed { failures, ..self }
    }

    /// Ejected: longer each time, unless it has behaved well for a while.
    #[must_use]
    pub fn ejected(self, now: Time, rule: &Ejection) -> Observed {
        let well_for = self
            .ejected_until
            .map_or(Duration::default(), |until| now.since(until));
        let forgiven = well_for
            .as_nanos()
            .checked_div(rule.forgiven_after.as_nanos());
        let before = u64::from(self.ejections).saturating_sub(forgiven.unwrap_or(0));
        let lasts_ns = rule
            .base
            .as_nanos()
            .saturating_mul(before + 1)
            .min(rule.longest.as_nanos());
        Observed {
            failures: 0,
            ejected_until: Some(now + Duration::from_nanos(lasts_ns)),
            ejections: before as u32 + 1,
        }
    }
    // ANCHOR_END: ejection

    /// Back before its time, because a probe was answered (Envoy's `successful_active_health_check_uneject_host`).
    #[must_use]
    pub fn readmitted(self, now: Time) -> Observed {
        let until = self.ejected_until.map(|until| until.min(now));
        Observed {
            failures: 0,
            ejected_until: until,
            ..self
        }
    }
}
