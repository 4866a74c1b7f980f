//! What an engine is to balance, in words that all of them understand.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Result, bail, ensure};

use super::program::Program;

/// What is carried: connections, or requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// TCP connections.
    Four,
    /// HTTP requests.
    Seven,
}

/// A server behind the engine.
#[derive(Clone, Debug)]
pub struct Server {
    /// What the engine calls it; `s1`, `s2` … unless said otherwise.
    pub name: String,
    /// Where it listens.
    pub address: SocketAddr,
    /// Its share, in proportion to the others' weights.
    pub weight: u32,
}

/// Active checks: `GET /healthz`. nginx has none (its paid form does) and takes no notice.
#[derive(Clone, Copy, Debug)]
pub struct Checks {
    /// From one to the next.
    pub interval: Duration,
    /// How long an answer may take.
    pub timeout: Duration,
    /// Good ones in a row after which a server gets requests again.
    pub rise: u32,
    /// Bad ones in a row after which it gets none.
    pub fall: u32,
}

/// Passive checks: what becomes of real requests.
#[derive(Clone, Copy, Debug)]
pub struct Passive {
    /// Failures after which a server gets no requests for a while. haproxy: in a row, and then until an active check
    /// succeeds.
    pub failures: u32,
    /// nginx: for how long it gets none.
    pub pause: Duration,
}

/// What an engine is to balance.
#[derive(Clone, Debug)]
pub struct Balancing {
    /// Connections or requests.
    pub layer: Layer,
    /// The lab's name of a policy, such as `two-choices`; [`Program::policies`] lists what an engine has.
    pub policy: String,
    /// The servers.
    pub servers: Vec<Server>,
    /// Active checks.
    pub checks: Option<Checks>,
    /// Passive checks.
    pub passive: Option<Passive>,
    /// How long a connection to a server may take.
    pub connect_timeout: Duration,
    /// How long an answer may take.
    pub answer_timeout: Duration,
    /// How often a request that failed is tried on another server.
    pub retries: u32,
    /// Whether connections to servers are kept and used again.
    pub keep_alive: bool,
    /// Connections of clients, at most.
    pub connections_max: u32,
}

impl Balancing {
    /// Requests, round robin, over equal servers; timeouts of a second, one retry, no checks.
    pub fn new(servers: &[SocketAddr]) -> Self {
        let server = |(place, address): (usize, &SocketAddr)| Server {
            name: format!("s{}", place + 1),
            address: *address,
            weight: 1,
        };
        Self {
            layer: Layer::Seven,
            policy: "round-robin".to_owned(),
            servers: servers.iter().enumerate().map(server).collect(),
            checks: None,
            passive: None,
            connect_timeout: Duration::from_secs(1),
            answer_timeout: Duration::from_secs(1),
            retries: 1,
            keep_alive: true,
            connections_max: 4096,
        }
    }

    /// Whether an engine can do it.
    pub(super) fn check(&self, program: Program) -> Result<()> {
        let name = program.name();
        ensure!(!self.servers.is_empty(), "{name} needs at least one server");
        for server in &self.servers {
            let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
            ensure!(
                !server.name.is_empty() && server.name.bytes().all(is_plain),
                "a server's name is letters, digits, - and _; got {:?}",
                server.name
            );
            ensure!(
                (1..=256).contains(&server.weight),
                "a server's weight is from 1 to 256; got {}",
                server.weight
            );
        }
        let policies = program.policies(self.layer);
        if !policies.contains(&self.policy.as_str()) {
            bail!(
                "{name} has no policy like {}; it has {}",
                self.policy,
                policies.join(", ")
            );
        }
        Ok(())
    }
}

/// A duration as both engines read it.
pub(super) fn ms(duration: Duration) -> String {
    format!("{}ms", duration.as_millis().max(1))
}
