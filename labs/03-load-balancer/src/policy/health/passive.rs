//! Passive checks: the clients' own requests are the probes. Envoy calls it outlier detection.

use simulation::{Duration, Time};

/// When a server is ejected, and for how long. The defaults are Envoy's (`outlier_detection.proto`). Envoy looks every ten
/// seconds whose ejection is over; here it is over to the nanosecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ejection {
    /// Failed requests in a row that eject a server; 0: never. Default 5: one may be the request's own fault, five are not.
    pub failures: u32,
    /// The first ejection lasts this long, the second twice as long, and so on: who fails again and again is asked ever less
    /// often, and each time it is asked costs clients' requests. Default 30 s.
    pub base: Duration,
    /// No ejection lasts longer, so that a server that was mended is found out. Default 300 s.
    pub longest: Duration,
    /// So much time without an ejection takes one off their count. 0: none is ever forgiven. Default 10 s.
    pub forgiven_after: Duration,
    /// At most this part of the pool is ejected at once, in percent, but one in any case. Default 10: when more servers than
    /// that look ill at once, the cause may lie elsewhere, and the others would have to carry their work. (Newer Envoys eject
    /// none of a small pool unless `always_eject_one_host` is set.)
    pub ejected_percent_max: u32,
}

impl Default for Ejection {
    fn default() -> Ejection {
        Ejection {
            failures: 5,
            base: Duration::from_secs(30),
            longest: Duration::from_secs(300),
            forgiven_after: Duration::from_secs(10),
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
        let well_since = self.ejected_until.unwrap_or(now);
        let well_for = now.since(well_since).as_nanos();
        let forgiven = well_for.checked_div(rule.forgiven_after.as_nanos());
        let before = u64::from(self.ejections).saturating_sub(forgiven.unwrap_or(0));
        let lasts = (rule.base * (before + 1)).min(rule.longest);
        Observed {
            failures: 0,
            ejected_until: Some(now + lasts),
            ejections: before as u32 + 1,
        }
    }
    // ANCHOR_END: ejection

    /// Back before its time, because a probe was answered (Envoy's `successful_active_health_check_uneject_host`).
    #[must_use]
    pub fn readmitted(self, now: Time) -> Observed {
        Observed {
            failures: 0,
            ejected_until: Some(now),
            ..self
        }
    }
}
