//! Connections and requests over real sockets, and the processor time that a request costs the balancer.

use std::{format, time::Duration, vec::Vec};

use anyhow::{Context, Result};
use kit::engine::Layer;
use kit::experiment::{Bench, Findings};
use kit::load::{self, Arrivals, Closed, Open, Running, Think};
use kit::origin::Work;

use super::super::numbers::Numbers;
use super::super::side_by_side::side_by_side;
use super::super::stage::{Setup, Stage, Who};
use super::{ALONE_RATE_PER_S, CLIENTS, RATE_PER_S, SERVERS, SKEW_PERCENT, WORK_MS};

const LAYERS: [(&str, Layer); 2] = [("layer-4", Layer::Four), ("layer-7", Layer::Seven)];

/// How long uneven clients send.
const RUN: Duration = Duration::from_secs(12);
/// How long one round of the processor's measurement takes, and how many there are of each layer, in turns: a machine
/// that is slow for a while is slow for both.
const ROUND: Duration = Duration::from_millis(1_500);
const ROUNDS: usize = 5;
/// Connections that keep the balancer busy.
const BUSY_CLIENTS: usize = 32;

pub(super) async fn measured(who: Who, bench: &Bench) -> Result<Findings> {
    let mut numbers = Numbers::of(who.source());
    {
        let _step = bench.step("connections of uneven clients", RUN);
        let spread = LAYERS.map(|(_, layer)| spread(who, layer, bench.seed()));
        let alone = LAYERS.map(|(_, layer)| alone(who, layer, bench.seed()));
        let (spread, alone) = tokio::join!(side_by_side(spread), side_by_side(alone));
        for ((name, _), busiest) in LAYERS.iter().zip(spread?) {
            numbers.put(name, "busiest_ratio", busiest);
        }
        for ((name, _), servers) in LAYERS.iter().zip(alone?) {
            numbers.put(&format!("{name}-alone"), "servers", servers);
        }
    }
    let takes = 2 * ROUNDS as u32 * ROUND;
    let _step = bench.step("processor time of a request", takes);
    let costs = costs(who, bench.seed()).await?;
    for ((name, _), cost_us) in LAYERS.iter().zip(costs) {
        numbers.put(name, "processor_us", cost_us);
    }
    Ok(numbers.findings())
}

fn setup(layer: Layer, work: Work, seed: u64) -> Setup {
    Setup {
        layer,
        ..Setup::new(SERVERS, work, seed)
    }
}

/// Each client sends at its own rate over one connection; what the busiest server answers, next to its part.
async fn spread(who: Who, layer: Layer, seed: u64) -> Result<f64> {
    let work = Work::Exponential(Duration::from_millis(WORK_MS));
    let stage = Stage::start(who, setup(layer, work, seed))?;
    let exponent = f64::from(SKEW_PERCENT) / 100.0;
    let weights: Vec<f64> = (1..=CLIENTS)
        .map(|rank| f64::from(rank).powf(-exponent))
        .collect();
    let all: f64 = weights.iter().sum();
    let mut loads = Vec::new();
    for (number, weight) in (1..).zip(&weights) {
        loads.push(Running::open(Open {
            arrivals: Arrivals::Poisson,
            duration: RUN,
            seed: seed.wrapping_add(number),
            connections_max: 1,
            timeout: RUN,
            ..Open::new(stage.address(), RATE_PER_S as f64 * weight / all)
        })?);
    }
    for load in loads {
        load.report().await?;
    }
    let served = stage.origins().iter().map(|origin| origin.counts().served);
    let served: Vec<u64> = served.collect();
    let most = served.iter().max().copied().unwrap_or(0);
    let sum: u64 = served.iter().sum();
    Ok(most as f64 * f64::from(SERVERS) / sum.max(1) as f64)
}

/// One client with one connection; how many servers answer it.
async fn alone(who: Who, layer: Layer, seed: u64) -> Result<f64> {
    let work = Work::Exponential(Duration::from_millis(WORK_MS));
    let stage = Stage::start(who, setup(layer, work, seed))?;
    let report = load::closed(Closed {
        think: Think::Every(Duration::from_millis(1_000 / ALONE_RATE_PER_S)),
        duration: RUN / 2,
        seed,
        ..Closed::new(stage.address(), 1)
    })
    .await?;
    Ok(report.by_server.len() as f64)
}

/// Microseconds of processor time for a request on each layer: the median of the rounds.
async fn costs(who: Who, seed: u64) -> Result<Vec<f64>> {
    let idle = Work::Constant(Duration::ZERO);
    let mut stages = Vec::new();
    for (_, layer) in LAYERS {
        stages.push((
            Stage::start(who, setup(layer, idle.clone(), seed))?,
            Vec::new(),
        ));
    }
    for _ in 0..ROUNDS {
        for (stage, costs) in &mut stages {
            costs.push(cost(stage).await?);
        }
    }
    let median = |mut costs: Vec<f64>| {
        costs.sort_by(f64::total_cmp);
        costs[costs.len() / 2]
    };
    Ok(stages.into_iter().map(|(_, costs)| median(costs)).collect())
}

async fn cost(stage: &Stage) -> Result<f64> {
    let used = || {
        stage
            .processor_time()
            .context("this machine does not say how long a thread has worked")
    };
    let before = used()?;
    let report = load::closed(Closed {
        duration: ROUND,
        ..Closed::new(stage.address(), BUSY_CLIENTS)
    })
    .await?;
    let spent = used()? - before;
    Ok(spent.as_secs_f64() * 1e6 / report.answered().max(1) as f64)
}
