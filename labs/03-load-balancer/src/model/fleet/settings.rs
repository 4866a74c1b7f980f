//! What a fleet is made of.

use simulation::Duration;

use crate::policy::health::Rules;

/// A fleet at time 0.
#[derive(Debug, Clone, Hash)]
pub struct Settings {
    /// How many servers there are, each with one worker.
    pub servers: u32,
    /// How many balancers stand in front of them. A request comes to any of them.
    pub balancers: u32,
    /// The [name](crate::policy::Policy::named) of the policy of all balancers.
    pub policy: &'static str,
    /// Requests a second, at random moments (Poisson).
    pub rate_per_s: u64,
    /// How much work a request is.
    pub work: Work,
    /// Who sends; `None`: strangers, each with a key of its own.
    pub visitors: Option<Visitors>,
    /// When a server is chosen.
    pub choosing: Choosing,
    /// What the balancers know of the servers' lines.
    pub news: News,
    /// How dead servers are noticed; `None`: never.
    pub checks: Option<Checks>,
    /// On how many other servers a request that was refused or lost is tried.
    pub retries_max: u32,
}

/// How much work requests are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Work {
    /// Each the same.
    Equal(Duration),
    /// Exponentially spread around this mean: most are short, few are long.
    Uneven(Duration),
}

/// People who come again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Visitors {
    /// How many there are.
    pub count: u32,
    /// How unevenly they send, in hundredths of Zipf's exponent; 0: all alike.
    pub skew_percent: u32,
}

/// When a balancer chooses a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Choosing {
    /// For each request: layer 7.
    PerRequest,
    /// Once for each visitor's connection, which then stays until its server goes: layer 4.
    PerConnection,
}

/// What a balancer knows of the servers' lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum News {
    /// What it has sent itself and has no answer to: exact, but only its own part.
    OwnCounts,
    /// All requests of each server, as they were when the board was last written; it is written anew each time this long
    /// has passed.
    Board(Duration),
}

/// How dead servers are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Checks {
    /// From one probe of a server to the next.
    pub interval: Duration,
    /// What takes a server out and brings it back.
    pub rules: Rules,
}

impl Settings {
    /// One balancer that counts what it sends, strangers, no faults expected.
    pub fn new(policy: &'static str, servers: u32, rate_per_s: u64, work: Work) -> Settings {
        Settings {
            servers,
            balancers: 1,
            policy,
            rate_per_s,
            work,
            visitors: None,
            choosing: Choosing::PerRequest,
            news: News::OwnCounts,
            checks: None,
            retries_max: 0,
        }
    }
}
