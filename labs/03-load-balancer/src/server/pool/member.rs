//! One server of the live pool: what neither the policy nor the health checks have to know of it.

use std::net::SocketAddr;

use simulation::{Histogram, Time};

use super::statistics::{self, Counts, Latencies, ServerState, ServerView};
use crate::policy::{self, health::Health};

/// Where a server listens, what it has done, and what was last said of it in the log.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) address: SocketAddr,
    pub(super) is_draining: bool,
    /// Whether it is healthy, or the pool panics.
    pub(super) is_trusted: bool,
    /// As the log last said.
    pub(super) was_up: bool,
    /// As the log last said.
    pub(super) was_ejected: bool,
    pub(super) counts: Counts,
    pub(super) latency: Histogram,
}

impl Member {
    pub(super) fn new(address: SocketAddr) -> Member {
        Member {
            address,
            is_draining: false,
            is_trusted: true,
            was_up: true,
            was_ejected: false,
            counts: Counts::default(),
            latency: statistics::latencies(),
        }
    }

    /// Whether it may get one more request when it has so many open.
    pub(super) fn takes_one_more(&self, open: u32, open_max: u32) -> bool {
        self.is_trusted && !self.is_draining && open < open_max
    }

    pub(super) fn view(&self, server: &policy::Server, health: &Health, now: Time) -> ServerView {
        let state = match (self.is_draining, server.connections) {
            (true, 0) => ServerState::Drained,
            (true, _) => ServerState::Draining,
            _ if !health.probed.is_up => ServerState::Down,
            _ if health.observed.is_ejected(now) => ServerState::Ejected,
            _ => ServerState::Up,
        };
        ServerView {
            id: server.id,
            address: self.address,
            weight: server.weight,
            state,
            is_up: health.probed.is_up,
            in_rotation: server.takes_requests(),
            ramp_permille: server.ramp_permille,
            open: server.connections,
            probes_against: health.probed.against,
            failures_in_row: health.observed.failures,
            counts: self.counts,
            latency: Latencies::of(&self.latency),
        }
    }
}
