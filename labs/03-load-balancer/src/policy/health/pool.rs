//! All servers of a pool: who is in rotation, and what the whole pool has to say about it.

use alloc::{vec, vec::Vec};

use simulation::{Duration, Time};

use super::{Health, Rules};
use crate::policy::Server;

/// The health of all servers of a pool, by their place in it.
#[derive(Debug, Clone, Hash)]
pub struct Pool {
    /// What takes a server out and brings it back.
    pub rules: Rules,
    servers: Vec<Health>,
}

/// What the balancer has seen of one server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Observation {
    /// A probe was answered in time, and well.
    ProbeAnswered,
    /// A probe was not.
    ProbeFailed,
    /// A client's request was answered.
    RequestAnswered,
    /// A client's request got no answer, or a server's error.
    RequestFailed,
}

impl Pool {
    /// So many servers, all believed to be well.
    pub fn new(count: u32, rules: Rules) -> Pool {
        Pool {
            rules,
            servers: vec![Health::default(); count as usize],
        }
    }

    /// The health of each server.
    pub fn servers(&self) -> &[Health] {
        &self.servers
    }

    /// Adds a server, believed to be well.
    pub fn join(&mut self) {
        self.servers.push(Health::default());
    }

    /// The server at this place has left: those behind it move up by one.
    pub fn left(&mut self, place: u32) {
        if (place as usize) < self.servers.len() {
            self.servers.remove(place as usize);
        }
    }

    // ANCHOR: observe
    /// Takes note of what was seen of a server. Whether that takes it out is said by
    /// [`is_healthy`](Health::is_healthy).
    pub fn observe(&mut self, server: u32, observation: Observation, now: Time) {
        let Some(health) = self.servers.get(server as usize) else {
            return;
        };
        let mut next = match observation {
            Observation::ProbeAnswered => health.after_probe(true, now, &self.rules),
            Observation::ProbeFailed => health.after_probe(false, now, &self.rules),
            Observation::RequestAnswered => health.after_request(true),
            Observation::RequestFailed => health.after_request(false),
        };
        if next.should_be_ejected(now, &self.rules) && self.may_eject_one_more(now) {
            next.observed = next.observed.ejected(now, &self.rules.ejection);
        }
        self.servers[server as usize] = next;
    }

    /// Whether the share of ejected servers stays under its cap with one more. One
    /// may always be ejected.
    pub fn may_eject_one_more(&self, now: Time) -> bool {
        let ejected = self
            .servers
            .iter()
            .filter(|health| health.observed.is_ejected(now))
            .count();
        let most_percent = self.rules.ejection.ejected_percent_max as usize;
        ejected == 0 || 100 * (ejected + 1) <= most_percent * self.servers.len()
    }
    // ANCHOR_END: observe

    // ANCHOR: panic
    /// Whether so few servers are healthy that health is ignored. The few would drown
    /// in what is meant for all; and when nearly everything looks ill, the checks may
    /// be what is wrong.
    pub fn is_panicking(&self, now: Time) -> bool {
        let healthy = self
            .servers
            .iter()
            .filter(|health| health.is_healthy(now))
            .count();
        100 * healthy < self.rules.panic_percent as usize * self.servers.len()
    }

    /// Writes into the balancer's view of its servers who is in rotation now, and
    /// with how much of its weight.
    pub fn apply(&self, now: Time, pool: &mut [Server]) {
        let is_panicking = self.is_panicking(now);
        for (health, server) in self.servers.iter().zip(pool) {
            server.is_available = is_panicking || health.is_healthy(now);
            server.ramp_permille = health.ramp_permille(now, &self.rules);
        }
    }
    // ANCHOR_END: panic

    // ANCHOR: noticed-after-max
    /// The longest that active probes can take to notice a death: it came just after
    /// a probe, each of the fatal ones comes an interval after the one before, and
    /// the last runs into its time-out.
    pub fn noticed_after_max(&self, interval: Duration, timeout: Duration) -> Duration {
        interval * u64::from(self.rules.thresholds.fall) + timeout
    }
    // ANCHOR_END: noticed-after-max
}
