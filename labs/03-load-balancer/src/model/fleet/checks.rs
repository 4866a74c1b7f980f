//! Who is in rotation: probes, the clients' own requests, and what an operator has drained.

use super::{Event, Fleet};
use crate::policy::health::Observation;

impl Fleet {
    /// One server after the other, not all at once.
    pub(super) fn begin_probing(&mut self) {
        let Some(checks) = self.settings.checks else {
            return;
        };
        for server in 0..self.settings.servers {
            let share = u64::from(server) + 1;
            let first = checks.interval * share / u64::from(self.settings.servers);
            self.events.after(first, Event::Probe(server));
        }
    }

    /// Asks a server whether it is well. A stopped one refuses at once; one that is merely busy answers.
    pub(super) fn probe(&mut self, server: u32) {
        let Some(checks) = self.settings.checks else {
            return;
        };
        self.events.after(checks.interval, Event::Probe(server));
        let observation = if self.servers[server as usize].is_up() {
            Observation::ProbeAnswered
        } else {
            Observation::ProbeFailed
        };
        self.observe(server, observation);
    }

    pub(super) fn observe(&mut self, server: u32, observation: Observation) {
        if self.settings.checks.is_some() {
            self.health.observe(server, observation, self.now());
            self.apply_health();
        }
    }

    /// Tells every balancer who may be chosen.
    pub(super) fn apply_health(&mut self) {
        let now = self.now();
        for balancer in &mut self.balancers {
            if self.settings.checks.is_some() {
                self.health.apply(now, &mut balancer.views);
            }
            for (view, is_draining) in balancer.views.iter_mut().zip(&self.is_draining) {
                if self.settings.checks.is_none() {
                    view.is_available = true;
                }
                view.is_available &= !is_draining;
            }
        }
    }
}
