//! One line and many over real sockets. Requests that choose among ten servers at random are ten streams of their own,
//! so no balancer is needed: each server gets a load, and the one line is a server with ten workers.

use std::time::Duration;
use std::vec::Vec;

use anyhow::Result;
use kit::experiment::{Bench, Findings, Number};
use kit::load::{self, Arrivals, Histogram, Open};
use kit::origin::{Origin, OriginSettings, Work};

use super::{COMPARED_PERCENT, SERVERS};

/// An average request: long beside what a request costs the machine itself.
const WORK: Duration = Duration::from_millis(20);
/// How long each of the two ways is measured, in seconds.
const EACH_SECONDS: u64 = 30;
/// Both of them.
pub(super) const SECONDS: u64 = 2 * EACH_SECONDS;

pub(super) async fn found(bench: &Bench) -> Result<Findings> {
    let mut found = Findings::default();
    for (name, servers, workers) in [("random", SERVERS, 1), ("one-line", 1, SERVERS)] {
        let step = bench.step(name, Duration::from_secs(EACH_SECONDS));
        let latencies = latencies(bench.seed(), servers, workers).await?;
        drop(step);
        let works = latencies.mean_ms() / 1e3 / WORK.as_secs_f64();
        found.put(name, "mean_works", Number::measured(works, ""));
        let p99 = latencies.quantile_ms(0.99);
        found.put(name, "p99_ms", Number::measured(p99, "ms"));
    }
    Ok(found)
}

/// The latencies of so many servers with so many workers each, all equally busy.
async fn latencies(seed: u64, servers: u32, workers: u32) -> Result<Histogram> {
    let mut origins = Vec::new();
    let mut loads = Vec::new();
    for number in 0..u64::from(servers) {
        let origin = Origin::start(OriginSettings {
            workers,
            work: Work::Exponential(WORK),
            seed: seed.wrapping_add(number),
            ..OriginSettings::new(&std::format!("server-{}", number + 1))
        })?;
        let busy = f64::from(workers * COMPARED_PERCENT) / 100.0;
        let rate = busy / WORK.as_secs_f64();
        loads.push(load::Running::open(Open {
            arrivals: Arrivals::Poisson,
            duration: Duration::from_secs(EACH_SECONDS),
            // Other chances than those of the work.
            seed: seed.wrapping_add(1_000 + number),
            timeout: Duration::from_secs(20),
            ..Open::new(origin.address(), rate)
        })?);
        origins.push(origin);
    }
    let mut all = Histogram::default();
    for running in loads {
        all.add(&running.report().await?.latency);
    }
    Ok(all)
}
