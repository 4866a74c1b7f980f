//! Everything that can be set of a balancer: one [`Settings`], with a default for each field and the reason for it. It is
//! what `serve --settings FILE` reads (TOML, the same names); the options of `serve` change a few fields of it.
//!
//! Lengths of time are whole milliseconds, and their names end in `_ms`.

mod about_clients;
mod file;
mod numbers;
mod sections;
#[cfg(test)]
mod tests;
mod values;

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    prelude::v1::*,
};

use serde::Deserialize;

pub use about_clients::{CookieSettings, ForwardedSettings, ProxyProtocolSettings, ProxyVersion};
pub use file::{from_file, from_text};
pub use sections::{
    EjectionSettings, Limits, ProbeKind, ProbeSettings, RetrySettings, SlowStartSettings, Timeouts,
};
pub(super) use values::check_admin;
pub use values::{Key, Layer, PolicyName, ServerSettings, resolve};

use super::pool::{BudgetRules, PoolSettings};
use crate::policy::health::{Ejection, Rules, SlowStart, Thresholds};
use simulation::Duration;

/// All of a balancer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Where clients connect. Default 127.0.0.1:8003: nobody else's business until somebody says otherwise.
    #[serde(deserialize_with = "values::address")]
    pub listen: SocketAddr,
    /// Where statistics are read and changes made; absent: nowhere. Only loopback addresses are taken.
    #[serde(deserialize_with = "values::admin_address")]
    pub admin: Option<SocketAddr>,
    /// 7: reads requests. 4: passes bytes. Default 7.
    pub layer: Layer,
    /// Threads, each with its own event loop. Default 1: one core passes on tens of thousands of requests a second, and what
    /// is alone needs no locks.
    #[serde(deserialize_with = "numbers::between::<1, 64, _, _>")]
    pub threads: u32,
    /// Who gets the next request; one of the names of [`Policy::NAMES`](crate::policy::Policy::NAMES). Default
    /// least-connections: nothing to tune, and a slow server gets less by itself.
    pub policy: PolicyName,
    /// What a policy that keeps keys on servers takes as a request's key. Default `client`: layer 4 knows nothing else.
    pub key: Key,
    /// Where all chance comes from: choices and the jitter of probes. Absent: another at each start, as balancers with the same
    /// would all make the same choices.
    pub seed: Option<u64>,
    /// With a smaller part of the servers healthy than this, in percent, health is ignored. Default 50, Envoy's; 0: never.
    #[serde(deserialize_with = "numbers::between::<0, 100, _, _>")]
    pub panic_percent: u32,
    /// A server gets no more than so many requests (layer 4: connections) at once. Absent: no limit, as only its owner knows it.
    #[serde(deserialize_with = "numbers::at_least_one")]
    pub open_max_per_server: Option<u32>,
    /// After a signal to stop, so long for what still runs. Default 10,000: longer than most answers, shorter than the patience
    /// of whoever waits for the restart.
    #[serde(deserialize_with = "numbers::milliseconds")]
    pub drain_deadline_ms: u64,
    /// The servers behind it.
    pub servers: Vec<ServerSettings>,
    /// How it asks the servers whether they are well.
    pub probes: ProbeSettings,
    /// What requests say of the servers.
    pub ejection: EjectionSettings,
    /// How a server that comes back begins.
    pub slow_start: SlowStartSettings,
    /// What is tried again.
    pub retries: RetrySettings,
    /// Patience, phase by phase.
    pub timeouts: Timeouts,
    /// Sizes and counts.
    pub limits: Limits,
    /// The cookie of the policy sticky-cookie.
    pub cookie: CookieSettings,
    /// What is told of the client in headers.
    pub forwarded: ForwardedSettings,
    /// What is told of the client before the first byte.
    pub proxy_protocol: ProxyProtocolSettings,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8003),
            admin: None,
            layer: Layer::Seven,
            threads: 1,
            policy: PolicyName::default(),
            key: Key::Client,
            seed: None,
            panic_percent: 50,
            open_max_per_server: None,
            drain_deadline_ms: 10_000,
            servers: Vec::new(),
            probes: ProbeSettings::default(),
            ejection: EjectionSettings::default(),
            slow_start: SlowStartSettings::default(),
            retries: RetrySettings::default(),
            timeouts: Timeouts::default(),
            limits: Limits::default(),
            cookie: CookieSettings::default(),
            forwarded: ForwardedSettings::default(),
            proxy_protocol: ProxyProtocolSettings::default(),
        }
    }
}

/// Settings that do not go together: which key, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The key, with its section: `proxy_protocol.trusted`.
    pub key: &'static str,
    /// What is wrong, and what to write.
    pub message: String,
}

impl Settings {
    /// Whether all of it goes together.
    ///
    /// # Errors
    /// The first pair that does not.
    pub fn check(&self) -> Result<(), Conflict> {
        let conflict = |key, message: &str| {
            Err(Conflict {
                key,
                message: message.into(),
            })
        };
        let is_sticky_cookie = self.policy.as_str() == "sticky-cookie";
        if self.layer == Layer::Four && is_sticky_cookie {
            return conflict(
                "policy",
                "sticky-cookie needs layer = 7, as layer 4 sees no cookies; sticky-table keeps a client by its address",
            );
        }
        if self.layer == Layer::Four && self.key != Key::Client {
            return conflict(
                "key",
                "layer 4 sees only the client's address: write key = \"client\", or layer = 7",
            );
        }
        if self.proxy_protocol.accept && self.proxy_protocol.trusted.is_empty() {
            return conflict(
                "proxy_protocol.trusted",
                "accept = true needs the addresses of the proxies in front, as anybody could claim to be somebody else: write trusted = [\"127.0.0.1\"]",
            );
        }
        if self.probes.timeout_ms > self.probes.interval_ms {
            return conflict(
                "probes.timeout_ms",
                "must not be longer than probes.interval_ms, as a server is never asked twice at once",
            );
        }
        Ok(())
    }

    /// What the pool has to know.
    pub fn pool(&self) -> PoolSettings {
        PoolSettings {
            servers: self.servers.iter().map(ServerSettings::server).collect(),
            policy: self.policy.policy(),
            rules: self.rules(),
            retries: BudgetRules {
                percent: self.retries.percent,
                free_per_s: self.retries.free_per_s,
            },
            open_max: self.open_max_per_server,
            server_errors_count: self.ejection.server_errors,
        }
    }

    fn rules(&self) -> Rules {
        let (ejection, slow_start) = (&self.ejection, &self.slow_start);
        Rules {
            thresholds: Thresholds {
                rise: self.probes.rise,
                fall: self.probes.fall,
            },
            ejection: Ejection {
                failures: ejection.failures,
                base: Duration::from_millis(ejection.base_ms),
                longest: Duration::from_millis(ejection.longest_ms),
                forgiven_after: Duration::from_millis(ejection.forgiven_after_ms),
                ejected_percent_max: ejection.ejected_percent_max,
            },
            slow_start: SlowStart {
                window: Duration::from_millis(slow_start.window_ms),
                aggression_percent: slow_start.aggression_percent,
                least_permille: slow_start.least_permille,
            },
            panic_percent: self.panic_percent,
        }
    }
}
