//! The word that a balancer stops, as all its connections hear it.

use std::{
    prelude::v1::*,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::sync::Notify;

/// Whether the balancer is stopping. Clones hear the same word.
#[derive(Debug, Clone, Default)]
pub struct Stopping {
    state: Arc<State>,
}

#[derive(Debug, Default)]
struct State {
    has_begun: AtomicBool,
    told: Notify,
}

impl Stopping {
    /// From now on, answers say `Connection: close`, and connections without a request are closed.
    pub fn begin(&self) {
        self.state.has_begun.store(true, Ordering::Release);
        self.state.told.notify_waiters();
    }

    /// Whether it has begun.
    pub fn has_begun(&self) -> bool {
        self.state.has_begun.load(Ordering::Acquire)
    }

    /// Returns when it begins, or has begun.
    pub async fn begun(&self) {
        let told = self.state.told.notified();
        tokio::pin!(told);
        told.as_mut().enable();
        if !self.has_begun() {
            told.await;
        }
    }
}
