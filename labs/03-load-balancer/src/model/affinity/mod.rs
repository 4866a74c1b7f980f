//! Keys and the servers that have kept them, for the experiments: many servers, each with a small cache, and a policy that
//! says who is asked. Nothing takes time here; a request is a lookup.
//!
//! In come [`Settings`] and a seed, and servers that join; out come the share of hits, the keys that moved, and how evenly
//! keys are spread.

mod cache;
mod placement;

use alloc::vec::Vec;

use simulation::{Digest, Generator, Time, Zipf};

use crate::policy::{Policy, Request, Server, hash};
use cache::Cache;
pub use placement::{Placement, place};

/// What the system is made of.
#[derive(Debug, Clone, Hash)]
pub struct Settings {
    /// How many servers there are at the start.
    pub servers: u32,
    /// The [name](Policy::named) of the policy.
    pub policy: &'static str,
    /// How many keys there are.
    pub keys: u64,
    /// How unevenly they are asked for, in hundredths of Zipf's exponent; 0: all alike.
    pub skew_percent: u32,
    /// How many keys a server keeps: those that were asked for last (LRU).
    pub kept_per_server: u32,
}

/// Servers, and what each has kept.
#[derive(Debug, Clone, Hash)]
pub struct Affinity {
    settings: Settings,
    seed: u64,
    keys: Zipf,
    random: Generator,
    choices: Generator,
    policy: Policy,
    servers: Vec<Server>,
    caches: Vec<Cache>,
    answered_by: Vec<u64>,
}

impl Affinity {
    /// Servers that have kept nothing yet.
    pub fn new(seed: u64, settings: Settings) -> Affinity {
        let (number, seed) = (seed, Generator::new(seed));
        let policy = Policy::named(settings.policy);
        let mut affinity = Affinity {
            keys: Zipf::new(settings.keys, f64::from(settings.skew_percent) / 100.0),
            seed: number,
            random: seed.stream(0),
            choices: seed.stream(1),
            policy: policy.unwrap_or(Policy::Random(crate::policy::Random)),
            servers: Vec::new(),
            caches: Vec::new(),
            answered_by: Vec::new(),
            settings,
        };
        for _ in 0..affinity.settings.servers {
            affinity.join();
        }
        affinity
    }

    /// One more server, with an empty cache.
    pub fn join(&mut self) {
        let id = self.servers.len() as u32;
        self.servers.push(Server::new(id));
        self.caches.push(Cache::new(self.settings.kept_per_server));
        self.answered_by.push(0);
    }

    /// So many requests; how many of them found their key kept.
    pub fn ask(&mut self, requests: u64) -> u64 {
        let mut hits = 0;
        for _ in 0..requests {
            let key = self.keys.rank(&mut self.random);
            let Some(place) = self.choose(key) else {
                continue;
            };
            self.answered_by[place] += 1;
            hits += u64::from(self.caches[place].ask(key));
        }
        hits
    }

    /// Of so many requests that might come next, how many would find their key kept at this moment. Nothing changes but the
    /// chance that is drawn.
    pub fn would_hit(&mut self, requests: u64) -> u64 {
        let mut hits = 0;
        for _ in 0..requests {
            let key = self.keys.rank(&mut self.random);
            let place = self.choose(key);
            hits += u64::from(place.is_some_and(|place| self.caches[place].keeps(key)));
        }
        hits
    }

    /// Requests that each server answered.
    pub fn answered_by(&self) -> &[u64] {
        &self.answered_by
    }

    /// One number for the whole state.
    pub fn digest(&self) -> u64 {
        Digest::of(self)
    }

    fn choose(&mut self, key: u64) -> Option<usize> {
        let request = Request::new(hash::pair(self.seed, key), Time::START);
        let (policy, servers) = (&mut self.policy, &self.servers);
        let place = policy.choose(servers, &request, &mut self.choices);
        place.map(|place| place as usize)
    }
}
