//! A balancer in front of four servers, in virtual time: clients send, the policy chooses, servers work, probes ask, faults
//! happen. Every decision is [`policy`](crate::policy)'s; this is the world around it.
//!
//! A request's way: the client sends it ([`CLIENT_LATENCY`] to the balancer), the policy chooses a server
//! ([`SERVER_LATENCY`] to it), the server works on it or lets it wait, and the answer goes back. Latencies are counted at
//! the balancer: from the choice to the answer.

mod backends;
mod chooser;
mod door;
mod open;
mod probes;
mod seen;
mod view;

use alloc::vec::Vec;

use simulation::{Digest, Duration, Events, Generator, OpenClients, Rate, Recent, Ticket, Time};

use crate::policy;
use crate::policy::health::{self, Rules};
use backends::Backend;
pub use chooser::Chooser;
use open::Open;
use seen::Seen;

/// How many servers there are.
pub const SERVERS: u8 = 4;
/// From a client to the balancer: as between two towns a few thousand kilometres apart (`facts.md` 13 counts 1 ms for a
/// hundred kilometres and back), so that requests on their way can be seen.
pub const CLIENT_LATENCY: Duration = Duration::from_millis(60);
/// From the balancer to a server, and back again. In one building this is a thousandth of it; it is long for the same
/// reason.
pub const SERVER_LATENCY: Duration = Duration::from_millis(30);
/// What a server needs for an average request: chapter 3 counts with it.
pub const WORK: Duration = Duration::from_millis(15);
/// A slow server needs twice as long.
pub const SLOW_PERMILLE: u32 = 500;

/// What a stopped server does to whoever asks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// The program is gone, its machine is there: connections are refused at once.
    Refuses,
    /// The machine is gone, or frozen: there is no answer at all.
    IsSilent,
}

/// How much work requests are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mix {
    /// Each the same.
    Equal,
    /// Exponentially spread: most are short, few are long.
    Uneven,
}

/// What a pool is made of, and what can be changed while it runs.
#[derive(Debug, Clone, Hash)]
pub struct Settings {
    /// Requests a second, at random moments (Poisson).
    pub rate_per_s: u32,
    /// How much work they are.
    pub mix: Mix,
    /// How often several balancers that share the pool tell each other what each server has open: in between, the policy
    /// sees the counts of the last time. 0: it always sees them as they are.
    pub news_interval: Duration,
    /// What takes a server out and brings it back.
    pub rules: Rules,
    /// Whether servers are probed.
    pub is_probing: bool,
    /// From one probe of a server to the next.
    pub probe_interval: Duration,
    /// A probe without an answer for this long has failed.
    pub probe_timeout: Duration,
    /// A request without an answer for this long has failed; `None`: nobody gives up.
    pub request_timeout: Option<Duration>,
    /// What a stopped server does.
    pub fault: Fault,
}

/// The whole system.
#[derive(Debug, Clone, Hash)]
pub struct Pool {
    /// What can be changed.
    pub settings: Settings,
    events: Events<Event>,
    clients: OpenClients,
    arrivals: Generator,
    work: Generator,
    choices: Generator,
    policy: Chooser,
    health: health::Pool,
    /// What the balancer knows of each server.
    views: Vec<policy::Server>,
    /// Open requests of each server, as they were last told.
    news: Vec<u32>,
    /// When that was.
    told_at: Time,
    backends: Vec<Backend>,
    /// What is on its way: 0 from the clients, 1 + i to server i. Latencies are constant, so nothing overtakes.
    pipes: Vec<Vec<Flight>>,
    requests: Open<Pending>,
    probes: Open<u8>,
    next_number: u32,
    failed: u64,
    answered: Rate,
    latencies: Recent,
    seen: Seen,
}

/// Something on its way.
#[derive(Debug, Clone, Copy, Hash)]
struct Flight {
    departed: Time,
    number: u32,
    is_probe: bool,
}

/// A request that a server was chosen for.
#[derive(Debug, Clone, Copy, Hash)]
struct Pending {
    server: u8,
    chosen_at: Time,
}

