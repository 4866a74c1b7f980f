//! "The ring": a thousand keys, up to six servers, and a policy that says who keeps which key.
//!
//! Requests ask for keys. A server that is asked for a key keeps it from then on; one that stops forgets all. So a key that
//! moves costs a miss, and the share of hits shows what a change of the servers costs.

mod hits;
mod method;
mod moves;
mod view;

use alloc::vec;
use alloc::vec::Vec;

use scene::control::{Choice, Control, Kind};
use simulation::{Digest, Duration, Events, Generator, Model, OpenClients, Rate, Time};

use super::{NUMBERS, number};
use crate::policy::{Server, hash};
use hits::Hits;
use method::Method;

/// How many keys there are.
const KEYS: u32 = 1_000;
/// How many of them are drawn.
const SAMPLE: usize = 72;
/// How many servers there can be.
const SERVERS: u8 = 6;
/// Requests a second, so that nearly every key has been asked for after ten seconds (1 − e^(−3) = 95 %).
const RATE_PER_S: u64 = 300;
/// A key counts as asked for this long.
const ASKED: Duration = Duration::from_millis(500);
/// No server keeps the key.
const NOBODY: u8 = u8::MAX;

const METHODS: &[Choice] = &[
    Choice {
        value: "ring",
        label: "Hash ring",
    },
    Choice {
        value: "modulo",
        label: "Modulo",
    },
    Choice {
        value: "maglev",
        label: "Maglev",
    },
    Choice {
        value: "rendezvous",
        label: "Rendezvous",
    },
];

/// Points a server may have on the ring.
const POINTS: &[Choice] = &[number("1"), number("2"), number("4"), number("8")];

/// Keys and who keeps them.
#[derive(Debug, Clone, Hash)]
pub struct RingModel {
    events: Events<Event>,
    random: Generator,
    clients: OpenClients,
    method: u8,
    points: u8,
    policy: Method,
    servers: Vec<Server>,
    keys: Vec<u64>,
    /// The place of each key's server.
    owners: Vec<u8>,
    /// Which of the drawn keys the last change moved.
    moved: Vec<bool>,
    moved_permille: Option<u32>,
    moved_expected_permille: Option<u32>,
    /// Who keeps each key: a bit for each server.
    kept: Vec<u8>,
    asked_at: Vec<Option<Time>>,
    hits: Hits,
    requests: Vec<Rate>,
}

/// What can happen: a client asks for a key.
#[derive(Debug, Clone, Copy, Hash)]
struct Event;

impl RingModel {
    /// What a reader may change.
    pub const CONTROLS: &'static [Control] = &[
        Control {
            name: "method",
            label: "A key's server by",
            kind: Kind::Choice {
                options: METHODS,
                default: 0,
            },
        },
        Control {
            name: "points",
            label: "Points of a server",
            kind: Kind::Choice {
                options: POINTS,
                default: 2,
            },
        },
        Control {
            name: "servers",
            label: "Servers",
            kind: Kind::Several {
                options: NUMBERS,
                default: 0b1111,
            },
        },
    ];

    /// At time 0 no server keeps anything.
    pub fn new(seed: u64, controls: &[i32]) -> RingModel {
        let mut random = Generator::new(seed);
        let mut clients = OpenClients::poisson(RATE_PER_S);
        let mut events = Events::new();
        events.after(clients.gap(&mut random), Event);
        let keys: Vec<u64> = (0..KEYS).map(|key| hash::pair(seed, key.into())).collect();
        let mut model = RingModel {
            events,
            random,
            clients,
            method: controls[0] as u8,
            points: controls[1] as u8,
            policy: Method::of_choice(controls[0], controls[1]),
            servers: (0..SERVERS.into()).map(Server::new).collect(),
            owners: vec![NOBODY; keys.len()],
            moved: vec![false; SAMPLE],
            moved_permille: None,
            moved_expected_permille: None,
            kept: vec![0; keys.len()],
            asked_at: vec![None; SAMPLE],
            hits: Hits::default(),
            requests: vec![Rate::new(Duration::from_secs(5)); SERVERS.into()],
            keys,
        };
        model.take_part(controls[2]);
        model.owners = model.assign();
        model
    }

    /// Who takes part; whoever leaves forgets what it kept.
    fn take_part(&mut self, mask: i32) {
        for (place, server) in self.servers.iter_mut().enumerate() {
            let is_present = mask >> place & 1 == 1;
            if server.is_available && !is_present {
                for kept in &mut self.kept {
                    *kept &= !(1 << place);
                }
            }
            server.is_available = is_present;
        }
    }

    /// The server of each key.
    fn assign(&mut self) -> Vec<u8> {
        let (policy, servers) = (&mut self.policy, &self.servers);
        let owner = |key: &u64| policy.choose(servers, *key);
        let place = |owner: Option<u32>| owner.map_or(NOBODY, |place| place as u8);
        self.keys.iter().map(owner).map(place).collect()
    }

    /// Which places take part.
    fn present(&self) -> Vec<u8> {
        let places = (0_u8..).zip(&self.servers);
        places
            .filter(|(_, server)| server.is_available)
            .map(|(place, _)| place)
            .collect()
    }

    fn ask(&mut self) {
        let now = self.events.now();
        let gap = self.clients.gap(&mut self.random);
        self.events.after(gap, Event);
        let key = self.random.below(KEYS.into()) as usize;
        if let Some(asked_at) = self.asked_at.get_mut(key) {
            *asked_at = Some(now);
        }
        let owner = self.owners[key];
        if owner == NOBODY {
            return;
        }
        self.hits.record(now, self.kept[key] >> owner & 1 == 1);
        self.kept[key] |= 1 << owner;
        self.requests[usize::from(owner)].record(now);
    }

    /// Lets the next thing happen, and says when it did.
    pub fn step(&mut self) -> Time {
        if self.events.next_until(Time::NEVER).is_some() {
            self.ask();
        }
        self.events.now()
    }

    /// Moves the next thing that will happen: how a test shows that the digest sees a nanosecond.
    pub fn postpone_next(&mut self, by: Duration) {
        self.events.postpone_next(by);
    }
}

impl Model for RingModel {
    fn now(&self) -> Time {
        self.events.now()
    }

    fn run_until(&mut self, until: Time) {
        while self.events.next_until(until).is_some() {
            self.ask();
        }
    }

    fn set(&mut self, control: u16, value: i32) {
        let before = self.present();
        match control {
            0 => self.method = value as u8,
            1 => self.points = value as u8,
            _ => self.take_part(value),
        }
        if control < 2 {
            self.policy = Method::of_choice(self.method.into(), self.points.into());
        }
        self.move_keys(&before, control == 2);
    }

    fn digest(&self) -> u64 {
        Digest::of(self)
    }
}
