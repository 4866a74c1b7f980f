//! A fleet: any number of servers behind any number of balancers, in virtual time, for the experiments. No figure shows it,
//! so it has no pipes: what is sent is there at once.
//!
//! In come [`Settings`] and a seed; between two [`Fleet::run_until`]s servers are stopped, started, slowed down or drained.
//! Out come latencies, failures, who served how much, the longest line, and sessions that moved. Every decision is
//! [`policy`](crate::policy)'s.

mod checks;
mod door;
mod faults;
mod news;
mod settings;
mod visitors;

use alloc::{vec, vec::Vec};

use simulation::{
    Digest, Distribution, Duration, Events, Exponential, Generator, Histogram, Offer, OpenClients,
    Server, Ticket, Time,
};

use crate::policy::{self, Policy, health};
pub use settings::{Checks, Choosing, News, Settings, Visitors, Work};
use visitors::Crowd;

/// Percentiles are off by 0.05 % at most, so that a comparison with theory measures chance and not buckets.
const PRECISION: u32 = 10;

/// The whole system.
#[derive(Debug, Clone, Hash)]
pub struct Fleet {
    settings: Settings,
    events: Events<Event>,
    clients: OpenClients,
    is_sending: bool,
    arrivals: Generator,
    work: Generator,
    choices: Generator,
    crowd: Crowd,
    balancers: Vec<Balancer>,
    servers: Vec<Server<Job>>,
    health: health::Pool,
    is_draining: Vec<bool>,
    seen: Seen,
}

/// One balancer: its policy, and what it knows of each server.
#[derive(Debug, Clone, Hash)]
struct Balancer {
    policy: Policy,
    views: Vec<policy::Server>,
}

/// A request on a server.
#[derive(Debug, Clone, Copy, Hash)]
struct Job {
    visitor: u32,
    key: u64,
    balancer: u32,
    came: Time,
    sent: Time,
    retries: u32,
}

/// What was counted since [`Fleet::count_from_now`].
#[derive(Debug, Clone, Hash)]
pub struct Seen {
    /// From the arrival to the answer, in nanoseconds.
    pub latencies: Histogram,
    /// Requests that came.
    pub sent: u64,
    /// Requests that were answered.
    pub answered: u64,
    /// Requests that were not: refused, lost, or nobody took them.
    pub failed: u64,
    /// Requests that each server answered.
    pub answered_by: Vec<u64>,
    /// The most requests that any server had at once, in line and at work.
    pub longest: u32,
    /// How often a visitor was answered by another server than before.
    pub moves: u64,
}

/// What can happen.
#[derive(Debug, Clone, Copy, Hash)]
enum Event {
    Arrives,
    Finishes(u32, Ticket),
    BoardIsWritten,
    Probe(u32),
}

impl Fleet {
    /// Idle servers, all believed to be well, at time 0.
    pub fn new(seed: u64, settings: Settings) -> Fleet {
        let seed = Generator::new(seed);
        let policy = Policy::named(settings.policy).unwrap_or(Policy::Random(policy::Random));
        let views: Vec<policy::Server> = (0..settings.servers).map(policy::Server::new).collect();
        let balancers = vec![Balancer { policy, views }; settings.balancers.max(1) as usize];
        let rules = settings
            .checks
            .map(|checks| checks.rules)
            .unwrap_or_default();
        let mut fleet = Fleet {
            events: Events::new(),
            clients: OpenClients::poisson(settings.rate_per_s),
            is_sending: true,
            arrivals: seed.stream(0),
            work: seed.stream(1),
            choices: seed.stream(2),
            crowd: Crowd::new(seed.stream(3), settings.visitors),
            balancers,
            servers: (0..settings.servers).map(|_| Server::new(1)).collect(),
            health: health::Pool::new(settings.servers, rules),
            is_draining: vec![false; settings.servers as usize],
            seen: Seen::new(settings.servers),
            settings,
        };
        let gap = fleet.clients.gap(&mut fleet.arrivals);
        fleet.events.after(gap, Event::Arrives);
        if let News::Board(every) = fleet.settings.news {
            fleet.events.after(every, Event::BoardIsWritten);
        }
        fleet.begin_probing();
        fleet
    }

    /// The present.
    pub fn now(&self) -> Time {
        self.events.now()
    }

    /// One number for the whole state.
    pub fn digest(&self) -> u64 {
        Digest::of(self)
    }

    /// What was counted.
    pub fn seen(&self) -> &Seen {
        &self.seen
    }

    /// Forgets what was counted so far: the warm-up is over.
    pub fn count_from_now(&mut self) {
        self.seen = Seen::new(self.settings.servers);
    }

    /// Requests in line and at work on each server.
    pub fn inside(&self) -> Vec<u32> {
        self.servers.iter().map(Server::inside).collect()
    }

    /// Lets everything happen that is due.
    pub fn run_until(&mut self, until: Time) {
        while let Some(event) = self.events.next_until(until) {
            self.handle(event);
        }
    }

    /// Lets this much time pass.
    pub fn run_for(&mut self, time: Duration) {
        self.run_until(self.now() + time);
    }

    /// Nobody sends any more; what is under way goes on.
    pub fn stop_sending(&mut self) {
        self.is_sending = false;
    }

    /// Moves the next thing that will happen: how a test shows that the digest sees a nanosecond.
    pub fn postpone_next(&mut self, by: Duration) {
        self.events.postpone_next(by);
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::Arrives => self.arrive(),
            Event::Finishes(server, ticket) => self.finish(server, ticket),
            Event::BoardIsWritten => self.write_board(),
            Event::Probe(server) => self.probe(server),
        }
    }

    /// Puts a request into a server's line.
    fn reach(&mut self, server: u32, job: Job) {
        let work = match self.settings.work {
            Work::Equal(work) => work,
            Work::Uneven(mean) => Exponential::new(mean).draw(&mut self.work),
        };
        let now = self.now();
        let reached = &mut self.servers[server as usize];
        match reached.offer(now, job, work) {
            Offer::Begins(begun) => {
                let event = Event::Finishes(server, begun.ticket);
                self.events.schedule(begun.ends, event);
            }
            Offer::Waits => {}
            Offer::Refused(job) => return self.fail(server, job),
        }
        self.seen.longest = self.seen.longest.max(reached.inside());
    }

    fn finish(&mut self, server: u32, ticket: Ticket) {
        let now = self.now();
        let Some(finished) = self.servers[server as usize].finish(now, ticket) else {
            return;
        };
        if let Some(begun) = finished.next {
            let event = Event::Finishes(server, begun.ticket);
            self.events.schedule(begun.ends, event);
        }
        self.answer(server, finished.job);
    }
}

impl Seen {
    fn new(servers: u32) -> Seen {
        Seen {
            latencies: Histogram::new(PRECISION),
            sent: 0,
            answered: 0,
            failed: 0,
            answered_by: vec![0; servers as usize],
            longest: 0,
            moves: 0,
        }
    }

    /// What the busiest server answered, in thousandths of the average; 1,000 when all did the same, 0 without answers.
    pub fn busiest_permille(&self) -> u64 {
        let most = self.answered_by.iter().max().copied().unwrap_or(0);
        let servers = self.answered_by.len() as u64;
        (most * servers * 1_000)
            .checked_div(self.answered)
            .unwrap_or(0)
    }
}
