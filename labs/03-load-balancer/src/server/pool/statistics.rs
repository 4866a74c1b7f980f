//! What a pool has counted, as plain data: for `GET /statistics`, the dashboard and experiments.

use std::{collections::BTreeMap, net::SocketAddr, vec::Vec};

use serde::{Serialize, Serializer, ser::SerializeMap};
use simulation::Histogram;

use super::Failure;

/// Bits of precision of latencies: off by 0.4 % at most.
const LATENCY_PRECISION: u32 = 7;

/// What was counted of one server, or of all. `chosen` is the open ones, the answered and the failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// How often it was chosen.
    pub chosen: u64,
    /// How often of these another server had failed before.
    pub retries: u64,
    /// Requests (layer 4: connections) that came to a good end.
    pub answered: u64,
    /// Those that did not, by reason.
    pub failed: Failures,
    /// Probes that were answered.
    pub probes_answered: u64,
    /// Probes that were not.
    pub probes_failed: u64,
    /// Bytes from clients to the server.
    pub bytes_sent: u64,
    /// Bytes from the server to clients.
    pub bytes_received: u64,
}

impl Counts {
    /// Adds what another has counted.
    pub fn add(&mut self, other: &Counts) {
        self.chosen += other.chosen;
        self.retries += other.retries;
        self.answered += other.answered;
        self.failed.add(&other.failed);
        self.probes_answered += other.probes_answered;
        self.probes_failed += other.probes_failed;
        self.bytes_sent += other.bytes_sent;
        self.bytes_received += other.bytes_received;
    }
}

/// How often each reason was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Failures([u64; Failure::ALL.len()]);

impl Failures {
    /// Counts one.
    pub fn count(&mut self, failure: Failure) {
        self.0[failure as usize] += 1;
    }

    /// How often this reason was given.
    pub fn of(&self, failure: Failure) -> u64 {
        self.0[failure as usize]
    }

    /// All of them.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    /// Reasons that were given at least once, by name.
    pub fn by_name(&self) -> BTreeMap<&'static str, u64> {
        let given = Failure::ALL.map(|failure| (failure.name(), self.of(failure)));
        given.into_iter().filter(|(_, count)| *count > 0).collect()
    }

    fn add(&mut self, other: &Failures) {
        for (own, more) in self.0.iter_mut().zip(other.0) {
            *own += more;
        }
    }
}

impl Serialize for Failures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let by_name = self.by_name();
        let mut map = serializer.serialize_map(Some(by_name.len()))?;
        for (name, count) in by_name {
            map.serialize_entry(name, &count)?;
        }
        map.end()
    }
}

/// Latencies, summed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Latencies {
    /// How many there were.
    pub count: u64,
    /// Their mean in microseconds; 0 when there were none, here and below.
    pub mean_us: u64,
    /// Half of them were at most this long.
    pub p50_us: u64,
    /// 90 of 100 were.
    pub p90_us: u64,
    /// 99 of 100 were.
    pub p99_us: u64,
    /// 999 of 1,000 were.
    pub p999_us: u64,
    /// The longest.
    pub longest_us: u64,
}

impl Latencies {
    /// The sum of what a histogram of nanoseconds holds.
    pub fn of(histogram: &Histogram) -> Latencies {
        let microseconds = |nanos: Option<u64>| nanos.unwrap_or(0) / 1_000;
        Latencies {
            count: histogram.count(),
            mean_us: microseconds(histogram.mean()),
            p50_us: microseconds(histogram.median()),
            p90_us: microseconds(histogram.quantile(90, 100)),
            p99_us: microseconds(histogram.p99()),
            p999_us: microseconds(histogram.quantile(999, 1_000)),
            longest_us: microseconds(histogram.most()),
        }
    }
}

/// An empty histogram of latencies in nanoseconds.
pub(super) fn latencies() -> Histogram {
    Histogram::new(LATENCY_PRECISION)
}

/// How a server is, as the balancer believes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServerState {
    /// It answers.
    Up,
    /// It does not answer probes.
    Down,
    /// It answers probes, but too many requests in a row have failed on it.
    Ejected,
    /// It gets no new requests, and finishes those it has.
    Draining,
    /// It was draining, and has no request left: it may be stopped.
    Drained,
}

/// One server as the balancer sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServerView {
    /// Its number, which is never given to another.
    pub id: u32,
    /// Where it listens.
    pub address: SocketAddr,
    /// How much of the work it should get, next to the others.
    pub weight: u32,
    /// How it is.
    pub state: ServerState,
    /// Whether the probes say that it is up, draining or not.
    pub is_up: bool,
    /// Whether it gets requests now: it is healthy (or the pool panics), not draining, and not full.
    pub in_rotation: bool,
    /// How much of its weight it carries, in thousandths.
    pub ramp_permille: u32,
    /// Requests that it has not answered yet.
    pub open: u32,
    /// Probes in a row that spoke against its state.
    pub probes_against: u32,
    /// Requests in a row that failed.
    pub failures_in_row: u32,
    /// What was counted.
    pub counts: Counts,
    /// From the choice to the answer's beginning; layer 4: until the connection stood.
    pub latency: Latencies,
}

/// The whole pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statistics {
    /// The policy's name.
    pub policy: &'static str,
    /// Whether so few servers are healthy that health is ignored.
    pub is_panicking: bool,
    /// Requests that asked for a server, each counted once.
    pub requests: u64,
    /// How often nobody took a request (first or again).
    pub unserved: u64,
    /// Retries that the budget allowed.
    pub retries_granted: u64,
    /// Retries that it did not.
    pub retries_refused: u64,
    /// All servers together, also those that have left.
    pub total: Counts,
    /// Their latencies.
    pub latency: Latencies,
    /// The servers, in the order in which they joined.
    pub servers: Vec<ServerView>,
}
