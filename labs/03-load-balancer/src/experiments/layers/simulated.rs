//! Connections and requests in virtual time.

use std::format;

use kit::experiment::{Findings, Source};
use simulation::Duration;

use super::super::numbers::Numbers;
use super::{ALONE_RATE_PER_S, CLIENTS, RATE_PER_S, SERVERS, SKEW_PERCENT, WORK_MS};
use crate::model::fleet::{Choosing, Fleet, Settings, Visitors, Work};

/// Ten minutes: the mean is then known to a few per cent.
const RUN: Duration = Duration::from_secs(600);

pub(super) fn simulate(seed: u64) -> Findings {
    let mut numbers = Numbers::simulated();
    for (layer, choosing) in [
        ("layer-4", Choosing::PerConnection),
        ("layer-7", Choosing::PerRequest),
    ] {
        let many = run(seed, choosing, (CLIENTS, RATE_PER_S));
        let seen = many.seen();
        numbers.put(layer, "busiest_ratio", seen.busiest_permille() as f64 / 1e3);
        numbers.put_ns(layer, "mean_ms", seen.latencies.mean());
        numbers.put_ns(layer, "p99_ms", seen.latencies.p99());
        let alone = run(seed, choosing, (1, ALONE_RATE_PER_S));
        let used = alone.seen().answered_by.iter().filter(|count| **count > 0);
        numbers.put(&format!("{layer}-alone"), "servers", used.count() as f64);
    }
    numbers.with(by_theory()).findings()
}

/// All requests of the busiest client are on one server, which is one of so many.
fn by_theory() -> Numbers {
    let mut numbers = Numbers::of(Source::Theory);
    let exponent = f64::from(SKEW_PERCENT) / 100.0;
    let all: f64 = (1..=CLIENTS)
        .map(|rank| f64::from(rank).powf(-exponent))
        .sum();
    numbers.put("layer-4", "busiest_ratio_min", f64::from(SERVERS) / all);
    numbers
}

fn run(seed: u64, choosing: Choosing, (clients, rate_per_s): (u32, u64)) -> Fleet {
    let work = Work::Uneven(Duration::from_millis(WORK_MS));
    let mut settings = Settings::new("round-robin", SERVERS, rate_per_s, work);
    settings.choosing = choosing;
    settings.visitors = Some(Visitors {
        count: clients,
        skew_percent: SKEW_PERCENT,
    });
    let mut fleet = Fleet::new(seed, settings);
    fleet.run_for(RUN);
    fleet
}
