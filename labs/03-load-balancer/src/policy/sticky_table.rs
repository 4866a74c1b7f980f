//! Sticky by key: the balancer remembers who went where.

use alloc::{vec, vec::Vec};

use super::{LeastConnections, Request, Server, hash, pool};

/// A key stays with the server that it was last sent to, while that is available; new keys go to the server with the fewest
/// connections. For clients that carry no cookie, as with HAProxy's `stick on src`.
///
/// The table never grows: a key has one row by its hash, and a newer key in the same row takes it. It is state of this
/// balancer alone: a second one, or the same after a restart, knows nothing of it.
#[derive(Debug, Clone, Hash)]
pub struct StickyTable {
    rows: Vec<Option<Row>>,
    /// Chooses for keys without a row.
    pub otherwise: LeastConnections,
}

/// One key and its server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Row {
    /// The key.
    pub key: u64,
    /// The id of its server.
    pub server_id: u32,
}

impl Default for StickyTable {
    fn default() -> StickyTable {
        StickyTable::new(StickyTable::ROWS)
    }
}

impl StickyTable {
    /// Rows of the table: enough for the clients of a lab, small enough to be copied at every checkpoint (24 KiB).
    pub const ROWS: u32 = 1_024;

    /// An empty table of so many rows, at least 1.
    pub fn new(row_count: u32) -> StickyTable {
        StickyTable {
            rows: vec![None; row_count.max(1) as usize],
            otherwise: LeastConnections::default(),
        }
    }

    // ANCHOR: sticky-table
    /// The server that the key was sent to before, or another when that is gone.
    pub fn choose(&mut self, pool: &[Server], request: &Request) -> Option<u32> {
        let row = self.rows[self.row_of(request.key)].filter(|row| row.key == request.key);
        let kept = row.and_then(|row| pool::available_id(pool, row.server_id));
        kept.or_else(|| self.otherwise.choose(pool))
    }

    /// Remembers where a key was sent.
    pub fn sent(&mut self, server: &Server, request: &Request) {
        let row = self.row_of(request.key);
        self.rows[row] = Some(Row {
            key: request.key,
            server_id: server.id,
        });
    }
    // ANCHOR_END: sticky-table

    fn row_of(&self, key: u64) -> usize {
        (hash::mix(key) % self.rows.len() as u64) as usize
    }

    /// All rows.
    pub fn rows(&self) -> &[Option<Row>] {
        &self.rows
    }
}
