//! Sticky by cookie: the client brings back the name of its server.

use super::{LeastConnections, Request, Server, hash, pool};

/// A client stays with the server that its cookie names while that is available. The balancer remembers nothing: the client
/// carries the assignment. When the server is gone, the request goes to the one with the fewest connections, and the answer
/// carries that one's cookie: whatever the old server kept for the client is lost. When it comes back, the client stays where
/// it is now.
#[derive(Debug, Clone, Default, Hash)]
pub struct StickyCookie {
    /// Goes into the cookie's check, so that a number made up by a client is not taken for a server's. It is a checksum, not a
    /// signature: who wants to can find it out, and gains only the choice of a server.
    pub secret: u64,
    /// Chooses for clients without a cookie.
    pub otherwise: LeastConnections,
}

impl StickyCookie {
    // ANCHOR: sticky-cookie
    /// The server that the cookie names, or another when there is none.
    pub fn choose(&mut self, pool: &[Server], request: &Request) -> Option<u32> {
        let named = request.cookie.and_then(|cookie| self.server_id(cookie));
        let kept = named.and_then(|id| pool::available_id(pool, id));
        kept.or_else(|| self.otherwise.choose(pool))
    }

    /// The cookie that brings a client back to this server: its id, and a check.
    pub fn cookie(&self, server_id: u32) -> u64 {
        let check = hash::pair(self.secret, u64::from(server_id)) >> 32;
        check << 32 | u64::from(server_id)
    }

    /// The server's id in a cookie; `None` when it is not one of ours.
    pub fn server_id(&self, cookie: u64) -> Option<u32> {
        let id = cookie as u32;
        (self.cookie(id) == cookie).then_some(id)
    }
    // ANCHOR_END: sticky-cookie
}
