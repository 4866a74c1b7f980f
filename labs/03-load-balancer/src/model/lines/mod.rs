//! "One line or many": the same requests, at the same moments and with the same work, come to two halves of four servers.
//! One half keeps a single line at the door; in the other each server has a line of its own, and a policy chooses it.

mod counts;
mod theory;

use alloc::vec::Vec;

use scene::control::{Control, Kind};
use simulation::{
    Begun, Digest, Distribution, Duration, Events, Exponential, Generator, Model, Offer,
    OpenClients, Server, Ticket, Time,
};

// Of what can happen to a pool three things happen here as well. One kind of events for both takes a kilobyte less of code.
use super::pool::{Chooser, Event};
use super::{POLICIES, work};
use crate::policy::{self, Request};
use crate::snapshot;
use counts::Counts;

/// How many servers each half has.
const SERVERS: u32 = 4;
/// What a server needs for an average request: as in the experiment `lines`.
const WORK: Duration = Duration::from_millis(20);
/// From the clients to the doors, so that requests on their way can be seen. The time to the answer begins at the door.
const TRAVEL: Duration = Duration::from_millis(80);

/// Two halves of four servers, and the requests that come to both.
#[derive(Debug, Clone, Hash)]
pub struct LinesModel {
    events: Events<Event>,
    clients: OpenClients,
    arrivals: Generator,
    work: Generator,
    choices: Generator,
    policy: Chooser,
    busy_percent: u32,
    is_uneven: bool,
    /// When the requests set out that are on their way, the first first.
    departed: Vec<Time>,
    /// First the one line, which is that of a server with four workers; then the lines of four servers with one worker. A job
    /// is the moment at which it came.
    lines: Vec<Server<Time>>,
    /// What was counted of the one line, and of the others together.
    counts: [Counts; 2],
    /// From when on is counted: the start, or the last change of a control.
    since: Time,
}

