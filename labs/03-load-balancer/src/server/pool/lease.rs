//! One request on one server, from the choice to its end.

use std::{net::SocketAddr, sync::Arc};

use simulation::{Duration, Time};

use super::{Failure, Pool, statistics::Counts};

/// Somebody is chosen, and has one request more open until this is dropped. Say how it went: [`answered`](Lease::answered),
/// or [`failed`](Lease::failed), or, when the answer's end comes later than its beginning, [`begun`](Lease::begun) and then
/// one of them. One that is dropped without a word counts as [`Failure::ClientGone`].
#[derive(Debug)]
pub struct Lease {
    pool: Arc<Pool>,
    server: (u32, u32),
    address: SocketAddr,
    cookie: Option<u64>,
    has_begun: bool,
    is_told: bool,
    counts: Counts,
}

impl Lease {
    pub(super) fn new(pool: Arc<Pool>, chosen: super::state::Chosen) -> Lease {
        Lease {
            pool,
            server: (chosen.server.id, chosen.place),
            address: chosen.address,
            cookie: chosen.cookie,
            has_begun: false,
            is_told: false,
            counts: Counts::default(),
        }
    }

    /// The server's id: what to put into [`Ask::tried`](super::Ask::tried) when this fails.
    pub fn server(&self) -> u32 {
        self.server.0
    }

    /// Where the server stood in the pool when it was chosen; it moves up when others leave.
    pub fn place(&self) -> u32 {
        self.server.1
    }

    /// Where the server listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The cookie that the answer has to set so that the client stays with this server: only under the policy
    /// `sticky-cookie`, and only when the client did not bring this very cookie.
    pub fn cookie_to_set(&self) -> Option<u64> {
        self.cookie
    }

    /// Counts bytes: from the client to the server, and back.
    pub fn passed(&mut self, bytes_sent: u64, bytes_received: u64) {
        self.counts.bytes_sent += bytes_sent;
        self.counts.bytes_received += bytes_received;
    }

    /// The server has begun to answer, so long after the choice. The request stays open.
    pub fn begun(&mut self, latency: Duration, now: Time) {
        if !self.has_begun {
            self.has_begun = true;
            self.pool.state(now).answered(self.server, latency, now);
        }
    }

    /// The request came to a good end. `latency`: from the choice to the answer's beginning; told before, it is not counted
    /// again.
    pub fn answered(mut self, latency: Duration, now: Time) {
        self.is_told = true;
        self.counts.answered = 1;
        let mut state = self.pool.state(now);
        if !self.has_begun {
            state.answered(self.server, latency, now);
        }
        let counts = std::mem::take(&mut self.counts);
        let news = state.give_back(self.server, &counts);
        drop(state);
        self.pool.tell(news);
    }

    /// The request failed.
    pub fn failed(mut self, reason: Failure, now: Time) {
        self.is_told = true;
        self.counts.failed.count(reason);
        let mut state = self.pool.state(now);
        state.failed(self.server, reason, now);
        let counts = std::mem::take(&mut self.counts);
        state.give_back(self.server, &counts);
        drop(state);
        self.pool.tell(true);
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if !self.is_told {
            let mut state = self.pool.state(Time::START);
            self.counts.failed.count(state.abandoned_as);
            state.give_back(self.server, &self.counts);
            drop(state);
            self.pool.tell(true);
        }
    }
}
