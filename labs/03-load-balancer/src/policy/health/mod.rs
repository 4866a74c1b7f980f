//! Who is in rotation: a state machine that is fed with what the balancer saw and when, and has no clock and no socket.
//!
//! Two ways to notice the dead run side by side. **Active** probes ([`Probed`]) find a dead server within
//! fall × interval + time-out, also an idle one, and cost requests of their own. **Passive** checks ([`Observed`]) find it
//! after a few failed requests of clients: quick when it is busy, never when it is idle. A server is in rotation when
//! both agree. The pool has the last word ([`Pool`]): passive checks may not eject more than a part of it, and when less
//! than half is healthy, health is ignored. A server that comes back starts slowly ([`SlowStart`]).

mod active;
mod passive;
mod pool;
mod slow_start;

use simulation::Time;

pub use active::{Probed, Thresholds};
pub use passive::{Ejection, Observed};
pub use pool::{Observation, Pool};
pub use slow_start::SlowStart;

/// What takes a server out and brings it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rules {
    /// For active probes.
    pub thresholds: Thresholds,
    /// For passive checks.
    pub ejection: Ejection,
    /// For servers that came back.
    pub slow_start: SlowStart,
    /// With a smaller part of the pool healthy than this, in percent, health is ignored. 50 is Envoy's; 0: never.
    pub panic_percent: u32,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules {
            thresholds: Thresholds::default(),
            ejection: Ejection::default(),
            slow_start: SlowStart::default(),
            panic_percent: 50,
        }
    }
}

/// The health of one server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Health {
    /// What the probes say.
    pub probed: Probed,
    /// What the requests say.
    pub observed: Observed,
    /// When probes last brought it back; `None`: never.
    pub risen_at: Option<Time>,
}

impl Health {
    // ANCHOR: health
    /// Whether it should be in rotation: the probes find it up, and it is not
    /// ejected.
    pub fn is_healthy(&self, now: Time) -> bool {
        self.probed.is_up && !self.observed.is_ejected(now)
    }

    /// After a probe. One that is answered also ends an ejection. So a server that
    /// answers probes and fails requests comes and goes: a probe should ask for what
    /// requests need.
    #[must_use]
    pub fn after_probe(self, answered: bool, now: Time, rules: &Rules) -> Health {
        let mut next = self;
        next.probed = self.probed.after(answered, &rules.thresholds);
        if next.probed.is_up && !self.probed.is_up {
            next.risen_at = Some(now);
        }
        if answered && next.probed.is_up && self.observed.is_ejected(now) {
            next.observed = self.observed.readmitted(now);
        }
        next
    }

    /// After a client's request.
    #[must_use]
    pub fn after_request(self, answered: bool) -> Health {
        let observed = self.observed.after(answered);
        Health { observed, ..self }
    }
    // ANCHOR_END: health

    /// Whether too many requests in a row have failed, and it is not ejected already.
    pub fn should_be_ejected(&self, now: Time, rules: &Rules) -> bool {
        let needed = rules.ejection.failures;
        needed > 0 && self.observed.failures >= needed && !self.observed.is_ejected(now)
    }

    /// How much of its weight it may carry, in thousandths. All of it, unless it has lately come back.
    pub fn ramp_permille(&self, now: Time, rules: &Rules) -> u32 {
        let back_at = self.risen_at.max(self.observed.ejected_until);
        back_at.map_or(1_000, |back_at| {
            rules.slow_start.ramp_permille(now.since(back_at))
        })
    }
}