/// What can happen.
#[derive(Debug, Clone, Copy, Hash)]
pub(super) enum Event {
    /// A client sends.
    Sent,
    /// A request reaches the balancer.
    AtDoor,
    /// A request or a probe reaches a server.
    AtServer(u8),
    /// A server has finished.
    Finished(u8, Ticket),
    /// A server's answer reaches the balancer.
    Answered(u32),
    /// The news that a server refused reaches the balancer.
    Refused(u32),
    /// A request has waited long enough.
    TimedOut(u32),
    /// It is time to probe a server.
    Probe(u8),
    /// A probe's answer reaches the balancer.
    ProbeAnswered(u32),
    /// A probe was refused, or has waited long enough.
    ProbeFailed(u32),
}

impl Pool {
    /// Four idle servers, all believed to be well, at time 0.
    pub fn new(seed: u64, settings: Settings, policy: Chooser) -> Pool {
        let seed = Generator::new(seed);
        let mut clients = OpenClients::poisson(settings.rate_per_s.into());
        let mut arrivals = seed.stream(0);
        let mut events = Events::new();
        events.after(clients.gap(&mut arrivals), Event::Sent);
        for server in 0..SERVERS {
            // One after the other, not all at once.
            let share = u64::from(server) + 1;
            let first = settings.probe_interval * share / u64::from(SERVERS);
            events.after(first, Event::Probe(server));
        }
        Pool {
            health: health::Pool::new(SERVERS.into(), settings.rules),
            events,
            clients,
            arrivals,
            work: seed.stream(1),
            choices: seed.stream(2),
            policy,
            views: (0..SERVERS.into()).map(policy::Server::new).collect(),
            news: (0..SERVERS).map(|_| 0).collect(),
            told_at: Time::default(),
            backends: (0..SERVERS).map(|_| Backend::new()).collect(),
            pipes: (0..=SERVERS).map(|_| Vec::new()).collect(),
            requests: Open::new(),
            probes: Open::new(),
            next_number: 0,
            failed: 0,
            answered: Rate::new(Duration::from_secs(5)),
            latencies: Recent::new(Duration::from_secs(1), 31, 5),
            seen: Seen::default(),
            settings,
        }
    }

    /// The present.
    pub fn now(&self) -> Time {
        self.events.now()
    }

    /// One number for the whole state.
    pub fn digest(&self) -> u64 {
        Digest::of(self)
    }

    /// Lets everything happen that is due.
    pub fn run_until(&mut self, until: Time) {
        while let Some(event) = self.events.next_until(until) {
            self.handle(event);
        }
    }

    /// Lets the next thing happen, and says when it did. The clients never stop, so that there always is one.
    pub fn step(&mut self) -> Time {
        if let Some(event) = self.events.next_until(Time::NEVER) {
            self.handle(event);
        }
        self.now()
    }

    /// Moves the next thing that will happen: how a test shows that the digest sees a nanosecond.
    pub fn postpone_next(&mut self, by: Duration) {
        self.events.postpone_next(by);
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::Sent => self.send(),
            Event::AtDoor => self.choose(),
            Event::AtServer(server) => self.reach(server),
            Event::Finished(server, ticket) => self.finish(server, ticket),
            Event::Answered(number) => self.answer(number),
            Event::Refused(number) | Event::TimedOut(number) => self.fail(number),
            Event::Probe(server) => self.probe(server),
            Event::ProbeAnswered(number) => self.probe_ended(number, true),
            Event::ProbeFailed(number) => self.probe_ended(number, false),
        }
    }

    fn take_number(&mut self) -> u32 {
        self.next_number = self.next_number.wrapping_add(1);
        self.next_number
    }

    /// What has come to the end of a pipe: the first that went in.
    fn arrive(&mut self, pipe: usize) -> Option<Flight> {
        let pipe = &mut self.pipes[pipe];
        // There are a dozen in a pipe: moving the others up costs nothing.
        (!pipe.is_empty()).then(|| pipe.remove(0))
    }

    fn depart(&mut self, pipe: usize, number: u32, is_probe: bool) {
        let departed = self.now();
        self.pipes[pipe].push(Flight {
            departed,
            number,
            is_probe,
        });
    }
}
