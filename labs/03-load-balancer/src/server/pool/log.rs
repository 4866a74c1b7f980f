//! What happened to the pool, and when: the last thousand things.

use std::{collections::VecDeque, vec::Vec};

use serde::{Serialize, Serializer};
use simulation::Time;

/// Something that happened to a server, or to the whole pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// Counts from 1, without gaps.
    pub number: u64,
    /// When, in nanoseconds since the balancer's start.
    #[serde(rename = "at_ns", serialize_with = "nanoseconds")]
    pub at: Time,
    /// The server's id; `None`: the whole pool.
    pub server: Option<u32>,
    /// What.
    pub what: Happening,
}

/// What can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Happening {
    /// It joined the pool.
    Joined,
    /// It was removed from the pool.
    Removed,
    /// It gets no new requests, and finishes those it has.
    Draining,
    /// It was draining, and has no request left.
    Drained,
    /// It gets requests again after draining.
    Ready,
    /// It has another weight.
    Weighed(u32),
    /// It failed a probe.
    ProbeFailed,
    /// The probes took it out: it failed too many in a row.
    Down,
    /// The probes brought it back.
    Up,
    /// Too many requests in a row have failed on it.
    Ejected,
    /// Its ejection is over.
    Readmitted,
    /// Too few servers are healthy: health is ignored.
    PanicBegan,
    /// Enough servers are healthy again.
    PanicEnded,
    /// Another policy chooses, by its name.
    Policy(&'static str),
}

/// The last events.
#[derive(Debug, Default)]
pub(super) struct Log {
    events: VecDeque<Event>,
    count: u64,
}

/// Events that are kept: hours of a calm pool, and a bounded loss of memory for a wild one.
const KEPT: usize = 1_000;

impl Log {
    /// Takes a note.
    pub(super) fn note(&mut self, at: Time, server: Option<u32>, what: Happening) {
        self.count += 1;
        if self.events.len() == KEPT {
            self.events.pop_front();
        }
        self.events.push_back(Event {
            number: self.count,
            at,
            server,
            what,
        });
    }

    /// Those with a higher number, oldest first.
    pub(super) fn after(&self, number: u64) -> Vec<Event> {
        let is_newer = |event: &&Event| event.number > number;
        self.events.iter().filter(is_newer).cloned().collect()
    }
}

fn nanoseconds<S: Serializer>(time: &Time, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(time.as_nanos())
}
