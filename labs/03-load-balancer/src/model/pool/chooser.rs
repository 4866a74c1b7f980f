//! The policies that a pool may run: those that spread requests. Where keys must stay is the ring's question.
//!
//! [`Policy`](crate::policy::Policy) would do as well, but it brings all fourteen into the page's module, which has to
//! stay small.

use simulation::{Duration, Generator, Time};

use crate::policy::{LeastConnections, PeakEwma, Random, Request, RoundRobin, Server, TwoChoices};

/// One of five policies, with its state.
#[derive(Debug, Clone, Hash)]
pub enum Chooser {
    /// Anybody.
    Random(Random),
    /// One after the other.
    RoundRobin(RoundRobin),
    /// Whoever has the fewest open requests.
    LeastConnections(LeastConnections),
    /// The better of two at random.
    TwoChoices(TwoChoices),
    /// The better of two by latency and open requests.
    PeakEwma(PeakEwma),
}

impl Chooser {
    /// The policy as it starts, by its place among the options of the figure; the last for any other number.
    pub fn of_choice(choice: i32) -> Chooser {
        match choice {
            0 => Chooser::Random(Random),
            1 => Chooser::RoundRobin(RoundRobin::default()),
            2 => Chooser::LeastConnections(LeastConnections::default()),
            3 => Chooser::TwoChoices(TwoChoices),
            _ => Chooser::PeakEwma(PeakEwma::default()),
        }
    }

    /// The place among the options of the figure.
    pub fn place(&self) -> usize {
        match self {
            Chooser::Random(_) => 0,
            Chooser::RoundRobin(_) => 1,
            Chooser::LeastConnections(_) => 2,
            Chooser::TwoChoices(_) => 3,
            Chooser::PeakEwma(_) => 4,
        }
    }

    /// The place in the pool of the server that gets the request; `None` when no server takes requests.
    pub fn choose(
        &mut self,
        pool: &[Server],
        request: &Request,
        random: &mut Generator,
    ) -> Option<u32> {
        match self {
            Chooser::Random(policy) => policy.choose(pool, random),
            Chooser::RoundRobin(policy) => policy.choose(pool),
            Chooser::LeastConnections(policy) => policy.choose(pool),
            Chooser::TwoChoices(policy) => policy.choose(pool, random),
            Chooser::PeakEwma(policy) => policy.choose(pool, request.now, random),
        }
    }

    /// A server has answered.
    pub fn answered(&mut self, server: u32, latency: Duration, now: Time) {
        if let Chooser::PeakEwma(policy) = self {
            policy.answered(server, latency, now);
        }
    }
}
