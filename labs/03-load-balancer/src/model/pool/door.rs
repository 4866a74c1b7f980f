//! At the balancer: requests come in, the policy chooses, answers and failures come back.

use alloc::vec::Vec;

use simulation::Duration;

use super::{CLIENT_LATENCY, Chooser, Event, Pending, Pool, SERVER_LATENCY, Settings};
use crate::policy::health::{self, Observation};
use crate::policy::{Request, Server};

impl Pool {
    /// From now on another policy chooses. It starts from nothing, as after a restart of the balancer.
    pub fn set_policy(&mut self, policy: Chooser) {
        self.policy = policy;
    }

    /// The policy that chooses.
    pub fn policy(&self) -> &Chooser {
        &self.policy
    }

    /// From now on so many requests a second.
    pub fn set_rate(&mut self, rate_per_s: u32) {
        self.settings.rate_per_s = rate_per_s;
        self.clients.set_rate(rate_per_s.into());
    }

    /// From now on other rules for health. What is known of the servers stays.
    pub fn set_rules(&mut self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.settings);
        self.health.rules = self.settings.rules;
    }

    /// The longest that probes can take to notice a death.
    pub fn noticed_after_max(&self) -> Duration {
        let settings = &self.settings;
        self.health
            .noticed_after_max(settings.probe_interval, settings.probe_timeout)
    }

    /// The health of the servers, as the balancer believes it.
    pub fn health(&self) -> &health::Pool {
        &self.health
    }

    pub(super) fn send(&mut self) {
        let number = self.take_number();
        self.depart(0, number, false);
        self.events.after(CLIENT_LATENCY, Event::AtDoor);
        let gap = self.clients.gap(&mut self.arrivals);
        self.events.after(gap, Event::Sent);
    }

    /// The request that is first in the pipe from the clients has arrived: who gets it?
    pub(super) fn choose(&mut self) {
        let Some(flight) = self.arrive(0) else {
            return;
        };
        let now = self.now();
        self.notice();
        let request = Request::new(self.choices.next_u64(), now);
        let known = self.known();
        let chosen = self.policy.choose(&known, &request, &mut self.choices);
        let Some(place) = chosen else {
            self.failed += 1;
            return;
        };
        let view = &mut self.views[place as usize];
        view.connections += 1;
        let server = place as u8;
        let pending = Pending {
            server,
            chosen_at: now,
        };
        self.requests.insert(flight.number, pending);
        self.depart(1 + usize::from(server), flight.number, false);
        self.events.after(SERVER_LATENCY, Event::AtServer(server));
        if let Some(timeout) = self.settings.request_timeout {
            self.events.after(timeout, Event::TimedOut(flight.number));
        }
    }

    /// The servers as the policy sees them: with the counts that were told last.
    fn known(&mut self) -> Vec<Server> {
        let (now, mut known) = (self.now(), self.views.clone());
        // The moments of telling are whole intervals since the start; the first request after one brings the news.
        let interval = self.settings.news_interval.as_nanos().max(1);
        if now.as_nanos() / interval != self.told_at.as_nanos() / interval {
            self.told_at = now;
            self.news.clear();
            self.news
                .extend(known.iter().map(|server| server.connections));
        }
        for (server, connections) in known.iter_mut().zip(&self.news) {
            server.connections = *connections;
        }
        known
    }

    /// An answer has come; it is of use unless it was given up.
    pub(super) fn answer(&mut self, number: u32) {
        let Some(pending) = self.close(number) else {
            return;
        };
        let now = self.now();
        let latency = now.since(pending.chosen_at);
        self.policy.answered(pending.server.into(), latency, now);
        self.answered.record(now);
        self.latencies.record(now, latency.as_micros());
        self.observe(pending.server, Observation::RequestAnswered);
    }

    /// A request was refused, or its time is over, unless it is answered already.
    pub(super) fn fail(&mut self, number: u32) {
        let Some(pending) = self.close(number) else {
            return;
        };
        self.failed += 1;
        self.seen.request_failed(self.events.now(), pending.server);
        self.observe(pending.server, Observation::RequestFailed);
    }

    fn close(&mut self, number: u32) -> Option<Pending> {
        let pending = self.requests.remove(number)?;
        let view = &mut self.views[usize::from(pending.server)];
        view.connections = view.connections.saturating_sub(1);
        Some(pending)
    }

    pub(super) fn observe(&mut self, server: u8, observation: Observation) {
        let now = self.now();
        self.health.observe(server.into(), observation, now);
        self.notice();
    }

    /// Puts what is believed of the servers into the view that the policy gets, and remembers what changed.
    fn notice(&mut self) {
        let now = self.now();
        self.health.apply(now, &mut self.views);
        for (server, view) in (0_u8..).zip(&self.views) {
            let backend = &self.backends[usize::from(server)];
            self.seen
                .rotation(now, server, (view.is_available, backend));
        }
    }
}
