//! Smooth weighted round robin: three turns for one server, one for another, well mixed.

use alloc::vec::Vec;

use super::{Server, pool};

/// Gives each server its share of the turns without giving a heavy one all its turns in a row: with weights 5, 1, 1 the order
/// is a a b a c a a. Source: nginx, `ngx_http_upstream_get_peer` in `ngx_http_upstream_round_robin.c`. nginx also lowers a
/// server's weight when it fails; here that is the business of [`health`](super::health).
#[derive(Debug, Clone, Default, Hash)]
pub struct WeightedRoundRobin {
    /// How long each server has been waiting for a turn, in shares. The sum is 0 after each choice, while none leaves.
    credit: Vec<i64>,
}

impl WeightedRoundRobin {
    /// The server with the most credit.
    pub fn choose(&mut self, pool: &[Server]) -> Option<u32> {
        self.choose_among(pool, |_| true)
    }

    // ANCHOR: weighted-round-robin
    /// The server with the most credit among those that `may_win`; the first of
    /// several. All of these earn their share, and the chosen one pays for
    /// everybody's.
    pub fn choose_among(
        &mut self,
        pool: &[Server],
        may_win: impl Fn(&Server) -> bool,
    ) -> Option<u32> {
        self.credit.resize(pool.len(), 0);
        let mut total = 0;
        let mut best: Option<u32> = None;
        for (place, server) in pool::available(pool).filter(|(_, server)| may_win(server)) {
            self.credit[place as usize] += server.share() as i64;
            total += server.share() as i64;
            if best.is_none_or(|best| self.credit[place as usize] > self.credit[best as usize]) {
                best = Some(place);
            }
        }
        self.credit[best? as usize] -= total;
        best
    }
    // ANCHOR_END: weighted-round-robin

    /// The server at this place has left. What it was owed is forgotten; the others keep theirs.
    pub fn left(&mut self, place: u32) {
        if (place as usize) < self.credit.len() {
            self.credit.remove(place as usize);
        }
    }

    /// How long each server has been waiting, in shares.
    pub fn credit(&self) -> &[i64] {
        &self.credit
    }
}
