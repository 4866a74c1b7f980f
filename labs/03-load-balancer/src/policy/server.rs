//! What a policy may know: a few numbers of each server, and who asks.

use core::cmp::Ordering;

use simulation::Time;

/// A server as its balancer sees it. Nothing here comes from the server itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Server {
    /// Its own number, which stays the same when others come and go; keys find their server by it.
    pub id: u32,
    /// How much of the work it should get, next to the others; 0: nothing. A small number: the ring has 160 points for each
    /// 1, Maglev one turn.
    pub weight: u32,
    /// How much of its weight it may carry yet, in thousandths: less than 1,000 only in slow start.
    pub ramp_permille: u32,
    /// Requests that the balancer has sent to it and that are not answered yet.
    pub connections: u32,
    /// Whether the balancer believes that it answers.
    pub is_available: bool,
}

impl Server {
    /// An idle, available server of weight 1.
    pub fn new(id: u32) -> Server {
        Server {
            id,
            weight: 1,
            ramp_permille: 1_000,
            connections: 0,
            is_available: true,
        }
    }

    /// Whether it may be chosen at all.
    pub fn takes_requests(&self) -> bool {
        self.is_available && self.share() > 0
    }

    /// Its weight at this moment, in thousandths.
    pub fn share(&self) -> u64 {
        u64::from(self.weight) * u64::from(self.ramp_permille)
    }

    /// Compares connections ÷ share of two servers. Multiplied crosswise, since whole numbers lose nothing.
    pub fn compare_load(&self, other: &Server) -> Ordering {
        let own = u128::from(self.connections) * u128::from(other.share());
        let others = u128::from(other.connections) * u128::from(self.share());
        own.cmp(&others)
    }
}

/// What a policy may know of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Request {
    /// Stands for whatever shall stay on one server: a user's number, or [`hash::bytes`](super::hash::bytes) of an address.
    pub key: u64,
    /// What the client brought back from an earlier answer, if anything: see [`StickyCookie`](super::StickyCookie).
    pub cookie: Option<u64>,
    /// When the balancer has to decide.
    pub now: Time,
}

impl Request {
    /// A request without a cookie.
    pub fn new(key: u64, now: Time) -> Request {
        Request {
            key,
            cookie: None,
            now,
        }
    }
}
