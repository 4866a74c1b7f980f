//! `rolling-deploy`: every server is restarted, one after the other, while requests keep coming.
//!
//! Four servers share 120 uneven requests a second. A restart takes two seconds. Drained, a server gets nothing new and
//! finishes what it has before it stops; otherwise it just stops, and probes find out: every half second, two in a row.

mod claims;
mod measured;
mod simulated;

use std::boxed::Box;

use super::plan::Plan;

use simulation::Duration;

const SERVERS: u32 = 4;
const RATE_PER_S: u64 = 120;
const WORK_MS: u64 = 15;
const PROBE_INTERVAL: Duration = Duration::from_millis(500);
const FALL: u32 = 2;
const RISE: u32 = 2;
/// A server is away this long.
const RESTART: Duration = Duration::from_secs(2);
/// Until the next server's turn; long enough that probes have found the last one well again.
const PAUSE: Duration = Duration::from_secs(2);

/// How a deploy goes.
#[derive(Debug, Clone, Copy)]
struct Way {
    name: &'static str,
    policy: &'static str,
    drains: bool,
    retries: u32,
}

const WAYS: [Way; 4] = [
    way("drained", "round-robin", true, 0),
    way("not-drained", "round-robin", false, 0),
    way(
        "not-drained-least-connections",
        "least-connections",
        false,
        0,
    ),
    way("not-drained-retried", "round-robin", false, 1),
];

const fn way(name: &'static str, policy: &'static str, drains: bool, retries: u32) -> Way {
    Way {
        name,
        policy,
        drains,
        retries,
    }
}

/// The experiment.
pub(super) const PLAN: Plan = Plan {
    name: "rolling-deploy",
    title: "A deploy that nobody notices",
    question: "How many requests fail while every server is restarted in turn, with draining and without?",
    seconds: 30,
    engines: &["nginx", "haproxy"],
    simulate: simulated::simulate,
    measure: |who, bench| Box::pin(measured::measured(who, bench)),
    claims: claims::claims,
};
