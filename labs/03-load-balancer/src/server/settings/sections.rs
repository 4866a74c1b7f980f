//! The sections of the settings file. Each field says what it is, its default, and why.

use std::{prelude::v1::*, time::Duration};

use serde::Deserialize;

use super::numbers::{between, milliseconds, milliseconds_or_none};

/// What is asked of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProbeKind {
    /// `GET path` must be answered, in whole, with a status from 200 to 399.
    Http,
    /// A connection must be accepted. A frozen program still passes: its kernel accepts for it.
    Tcp,
    /// Nothing: only requests tell.
    Off,
    /// `http` on layer 7, `tcp` on layer 4.
    #[default]
    Layer,
}

/// `[probes]`: active checks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProbeSettings {
    /// `http`, `tcp`, `off`, or `layer` (the default): http on layer 7, tcp on layer 4.
    pub kind: ProbeKind,
    /// What `http` asks for. Default `/`: every server has it.
    pub path: String,
    /// From the beginning of one probe of a server to the next. Default 2,000, HAProxy's.
    #[serde(deserialize_with = "milliseconds")]
    pub interval_ms: u64,
    /// A probe without an answer for so long has failed. Default 1,000: a server that needs longer is no help to a client.
    #[serde(deserialize_with = "milliseconds")]
    pub timeout_ms: u64,
    /// Answered probes in a row that bring a server back. Default 2, HAProxy's.
    #[serde(deserialize_with = "between::<1, 100, _, _>")]
    pub rise: u32,
    /// Failed probes in a row that take it out. Default 3, HAProxy's: a lost packet is no death.
    #[serde(deserialize_with = "between::<1, 100, _, _>")]
    pub fall: u32,
    /// Each interval is longer or shorter by up to this, at random. Default 10: many balancers started together would
    /// otherwise all ask at the same moment.
    #[serde(deserialize_with = "between::<0, 50, _, _>")]
    pub jitter_percent: u32,
}

impl Default for ProbeSettings {
    fn default() -> ProbeSettings {
        ProbeSettings {
            kind: ProbeKind::Layer,
            path: "/".into(),
            interval_ms: 2_000,
            timeout_ms: 1_000,
            rise: 2,
            fall: 3,
            jitter_percent: 10,
        }
    }
}

/// `[ejection]`: passive checks, with Envoy's defaults. See [`Ejection`](crate::policy::health::Ejection).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EjectionSettings {
    /// Failed requests in a row that eject a server; 0: never. Default 5.
    #[serde(deserialize_with = "between::<0, 1_000_000, _, _>")]
    pub failures: u32,
    /// The first ejection lasts so long, the second twice as long. Default 30,000.
    #[serde(deserialize_with = "milliseconds")]
    pub base_ms: u64,
    /// No ejection lasts longer. Default 300,000.
    #[serde(deserialize_with = "milliseconds")]
    pub longest_ms: u64,
    /// So long without an ejection takes one off their count; 0: never. Default 10,000.
    #[serde(deserialize_with = "milliseconds_or_none")]
    pub forgiven_after_ms: u64,
    /// At most this part of the servers is ejected at once, in percent, but one in any case. Default 10.
    #[serde(deserialize_with = "between::<0, 100, _, _>")]
    pub ejected_percent_max: u32,
    /// Whether a status of 500 or more counts as failed. Default false: a page that always fails would take out one server
    /// after the other.
    pub server_errors: bool,
}

impl Default for EjectionSettings {
    fn default() -> EjectionSettings {
        EjectionSettings {
            failures: 5,
            base_ms: 30_000,
            longest_ms: 300_000,
            forgiven_after_ms: 10_000,
            ejected_percent_max: 10,
            server_errors: false,
        }
    }
}

/// `[slow_start]`: see [`SlowStart`](crate::policy::health::SlowStart).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SlowStartSettings {
    /// Until a server that came back carries its whole weight. Default 0: at once.
    #[serde(deserialize_with = "milliseconds_or_none")]
    pub window_ms: u64,
    /// The bend of the curve: 100 (the default) is a straight line, more is quicker at first.
    #[serde(deserialize_with = "between::<1, 10_000, _, _>")]
    pub aggression_percent: u32,
    /// It starts with so many thousandths of its weight. Default 100.
    #[serde(deserialize_with = "between::<1, 1_000, _, _>")]
    pub least_permille: u32,
}

impl Default for SlowStartSettings {
    fn default() -> SlowStartSettings {
        SlowStartSettings {
            window_ms: 0,
            aggression_percent: 100,
            least_permille: 100,
        }
    }
}

