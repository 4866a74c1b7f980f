//! What the state says of itself.

use std::{net::SocketAddr, vec::Vec};

use simulation::Histogram;

use super::State;
use crate::server::pool::statistics::{Latencies, ServerView, Statistics};

impl State {
    pub(in super::super) fn addresses(&self) -> Vec<(u32, SocketAddr)> {
        let ids = self.servers.iter().map(|server| server.id);
        ids.zip(self.members.iter().map(|member| member.address))
            .collect()
    }

    pub(in super::super) fn views(&self) -> Vec<ServerView> {
        let servers = self.servers.iter().zip(self.health.servers());
        servers
            .zip(&self.members)
            .map(|((server, health), member)| member.view(server, health, self.latest))
            .collect()
    }

    pub(in super::super) fn statistics(&self) -> Statistics {
        let (mut total, _) = self.left;
        for member in &self.members {
            total.add(&member.counts);
        }
        Statistics {
            policy: self.policy.names().0,
            is_panicking: self.was_panicking,
            requests: self.requests,
            unserved: self.unserved,
            retries_granted: self.retries_granted,
            retries_refused: self.retries_refused,
            total,
            latency: Latencies::of(&self.latencies()),
            servers: self.views(),
        }
    }

    /// All latencies in nanoseconds.
    pub(in super::super) fn latencies(&self) -> Histogram {
        let mut all = self.left.1.clone();
        for member in &self.members {
            all.merge(&member.latency);
        }
        all
    }
}
