//! What stands behind the pool's lock. Three lists have one place for each server: what the policy sees of it, its
//! health, and the rest. A removed server's place is taken by the next one; ids stay.

mod membership;
mod report;
mod rotation;

use std::{collections::BTreeMap, net::SocketAddr, vec::Vec};

use simulation::{Duration, Generator, Histogram, Time};

use super::{
    Ask, Failure, PoolSettings,
    budget::Budget,
    log::{Happening, Log},
    member::Member,
    statistics::{self, Counts},
};
use crate::policy::{
    self, Policy,
    health::{self, Observation},
};

pub(super) struct State {
    policy: Policy,
    servers: Vec<policy::Server>,
    health: health::Pool,
    members: Vec<Member>,
    random: Generator,
    budget: Budget,
    pub(super) log: Log,
    open_max: u32,
    server_errors_count: bool,
    /// Open requests by server, when others tell them; `None`: only what this balancer counts itself.
    pub(super) told: Option<BTreeMap<u32, u32>>,
    cookie_secret: u64,
    next_id: u32,
    /// What leases that are dropped without a word count as.
    pub(super) abandoned_as: Failure,
    /// Until then, time alone changes nothing of who is in rotation.
    fresh_until: Time,
    was_panicking: bool,
    /// The latest time that anybody has said.
    latest: Time,
    requests: u64,
    unserved: u64,
    retries_granted: u64,
    retries_refused: u64,
    /// What servers that have left had counted.
    left: (Counts, Histogram),
}

/// A choice: the server's id and place, and the cookie that its answer should carry.
pub(super) struct Chosen {
    pub(super) server: policy::Server,
    pub(super) place: u32,
    pub(super) address: SocketAddr,
    pub(super) cookie: Option<u64>,
}

impl State {
    pub(super) fn new(settings: &PoolSettings, seed: u64) -> State {
        let seed = Generator::new(seed);
        let mut state = State {
            policy: settings.policy.clone(),
            servers: Vec::new(),
            health: health::Pool::new(0, settings.rules),
            members: Vec::new(),
            random: seed.stream(0),
            budget: Budget::new(settings.retries),
            log: Log::default(),
            open_max: settings.open_max.unwrap_or(u32::MAX),
            server_errors_count: settings.server_errors_count,
            told: None,
            cookie_secret: seed.stream(1).next_u64(),
            next_id: 0,
            abandoned_as: Failure::ClientGone,
            fresh_until: Time::START,
            was_panicking: false,
            latest: Time::START,
            requests: 0,
            unserved: 0,
            retries_granted: 0,
            retries_refused: 0,
            left: (Counts::default(), statistics::latencies()),
        };
        state.set_policy(settings.policy.clone());
        for server in &settings.servers {
            state.join(*server);
        }
        state
    }

    /// A policy as it starts; the cookies of an earlier one stay valid.
    pub(super) fn set_policy(&mut self, policy: Policy) {
        self.policy = policy;
        if let Policy::StickyCookie(sticky) = &mut self.policy
            && sticky.secret == 0
        {
            sticky.secret = self.cookie_secret;
        }
        self.policy.rebuild(&self.servers);
    }

    pub(super) fn policy(&self) -> &Policy {
        &self.policy
    }

    pub(super) fn hear(&mut self, now: Time) {
        self.latest = self.latest.max(now);
    }

    pub(super) fn note(&mut self, id: u32, what: Happening) {
        self.log.note(self.latest, Some(id), what);
    }

    /// Where the server with this id stands; `hint` is where it stood before.
    fn place(&self, id: u32, hint: u32) -> Option<usize> {
        let hint = hint as usize;
        let stands_there = self.servers.get(hint).is_some_and(|server| server.id == id);
        if stands_there {
            return Some(hint);
        }
        self.servers.iter().position(|server| server.id == id)
    }

    /// Writes into the policy's view of a server whether it may be chosen.
    fn update(&mut self, place: usize) {
        let open = self.servers[place].connections;
        self.servers[place].is_available = self.members[place].takes_one_more(open, self.open_max);
    }

