//! Servers that come, go, drain and change their weight.

use std::mem;

use simulation::Time;

use super::State;
use crate::{
    policy,
    server::pool::{NewServer, log::Happening, member::Member},
};

impl State {
    pub(in super::super) fn join(&mut self, new: NewServer) -> u32 {
        let id = self.next_id;
        self.next_id += 1;
        self.servers.push(policy::Server {
            weight: new.weight,
            ..policy::Server::new(id)
        });
        self.members.push(Member::new(new.address));
        self.health.join();
        self.policy.rebuild(&self.servers);
        self.note(id, Happening::Joined);
        self.fresh_until = Time::START;
        id
    }

    /// Whether there was one.
    pub(in super::super) fn remove(&mut self, id: u32) -> bool {
        let Some(place) = self.place(id, 0) else {
            return false;
        };
        self.servers.remove(place);
        let member = self.members.remove(place);
        self.health.left(place as u32);
        self.policy.left(place as u32);
        self.policy.rebuild(&self.servers);
        self.left.0.add(&member.counts);
        self.left.1.merge(&member.latency);
        self.note(id, Happening::Removed);
        self.fresh_until = Time::START;
        true
    }

    pub(in super::super) fn set_weight(&mut self, id: u32, weight: u32) -> bool {
        let Some(place) = self.place(id, 0) else {
            return false;
        };
        self.servers[place].weight = weight;
        self.policy.rebuild(&self.servers);
        self.note(id, Happening::Weighed(weight));
        true
    }

    /// Begins or ends draining; whether there is such a server.
    pub(in super::super) fn set_draining(&mut self, id: u32, is_draining: bool) -> bool {
        let Some(place) = self.place(id, 0) else {
            return false;
        };
        let was_draining = mem::replace(&mut self.members[place].is_draining, is_draining);
        self.update(place);
        match (was_draining, is_draining) {
            (false, true) => {
                self.note(id, Happening::Draining);
                if self.servers[place].connections == 0 {
                    self.note(id, Happening::Drained);
                }
            }
            (true, false) => self.note(id, Happening::Ready),
            _ => {}
        }
        true
    }
}
