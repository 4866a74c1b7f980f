//! `layers`: choosing once for a connection (layer 4) against choosing for each request (layer 7).
//!
//! Four servers; twelve clients hold one connection each and send unevenly (Zipf, exponent 1): 120 requests a second in
//! all. And one client alone, with one connection.

mod claims;
mod measured;
mod simulated;

use std::{boxed::Box, vec::Vec};

use kit::experiment::{Bench, Claim, Experiment, Findings, Measuring};

use super::quiet::watched;
use super::stage::Who;

const SERVERS: u32 = 4;
const RATE_PER_S: u64 = 120;
/// One client alone sends so much: a single server must be able to bear it.
const ALONE_RATE_PER_S: u64 = 40;
const WORK_MS: u64 = 15;
const CLIENTS: u32 = 12;
const SKEW_PERCENT: u32 = 100;

/// The experiment.
pub(super) struct Layers;

impl Experiment for Layers {
    fn name(&self) -> &'static str {
        "layers"
    }

    fn title(&self) -> &'static str {
        "Layer 4 and layer 7"
    }

    fn question(&self) -> &'static str {
        "How evenly are requests spread when a server is chosen for a connection, and when it is chosen for each request, and what does either cost?"
    }

    fn seconds(&self) -> u32 {
        30
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
