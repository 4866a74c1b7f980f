//! At the balancers: requests come, a server is chosen, answers come back, failures are tried elsewhere.

use super::{Choosing, Event, Fleet, Job, News};
use crate::policy::Request;
use crate::policy::health::Observation;

impl Fleet {
    pub(super) fn arrive(&mut self) {
        if !self.is_sending {
            return;
        }
        let gap = self.clients.gap(&mut self.arrivals);
        self.events.after(gap, Event::Arrives);
        let (visitor, key) = self.crowd.next();
        self.seen.sent += 1;
        let balancers = self.balancers.len() as u64;
        let job = Job {
            visitor,
            key,
            balancer: self.choices.below(balancers) as u32,
            came: self.now(),
            sent: self.now(),
            retries: 0,
        };
        if self.settings.choosing == Choosing::PerConnection
            && let Some(server) = self.crowd.connection(visitor)
        {
            return self.reach(server, job);
        }
        self.send(job);
    }

    /// Chooses a server, and sends the request there.
    pub(super) fn send(&mut self, job: Job) {
        let now = self.now();
        let request = Request {
            key: job.key,
            cookie: self.crowd.cookie(job.visitor),
            now,
        };
        let balancer = &mut self.balancers[job.balancer as usize];
        let chosen = balancer
            .policy
            .choose(&balancer.views, &request, &mut self.choices);
        let Some(place) = chosen else {
            self.seen.failed += 1;
            return;
        };
        balancer
            .policy
            .sent(&balancer.views[place as usize], &request);
        if self.settings.choosing == Choosing::PerConnection {
            // Layer 4 counts connections, and they stay.
            self.crowd.connect(job.visitor, place);
            balancer.views[place as usize].connections += 1;
        } else if self.settings.news == News::OwnCounts {
            balancer.views[place as usize].connections += 1;
        }
        self.reach(place, Job { sent: now, ..job });
    }

    /// A request leaves a server, whatever came of it.
    fn leave(&mut self, server: u32, job: &Job) {
        let is_counted =
            self.settings.choosing == Choosing::PerRequest && self.settings.news == News::OwnCounts;
        if is_counted {
            let view = &mut self.balancers[job.balancer as usize].views[server as usize];
            view.connections -= 1;
        }
    }

    pub(super) fn answer(&mut self, server: u32, job: Job) {
        let now = self.now();
        self.leave(server, &job);
        self.observe(server, Observation::RequestAnswered);
        let balancer = &mut self.balancers[job.balancer as usize];
        balancer.policy.answered(server, now - job.sent, now);
        let has_moved = self.crowd.served(job.visitor, server, &balancer.policy);
        self.seen.moves += u64::from(has_moved);
        self.seen.answered += 1;
        self.seen.answered_by[server as usize] += 1;
        self.seen.latencies.record((now - job.came).as_nanos());
    }

    /// A request was refused, or lost with its server: it is tried elsewhere, or has failed.
    pub(super) fn fail(&mut self, server: u32, job: Job) {
        self.leave(server, &job);
        self.observe(server, Observation::RequestFailed);
        if job.retries == self.settings.retries_max {
            self.seen.failed += 1;
            return;
        }
        let retry = Job {
            retries: job.retries + 1,
            ..job
        };
        // Not on the server that has just failed, whatever the checks think of it.
        let view = &mut self.balancers[job.balancer as usize].views[server as usize];
        view.is_available = false;
        self.send(retry);
        self.apply_health();
    }
}
