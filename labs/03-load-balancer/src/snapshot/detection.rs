//! Noticing the dead: probes, errors, and who is believed to be alive.

use alloc::vec::Vec;

use simulation::{Duration, Time};

use super::Traveller;

/// The system of the figure "Noticing the dead".
#[derive(Debug, Clone, PartialEq)]
pub struct Detection {
    /// The moment that is seen.
    pub time: Time,
    /// How the balancer notices: `Active probes`, `Passive checks`, `Both`.
    pub checks: &'static str,
    /// From one probe of a server to the next.
    pub interval: Duration,
    /// A probe without an answer for this long has failed.
    pub timeout: Duration,
    /// This many failures in a row take a server out.
    pub threshold: u32,
    /// Requests a second that the clients send.
    pub rate_per_s: u32,
    /// Requests and probes on their way.
    pub travellers: Vec<Traveller>,
    /// The servers, at most 4.
    pub servers: Vec<Backend>,
    /// What happened in the last thirty seconds, oldest first.
    pub marks: Vec<Mark>,
    /// Requests that failed since the start: what the clients saw.
    pub failed: u64,
    /// Requests answered since the start.
    pub answered: u64,
    /// How long the last death went unnoticed; `None` before the first was noticed.
    pub noticed_after: Option<Duration>,
    /// The longest that active probes can take: threshold × interval + time-out.
    pub noticed_after_max: Duration,
}

/// One server: what is, and what the balancer believes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backend {
    /// Whether it answers.
    pub is_alive: bool,
    /// Whether the balancer sends to it.
    pub in_rotation: bool,
    /// Probes without an answer, in a row.
    pub probes_failed: u32,
    /// Requests without an answer, in a row.
    pub requests_failed: u32,
}

/// Something that happened to a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mark {
    /// When.
    pub at: Time,
    /// To which server, from 0.
    pub server: u8,
    /// What.
    pub kind: MarkKind,
}

/// What can happen to a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// A probe was answered.
    ProbeAnswered,
    /// A probe got no answer in time.
    ProbeFailed,
    /// A client's request failed on it.
    RequestFailed,
    /// It stopped answering.
    Died,
    /// It answers again.
    Revived,
    /// The balancer took it out.
    TakenOut,
    /// The balancer sends to it again.
    TakenBack,
}
