//! How a key finds its server: the policies that the figure offers.

use crate::policy::{Maglev, Modulo, Rendezvous, Ring, Server};

/// Slots of Maglev's table: a prime, and a hundred times the servers; the paper's own sizes are for hundreds of servers.
const SLOTS: u32 = 1_021;

/// One of four policies, with its table.
#[derive(Debug, Clone, Hash)]
pub(super) enum Method {
    Ring(Ring),
    Modulo(Modulo),
    Maglev(Maglev),
    Rendezvous(Rendezvous),
}

impl Method {
    /// By the places of method and points among the options of the figure: 1, 2, 4, 8 points for a server.
    pub(super) fn of_choice(method: i32, points: i32) -> Method {
        match method {
            0 => Method::Ring(Ring::new(1 << points)),
            1 => Method::Modulo(Modulo),
            2 => Method::Maglev(Maglev::new(SLOTS)),
            _ => Method::Rendezvous(Rendezvous),
        }
    }

    /// The place of the key's server; `None` when no server takes part.
    pub(super) fn choose(&mut self, servers: &[Server], key: u64) -> Option<u32> {
        match self {
            Method::Ring(policy) => policy.choose(servers, key),
            Method::Modulo(policy) => policy.choose(servers, key),
            Method::Maglev(policy) => policy.choose(servers, key),
            Method::Rendezvous(policy) => policy.choose(servers, key),
        }
    }
}
