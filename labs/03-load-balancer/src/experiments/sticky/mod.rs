//! `sticky`: what it costs that visitors stay with their server.
//!
//! Four servers, sixty visitors, 120 uneven requests a second. In the first run a few visitors send most (Zipf, exponent
//! 1.2). In the second all send alike, and every server is drained and restarted in turn: a session that was on it must
//! move.

mod claims;
mod measured;
mod simulated;

use std::boxed::Box;

use super::plan::Plan;

const SERVERS: u32 = 4;
const VISITORS: u32 = 60;
const RATE_PER_S: u64 = 120;
const WORK_MS: u64 = 15;
const SKEW_PERCENT: u32 = 120;
/// How long a server is away in a deploy, and how long all are there before the next one's turn. Each visitor comes
/// twice a second, so hardly any misses a step.
const STEP_MS: u64 = 4_000;

const POLICIES: [&str; 3] = ["sticky-cookie", "hash-ring", "least-connections"];

/// The experiment.
pub(super) const PLAN: Plan = Plan {
    name: "sticky",
    title: "Visitors who stay",
    question: "What does it do to balance that a visitor stays with one server, and how many sessions must move in a deploy?",
    seconds: 45,
    engines: &["haproxy"],
    simulate: simulated::simulate,
    measure: |who, bench| Box::pin(measured::measured(who, bench)),
    claims: claims::claims,
};
