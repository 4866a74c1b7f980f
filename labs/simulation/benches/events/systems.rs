//! The systems that are measured, written on `simulation` as a lab would write them.

use simulation::{
    Begun, Distribution, Duration, Events, Exponential, Generator, Histogram, Offer, OpenClients,
    Server, Ticket, Time,
};

/// Mean work of a request.
pub(crate) const WORK: Duration = Duration::from_millis(1);

/// What a run has seen, so that nothing is optimised away and all contenders can be held against theory.
pub(crate) struct Outcome {
    pub(crate) answered: u64,
    pub(crate) latency_mean: Duration,
}

#[derive(Clone, Copy, Hash)]
enum Event {
    Arrives,
    Finishes(u32, Ticket),
}

/// Servers with one worker each; every request is sent to the less busy of two chosen at random. One server is an
/// M/M/1.
struct Pool {
    random: Generator,
    clients: OpenClients,
    work: Exponential,
    servers: Vec<Server<Time>>,
    latencies: Histogram,
    events: Events<Event>,
}

/// Sends `requests` through so many servers, each busy for `busy_percent` of its time, until all are answered.
pub(crate) fn run(servers: u32, busy_percent: u64, requests: u64) -> Outcome {
    let per_server = 1_000_000_000 / WORK.as_nanos() * busy_percent / 100;
    let mut pool = Pool {
        random: Generator::new(1),
        clients: OpenClients::poisson(per_server * u64::from(servers)),
        work: Exponential::new(WORK),
        servers: (0..servers).map(|_| Server::new(1)).collect(),
        latencies: Histogram::new(7),
        events: Events::new(),
    };
    pool.run(requests);
    Outcome {
        answered: pool.latencies.count(),
        latency_mean: Duration::from_nanos(pool.latencies.mean().unwrap_or(0)),
    }
}

impl Pool {
    fn run(&mut self, requests: u64) {
        self.next_arrival();
        while let Some(event) = self.events.next_until(Time::NEVER) {
            let now = self.events.now();
            match event {
                Event::Arrives => {
                    if self.clients.sent() < requests {
                        self.next_arrival();
                    }
                    let server = self.choose();
                    let work = self.work.draw(&mut self.random);
                    if let Offer::Begins(begun) =
                        self.servers[server as usize].offer(now, now, work)
                    {
                        self.finishes(server, begun);
                    }
                }
                Event::Finishes(server, ticket) => {
                    let finished = self.servers[server as usize].finish(now, ticket);
                    let finished = finished.expect("no server crashes");
                    let latency = now - finished.job;
                    self.latencies.record(latency.as_nanos());
                    if let Some(begun) = finished.next {
                        self.finishes(server, begun);
                    }
                }
            }
        }
    }

    fn next_arrival(&mut self) {
        let gap = self.clients.gap(&mut self.random);
        self.events.after(gap, Event::Arrives);
    }

    fn finishes(&mut self, server: u32, begun: Begun) {
        self.events
            .schedule(begun.ends, Event::Finishes(server, begun.ticket));
    }

    /// The less busy of two servers chosen at random; the first of equals.
    fn choose(&mut self) -> u32 {
        let count = self.servers.len() as u64;
        if count == 1 {
            return 0;
        }
        let first = self.random.below(count) as u32;
        let second = self.random.below(count) as u32;
        let inside = |server: u32| self.servers[server as usize].inside();
        if inside(second) < inside(first) {
            second
        } else {
            first
        }
    }
}
