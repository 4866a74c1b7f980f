//! Who gets the next request: clients, a balancer, its servers.

use alloc::vec::Vec;

use simulation::{Duration, Time};

use super::Traveller;

/// The system of the figure "Who gets the next request?".
#[derive(Debug, Clone, PartialEq)]
pub struct Balancer {
    /// The moment that is seen.
    pub time: Time,
    /// The policy's name as readers know it: `Round robin`.
    pub policy: &'static str,
    /// Requests a second that the clients send.
    pub rate_per_s: u32,
    /// Requests that are on their way to the balancer or to a server.
    pub travellers: Vec<Traveller>,
    /// The servers, at most 4.
    pub servers: Vec<Server>,
    /// Requests answered since the start.
    pub answered: u64,
    /// Requests that failed since the start.
    pub failed: u64,
    /// Half of the answers of the last ten seconds took at most this long; `None` when there was none.
    pub latency_p50: Option<Duration>,
    /// 99 of 100 answers of the last ten seconds took at most this long.
    pub latency_p99: Option<Duration>,
    /// The 99th percentile of each of the last thirty seconds in milliseconds, oldest first (0: no answer). At most 30.
    pub history_p99_ms: Vec<u32>,
}

/// One server as the figure shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Server {
    /// How it is.
    pub state: ServerState,
    /// Whether the balancer still sends to it.
    pub in_rotation: bool,
    /// Requests in its line, without those being worked on.
    pub waiting: u32,
    /// Requests being worked on.
    pub working: u32,
    /// Share of the last five seconds that it worked, in percent.
    pub utilisation_percent: u32,
    /// Requests it finished a second, over the last five seconds.
    pub finished_per_s: u32,
}

/// How a server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerState {
    /// As fast as it should be.
    Running,
    /// Alive, at half speed.
    Slow,
    /// Does not answer.
    Stopped,
}
