//! The servers: they work, wait, slow down, stop and come back.

use simulation::{Distribution, Duration, Exponential, Offer, Rate, Server, Ticket, Time};

use super::{Event, Fault, Mix, Pool, SERVER_LATENCY, SERVERS, SLOW_PERMILLE, WORK};

/// A server as it really is, whatever the balancer believes.
#[derive(Debug, Clone, Hash)]
pub(super) struct Backend {
    pub(super) server: Server<u32>,
    pub(super) finished: Rate,
    /// When it last stopped; `None` while it runs.
    pub(super) died_at: Option<Time>,
    /// Whether it works at half speed.
    pub(super) is_slow: bool,
}

impl Backend {
    pub(super) fn new() -> Backend {
        Backend {
            server: Server::new(1),
            finished: Rate::new(Duration::from_secs(5)),
            died_at: None,
            is_slow: false,
        }
    }
}

impl Pool {
    /// Stops the servers whose bits are set, and starts the others again, empty.
    pub fn set_stopped(&mut self, mask: i32) {
        let now = self.now();
        for server in 0..SERVERS {
            let is_stopped = mask >> server & 1 == 1;
            let backend = &mut self.backends[usize::from(server)];
            if is_stopped && backend.server.is_up() {
                backend.died_at = Some(now);
                let lost = backend.server.crash(now);
                self.seen.died(now, server);
                for number in lost {
                    self.refuse(number);
                }
            } else if !is_stopped && !backend.server.is_up() {
                backend.died_at = None;
                backend.server.bounce();
                self.seen.revived(now, server);
            }
        }
    }

    /// Slows the servers down whose bits are set; the others run at full speed. What is being worked on keeps its end.
    pub fn set_slow(&mut self, mask: i32) {
        for (server, backend) in self.backends.iter_mut().enumerate() {
            backend.is_slow = mask >> server & 1 == 1;
            let speed = if backend.is_slow {
                SLOW_PERMILLE
            } else {
                1_000
            };
            backend.server.slow(speed);
        }
    }

    /// What is first in the pipe has reached its server.
    pub(super) fn reach(&mut self, server: u8) {
        let Some(flight) = self.arrive(1 + usize::from(server)) else {
            return;
        };
        if flight.is_probe {
            self.reach_with_probe(server, flight.number);
            return;
        }
        let work = self.draw_work();
        let now = self.now();
        let backend = &mut self.backends[usize::from(server)];
        match backend.server.offer(now, flight.number, work) {
            Offer::Begins(begun) => {
                let event = Event::Finished(server, begun.ticket);
                self.events.schedule(begun.ends, event);
            }
            Offer::Waits => {}
            Offer::Refused(number) => self.refuse(number),
        }
    }

    fn draw_work(&mut self) -> Duration {
        match self.settings.mix {
            Mix::Equal => WORK,
            Mix::Uneven => Exponential::new(WORK).draw(&mut self.work),
        }
    }

    /// A stopped server's machine says no, unless it is silent: then the balancer's own time-out tells.
    fn refuse(&mut self, number: u32) {
        if self.settings.fault == Fault::Refuses {
            self.events.after(SERVER_LATENCY, Event::Refused(number));
        }
    }

    pub(super) fn finish(&mut self, server: u8, ticket: Ticket) {
        let now = self.now();
        let backend = &mut self.backends[usize::from(server)];
        let Some(finished) = backend.server.finish(now, ticket) else {
            return;
        };
        backend.finished.record(now);
        self.events
            .after(SERVER_LATENCY, Event::Answered(finished.job));
        if let Some(begun) = finished.next {
            let event = Event::Finished(server, begun.ticket);
            self.events.schedule(begun.ends, event);
        }
    }
}
