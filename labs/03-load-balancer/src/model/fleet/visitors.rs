//! Who sends: strangers, or visitors who come again, with a cookie, a connection and the server that knows them.

use alloc::{vec, vec::Vec};

use simulation::{Generator, Zipf};

use super::Visitors;
use crate::policy::{Policy, hash};

/// Stands for somebody who never comes again.
const STRANGER: u32 = u32::MAX;

/// Everybody who sends.
#[derive(Debug, Clone, Hash)]
pub(super) struct Crowd {
    random: Generator,
    ranks: Option<Zipf>,
    visitors: Vec<Visitor>,
}

/// One visitor.
#[derive(Debug, Clone, Copy, Default, Hash)]
struct Visitor {
    cookie: Option<u64>,
    /// The server that answered last.
    server: Option<u32>,
    /// The server at the other end of a connection that stays open.
    connection: Option<u32>,
}

impl Crowd {
    pub(super) fn new(random: Generator, visitors: Option<Visitors>) -> Crowd {
        let ranks = visitors.map(|visitors| {
            let exponent = f64::from(visitors.skew_percent) / 100.0;
            Zipf::new(visitors.count.into(), exponent)
        });
        let count = visitors.map_or(0, |visitors| visitors.count);
        Crowd {
            random,
            ranks,
            visitors: vec![Visitor::default(); count as usize],
        }
    }

    /// Who sends next, and the key that stays the same for that visitor.
    pub(super) fn next(&mut self) -> (u32, u64) {
        match self.ranks {
            None => (STRANGER, self.random.next_u64()),
            Some(ranks) => {
                let visitor = ranks.rank(&mut self.random) as u32 - 1;
                (visitor, hash::mix(visitor.into()))
            }
        }
    }

    pub(super) fn cookie(&self, visitor: u32) -> Option<u64> {
        self.visitors.get(visitor as usize)?.cookie
    }

    pub(super) fn connection(&self, visitor: u32) -> Option<u32> {
        self.visitors.get(visitor as usize)?.connection
    }

    pub(super) fn connect(&mut self, visitor: u32, server: u32) {
        if let Some(visitor) = self.visitors.get_mut(visitor as usize) {
            visitor.connection = Some(server);
        }
    }

    /// All connections to a server are gone.
    pub(super) fn hang_up(&mut self, server: u32) {
        for visitor in &mut self.visitors {
            if visitor.connection == Some(server) {
                visitor.connection = None;
            }
        }
    }

    /// A visitor got an answer, with the cookie of the server if the policy has one; says whether it was another server
    /// than the last time.
    pub(super) fn served(&mut self, visitor: u32, server: u32, policy: &Policy) -> bool {
        let Some(visitor) = self.visitors.get_mut(visitor as usize) else {
            return false;
        };
        if let Policy::StickyCookie(policy) = policy {
            visitor.cookie = Some(policy.cookie(server));
        }
        let before = visitor.server.replace(server);
        before.is_some_and(|before| before != server)
    }
}
