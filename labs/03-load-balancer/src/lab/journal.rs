//! What happened, in words: pokes, what the balancer noticed, what clients suffered.

use std::collections::VecDeque;
use std::format;
use std::string::String;
use std::vec::Vec;

use kit::dashboard;

use crate::server::pool::{Event, Happening, Pool};

/// Lines that are kept.
const LINES_MAX: usize = 200;

/// The journal of a lab.
#[derive(Debug, Default)]
pub(super) struct Journal {
    lines: VecDeque<dashboard::Happening>,
    /// The number of the pool's last event that is in here.
    last: u64,
    /// Servers, by id, that the probes have found down.
    down: Vec<u32>,
    /// Requests that had failed when that was noted last, and when.
    failed: u64,
    failed_ms: u64,
}

/// Failures go together into one line for so long: a broken system fails dozens of times a second.
const FAILURES_TOGETHER_MS: u64 = 5_000;

impl Journal {
    /// Notes something that happened at a moment of the lab.
    pub(super) fn note(&mut self, at_ms: u64, what: String) {
        self.lines.push_back(dashboard::Happening { at_ms, what });
        if self.lines.len() > LINES_MAX {
            self.lines.pop_front();
        }
    }

    /// Notes what the balancer has noticed since the last time.
    pub(super) fn follow(&mut self, pool: &Pool, number: impl Fn(u32) -> Option<usize>) {
        for event in pool.events(self.last) {
            self.last = event.number;
            let server = event
                .server
                .and_then(&number)
                .map(|number| format!("server {number}"));
            if let Some(what) = self.in_words(&event, &server.unwrap_or_default()) {
                self.note(event.at.as_nanos() / 1_000_000, what);
            }
        }
    }

    /// Notes how many more requests have failed for clients, and why.
    pub(super) fn count_failed(&mut self, at_ms: u64, (failed, reasons): (u64, &str)) {
        let more = failed.saturating_sub(self.failed);
        let is_quiet = at_ms.saturating_sub(self.failed_ms) >= FAILURES_TOGETHER_MS;
        if more > 0 && (is_quiet || self.failed == 0) {
            (self.failed, self.failed_ms) = (failed, at_ms);
            let requests = if more == 1 { "request" } else { "requests" };
            self.note(
                at_ms,
                format!("clients: {more} {requests} failed (in all: {reasons})"),
            );
        }
    }

    /// All of it, oldest first.
    pub(super) fn lines(&self) -> Vec<dashboard::Happening> {
        let mut lines: Vec<_> = self.lines.iter().cloned().collect();
        // What the balancer noticed between two looks may be older than a poke.
        lines.sort_by_key(|line| line.at_ms);
        lines
    }

    /// An event in words; `None` for what is no news: the tenth probe that a dead server does not answer.
    fn in_words(&mut self, event: &Event, server: &str) -> Option<String> {
        let id = event.server.unwrap_or_default();
        match event.what {
            Happening::ProbeFailed if self.down.contains(&id) => return None,
            Happening::Down => self.down.push(id),
            Happening::Up => self.down.retain(|down| *down != id),
            _ => {}
        }
        Some(match event.what {
            Happening::Joined => format!("{server} joined"),
            Happening::Removed => format!("{server} was removed"),
            Happening::Draining => {
                format!("{server} gets no new requests, and finishes those it has")
            }
            Happening::Drained => format!("{server} has none left: it may be stopped"),
            Happening::Ready => format!("{server} gets requests again"),
            Happening::Weighed(weight) => format!("{server} has weight {weight}"),
            Happening::ProbeFailed => format!("{server} did not answer a probe"),
            Happening::Down => format!("{server} is out: probes found it down"),
            Happening::Up => format!("{server} is back: probes found it up"),
            Happening::Ejected => format!("{server} is out: too many requests in a row failed"),
            Happening::Readmitted => format!("{server} is back: its ejection is over"),
            Happening::PanicBegan => "too few servers are well: health is ignored".into(),
            Happening::PanicEnded => "enough servers are well again".into(),
            Happening::Policy(name) => format!("the policy is {name}"),
        })
    }
}
