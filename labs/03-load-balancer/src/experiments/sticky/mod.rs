//! `sticky`: what it costs that visitors stay with their server.
//!
//! Four servers, sixty visitors, 120 uneven requests a second. In the first run a few visitors send most (Zipf, exponent
//! 1.2). In the second all send alike, and every server is drained and restarted in turn: a session that was on it must
//! move.

mod claims;
mod measured;
mod simulated;

use std::{boxed::Box, vec::Vec};

use kit::experiment::{Bench, Claim, Experiment, Findings, Measuring};

use super::quiet::watched;
use super::stage::Who;

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
pub(super) struct Sticky;

impl Experiment for Sticky {
    fn name(&self) -> &'static str {
        "sticky"
    }

    fn title(&self) -> &'static str {
        "Visitors who stay"
    }

    fn question(&self) -> &'static str {
        "What does it do to balance that a visitor stays with one server, and how many sessions must move in a deploy?"
    }

    fn seconds(&self) -> u32 {
        45
    }

    fn engines(&self) -> &'static [&'static str] {
        &["haproxy"]
    }

    fn simulate(&self, seed: u64) -> Findings {
        simulated::simulate(seed)
    }

    fn measure<'a>(&'a self, bench: &'a Bench) -> Measuring<'a> {
        Box::pin(watched(measured::measured(Who::Ours, bench)))
    }

    fn against<'a>(&'a self, engine: &'a str, bench: &'a Bench) -> Measuring<'a> {
        Box::pin(async { watched(measured::measured(Who::named(engine)?, bench)).await })
    }

    fn claims(&self, found: &Findings) -> Vec<Claim> {
        claims::claims(found)
    }
}
