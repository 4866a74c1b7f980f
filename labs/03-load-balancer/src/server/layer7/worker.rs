//! What the connections of one thread share.

use std::prelude::v1::*;
use std::sync::{Arc, Weak};
use std::time::Duration;

use kit::http1::{Buffers, Limits, Spare};
use tokio::time::{Instant, sleep};

use super::credit::Credit;
use super::kept::Kept;
use crate::server::pool::ServerState;
use crate::server::shared::Shared;

/// Bytes of an input buffer; more when the settings allow larger heads.
const BUFFER_BYTES: usize = 16 << 10;
/// Buffers of either kind that are kept while nobody uses them.
const KEPT_MAX: usize = 128;
/// What a message is built in starts with this room, and is kept up to this size.
const OUTPUT_BYTES: usize = 20 << 10;
const OUTPUT_BYTES_MAX: usize = 80 << 10;

/// How often kept connections and spare buffers are looked through.
const SWEEP_INTERVAL: Duration = Duration::from_secs(1);

/// What the connections of one thread share, such as kept connections to servers. Its locks are never waited for as long as
/// each thread has its own.
#[derive(Debug)]
pub struct Worker {
    /// What all threads share.
    pub shared: Arc<Shared>,
    pub(super) requests: Limits,
    pub(super) responses: Limits,
    pub(super) patience: Patience,
    pub(super) replay_bytes_max: usize,
    pub(super) buffers: Buffers,
    pub(super) kept: Kept,
    outputs: Spare<Vec<u8>>,
}

/// The time-outs of the settings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    pub(super) head: Duration,
    pub(super) client: Duration,
    pub(super) keep_alive: Duration,
    pub(super) connect: Duration,
    pub(super) response: Duration,
    pub(super) body: Duration,
    pub(super) tunnel: Duration,
    /// Of a body, either way.
    pub(super) client_bytes_per_s_min: u32,
}

impl Patience {
    /// What a client has for its part of an exchange.
    pub(super) fn credit(&self) -> Credit {
        Credit::new(self.client, self.client_bytes_per_s_min)
    }
}

impl Worker {
    /// One for each thread, made on its event loop.
    pub fn new(shared: Arc<Shared>) -> Arc<Worker> {
        let (limits, timeouts) = (&shared.settings.limits, &shared.settings.timeouts);
        let requests = Limits {
            head_bytes_max: limits.head_bytes_max as usize,
            header_count_max: limits.header_count_max as usize,
            body_bytes_max: limits.body_bytes_max,
            ..Limits::default()
        };
        let patience = Patience {
            head: Duration::from_millis(timeouts.head_ms),
            client: Duration::from_millis(timeouts.client_ms),
            keep_alive: Duration::from_millis(timeouts.keep_alive_ms),
            connect: Duration::from_millis(timeouts.connect_ms),
            response: Duration::from_millis(timeouts.response_ms),
            body: Duration::from_millis(timeouts.body_ms),
            tunnel: Duration::from_millis(timeouts.tunnel_idle_ms),
            client_bytes_per_s_min: limits.client_bytes_per_s_min,
        };
        let idle = Duration::from_millis(timeouts.server_idle_ms);
        let worker = Arc::new(Worker {
            requests,
            // How much a server sends is its owner's business.
            responses: Limits {
                body_bytes_max: u64::MAX,
                ..requests
            },
            patience,
            replay_bytes_max: limits.replay_bytes_max as usize,
            buffers: Buffers::new(BUFFER_BYTES.max(requests.head_bytes_max), KEPT_MAX),
            kept: Kept::new(limits.server_idle_max as usize, idle),
            outputs: Spare::new(KEPT_MAX),
            shared,
        });
        tokio::spawn(sweep(Arc::downgrade(&worker)));
        worker
    }

    /// An empty output buffer.
    pub(super) fn output(&self) -> Vec<u8> {
        self.outputs
            .take()
            .unwrap_or_else(|| Vec::with_capacity(OUTPUT_BYTES))
    }

    /// Takes an output buffer back; one that has grown large is given to the machine.
    pub(super) fn give(&self, mut output: Vec<u8>) {
        let is_usual = (1..=OUTPUT_BYTES_MAX).contains(&output.capacity());
        if is_usual {
            output.clear();
            self.outputs.give(output);
        }
    }
}

/// Closes kept connections that nobody will use, and gives back what nobody has needed lately, for as long as there is a
/// worker.
async fn sweep(worker: Weak<Worker>) {
    loop {
        sleep(SWEEP_INTERVAL).await;
        let Some(worker) = worker.upgrade() else {
            return;
        };
        let servers = worker.shared.pool.servers(worker.shared.clock.now());
        worker.buffers.trim();
        worker.outputs.trim();
        worker.kept.sweep(Instant::now(), |id, address| {
            let mut wanted = servers.iter().filter(|server| {
                !matches!(server.state, ServerState::Draining | ServerState::Drained)
            });
            wanted.any(|server| server.id == id && server.address == address)
        });
    }
}
