//! Ten real balancers in front of the same twenty servers, and a board that tells all of them how long the lines were.

use std::{collections::BTreeMap, format, net::SocketAddr, time::Duration, vec::Vec};

use anyhow::Result;
use kit::experiment::{Bench, Findings, Source};
use kit::load::{Arrivals, Histogram, Open, Running};
use kit::origin::{Origin, Work};
use tokio::time::{self, Instant};

use super::super::numbers::Numbers;
use super::super::side_by_side::side_by_side;
use super::super::stage::Setup;
use super::{AGE_MS, BALANCERS, RATE_PER_S, SERVERS, WORK_MS};
use crate::lab::system::{System, SystemSettings};
use crate::server::settings::ServerSettings;

const RUN: Duration = Duration::from_secs(8);
/// How often it is looked how long the lines are.
const LOOK_EVERY: Duration = Duration::from_millis(10);
/// Lines of hundreds take seconds; nobody gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// What was seen of one policy.
struct Seen {
    latencies: Histogram,
    longest: u64,
}

pub(super) async fn measured(bench: &Bench) -> Result<Findings> {
    let mut numbers = Numbers::of(Source::Measured);
    let age = Some(Duration::from_millis(AGE_MS));
    // Two at a time: each is a thousand requests a second.
    let pairs = [
        [("least-connections", age), ("two-choices", age)],
        [("random", age), ("least-connections", None)],
        [("random", None), ("two-choices", None)],
    ];
    for pair in pairs {
        let _step = bench.step(&format!("{} and {}", pair[0].0, pair[1].0), RUN);
        let seen = side_by_side(pair.map(|(policy, age)| run(policy, age, bench.seed()))).await?;
        for ((policy, age), seen) in pair.iter().zip(seen) {
            let own = if age.is_some() { "" } else { "-own-counts" };
            let variant = format!("{policy}{own}");
            numbers.put(&variant, "mean_ms", seen.latencies.mean_ms());
            numbers.put(&variant, "p99_ms", seen.latencies.quantile_ms(0.99));
            numbers.put(&variant, "longest", seen.longest as f64);
        }
    }
    Ok(numbers.findings())
}

async fn run(policy: &'static str, age: Option<Duration>, seed: u64) -> Result<Seen> {
    let work = Work::Exponential(Duration::from_millis(WORK_MS));
    let setup = Setup {
        policy,
        ..Setup::new(SERVERS, work, seed)
    };
    let origins = setup.origins.iter().cloned().map(Origin::start);
    let origins = origins.collect::<Result<Vec<Origin>>>()?;
    let mut balancers = Vec::new();
    let mut loads = Vec::new();
    for number in 0..u64::from(BALANCERS) {
        let mut settings = setup.settings()?;
        settings.seed = Some(seed.wrapping_add(number));
        settings.servers = origins
            .iter()
            .map(|origin| ServerSettings::from(origin.address()))
            .collect();
        let balancer = System::start(SystemSettings {
            origins: Vec::new(),
            balancer: settings,
        })?;
        loads.push(Running::open(Open {
            arrivals: Arrivals::Poisson,
            duration: RUN,
            seed: seed.wrapping_add(1_000 + number),
            connections_max: 1_000,
            timeout: PATIENCE,
            ..Open::new(balancer.address, RATE_PER_S as f64 / f64::from(BALANCERS))
        })?);
        balancers.push(balancer);
    }
    let longest = watch(&origins, &balancers, age).await;
    let mut latencies = Histogram::default();
    for load in loads {
        latencies.add(&load.report().await?.latency);
    }
    Ok(Seen { latencies, longest })
}

/// Looks at the lines until the run is over, and writes the board anew when it is time; the longest line that was seen.
async fn watch(origins: &[Origin], balancers: &[System], age: Option<Duration>) -> u64 {
    let begun = Instant::now();
    let mut written = begun;
    let mut longest = 0;
    while begun.elapsed() < RUN {
        time::sleep(LOOK_EVERY).await;
        let lines = origins
            .iter()
            .map(|origin| (origin.address(), origin.counts().open));
        let lines: BTreeMap<SocketAddr, u64> = lines.collect();
        longest = longest.max(lines.values().max().copied().unwrap_or(0));
        if age.is_some_and(|age| written.elapsed() >= age) {
            written = Instant::now();
            for balancer in balancers {
                let servers = balancer.pool().addresses().into_iter();
                let told = servers
                    .map(|(id, address)| (id, lines.get(&address).map_or(0, |open| *open as u32)));
                balancer.pool().tell_open(told.collect());
            }
        }
    }
    longest
}
