//! The chain in virtual time: requests come in, and each stage hands on what it has finished.

use alloc::vec::Vec;

use scene::control::{Control, Kind};
use simulation::{
    Digest, Duration, Events, Generator, Histogram, Model, Offer, OpenClients, Rate, Server,
    Ticket, Time,
};

use crate::snapshot::{Chain, Stage, Traveller};

/// What one worker of any stage needs for a request: so each worker adds 100 requests a second to its stage's capacity.
pub const WORK: Duration = Duration::from_millis(10);
/// Capacity of one worker, in requests a second.
const CAPACITY_PER_S: u32 = 100;
/// A line is full with so many; more are turned away.
const WAITING_MAX: u32 = 1_000;
/// The median is over so many of the last answers.
const ANSWERS: u64 = 100;

const NAMES: [&str; 3] = ["network", "program", "database"];

/// Network, program and database, one after the other.
#[derive(Debug, Clone, Hash)]
pub struct PipeModel {
    events: Events<Event>,
    random: Generator,
    clients: OpenClients,
    rate_per_s: u32,
    /// A job is the moment at which its request came in.
    stages: Vec<Server<Time>>,
    leaving: Rate,
    latencies: Histogram,
    /// The median of the hundred answers before the last hundred began.
    median: Option<Duration>,
    refused: u64,
}

/// What can happen.
#[derive(Debug, Clone, Copy, Hash)]
enum Event {
    /// A request comes in.
    Arrives,
    /// A stage has finished one.
    Finished(u8, Ticket),
}

/// A control of a stage's capacity; `default` in requests a second.
const fn capacity(name: &'static str, label: &'static str, default: i32) -> Control {
    Control {
        name,
        label,
        kind: Kind::Range {
            least: 100,
            most: 500,
            step: 100,
            default,
            unit: "/s",
        },
    }
}

impl PipeModel {
    /// What a reader may change.
    pub const CONTROLS: &'static [Control] = &[
        Control {
            name: "rate",
            label: "Coming in",
            kind: Kind::Range {
                least: 20,
                most: 300,
                step: 20,
                default: 120,
                unit: "/s",
            },
        },
        capacity("network", "Network", 400),
        capacity("program", "Program", 500),
        capacity("database", "Database", 100),
    ];

    /// Empty stages at time 0.
    pub fn new(seed: u64, controls: &[i32]) -> PipeModel {
        let mut random = Generator::new(seed);
        let mut clients = OpenClients::poisson(controls[0] as u64);
        let mut events = Events::new();
        events.after(clients.gap(&mut random), Event::Arrives);
        PipeModel {
            events,
            random,
            clients,
            rate_per_s: controls[0] as u32,
            stages: controls[1..].iter().map(|per_s| stage(*per_s)).collect(),
            leaving: Rate::new(Duration::from_secs(5)),
            latencies: Histogram::new(5),
            median: None,
            refused: 0,
        }
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::Arrives => {
                let gap = self.clients.gap(&mut self.random);
                self.events.after(gap, Event::Arrives);
                self.offer(0, self.events.now());
            }
            Event::Finished(stage, ticket) => self.finish(stage, ticket),
        }
    }

    fn offer(&mut self, stage: u8, job: Time) {
        let now = self.events.now();
        match self.stages[usize::from(stage)].offer(now, job, WORK) {
            Offer::Begins(begun) => {
                let event = Event::Finished(stage, begun.ticket);
                self.events.schedule(begun.ends, event);
            }
            Offer::Waits => {}
            Offer::Refused(_) => self.refused += 1,
        }
    }

    fn finish(&mut self, stage: u8, ticket: Ticket) {
        let now = self.events.now();
        let Some(finished) = self.stages[usize::from(stage)].finish(now, ticket) else {
            return;
        };
        if let Some(begun) = finished.next {
            let event = Event::Finished(stage, begun.ticket);
            self.events.schedule(begun.ends, event);
        }
        let next = stage + 1;
        if usize::from(next) < self.stages.len() {
            self.offer(next, finished.job);
        } else {
            self.leave(now, finished.job);
        }
    }

    fn leave(&mut self, now: Time, came: Time) {
        self.leaving.record(now);
        self.latencies.record(now.since(came).as_micros());
        if self.latencies.count() == ANSWERS {
            self.median = self.latencies.median().map(Duration::from_micros);
            self.latencies.clear();
        }
    }

    /// What can be seen.
    pub fn snapshot(&self) -> Chain {
        let narrowest = (0..)
            .zip(&self.stages)
            .min_by_key(|(_, stage)| stage.workers());
        Chain {
            time: self.now(),
            arriving_per_s: self.rate_per_s,
            leaving_per_s: self.leaving.per_second(self.now()) as u32,
            stages: self
                .stages
                .iter()
                .zip(NAMES)
                .map(|(stage, name)| self.stage(stage, name))
                .collect(),
            narrowest: narrowest.map_or(0, |(place, _)| place),
            travellers: self.travellers(),
            latency_p50: self.median,
            refused: self.refused,
        }
    }

    fn stage(&self, stage: &Server<Time>, name: &'static str) -> Stage {
        Stage {
            name,
            capacity_per_s: stage.workers() * CAPACITY_PER_S,
            waiting: stage.waiting(),
            utilisation_percent: ((stage.utilisation_permille(self.now()) + 5) / 10).min(100),
        }
    }

    fn travellers(&self) -> Vec<Traveller> {
        let mut travellers = Vec::new();
        for (stage, server) in (0..).zip(&self.stages) {
            for (lane, work) in (0..).zip(server.works()) {
                let Some(work) = work else { continue };
                let gone = self.now().since(work.began).as_nanos() * 1_000;
                travellers.push(Traveller {
                    stage,
                    progress: (gone / WORK.as_nanos()).min(1_000) as u16,
                    lane,
                });
            }
        }
        travellers
    }

    /// Lets the next thing happen, and says when it did.
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
}

/// A stage of so many requests a second.
fn stage(per_s: i32) -> Server<Time> {
    Server::new(per_s as u32 / CAPACITY_PER_S).with_waiting_max(WAITING_MAX)
}

impl Model for PipeModel {
    fn now(&self) -> Time {
        self.events.now()
    }

    fn run_until(&mut self, until: Time) {
        while let Some(event) = self.events.next_until(until) {
            self.handle(event);
        }
    }

    fn set(&mut self, control: u16, value: i32) {
        if control == 0 {
            self.rate_per_s = value as u32;
            self.clients.set_rate(value as u64);
            return;
        }
        let workers = value as u32 / CAPACITY_PER_S;
        let now = self.now();
        let stage = control as u8 - 1;
        let begun = self.stages[usize::from(stage)].resize(now, workers);
        for begun in begun {
            self.events
                .schedule(begun.ends, Event::Finished(stage, begun.ticket));
        }
    }

    fn digest(&self) -> u64 {
        Digest::of(self)
    }
}
