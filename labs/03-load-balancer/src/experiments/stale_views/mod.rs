//! `stale-views`: ten balancers share a pool, and know the lengths of the lines from a board that is written now and then.
//!
//! Twenty servers are 75 % busy with uneven requests of 15 ms. Between two writings of the board everybody believes the
//! same old news.

mod claims;
mod measured;
mod simulated;

use std::boxed::Box;

use super::plan::Plan;

const BALANCERS: u32 = 10;
const SERVERS: u32 = 20;
const RATE_PER_S: u64 = 1_000;
const WORK_MS: u64 = 15;
/// How old the news may be; the middle one is measured, too.
const AGES_MS: [u64; 5] = [25, 50, 100, 250, 500];
const AGE_MS: u64 = 250;

const POLICIES: [&str; 4] = ["random", "round-robin", "least-connections", "two-choices"];

/// The experiment.
pub(super) const PLAN: Plan = Plan {
    name: "stale-views",
    title: "Old news",
    question: "What becomes of least connections and of two choices when ten balancers act on news that is a quarter of a second old?",
    seconds: 25,
    engines: &["nginx", "haproxy"],
    simulate: simulated::simulate,
    measure: |who, bench| Box::pin(measured::measured(who, bench)),
    claims: claims::claims,
};
