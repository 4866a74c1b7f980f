//! `stale-views`: ten balancers share a pool, and know the lengths of the lines from a board that is written now and then.
//!
//! Twenty servers are 75 % busy with uneven requests of 15 ms. Between two writings of the board everybody believes the
//! same old news.

mod claims;
mod measured;
mod simulated;

use std::{boxed::Box, vec::Vec};

use kit::experiment::{Bench, Claim, Experiment, Findings, Measuring};

use super::quiet::watched;
use super::stage::Who;

const BALANCERS: u32 = 10;
const SERVERS: u32 = 20;
const RATE_PER_S: u64 = 1_000;
const WORK_MS: u64 = 15;
/// How old the news may be; the middle one is measured, too.
const AGES_MS: [u64; 5] = [25, 50, 100, 250, 500];
const AGE_MS: u64 = 250;

const POLICIES: [&str; 4] = ["random", "round-robin", "least-connections", "two-choices"];

/// The experiment.
pub(super) struct StaleViews;

impl Experiment for StaleViews {
    fn name(&self) -> &'static str {
        "stale-views"
    }

    fn title(&self) -> &'static str {
        "Old news"
    }

    fn question(&self) -> &'static str {
        "What becomes of least connections and of two choices when ten balancers act on news that is a quarter of a second old?"
    }

    fn seconds(&self) -> u32 {
        25
    }

    fn engines(&self) -> &'static [&'static str] {
        &["nginx", "haproxy"]
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
