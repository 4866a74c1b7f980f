//! One line and many in virtual time.

use kit::experiment::{Findings, Number, Source};
use simulation::{
    Distribution, Duration, Events, Exponential, Generator, Histogram, Offer, OpenClients, Server,
    Ticket, Time,
};

use super::{COMPARED_PERCENT, SERVERS, loads, series};
use crate::model::fleet::{Fleet, Settings, Work};

/// An average request.
const WORK: Duration = Duration::from_millis(10);
/// Long enough that the mean of ten lines that are 90 % busy comes within 5 % of theory.
const COUNTED: Duration = Duration::from_secs(600);
const WARM_UP: Duration = Duration::from_secs(30);
/// Values are kept to 0.05 %.
const PRECISION: u32 = 10;

/// What can happen at one line.
#[derive(Hash)]
enum Event {
    Arrives,
    Finishes(Ticket),
}

/// The three ways, at every load of the chart.
pub(super) fn found(seed: u64) -> Findings {
    let mut found = Findings::default();
    for name in ["random", "two-choices", "one-line"] {
        let mut line = series(Source::Simulated);
        for percent in loads() {
            let time = match name {
                "one-line" => one_line(seed, percent),
                policy => many_lines(seed, percent, policy),
            };
            line.point(percent.into(), time);
            if percent == COMPARED_PERCENT {
                let variant = std::format!("simulated-{name}");
                found.put(&variant, "mean_works", Number::simulated(time, ""));
            }
        }
        found.put_series(name, line);
    }
    found
}

/// Requests a second that keep all servers so busy.
fn rate_per_s(percent: u32) -> u64 {
    let finished_per_s = 1_000_000_000 / WORK.as_nanos() * u64::from(SERVERS);
    finished_per_s * u64::from(percent) / 100
}

/// A latency's mean in lengths of an average request.
fn in_works(latencies: &Histogram) -> f64 {
    latencies.mean().unwrap_or_default() as f64 / WORK.as_nanos() as f64
}

fn many_lines(seed: u64, percent: u32, policy: &'static str) -> f64 {
    let work = Work::Uneven(WORK);
    let settings = Settings::new(policy, SERVERS, rate_per_s(percent), work);
    let mut fleet = Fleet::new(seed, settings);
    fleet.run_for(WARM_UP);
    fleet.count_from_now();
    fleet.run_for(COUNTED);
    in_works(&fleet.seen().latencies)
}

fn one_line(seed: u64, percent: u32) -> f64 {
    let mut random = Generator::new(seed);
    let mut clients = OpenClients::poisson(rate_per_s(percent));
    let mut servers = Server::new(SERVERS);
    let mut latencies = Histogram::new(PRECISION);
    let mut events = Events::new();
    events.after(clients.gap(&mut random), Event::Arrives);
    let begin = Time::default() + WARM_UP;
    while let Some(event) = events.next_until(begin + COUNTED) {
        let now = events.now();
        let begun = match event {
            Event::Arrives => {
                events.after(clients.gap(&mut random), Event::Arrives);
                let work = Exponential::new(WORK).draw(&mut random);
                match servers.offer(now, now, work) {
                    Offer::Begins(begun) => Some(begun),
                    Offer::Waits | Offer::Refused(_) => None,
                }
            }
            Event::Finishes(ticket) => servers.finish(now, ticket).and_then(|finished| {
                if now >= begin {
                    latencies.record(now.since(finished.job).as_nanos());
                }
                finished.next
            }),
        };
        if let Some(begun) = begun {
            events.schedule(begun.ends, Event::Finishes(begun.ticket));
        }
    }
    in_works(&latencies)
}
