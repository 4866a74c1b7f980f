//! What layer 7 counts beside the pool: what never reached a server.

use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;

/// Counters that only grow; shared by all threads. A plain request touches none of them.
#[derive(Debug, Default)]
pub struct Counts {
    refused: AtomicU64,
    too_slow: AtomicU64,
    sent_again: AtomicU64,
    switched: AtomicU64,
}

/// The counters at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct CountsView {
    /// Requests that were refused before any server saw them.
    pub refused: u64,
    /// Requests whose head did not come in time.
    pub too_slow: u64,
    /// Requests sent again on a new connection, because the kept one had been closed.
    pub sent_again: u64,
    /// Connections that were switched to another protocol.
    pub switched: u64,
}

impl Counts {
    /// The counters now.
    pub fn view(&self) -> CountsView {
        CountsView {
            refused: self.refused.load(Ordering::Relaxed),
            too_slow: self.too_slow.load(Ordering::Relaxed),
            sent_again: self.sent_again.load(Ordering::Relaxed),
            switched: self.switched.load(Ordering::Relaxed),
        }
    }

    pub(super) fn refuse(&self) {
        self.refused.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn time_out(&self) {
        self.too_slow.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn send_again(&self) {
        self.sent_again.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn switch(&self) {
        self.switched.fetch_add(1, Ordering::Relaxed);
    }
}
