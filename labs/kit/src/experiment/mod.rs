//! Experiments: a question, and what theory, simulation, measurement and an installed engine answer.
//!
//! A lab writes each as an [`Experiment`]. It gives [`Findings`]: numbers by variant and key, series, and [`Claim`]s
//! that hold or do not. The verb `experiments` of [`command_line`](crate::command_line) runs them, prints them and
//! leaves them in files ([`record`]), whose JSON the book reads.

mod bench;
mod claim;
mod findings;
pub mod record;

use std::pin::Pin;

pub use bench::{Bench, Progress, Silent, Step};
pub use claim::{Claim, Quantity};
pub use findings::{Axis, Findings, Number, Series, Source};

/// What a measurement gives when it is over.
pub type Measuring<'a> = Pin<Box<dyn Future<Output = anyhow::Result<Findings>> + 'a>>;

/// One question that a lab answers with numbers.
pub trait Experiment: Sync {
    /// What the command line and the book call it: `policies`.
    fn name(&self) -> &'static str;

    /// Its title, as a heading.
    fn title(&self) -> &'static str;

    /// What it asks, in one sentence.
    fn question(&self) -> &'static str;

    /// How long [`measure`](Experiment::measure) takes, in seconds; each engine takes as long again.
    fn seconds(&self) -> u32;

    /// The engines that it can be run against: `nginx`, `haproxy`.
    fn engines(&self) -> &'static [&'static str] {
        &[]
    }

    /// Answers in virtual time: the same seed gives the same digits everywhere. Theory's numbers belong here, too.
    ///
    /// Variants are named `simulated-VARIANT` and `theory-VARIANT`.
    fn simulate(&self, seed: u64) -> Findings;

    /// Answers over real sockets. Variants are named as they are: `two-choices`.
    ///
    /// It runs on a current-thread runtime with I/O and time. When the reader presses Ctrl-C, the future is dropped:
    /// whatever it started must stop then.
    fn measure<'a>(&'a self, bench: &'a Bench) -> Measuring<'a>;

    /// Puts the same load and faults on an installed engine, one of [`engines`](Experiment::engines). Variants are named
    /// `nginx-VARIANT`.
    ///
    /// The same rules hold as for [`measure`](Experiment::measure).
    fn against<'a>(&'a self, engine: &'a str, bench: &'a Bench) -> Measuring<'a> {
        let _ = bench;
        let problem = anyhow::anyhow!("`{}` does not run against {engine}", self.name());
        Box::pin(std::future::ready(Err(problem)))
    }

    /// What is claimed, judged by what was found. `found` may hold simulated numbers only, or those of one engine and
    /// not of another: a claim about what is not there is left out.
    fn claims(&self, found: &Findings) -> Vec<Claim>;
}
