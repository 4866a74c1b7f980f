//! All policies behind one name, for whoever lets a reader choose.

use simulation::{Digest, Duration, Generator, Time};

use super::{
    BoundedLoads, Jump, LeastConnections, Maglev, Modulo, PeakEwma, Random, Rendezvous, Request,
    Ring, RoundRobin, Server, StickyCookie, StickyTable, TwoChoices, WeightedRoundRobin,
};

/// Any of the policies, with its state.
#[derive(Debug, Clone, Hash)]
#[expect(missing_docs, reason = "each variant is the policy of the same name")]
pub enum Policy {
    Random(Random),
    RoundRobin(RoundRobin),
    WeightedRoundRobin(WeightedRoundRobin),
    LeastConnections(LeastConnections),
    TwoChoices(TwoChoices),
    PeakEwma(PeakEwma),
    Modulo(Modulo),
    Ring(Ring),
    BoundedLoads(BoundedLoads),
    Maglev(Maglev),
    Rendezvous(Rendezvous),
    Jump(Jump),
    StickyCookie(StickyCookie),
    StickyTable(StickyTable),
}

impl Policy {
    /// Every policy: the name that is typed, and the one that readers know.
    pub const NAMES: [(&str, &str); 14] = [
        ("random", "Random"),
        ("round-robin", "Round robin"),
        ("weighted-round-robin", "Weighted round robin"),
        ("least-connections", "Least connections"),
        ("two-choices", "Two random choices"),
        ("peak-ewma", "Peak-EWMA"),
        ("modulo", "Modulo"),
        ("hash-ring", "Hash ring"),
        ("bounded-loads", "Bounded loads"),
        ("maglev", "Maglev"),
        ("rendezvous", "Rendezvous"),
        ("jump", "Jump hash"),
        ("sticky-cookie", "Sticky by cookie"),
        ("sticky-table", "Sticky by key"),
    ];

    /// The policy of that name as it starts, with its usual constants; `None` when there is no such policy.
    pub fn named(name: &str) -> Option<Policy> {
        Some(match name {
            "random" => Policy::Random(Random),
            "round-robin" => Policy::RoundRobin(RoundRobin::default()),
            "weighted-round-robin" => Policy::WeightedRoundRobin(WeightedRoundRobin::default()),
            "least-connections" => Policy::LeastConnections(LeastConnections::default()),
            "two-choices" => Policy::TwoChoices(TwoChoices),
            "peak-ewma" => Policy::PeakEwma(PeakEwma::default()),
            "modulo" => Policy::Modulo(Modulo),
            "hash-ring" => Policy::Ring(Ring::default()),
            "bounded-loads" => Policy::BoundedLoads(BoundedLoads::default()),
            "maglev" => Policy::Maglev(Maglev::default()),
            "rendezvous" => Policy::Rendezvous(Rendezvous),
            "jump" => Policy::Jump(Jump),
            "sticky-cookie" => Policy::StickyCookie(StickyCookie::default()),
            "sticky-table" => Policy::StickyTable(StickyTable::default()),
            _ => return None,
        })
    }

    /// Its name, and the one that readers know.
    pub fn names(&self) -> (&'static str, &'static str) {
        let place = match self {
            Policy::Random(_) => 0,
            Policy::RoundRobin(_) => 1,
            Policy::WeightedRoundRobin(_) => 2,
            Policy::LeastConnections(_) => 3,
            Policy::TwoChoices(_) => 4,
            Policy::PeakEwma(_) => 5,
            Policy::Modulo(_) => 6,
            Policy::Ring(_) => 7,
            Policy::BoundedLoads(_) => 8,
            Policy::Maglev(_) => 9,
            Policy::Rendezvous(_) => 10,
            Policy::Jump(_) => 11,
            Policy::StickyCookie(_) => 12,
            Policy::StickyTable(_) => 13,
        };
        Policy::NAMES[place]
    }

    /// The place in the pool of the server that gets the request: one that [takes requests](Server::takes_requests), or
    /// `None` when none does.
    pub fn choose(
        &mut self,
        pool: &[Server],
        request: &Request,
        random: &mut Generator,
    ) -> Option<u32> {
        match self {
            Policy::Random(policy) => policy.choose(pool, random),
            Policy::RoundRobin(policy) => policy.choose(pool),
            Policy::WeightedRoundRobin(policy) => policy.choose(pool),
            Policy::LeastConnections(policy) => policy.choose(pool),
            Policy::TwoChoices(policy) => policy.choose(pool, random),
            Policy::PeakEwma(policy) => policy.choose(pool, request.now, random),
            Policy::Modulo(policy) => policy.choose(pool, request.key),
            Policy::Ring(policy) => policy.choose(pool, request.key),
            Policy::BoundedLoads(policy) => policy.choose(pool, request.key),
            Policy::Maglev(policy) => policy.choose(pool, request.key),
            Policy::Rendezvous(policy) => policy.choose(pool, request.key),
            Policy::Jump(policy) => policy.choose(pool, request.key),
            Policy::StickyCookie(policy) => policy.choose(pool, request),
            Policy::StickyTable(policy) => policy.choose(pool, request),
        }
    }

    /// Hears that a request was sent to a server: the chosen one, or another after a failure.
    pub fn sent(&mut self, server: &Server, request: &Request) {
        if let Policy::StickyTable(policy) = self {
            policy.sent(server, request);
        }
    }

    /// Hears that the server at this place has answered well, so long after the request was sent. Failures are not told:
    /// an error that comes quickly is no sign of a quick server.
    pub fn answered(&mut self, server: u32, latency: Duration, now: Time) {
        if let Policy::PeakEwma(policy) = self {
            policy.answered(server, latency, now);
        }
    }

    /// Hears that ids or weights have changed. That servers have joined or left is noticed by the next choice, from the length
    /// of the pool; one that fails keeps its place in the ring and in Maglev's table, and one of weight 0 has none.
    pub fn rebuild(&mut self, pool: &[Server]) {
        match self {
            Policy::Ring(policy) => policy.rebuild(pool),
            Policy::BoundedLoads(policy) => policy.ring.rebuild(pool),
            Policy::Maglev(policy) => policy.rebuild(pool),
            _ => {}
        }
    }

    /// Hears that the server at this place has left: those behind it move up by one. What is remembered of a place moves with
    /// them. Tables of keys are made anew by [`rebuild`](Policy::rebuild).
    pub fn left(&mut self, place: u32) {
        match self {
            Policy::WeightedRoundRobin(policy) => policy.left(place),
            Policy::LeastConnections(policy) => policy.left(place),
            Policy::PeakEwma(policy) => policy.left(place),
            Policy::StickyCookie(policy) => policy.otherwise.left(place),
            Policy::StickyTable(policy) => policy.otherwise.left(place),
            _ => {}
        }
    }

    /// One number for the whole state.
    pub fn digest(&self) -> u64 {
        Digest::of(self)
    }
}
