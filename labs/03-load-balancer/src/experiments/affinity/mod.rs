//! `affinity`: what it is worth that a key comes to the same server again, and what a new server costs.
//!
//! Ten servers keep the hundred keys that they were asked for last; there are two thousand keys, a few of them popular
//! (Zipf, exponent 0.8). Then an eleventh server joins, with an empty cache.

mod claims;
mod measured;
mod simulated;
mod theory;

use std::boxed::Box;

use super::plan::Plan;

const SERVERS: u32 = 10;
const KEYS: u32 = 2_000;
const KEPT_PER_SERVER: u32 = 100;
const SKEW_PERCENT: u32 = 80;
/// Requests before anything is counted: each cache has then been filled several times over.
const WARM_UP: u64 = 10_000;
/// Requests whose hits are counted before the eleventh server joins, and long after.
const COUNTED: u64 = 10_000;
/// Requests right after it has joined.
const SOON: u64 = 500;

/// Policies by key, and one that knows no keys.
const POLICIES: [&str; 7] = [
    "modulo",
    "hash-ring",
    "bounded-loads",
    "maglev",
    "rendezvous",
    "jump",
    "round-robin",
];

/// The experiment.
pub(super) const PLAN: Plan = Plan {
    name: "affinity",
    title: "A home for each key",
    question: "How many keys move when a server joins, how evenly are they spread, and how many answers had been kept before and after?",
    seconds: 25,
    engines: &["nginx", "haproxy"],
    simulate: simulated::simulate,
    measure: |who, bench| Box::pin(measured::measured(who, bench)),
    claims: claims::claims,
};