/// `[retries]`: what is tried again, on another server. Layer 7: idempotent requests, and others of which not a byte was
/// sent. Layer 4: connections of which not a byte was sent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RetrySettings {
    /// Servers that one request may try, the first included. Default 3.
    #[serde(deserialize_with = "between::<1, 16, _, _>")]
    pub tries_max: u32,
    /// Retries for each hundred requests of the last ten seconds. Default 20, Finagle's and Envoy's: servers that are slow
    /// because they have too much to do must not get twice as much.
    #[serde(deserialize_with = "between::<0, 100, _, _>")]
    pub percent: u32,
    /// Retries a second that are free in any case, saved up for ten seconds. Default 10.
    #[serde(deserialize_with = "between::<0, 1_000_000, _, _>")]
    pub free_per_s: u32,
}

impl Default for RetrySettings {
    fn default() -> RetrySettings {
        RetrySettings {
            tries_max: 3,
            percent: 20,
            free_per_s: 10,
        }
    }
}

/// `[timeouts]`: patience with both sides, phase by phase.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Timeouts {
    /// From the first byte of a request to the end of its head. Default 10,000: slow clients are real, slower ones attack.
    #[serde(deserialize_with = "milliseconds")]
    pub head_ms: u64,
    /// A client's body, or the client's reading of an answer, stalls for so long. Default 30,000.
    #[serde(deserialize_with = "milliseconds")]
    pub client_ms: u64,
    /// A client's connection without a request. Default 60,000.
    #[serde(deserialize_with = "milliseconds")]
    pub keep_alive_ms: u64,
    /// Until a connection to a server stands. Default 1,000: within one building it takes less than one.
    #[serde(deserialize_with = "milliseconds")]
    pub connect_ms: u64,
    /// From a request to the head of its answer. Default 30,000; set it as low as your slowest page allows, as a frozen server
    /// costs its clients this long.
    #[serde(deserialize_with = "milliseconds")]
    pub response_ms: u64,
    /// An answer's body stalls for so long. Default 30,000.
    #[serde(deserialize_with = "milliseconds")]
    pub body_ms: u64,
    /// A kept connection to a server without a request. Default 4,000: Node's servers close theirs after 5 s, and whoever
    /// closes first does not lose a request to it.
    #[serde(deserialize_with = "milliseconds")]
    pub server_idle_ms: u64,
    /// Layer 4, and WebSockets: no byte in either direction for so long. Default 600,000, nginx's for streams.
    #[serde(deserialize_with = "milliseconds")]
    pub tunnel_idle_ms: u64,
}

impl Default for Timeouts {
    fn default() -> Timeouts {
        Timeouts {
            head_ms: 10_000,
            client_ms: 30_000,
            keep_alive_ms: 60_000,
            connect_ms: 1_000,
            response_ms: 30_000,
            body_ms: 30_000,
            server_idle_ms: 4_000,
            tunnel_idle_ms: 600_000,
        }
    }
}

impl Timeouts {
    /// [`connect_ms`](Timeouts::connect_ms).
    pub fn connect(&self) -> Duration {
        Duration::from_millis(self.connect_ms)
    }

    /// [`tunnel_idle_ms`](Timeouts::tunnel_idle_ms).
    pub fn tunnel_idle(&self) -> Duration {
        Duration::from_millis(self.tunnel_idle_ms)
    }
}

/// `[limits]`: sizes and counts that nobody may exceed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Connections of clients at once, over all threads. Those above wait in the kernel's queue. Default 16,384.
    #[serde(deserialize_with = "between::<1, 1_000_000, _, _>")]
    pub connections_max: u32,
    /// Bytes of a head, of a request or an answer. Default 16,384: twice what browsers with many cookies send.
    #[serde(deserialize_with = "between::<512, 1_048_576, _, _>")]
    pub head_bytes_max: u32,
    /// Headers of a head. Default 100, as many servers have it.
    #[serde(deserialize_with = "between::<1, 128, _, _>")]
    pub header_count_max: u32,
    /// Bytes of a request's body. Default 64 MiB; a photo passes, a film does not.
    #[serde(deserialize_with = "between::<0, 1_099_511_627_776, _, _>")]
    pub body_bytes_max: u64,
    /// Bytes a second of a body that a client sends or reads, over its pauses. Who is slower has `client_ms` in all, not again
    /// after each byte. 0: no limit. Default 500, Apache's `MinRate`.
    #[serde(deserialize_with = "between::<0, 1_000_000_000, _, _>")]
    pub client_bytes_per_s_min: u32,
    /// Bytes of a request's body that are kept so that it can be tried again. Default 65,536.
    #[serde(deserialize_with = "between::<0, 16_777_216, _, _>")]
    pub replay_bytes_max: u32,
    /// Kept connections without a request, for each server and thread. Default 128.
    #[serde(deserialize_with = "between::<0, 65_536, _, _>")]
    pub server_idle_max: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connections_max: 16_384,
            head_bytes_max: 16_384,
            header_count_max: 100,
            body_bytes_max: 64 << 20,
            client_bytes_per_s_min: 500,
            replay_bytes_max: 65_536,
            server_idle_max: 128,
        }
    }
}