impl LinesModel {
    /// What a reader may change.
    pub const CONTROLS: &'static [Control] = &[
        Control {
            name: "policy",
            label: "Many lines: who chooses",
            kind: Kind::Choice {
                // The fifth looks at how long answers take.
                options: POLICIES.split_at(4).0,
                default: 0,
            },
        },
        Control {
            name: "busy",
            label: "Servers are busy",
            kind: Kind::Range {
                least: 40,
                most: 90,
                step: 5,
                default: 80,
                unit: " %",
            },
        },
        work(1),
    ];

    /// The system at time 0.
    pub fn new(seed: u64, controls: &[i32]) -> LinesModel {
        let seed = Generator::new(seed);
        let mut model = LinesModel {
            events: Events::new(),
            clients: OpenClients::poisson(0),
            arrivals: seed.stream(0),
            work: seed.stream(1),
            choices: seed.stream(2),
            policy: Chooser::of_choice(0),
            busy_percent: 0,
            is_uneven: true,
            departed: Vec::new(),
            lines: (0..=SERVERS)
                .map(|place| Server::new(if place == 0 { SERVERS } else { 1 }))
                .collect(),
            counts: [Counts::default(); 2],
            since: Time::START,
        };
        for (control, value) in (0..).zip(controls) {
            model.set(control, *value);
        }
        model.send_later();
        model
    }

    /// Requests a second that keep the servers as busy as they shall be.
    fn rate_per_s(&self) -> u32 {
        let finished_per_s = SERVERS * (1_000 / WORK.as_millis() as u32);
        finished_per_s * self.busy_percent / 100
    }

    /// Lets the next thing happen that is due, and counts the time until then, in which nothing changed.
    fn advance(&mut self, until: Time) -> bool {
        let before = self.events.now();
        let event = self.events.next_until(until);
        let passed = self.events.now().since(before);
        for (counts, lines) in self.counts.iter_mut().zip(halves(&self.lines)) {
            counts.pass(lines, passed);
        }
        match event {
            Some(Event::Sent) => {
                self.departed.push(self.events.now());
                self.events.after(TRAVEL, Event::AtDoor);
                self.send_later();
            }
            Some(Event::AtDoor) => self.arrive(),
            Some(Event::Finished(line, ticket)) => self.finish(line, ticket),
            Some(_) => {}
            None => return false,
        }
        true
    }

    fn send_later(&mut self) {
        let gap = self.clients.gap(&mut self.arrivals);
        self.events.after(gap, Event::Sent);
    }

    /// The request that is first on its way has come: to the one line, and to one of the many.
    fn arrive(&mut self) {
        self.departed.remove(0);
        let work = if self.is_uneven {
            Exponential::new(WORK).draw(&mut self.work)
        } else {
            WORK
        };
        let now = self.events.now();
        for line in [0, 1 + self.choose()] {
            if let Offer::Begins(begun) = self.lines[usize::from(line)].offer(now, now, work) {
                self.begin(line, begun);
            }
        }
    }

    /// Which of the four servers the request joins, where each has a line.
    fn choose(&mut self) -> u8 {
        let views = [1, 2, 3, 4].map(|line| policy::Server {
            connections: self.lines[line].inside(),
            ..policy::Server::new(0)
        });
        // None of these policies looks at a server's id or a request's key.
        let request = Request::new(0, self.events.now());
        let chosen = self.policy.choose(&views, &request, &mut self.choices);
        chosen.unwrap_or_default() as u8
    }

    fn finish(&mut self, line: u8, ticket: Ticket) {
        let now = self.events.now();
        let Some(finished) = self.lines[usize::from(line)].finish(now, ticket) else {
            return;
        };
        if finished.job >= self.since {
            let counts = &mut self.counts[usize::from(line > 0)];
            counts.answered(now.since(finished.job));
        }
        if let Some(begun) = finished.next {
            self.begin(line, begun);
        }
    }

    fn begin(&mut self, line: u8, begun: Begun) {
        let event = Event::Finished(line, begun.ticket);
        self.events.schedule(begun.ends, event);
    }

    /// What can be seen.
    pub fn snapshot(&self) -> snapshot::Lines {
        let now = self.now();
        let on_their_way = self.departed.iter();
        snapshot::Lines {
            time: now,
            policy: POLICIES[self.policy.place()].label,
            busy_percent: self.busy_percent,
            rate_per_s: self.rate_per_s(),
            work: WORK,
            travellers: on_their_way
                .map(|departed| permille(now.since(*departed), TRAVEL))
                .collect(),
            halves: [0, 1].map(|place| self.half(place)),
        }
    }

    fn half(&self, place: usize) -> snapshot::Half {
        let now = self.now();
        let lines = halves(&self.lines)[place];
        let mut servers = [None; SERVERS as usize];
        let mut seen = servers.iter_mut();
        for line in lines {
            for work in line.works() {
                let server = seen.next();
                if let (Some(server), Some(work)) = (server, work) {
                    *server = Some(permille(now.since(work.began), work.ends.since(work.began)));
                }
            }
        }
        let counts = &self.counts[place];
        snapshot::Half {
            servers,
            lines: lines.iter().map(Server::waiting).collect(),
            mean: counts.mean(),
            theory: self.theory(place),
            wasted_permille: permille(counts.wasted, now.since(self.since)).into(),
        }
    }

    /// What theory says of the time to the answer, where it has a simple formula.
    fn theory(&self, place: usize) -> Option<Duration> {
        if place == 0 {
            return self.is_uneven.then(|| theory::one_line(self.busy_percent));
        }
        let is_random = matches!(self.policy, Chooser::Random(_));
        is_random.then(|| theory::random_lines(self.busy_percent, self.is_uneven))
    }

    /// Lets the next thing happen, and says when it did. The clients never stop, so that there always is one.
    pub fn step(&mut self) -> Time {
        self.advance(Time::NEVER);
        self.now()
    }

    /// Moves the next thing that will happen: how a test shows that the digest sees a nanosecond.
    pub fn postpone_next(&mut self, by: Duration) {
        self.events.postpone_next(by);
    }
}

/// The one line, and the four.
fn halves(lines: &[Server<Time>]) -> [&[Server<Time>]; 2] {
    let (one, many) = lines.split_at(1);
    [one, many]
}

/// A part of a length of time, in thousandths.
fn permille(part: Duration, whole: Duration) -> u16 {
    let thousandths = part.as_nanos() * 1_000 / whole.as_nanos().max(1);
    thousandths.min(1_000) as u16
}

impl Model for LinesModel {
    fn now(&self) -> Time {
        self.events.now()
    }

    fn run_until(&mut self, until: Time) {
        while self.advance(until) {}
    }

    /// What was counted under other conditions would say nothing of the new ones: counting starts over.
    fn set(&mut self, control: u16, value: i32) {
        match control {
            0 => self.policy = Chooser::of_choice(value),
            1 => {
                self.busy_percent = value as u32;
                self.clients.set_rate(self.rate_per_s().into());
            }
            _ => self.is_uneven = value == 1,
        }
        self.since = self.now();
        self.counts = [Counts::default(); 2];
    }

    fn digest(&self) -> u64 {
        Digest::of(self)
    }
}
