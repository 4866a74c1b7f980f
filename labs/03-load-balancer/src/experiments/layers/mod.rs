//! `layers`: choosing once for a connection (layer 4) against choosing for each request (layer 7).
//!
//! Four servers; twelve clients hold one connection each and send unevenly (Zipf, exponent 1): 120 requests a second in
//! all. And one client alone, with one connection.

mod claims;
mod measured;
mod simulated;

use std::boxed::Box;

use super::plan::Plan;

const SERVERS: u32 = 4;
const RATE_PER_S: u64 = 120;
/// One client alone sends so much: a single server must be able to bear it.
const ALONE_RATE_PER_S: u64 = 40;
const WORK_MS: u64 = 15;
const CLIENTS: u32 = 12;
const SKEW_PERCENT: u32 = 100;

/// The experiment.
pub(super) const PLAN: Plan = Plan {
    name: "layers",
    title: "Layer 4 and layer 7",
    question: "How evenly are requests spread when a server is chosen for a connection, and when it is chosen for each request, and what does either cost?",
    seconds: 30,
    engines: &["nginx", "haproxy"],
    simulate: simulated::simulate,
    measure: |who, bench| Box::pin(measured::measured(who, bench)),
    claims: claims::claims,
};
