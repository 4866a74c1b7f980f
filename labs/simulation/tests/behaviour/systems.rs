//! The systems that the tests ask: stations with a line, alone, in a pool and in a closed chain.

use simulation::{
    Begun, ClosedClients, Distribution, Duration, Events, Exponential, Generator, Histogram,
    Little, Offer, OpenClients, Rate, Server, Ticket, Time,
};

/// Mean work of a request, and the unit of all times below.
pub(crate) const WORK: Duration = Duration::from_millis(1);

/// What came out of a run.
pub(crate) struct Outcome {
    latencies: Histogram,
    refused: u64,
    requests: u64,
    pub(crate) little_error_permille: u64,
}

impl Outcome {
    /// Mean latency as a multiple of the mean work.
    pub(crate) fn mean(&self) -> f64 {
        self.latencies.sum() as f64 / self.latencies.count() as f64 / WORK.as_nanos() as f64
    }

    /// 99th percentile as a multiple of the mean work.
    pub(crate) fn p99(&self) -> f64 {
        self.latencies.p99().expect("requests were answered") as f64 / WORK.as_nanos() as f64
    }

    /// Which part of the requests was refused.
    pub(crate) fn loss(&self) -> f64 {
        self.refused as f64 / self.requests as f64
    }
}

#[derive(Clone, Hash)]
enum Event {
    Arrives,
    Finishes(u32, Ticket),
}

/// Open clients in front of servers; each request goes to the least busy of `choices` chosen at random.
pub(crate) struct Pool<D> {
    random: Generator,
    clients: OpenClients,
    work: D,
    choices: u32,
    servers: Vec<Server<Time>>,
    events: Events<Event>,
}

impl<D: Distribution> Pool<D> {
    /// Servers that are busy for so many percent of their time.
    pub(crate) fn new(servers: Vec<Server<Time>>, busy_percent: u64, work: D) -> Pool<D> {
        let workers: u64 = servers
            .iter()
            .map(|server| u64::from(server.workers()))
            .sum();
        Pool {
            random: Generator::new(7),
            clients: OpenClients::poisson(10 * busy_percent * workers),
            work,
            choices: 1,
            servers,
            events: Events::new(),
        }
    }

    pub(crate) fn with_choices(mut self, choices: u32) -> Pool<D> {
        self.choices = choices;
        self
    }

    /// Sends so many requests and waits for all.
    pub(crate) fn run(mut self, requests: u64) -> Outcome {
        let (mut latencies, mut little) = (Histogram::new(7), Little::new());
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
                    match self.servers[server as usize].offer(now, now, work) {
                        Offer::Begins(begun) => self.finishes(server, begun),
                        Offer::Waits => {}
                        Offer::Refused(_) => continue,
                    }
                    little.arrives(now);
                }
                Event::Finishes(server, ticket) => {
                    let finished = self.servers[server as usize]
                        .finish(now, ticket)
                        .expect("no server crashes");
                    latencies.record((now - finished.job).as_nanos());
                    little.leaves(now, now - finished.job);
                    if let Some(begun) = finished.next {
                        self.finishes(server, begun);
                    }
                }
            }
        }
        Outcome {
            latencies,
            refused: self.servers.iter().map(Server::refused).sum(),
            requests,
            little_error_permille: little
                .error_permille(self.events.now())
                .expect("requests were answered"),
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

    fn choose(&mut self) -> u32 {
        let count = self.servers.len() as u64;
        let drawn = (0..self.choices).map(|_| self.random.below(count) as u32);
        drawn
            .min_by_key(|server| self.servers[*server as usize].inside())
            .expect("there is at least one choice")
    }
}

/// What a closed chain did once it had settled.
pub(crate) struct Chain {
    pub(crate) per_second: f64,
    pub(crate) response: Duration,
}

/// Users who think for a second on average and then pass stations that take so many milliseconds on average.
pub(crate) fn closed_chain(users: u32, stations_ms: &[u64]) -> Chain {
    #[derive(Hash)]
    enum Step {
        Asks,
        Done(usize, Ticket),
    }
    let (settled, end) = (Time::from_secs(60), Time::from_secs(1060));
    let mut random = Generator::new(3);
    let mut clients = ClosedClients::new(users, Exponential::new(Duration::from_secs(1)));
    let mut stations: Vec<Server<Time>> = stations_ms.iter().map(|_| Server::new(1)).collect();
    let (mut latencies, mut leaving) = (Histogram::new(7), Rate::new(end - settled));
    let mut events = Events::new();
    for _ in 0..clients.users() {
        events.after(clients.think(&mut random), Step::Asks);
    }
    while let Some(step) = events.next_until(end) {
        let now = events.now();
        let (station, asked) = match step {
            Step::Asks => {
                clients.ask();
                (0, now)
            }
            Step::Done(station, ticket) => {
                let finished = stations[station]
                    .finish(now, ticket)
                    .expect("no server crashes");
                if let Some(begun) = finished.next {
                    events.schedule(begun.ends, Step::Done(station, begun.ticket));
                }
                (station + 1, finished.job)
            }
        };
        let Some(next) = stations.get_mut(station) else {
            events.after(clients.answered(&mut random), Step::Asks);
            if now > settled {
                latencies.record((now - asked).as_nanos());
                leaving.record(now);
            }
            continue;
        };
        let mean = Duration::from_millis(stations_ms[station]);
        let work = Exponential::new(mean).draw(&mut random);
        if let Offer::Begins(begun) = next.offer(now, asked, work) {
            events.schedule(begun.ends, Step::Done(station, begun.ticket));
        }
    }
    Chain {
        per_second: leaving.total() as f64 / (end - settled).as_secs() as f64,
        response: Duration::from_nanos(latencies.mean().expect("requests were answered")),
    }
}
