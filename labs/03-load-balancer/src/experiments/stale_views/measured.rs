//! Ten real balancers in front of the same twenty servers, and a board that tells all of them how long the lines were.
//! Engines read no such board: ten of them can only count what they send themselves.

use std::{boxed::Box, collections::BTreeMap, format, net::SocketAddr, time::Duration, vec::Vec};

use anyhow::Result;
use kit::engine::{Engine, Layer};
use kit::experiment::{Bench, Findings};
use kit::load::{Arrivals, Histogram, Open, Running};
use kit::origin::{Origin, Work};
use tokio::time::{self, Instant};

use super::super::numbers::Numbers;
use super::super::side_by_side::side_by_side;
use super::super::stage::{Setup, Who};
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

/// A policy, and how old the news is that it acts on; `None`: everybody counts what they send themselves.
type Play = (&'static str, Option<Duration>);

/// What can be played: all of it by our balancers.
fn plays(who: Who) -> Vec<Play> {
    let age = Some(Duration::from_millis(AGE_MS));
    let mut plays = [
        ("least-connections", age),
        ("two-choices", age),
        ("random", age),
        ("least-connections", None),
        ("random", None),
        ("two-choices", None),
    ]
    .to_vec();
    plays
        .retain(|(policy, age)| who == Who::Ours || age.is_none() && who.has(policy, Layer::Seven));
    plays
}

pub(super) async fn measured(who: Who, bench: &Bench) -> Result<Findings> {
    let mut numbers = Numbers::of(who.source());
    // Two at a time: each is a thousand requests a second.
    for pair in plays(who).chunks(2) {
        let policies: Vec<&str> = pair.iter().map(|(policy, _)| *policy).collect();
        let _step = bench.step(&policies.join(" and "), RUN);
        let seen = side_by_side(pair.iter().map(|play| run(who, *play, bench.seed()))).await?;
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

/// One of the ten.
enum Balancer {
    Ours(Box<System>),
    Engine(Box<Engine>),
}

impl Balancer {
    fn start(who: Who, setup: &Setup, servers: &[SocketAddr]) -> Result<Balancer> {
        if let Who::Engine(program) = who {
            let engine = Engine::balance(program, &setup.balancing(servers))?;
            return Ok(Balancer::Engine(Box::new(engine)));
        }
        let mut balancer = setup.settings()?;
        balancer.servers = servers.iter().copied().map(ServerSettings::from).collect();
        let system = System::start(SystemSettings {
            origins: Vec::new(),
            balancer,
        })?;
        Ok(Balancer::Ours(Box::new(system)))
    }

    fn address(&self) -> SocketAddr {
        match self {
            Balancer::Ours(system) => system.address,
            Balancer::Engine(engine) => engine.address(),
        }
    }

    /// Reads the board.
    fn tell(&self, lines: &BTreeMap<SocketAddr, u64>) {
        if let Balancer::Ours(system) = self {
            let servers = system.pool().addresses().into_iter();
            let told = servers
                .map(|(id, address)| (id, lines.get(&address).map_or(0, |open| *open as u32)));
            system.pool().tell_open(told.collect());
        }
    }
}

async fn run(who: Who, (policy, age): Play, seed: u64) -> Result<Seen> {
    let work = Work::Exponential(Duration::from_millis(WORK_MS));
    let setup = Setup {
        policy,
        ..Setup::new(SERVERS, work, seed)
    };
    let origins = setup.origins.iter().cloned().map(Origin::start);
    let origins = origins.collect::<Result<Vec<Origin>>>()?;
    let servers: Vec<SocketAddr> = origins.iter().map(Origin::address).collect();
    let mut balancers = Vec::new();
    for number in 0..u64::from(BALANCERS) {
        let setup = Setup {
            seed: seed.wrapping_add(number),
            ..setup.clone()
        };
        balancers.push(Balancer::start(who, &setup, &servers)?);
    }
    let mut loads = Vec::new();
    for (balancer, number) in balancers.iter().zip(1_000..) {
        loads.push(Running::open(Open {
            arrivals: Arrivals::Poisson,
            duration: RUN,
            seed: seed.wrapping_add(number),
            connections_max: 1_000,
            timeout: PATIENCE,
            ..Open::new(balancer.address(), RATE_PER_S as f64 / f64::from(BALANCERS))
        })?);
    }
    let longest = watch(&origins, &balancers, age).await;
    let mut latencies = Histogram::default();
    for load in loads {
        latencies.add(&load.report().await?.latency);
    }
    Ok(Seen { latencies, longest })
}

/// Looks at the lines until the run is over, and writes the board anew when it is time; the longest line that was seen.
async fn watch(origins: &[Origin], balancers: &[Balancer], age: Option<Duration>) -> u64 {
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
                balancer.tell(&lines);
            }
        }
    }
    longest
}
