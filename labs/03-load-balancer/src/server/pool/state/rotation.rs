//! Who is in rotation: what was seen goes to the health checks, and what they say to the policy and the log.

use std::mem;

use simulation::{Duration, Time};

use super::State;
use crate::{policy::health::Observation, server::pool::log::Happening};

/// A server that is in slow start carries more from one of these to the next.
const RAMP_STEP: Duration = Duration::from_millis(10);

impl State {
    pub(in super::super) fn probed(&mut self, id: u32, answered: bool, now: Time) {
        let Some(place) = self.place(id, 0) else {
            return;
        };
        let counts = &mut self.members[place].counts;
        if answered {
            counts.probes_answered += 1;
            self.observe(place, Observation::ProbeAnswered, now);
        } else {
            counts.probes_failed += 1;
            self.note(id, Happening::ProbeFailed);
            self.observe(place, Observation::ProbeFailed, now);
        }
    }

    pub(super) fn observe(&mut self, place: usize, observation: Observation, now: Time) {
        let before = self.health.servers()[place];
        self.health.observe(place as u32, observation, now);
        if self.health.servers()[place] != before {
            self.fresh_until = Time::START;
            self.refresh(now);
        }
    }

    /// Sees to it that who is in rotation is as it should be now.
    pub(in super::super) fn refresh(&mut self, now: Time) {
        if now < self.fresh_until {
            return;
        }
        self.health.apply(now, &mut self.servers);
        self.fresh_until = Time::NEVER;
        for place in 0..self.servers.len() {
            self.members[place].is_trusted = self.servers[place].is_available;
            self.update(place);
            self.tell_health(place, now);
            let until = self.health.servers()[place].observed.ejected_until;
            if let Some(until) = until.filter(|until| now < *until) {
                self.fresh_until = self.fresh_until.min(until);
            }
            if self.servers[place].ramp_permille < 1_000 {
                self.fresh_until = self.fresh_until.min(now + RAMP_STEP);
            }
        }
        let is_panicking = self.health.is_panicking(now);
        if mem::replace(&mut self.was_panicking, is_panicking) != is_panicking {
            let what = match is_panicking {
                true => Happening::PanicBegan,
                false => Happening::PanicEnded,
            };
            self.log.note(self.latest, None, what);
        }
    }

    /// Notes what has changed of a server's health.
    fn tell_health(&mut self, place: usize, now: Time) {
        let (id, health) = (self.servers[place].id, self.health.servers()[place]);
        let member = &mut self.members[place];
        let (is_up, is_ejected) = (health.probed.is_up, health.observed.is_ejected(now));
        let was_up = mem::replace(&mut member.was_up, is_up);
        let was_ejected = mem::replace(&mut member.was_ejected, is_ejected);
        match (was_up, is_up) {
            (true, false) => self.note(id, Happening::Down),
            (false, true) => self.note(id, Happening::Up),
            _ => {}
        }
        match (was_ejected, is_ejected) {
            (false, true) => self.note(id, Happening::Ejected),
            (true, false) => self.note(id, Happening::Readmitted),
            _ => {}
        }
    }
}
