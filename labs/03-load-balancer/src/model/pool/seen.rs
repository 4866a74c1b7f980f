//! What happened to the servers lately, and how long deaths went unnoticed.

use alloc::vec::Vec;

use simulation::{Duration, Time};

use super::SERVERS;
use super::backends::Backend;
use crate::snapshot::{Mark, MarkKind};

/// How far back marks are kept.
pub(super) const KEPT: Duration = Duration::from_secs(30);
/// Failed requests of one server that lie closer together are one mark: a dead server makes dozens a second.
const APART: Duration = Duration::from_millis(250);

/// Marks of the last thirty seconds.
#[derive(Debug, Clone, Hash)]
pub(super) struct Seen {
    pub(super) marks: Vec<Mark>,
    pub(super) noticed_after: Option<Duration>,
    in_rotation: [bool; SERVERS as usize],
    last_failed: [Option<Time>; SERVERS as usize],
    /// The death of each server that was noticed last.
    noticed: [Option<Time>; SERVERS as usize],
}

impl Default for Seen {
    fn default() -> Seen {
        Seen {
            marks: Vec::new(),
            noticed_after: None,
            in_rotation: [true; SERVERS as usize],
            last_failed: [None; SERVERS as usize],
            noticed: [None; SERVERS as usize],
        }
    }
}

impl Seen {
    pub(super) fn died(&mut self, now: Time, server: u8) {
        self.mark(now, server, MarkKind::Died);
    }

    pub(super) fn revived(&mut self, now: Time, server: u8) {
        self.mark(now, server, MarkKind::Revived);
    }

    pub(super) fn probe(&mut self, now: Time, (server, is_answered): (u8, bool)) {
        let kind = if is_answered {
            MarkKind::ProbeAnswered
        } else {
            MarkKind::ProbeFailed
        };
        self.mark(now, server, kind);
    }

    pub(super) fn request_failed(&mut self, now: Time, server: u8) {
        let last = &mut self.last_failed[usize::from(server)];
        if last.is_some_and(|last| now.since(last) < APART) {
            return;
        }
        *last = Some(now);
        self.mark(now, server, MarkKind::RequestFailed);
    }

    /// Remembers who is in rotation, and that it changed.
    pub(super) fn rotation(&mut self, now: Time, server: u8, (is_in, backend): (bool, &Backend)) {
        let was_in = &mut self.in_rotation[usize::from(server)];
        if *was_in == is_in {
            return;
        }
        *was_in = is_in;
        if is_in {
            self.mark(now, server, MarkKind::TakenBack);
            return;
        }
        self.mark(now, server, MarkKind::TakenOut);
        // A server that is tried again and taken out again has died only once.
        let noticed = &mut self.noticed[usize::from(server)];
        if backend.died_at.is_some() && *noticed != backend.died_at {
            *noticed = backend.died_at;
            self.noticed_after = backend.died_at.map(|died_at| now.since(died_at));
        }
    }

    fn mark(&mut self, at: Time, server: u8, kind: MarkKind) {
        self.marks.retain(|mark| at.since(mark.at) <= KEPT);
        self.marks.push(Mark { at, server, kind });
    }
}
