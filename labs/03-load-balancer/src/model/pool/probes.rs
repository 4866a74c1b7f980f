//! The balancer's own questions: is this server well?

use super::{Event, Fault, Pool, SERVER_LATENCY};
use crate::policy::health::Observation;

impl Pool {
    /// Sends a probe, and sees to the next one.
    pub(super) fn probe(&mut self, server: u8) {
        self.events
            .after(self.settings.probe_interval, Event::Probe(server));
        if !self.settings.is_probing {
            return;
        }
        let number = self.take_number();
        self.probes.insert(number, server);
        self.depart(1 + usize::from(server), number, true);
        self.events.after(SERVER_LATENCY, Event::AtServer(server));
        self.events
            .after(self.settings.probe_timeout, Event::ProbeFailed(number));
    }

    /// A probe needs no worker: a server that is merely busy answers it.
    pub(super) fn reach_with_probe(&mut self, server: u8, number: u32) {
        let is_up = self.backends[usize::from(server)].server.is_up();
        let news = match (is_up, self.settings.fault) {
            (true, _) => Event::ProbeAnswered(number),
            (false, Fault::Refuses) => Event::ProbeFailed(number),
            (false, Fault::IsSilent) => return,
        };
        self.events.after(SERVER_LATENCY, news);
    }

    /// A probe was answered or has failed, unless that is known already.
    pub(super) fn probe_ended(&mut self, number: u32, is_answered: bool) {
        let Some(server) = self.probes.remove(number) else {
            return;
        };
        self.seen.probe(self.events.now(), (server, is_answered));
        let observation = if is_answered {
            Observation::ProbeAnswered
        } else {
            Observation::ProbeFailed
        };
        self.observe(server, observation);
    }
}
