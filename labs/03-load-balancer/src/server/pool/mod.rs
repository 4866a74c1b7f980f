//! The live pool: which servers there are, who of them gets a request, and what became of it. It drives the
//! [`policy`](crate::policy) and its [`health`](crate::policy::health) under one short lock; sockets and clocks are the
//! caller's. What comes in: requests that need a server, results of requests and probes, servers that come and go. What
//! goes out: a [`Lease`] for each request, [`Statistics`], and a log of [`Event`]s.
//!
//! Ids of servers stay and are never given again; their places shift when one leaves.

mod budget;
mod failure;
mod lease;
mod log;
mod member;
mod state;
mod statistics;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    fmt,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    vec::Vec,
};

use simulation::{Histogram, Time};
use tokio::sync::Notify;

pub use budget::{Budget, BudgetRules};
pub use failure::Failure;
pub use lease::Lease;
pub use log::{Event, Happening};
pub use statistics::{Counts, Failures, Latencies, ServerState, ServerView, Statistics};

use crate::policy::{LeastConnections, Policy, health::Rules};
use state::State;

/// What a pool is made of.
#[derive(Debug, Clone)]
pub struct PoolSettings {
    /// Who is there at the start.
    pub servers: Vec<NewServer>,
    /// Who of them gets a request.
    pub policy: Policy,
    /// What takes a server out and brings it back.
    pub rules: Rules,
    /// How many requests may be tried again.
    pub retries: BudgetRules,
    /// A server gets no more than so many requests at once; `None`: no limit.
    pub open_max: Option<u32>,
    /// Whether an answer with a status of 500 or more counts as a failure for passive checks. Default: no. One page that
    /// always fails would take out one server after the other.
    pub server_errors_count: bool,
}

impl Default for PoolSettings {
    /// No servers yet, least connections: it needs no tuning, and a slow server gets less by itself.
    fn default() -> PoolSettings {
        PoolSettings {
            servers: Vec::new(),
            policy: Policy::LeastConnections(LeastConnections::default()),
            rules: Rules::default(),
            retries: BudgetRules::default(),
            open_max: None,
            server_errors_count: false,
        }
    }
}

/// A server that joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewServer {
    /// Where it listens.
    pub address: SocketAddr,
    /// How much of the work it should get, next to the others; at most [`WEIGHT_MAX`].
    pub weight: u32,
}

impl From<SocketAddr> for NewServer {
    /// One of weight 1.
    fn from(address: SocketAddr) -> NewServer {
        NewServer { address, weight: 1 }
    }
}

/// The largest weight, HAProxy's: the hash ring holds 160 points for each unit of it.
pub const WEIGHT_MAX: u32 = 256;

/// A request that needs a server.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ask<'a> {
    /// For policies that keep a key on one server.
    pub key: u64,
    /// What the client brought back from an earlier answer: see [`Lease::cookie_to_set`].
    pub cookie: Option<u64>,
    /// Ids of servers on which this request has failed. Empty: it is new.
    pub tried: &'a [u32],
}

/// The servers, and who gets the next request.
pub struct Pool {
    state: Mutex<State>,
    changed: Notify,
}

impl Pool {
    /// A pool as its settings say. The same seed makes the same choices.
    pub fn new(settings: &PoolSettings, seed: u64) -> Arc<Pool> {
        Arc::new(Pool {
            state: Mutex::new(State::new(settings, seed)),
            changed: Notify::new(),
        })
    }

