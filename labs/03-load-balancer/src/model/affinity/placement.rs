//! Where keys have their home, when each counts the same and none ever leaves.

use alloc::{vec, vec::Vec};

use simulation::{Generator, Time};

use crate::policy::{Policy, Request, Server, hash};

/// The place of each key's server.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Placement {
    homes: Vec<u32>,
    servers: u32,
}

/// Gives each of `keys` keys a home among so many servers, one after the other; a key counts as an open request of its home
/// from then on, which is what bounded loads look at.
pub fn place(policy: &mut Policy, servers: u32, keys: u32) -> Placement {
    let mut pool: Vec<Server> = (0..servers).map(Server::new).collect();
    let mut random = Generator::new(0);
    let mut homes = Vec::new();
    for key in 0..keys {
        let request = Request::new(hash::mix(key.into()), Time::START);
        let home = policy.choose(&pool, &request, &mut random).unwrap_or(0);
        pool[home as usize].connections += 1;
        homes.push(home);
    }
    Placement { homes, servers }
}

impl Placement {
    /// How many keys have another home in the other one.
    pub fn moved(&self, other: &Placement) -> u32 {
        let both = self.homes.iter().zip(&other.homes);
        both.filter(|(here, there)| here != there).count() as u32
    }

    /// How many keys live on the fullest server.
    pub fn fullest(&self) -> u32 {
        let mut counts = vec![0; self.servers as usize];
        for home in &self.homes {
            counts[*home as usize] += 1;
        }
        counts.into_iter().max().unwrap_or(0)
    }
}