    pub(super) fn choose(&mut self, ask: &Ask, now: Time) -> Option<Chosen> {
        self.refresh(now);
        if ask.tried.is_empty() {
            self.requests += 1;
            self.budget.earn(now);
        }
        let request = policy::Request {
            key: ask.key,
            cookie: ask.cookie,
            now,
        };
        self.hide(ask.tried);
        let place = match &self.told {
            None => self
                .policy
                .choose(&self.servers, &request, &mut self.random),
            Some(told) => {
                let mut known = self.servers.clone();
                for server in &mut known {
                    server.connections = told.get(&server.id).copied().unwrap_or(0);
                }
                self.policy.choose(&known, &request, &mut self.random)
            }
        };
        if !ask.tried.is_empty() {
            (0..self.servers.len()).for_each(|place| self.update(place));
        }
        let Some(place) = place else {
            self.unserved += 1;
            return None;
        };
        if !ask.tried.is_empty() && !self.may_retry(now) {
            return None;
        }
        let server = &mut self.servers[place as usize];
        server.connections += 1;
        self.policy.sent(server, &request);
        let server = *server;
        let member = &mut self.members[place as usize];
        member.counts.chosen += 1;
        member.counts.retries += u64::from(!ask.tried.is_empty());
        if server.connections >= self.open_max {
            self.update(place as usize);
        }
        Some(Chosen {
            server,
            place,
            address: self.members[place as usize].address,
            cookie: self.cookie_to_set(server.id, ask.cookie),
        })
    }

    /// Those that were tried may not be chosen again.
    fn hide(&mut self, tried: &[u32]) {
        if tried.is_empty() {
            return;
        }
        for server in &mut self.servers {
            server.is_available &= !tried.contains(&server.id);
        }
    }

    fn cookie_to_set(&self, id: u32, brought: Option<u64>) -> Option<u64> {
        let Policy::StickyCookie(sticky) = &self.policy else {
            return None;
        };
        let cookie = sticky.cookie(id);
        (brought != Some(cookie)).then_some(cookie)
    }

    fn may_retry(&mut self, now: Time) -> bool {
        let may = self.budget.spend(now);
        *match may {
            true => &mut self.retries_granted,
            false => &mut self.retries_refused,
        } += 1;
        may
    }

    /// A server has begun to answer.
    pub(super) fn answered(&mut self, (id, hint): (u32, u32), latency: Duration, now: Time) {
        if let Some(place) = self.place(id, hint) {
            self.members[place].latency.record(latency.as_nanos());
            self.policy.answered(place as u32, latency, now);
            self.observe(place, Observation::RequestAnswered, now);
        }
    }

    /// A request has failed on a server.
    pub(super) fn failed(&mut self, (id, hint): (u32, u32), reason: Failure, now: Time) {
        let speaks_for_server = reason.speaks_for_server(self.server_errors_count);
        let Some(place) = self.place(id, hint) else {
            return;
        };
        match speaks_for_server {
            Some(true) => self.observe(place, Observation::RequestAnswered, now),
            Some(false) => self.observe(place, Observation::RequestFailed, now),
            None => {}
        }
    }

    /// A request is over. Whether that is news for those who wait.
    pub(super) fn give_back(&mut self, (id, hint): (u32, u32), counts: &Counts) -> bool {
        let Some(place) = self.place(id, hint) else {
            // It has left the pool meanwhile; what it did still counts.
            self.left.0.add(counts);
            return true;
        };
        let server = &mut self.servers[place];
        server.connections -= 1;
        let was_last = server.connections == 0;
        let was_full = server.connections + 1 >= self.open_max;
        self.members[place].counts.add(counts);
        if was_full {
            self.update(place);
        }
        let is_drained = was_last && self.members[place].is_draining;
        if is_drained {
            self.note(id, Happening::Drained);
        }
        is_drained
    }

    /// How many requests a server has open; `None` when it is not in the pool.
    pub(super) fn open(&self, id: u32) -> Option<u32> {
        self.place(id, 0)
            .map(|place| self.servers[place].connections)
    }
}