    /// Locks. `now` is for the log, which has the latest time that anybody has said.
    fn state(&self, now: Time) -> MutexGuard<'_, State> {
        // Whoever panicked with the lock in hand was in the middle of counting: at worst a number is off by one.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.hear(now);
        state
    }

    /// Wakes those who wait for a change, if there was one.
    fn tell(&self, is_news: bool) {
        if is_news {
            self.changed.notify_waiters();
        }
    }

    /// The next server for a request, not one of those it has tried; it has one request more open until the lease is dropped.
    /// A request that has tried others is a retry: it takes its part of the budget, if there is a server for it.
    /// `None`: nobody takes it, or the budget allows no retry.
    pub fn choose(self: &Arc<Pool>, ask: &Ask, now: Time) -> Option<Lease> {
        let chosen = self.state(now).choose(ask, now);
        chosen.map(|chosen| Lease::new(Arc::clone(self), chosen))
    }

    /// Adds a server, which gets requests at once; its id.
    pub fn add(&self, server: NewServer, now: Time) -> u32 {
        let id = self.state(now).join(server);
        self.tell(true);
        id
    }

    /// Removes a server; `false` when there is none with this id. Its open requests may finish.
    pub fn remove(&self, id: u32, now: Time) -> bool {
        self.change(now, |state| state.remove(id))
    }

    /// No new requests for this server; those that it has may finish. `false`: no such server.
    pub fn drain(&self, id: u32, now: Time) -> bool {
        self.change(now, |state| state.set_draining(id, true))
    }

    /// Ends draining. `false`: no such server.
    pub fn ready(&self, id: u32, now: Time) -> bool {
        self.change(now, |state| state.set_draining(id, false))
    }

    /// Gives a server another weight, at most [`WEIGHT_MAX`]. `false`: no such server.
    pub fn set_weight(&self, id: u32, weight: u32, now: Time) -> bool {
        self.change(now, |state| state.set_weight(id, weight.min(WEIGHT_MAX)))
    }

    /// Another policy from now on, as it starts.
    pub fn set_policy(&self, policy: Policy, now: Time) {
        self.change(now, |state| {
            let name = policy.names().0;
            state.set_policy(policy);
            state.log.note(now, None, Happening::Policy(name));
            true
        });
    }

    /// Tells it how many requests servers have open, by their ids, as several balancers in front of the same servers tell
    /// each other. From now on the policy goes by this, until it is told again; servers that are not named have none.
    pub fn tell_open(&self, told: BTreeMap<u32, u32>) {
        self.state(Time::START).told = Some(told);
    }

    /// The name of the policy.
    pub fn policy(&self) -> &'static str {
        self.state(Time::START).policy().names().0
    }

    /// A probe was answered, or not. Nothing happens when the server has left.
    pub fn probed(&self, id: u32, answered: bool, now: Time) {
        self.change(now, |state| {
            state.probed(id, answered, now);
            true
        });
    }

    /// Ids and addresses of all servers: whom to probe.
    pub fn addresses(&self) -> Vec<(u32, SocketAddr)> {
        self.state(Time::START).addresses()
    }

    /// Whether this server is still in the pool.
    pub fn has(&self, id: u32) -> bool {
        self.state(Time::START).open(id).is_some()
    }

    /// Whether any server would take a request now.
    pub fn is_serving(&self, now: Time) -> bool {
        let views = self.servers(now);
        views.iter().any(|server| server.in_rotation)
    }

    /// The servers, in the order in which they joined.
    pub fn servers(&self, now: Time) -> Vec<ServerView> {
        let mut state = self.state(now);
        state.refresh(now);
        state.views()
    }

    /// Everything that was counted.
    pub fn statistics(&self, now: Time) -> Statistics {
        let mut state = self.state(now);
        state.refresh(now);
        state.statistics()
    }

    /// All latencies in nanoseconds.
    pub fn latencies(&self) -> Histogram {
        self.state(Time::START).latencies()
    }

    /// The last thousand events with a higher number than this, oldest first. 0: all of them.
    pub fn events(&self, after: u64) -> Vec<Event> {
        self.state(Time::START).log.after(after)
    }

    /// Waits until `is_so`, which is asked again whenever a probe has ended, a request has failed, a server has joined, left
    /// or is drained, or somebody has changed something. It must not wait itself.
    pub async fn wait_until(&self, mut is_so: impl FnMut(&Pool) -> bool) {
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            if is_so(self) {
                return;
            }
            changed.await;
        }
    }

    /// Waits until a server has no request open, or has left the pool.
    pub async fn wait_until_idle(&self, id: u32) {
        self.wait_until(|pool| pool.state(Time::START).open(id).unwrap_or(0) == 0)
            .await;
    }

    /// From now on, leases that are dropped without a word count as this.
    pub fn abandon_as(&self, reason: Failure) {
        self.state(Time::START).abandoned_as = reason;
    }

    fn change(&self, now: Time, change: impl FnOnce(&mut State) -> bool) -> bool {
        let is_news = change(&mut self.state(now));
        self.tell(is_news);
        is_news
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let state = self.state(Time::START);
        let servers: Vec<_> = state.addresses();
        formatter
            .debug_struct("Pool")
            .field("policy", &state.policy().names().0)
            .field("servers", &servers)
            .finish_non_exhaustive()
    }
}
