//! An experiment of this lab as data: its words, and the functions that answer its question. What all of them share stands
//! here once: every measurement is [watched], and an engine may stand in our balancer's place.

use std::{boxed::Box, vec::Vec};

use kit::experiment::{Bench, Claim, Experiment, Findings, Measuring};

use super::quiet::watched;
use super::stage::Who;

/// One experiment; the fields are the methods of [`Experiment`].
pub(super) struct Plan {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) question: &'static str,
    pub(super) seconds: u32,
    pub(super) engines: &'static [&'static str],
    pub(super) simulate: fn(u64) -> Findings,
    /// Over real sockets, with this balancer or with an engine.
    pub(super) measure: for<'a> fn(Who, &'a Bench) -> Measuring<'a>,
    pub(super) claims: fn(&Findings) -> Vec<Claim>,
}

impl Experiment for Plan {
    fn name(&self) -> &'static str {
        self.name
    }

    fn title(&self) -> &'static str {
        self.title
    }

    fn question(&self) -> &'static str {
        self.question
    }

    fn seconds(&self) -> u32 {
        self.seconds
    }

    fn engines(&self) -> &'static [&'static str] {
        self.engines
    }

    fn simulate(&self, seed: u64) -> Findings {
        (self.simulate)(seed)
    }

    fn measure<'a>(&'a self, bench: &'a Bench) -> Measuring<'a> {
        Box::pin(watched((self.measure)(Who::Ours, bench)))
    }

    fn against<'a>(&'a self, engine: &'a str, bench: &'a Bench) -> Measuring<'a> {
        Box::pin(async { watched((self.measure)(Who::named(engine)?, bench)).await })
    }

    fn claims(&self, found: &Findings) -> Vec<Claim> {
        (self.claims)(found)
    }
}
