//! `policies`: what a policy does to the time of an answer when requests are equal, when they are uneven, and when one
//! server is slow.
//!
//! The pool is the chapter's: three servers that need 15 ms for an average request, and 120 requests a second at random
//! moments; so each is 60 % busy. In the third mix the last server works at half speed.

mod claims;
mod measured;
mod simulated;
mod theory;

use super::plan::Plan;

use std::boxed::Box;

const POLICIES: [&str; 5] = [
    "random",
    "round-robin",
    "least-connections",
    "two-choices",
    "peak-ewma",
];
const SERVERS: u32 = 3;
const RATE_PER_S: u64 = 120;
const WORK_MS: u64 = 15;
const SLOW_PERMILLE: u32 = 500;
/// How long a measured run takes, and a simulated one with a slow server.
const RUN_S: u64 = 30;

/// What is uneven, if anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mix {
    /// Every request is 15 ms of work.
    Equal,
    /// Exponentially spread around 15 ms.
    Uneven,
    /// Equal requests, and the last server at half speed.
    Slow,
}

const MIXES: [Mix; 3] = [Mix::Equal, Mix::Uneven, Mix::Slow];

impl Mix {
    fn name(self) -> &'static str {
        match self {
            Mix::Equal => "equal",
            Mix::Uneven => "uneven",
            Mix::Slow => "slow",
        }
    }
}

/// The experiment.
pub(super) const PLAN: Plan = Plan {
    name: "policies",
    title: "Who gets the next request",
    question: "How long do answers take under each policy when requests are equal, when they are uneven, and when one of three servers is slow?",
    seconds: RUN_S as u32 + 5,
    engines: &["nginx", "haproxy"],
    simulate: simulated::simulate,
    measure: |who, bench| Box::pin(measured::measured(who, bench)),
    claims: claims::claims,
};
