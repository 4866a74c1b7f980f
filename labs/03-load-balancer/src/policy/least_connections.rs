//! Least connections: to the shortest line.

use super::{Server, WeightedRoundRobin, pool};

/// Sends to the server with the fewest open requests for its weight. Open requests are the balancer's own count: a slow
/// server keeps them longer, so it gets fewer new ones without anybody measuring its speed. Source: nginx,
/// `ngx_http_upstream_least_conn_module.c`.
///
/// Ties go to smooth weighted round robin among the tied. "The first" would send all work of a quiet hour to one server.
#[derive(Debug, Clone, Default, Hash)]
pub struct LeastConnections {
    ties: WeightedRoundRobin,
}

impl LeastConnections {
    // ANCHOR: least-connections
    /// The server with the fewest open requests for its weight.
    pub fn choose(&mut self, pool: &[Server]) -> Option<u32> {
        let (_, least) = pool::available(pool).min_by(|(_, a), (_, b)| a.compare_load(b))?;
        self.ties
            .choose_among(pool, |server| server.compare_load(least).is_eq())
    }
    // ANCHOR_END: least-connections

    /// The server at this place has left.
    pub fn left(&mut self, place: u32) {
        self.ties.left(place);
    }

    /// Whose turn it is among equals.
    pub fn ties(&self) -> &WeightedRoundRobin {
        &self.ties
    }
}
