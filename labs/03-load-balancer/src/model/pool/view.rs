//! What can be seen of the pool.

use alloc::vec::Vec;

use simulation::{Duration, Histogram, Time};

use super::{CLIENT_LATENCY, Flight, Pool, SERVER_LATENCY};
use crate::snapshot::{Backend, Balancer, Detection, Mark, Server, ServerState, Traveller};

/// Latencies of so many seconds make the percentiles.
const RECENT_S: u32 = 10;
/// So many seconds make the history.
const HISTORY_S: u32 = 30;

impl Pool {
    /// Who gets what; `policy` is what readers call it.
    pub fn balancer(&self, policy: &'static str) -> Balancer {
        let recent = self.latencies.last(self.now(), RECENT_S);
        Balancer {
            time: self.now(),
            policy,
            rate_per_s: self.settings.rate_per_s,
            travellers: self.travellers(false),
            servers: (0..self.backends.len())
                .map(|place| self.server(place))
                .collect(),
            answered: self.answered.total(),
            failed: self.failed,
            latency_p50: recent.median().map(Duration::from_micros),
            latency_p99: recent.p99().map(Duration::from_micros),
            history_p99_ms: self.history(),
        }
    }

    /// Who is dead, and who is believed to be.
    pub fn detection(&self, checks: &'static str) -> Detection {
        let now = self.now();
        let recent = |mark: &&Mark| now.since(mark.at) <= super::seen::KEPT;
        Detection {
            time: now,
            checks,
            interval: self.settings.probe_interval,
            timeout: self.settings.probe_timeout,
            threshold: self.settings.rules.thresholds.fall,
            rate_per_s: self.settings.rate_per_s,
            travellers: self.travellers(true),
            servers: (0..self.backends.len())
                .map(|place| self.backend(place))
                .collect(),
            marks: self.seen.marks.iter().filter(recent).copied().collect(),
            failed: self.failed,
            answered: self.answered.total(),
            noticed_after: self.seen.noticed_after,
            noticed_after_max: self.noticed_after_max(),
        }
    }

    fn server(&self, place: usize) -> Server {
        let backend = &self.backends[place];
        let state = match (backend.server.is_up(), backend.is_slow) {
            (false, _) => ServerState::Stopped,
            (true, true) => ServerState::Slow,
            (true, false) => ServerState::Running,
        };
        Server {
            state,
            in_rotation: self.views[place].is_available,
            waiting: backend.server.waiting(),
            working: backend.server.working(),
            utilisation_percent: (backend.server.utilisation_permille(self.now()) + 5) / 10,
            finished_per_s: backend.finished.per_second(self.now()) as u32,
        }
    }

    fn backend(&self, place: usize) -> Backend {
        let health = &self.health.servers()[place];
        Backend {
            is_alive: self.backends[place].server.is_up(),
            in_rotation: self.views[place].is_available,
            probes_failed: if health.probed.is_up {
                health.probed.against
            } else {
                self.settings.rules.thresholds.fall
            },
            requests_failed: health.observed.failures,
        }
    }

    fn travellers(&self, with_probes: bool) -> Vec<Traveller> {
        let mut travellers = Vec::new();
        for (pipe, flights) in (0_u8..).zip(&self.pipes) {
            let latency = if pipe == 0 {
                CLIENT_LATENCY
            } else {
                SERVER_LATENCY
            };
            let is_lost = pipe > 0 && !self.backends[usize::from(pipe) - 1].server.is_up();
            let seen = flights
                .iter()
                .filter(|flight| with_probes || !flight.is_probe);
            travellers.extend(seen.map(|flight| Traveller {
                pipe,
                progress: progress(self.now(), flight, latency),
                is_lost,
                is_probe: flight.is_probe,
            }));
        }
        travellers
    }

    /// The 99th percentile of each of the last seconds that are over, in milliseconds; 0 without answers.
    fn history(&self) -> Vec<u32> {
        let now = self.now();
        let seconds = u64::from(HISTORY_S).min(now.as_secs()) as u32;
        let of_second = |ago: u32| {
            let p99 = self.latencies.ago(now, ago).and_then(Histogram::p99);
            p99.map_or(0, |micros| (micros.saturating_add(500) / 1_000) as u32)
        };
        (1..=seconds).rev().map(of_second).collect()
    }
}

/// How far along a flight is, in thousandths.
fn progress(now: Time, flight: &Flight, latency: Duration) -> u16 {
    let gone = now.since(flight.departed).as_nanos() * 1_000;
    (gone / latency.as_nanos().max(1)).min(1_000) as u16
}
