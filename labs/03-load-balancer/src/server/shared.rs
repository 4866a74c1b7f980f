//! What all connections of a balancer share, and how their number is limited.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
};

use serde::Serialize;
use tokio::sync::Notify;

use super::{clock::Clock, layer7, pool::Pool, settings::Settings, stopping::Stopping};

/// What all connections of a balancer share.
#[derive(Debug)]
pub struct Shared {
    /// The servers.
    pub pool: Arc<Pool>,
    /// As they were at the start. What changes later (servers, weights, the policy) is the pool's.
    pub settings: Settings,
    /// The time that the pool is told.
    pub clock: Clock,
    /// Whether the balancer is stopping.
    pub stopping: Stopping,
    /// Clients' connections.
    pub connections: Connections,
    /// What layer 7 counts beside the pool.
    pub layer7: layer7::Counts,
}

/// Who is at the other end of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client {
    /// The client's own address: what a trusted PROXY header says, otherwise the peer's.
    pub address: SocketAddr,
    /// Whom the client connected to: what a trusted PROXY header says, otherwise this end of the connection.
    pub reached: SocketAddr,
    /// The other end of the connection.
    pub peer: SocketAddr,
}

/// How many connections of clients there are, and were.
#[derive(Debug)]
pub struct Connections {
    open: AtomicU32,
    open_max: u32,
    accepted: AtomicU64,
    refused: AtomicU64,
    freed: Notify,
}

/// Connections in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ConnectionCounts {
    /// Open now.
    pub open: u32,
    /// Accepted since the start.
    pub accepted: u64,
    /// Closed at once: they were gone, or their PROXY header was missing, wrong or late.
    pub refused: u64,
}

impl Connections {
    pub(super) fn new(open_max: u32) -> Connections {
        Connections {
            open: AtomicU32::new(0),
            open_max,
            accepted: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            freed: Notify::new(),
        }
    }

    /// The numbers.
    pub fn counts(&self) -> ConnectionCounts {
        ConnectionCounts {
            open: self.open.load(Ordering::Relaxed),
            accepted: self.accepted.load(Ordering::Relaxed),
            refused: self.refused.load(Ordering::Relaxed),
        }
    }

    pub(super) fn refuse(&self) {
        self.refused.fetch_add(1, Ordering::Relaxed);
    }

    /// Waits until one more may be accepted. With several threads, each may let one in above the limit.
    pub(super) async fn room(&self) {
        loop {
            let freed = self.freed.notified();
            tokio::pin!(freed);
            freed.as_mut().enable();
            if self.open.load(Ordering::Acquire) < self.open_max {
                return;
            }
            freed.await;
        }
    }
}

/// One connection of a client, counted until it is dropped.
#[derive(Debug)]
pub(super) struct Counted {
    shared: Arc<Shared>,
}

impl Counted {
    pub(super) fn new(shared: &Arc<Shared>) -> Counted {
        let connections = &shared.connections;
        connections.open.fetch_add(1, Ordering::AcqRel);
        connections.accepted.fetch_add(1, Ordering::Relaxed);
        Counted {
            shared: Arc::clone(shared),
        }
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let connections = &self.shared.connections;
        let before = connections.open.fetch_sub(1, Ordering::AcqRel);
        if before >= connections.open_max {
            connections.freed.notify_waiters();
        }
    }
}
