//! A small origin: a server of which one can decide how long it works and how it fails.
//!
//! In: HTTP/1.1 requests on a loopback port. Out: 200 with a body of so many bytes and `X-Server: NAME`, after the work
//! that [`Work`] draws, done by so many workers behind one queue; 503 when the queue is full; `/healthz` at once;
//! `/bytes/N` with N bytes.
//! [`Origin`] can be stopped and started on the same port, frozen, slowed, and told to fail in a share of its answers.

mod answer;
mod connection;
mod fault;
mod kept_keys;
mod listening;
mod request;
mod settings;
mod shared;
mod work_queue;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};

pub use fault::Fault;
pub use settings::{Cache, OriginSettings, Work};
pub use shared::Counts;

use crate::port::HeldPort;
use listening::Running;
use shared::Shared;

/// A server that runs on a thread of its own until it is stopped or dropped.
pub struct Origin {
    shared: Arc<Shared>,
    port: HeldPort,
    running: Mutex<Option<Running>>,
}

impl Origin {
    /// Starts a server.
    pub fn start(settings: OriginSettings) -> Result<Self> {
        settings.check()?;
        let port = HeldPort::take(settings.address).context("an origin")?;
        let shared = Arc::new(Shared::new(settings));
        let origin = Self {
            shared,
            port,
            running: Mutex::default(),
        };
        origin.start_again()?;
        Ok(origin)
    }

    /// Where it listens; the same after a stop and a start.
    pub fn address(&self) -> SocketAddr {
        self.port.address()
    }

    /// What it calls itself in `X-Server`.
    pub fn name(&self) -> &str {
        self.shared.name()
    }

    /// Ends it as if it were killed: its port refuses, its connections are closed, its work and its cache are lost.
    pub fn stop(&self) {
        let running = self.running().take();
        drop(running);
        self.shared.lose_work();
    }

    /// Starts it on the same port, unless it runs.
    pub fn start_again(&self) -> Result<()> {
        let mut running = self.running();
        if running.is_none() {
            *running = Some(Running::start(self.port.listen()?, &self.shared)?);
        }
        Ok(())
    }

    /// Whether it listens.
    pub fn is_running(&self) -> bool {
        self.running().is_some()
    }

    /// Lets it do nothing: connections are accepted by the machine, and nothing is read or answered, `/healthz` neither.
    pub fn freeze(&self) {
        self.shared.set_frozen(true);
    }

    /// Goes on where it was frozen.
    pub fn thaw(&self) {
        self.shared.set_frozen(false);
    }

    /// Whether it is frozen.
    pub fn is_frozen(&self) -> bool {
        self.shared.is_frozen()
    }

    /// From now on work takes so many percent of its time: 100 is normal, 300 three times as long.
    pub fn slow(&self, percent: u32) {
        self.shared
            .steer(|steering| steering.work_percent = percent);
    }

    /// From now on requests are so much work, until it is healed.
    ///
    /// # Errors
    /// Shares that do not add up to 1, or more than a minute for one request.
    pub fn set_work(&self, work: Work) -> Result<()> {
        work.check()?;
        self.shared.steer(|steering| steering.work = Some(work));
        Ok(())
    }

    /// Lets so many percent of its answers fail so, at once and without work. 0 ends it. `/healthz` is not meant.
    pub fn fail(&self, fault: Fault, percent: u32) {
        self.shared
            .steer(|steering| steering.faults.set(fault, percent));
    }

    /// Ends faults, slowness, frost, and sickness; does not start a stopped server.
    pub fn heal(&self) {
        self.shared
            .steer(|steering| *steering = shared::Steering::default());
        self.thaw();
    }

    /// Whether `/healthz` says 200 (the beginning) or 503; all else is answered as before.
    pub fn set_healthy(&self, healthy: bool) {
        self.shared.steer(|steering| steering.healthy = healthy);
    }

    /// A server about to be stopped politely: `/healthz` says 503, and each answer says `Connection: close`.
    pub fn set_draining(&self, draining: bool) {
        self.shared.steer(|steering| steering.draining = draining);
    }

    /// What it has done so far.
    pub fn counts(&self) -> Counts {
        self.shared.counts()
    }

    /// Forgets the keys of its cache.
    pub fn forget_keys(&self) {
        self.shared.forget_keys();
    }

    fn running(&self) -> MutexGuard<'_, Option<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Origin {
    fn drop(&mut self) {
        self.stop();
    }
}

#[cfg(test)]
mod tests;
