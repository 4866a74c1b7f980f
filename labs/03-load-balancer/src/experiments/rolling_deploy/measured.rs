//! The deploy over real sockets.

use std::{format, time::Duration, vec::Vec};

use anyhow::Result;
use kit::engine::{Checks, Program};
use kit::experiment::{Bench, Findings};
use kit::load::{Arrivals, Open, Report, Running};
use kit::origin::Work;
use tokio::time;

use super::super::numbers::Numbers;
use super::super::side_by_side::side_by_side;
use super::super::stage::{Setup, Stage, Who};
use super::{FALL, PAUSE, PROBE_INTERVAL, RATE_PER_S, RESTART, RISE, SERVERS, WAYS, WORK_MS, Way};
use crate::lab::system::Deploy;

/// A client waits so long.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) async fn measured(who: Who, bench: &Bench) -> Result<Findings> {
    // Without active checks a stopped server is noticed in another way, which the formula does not mean.
    let has_checks = who != Who::Engine(Program::Nginx);
    let can = |way: &&Way| has_checks || way.drains || way.retries > 0;
    let ways: Vec<&Way> = WAYS.iter().filter(can).collect();
    let words = format!("{} deploys of {SERVERS} servers, side by side", ways.len());
    let _step = bench.step(&words, Duration::from_secs(21));
    let reports = side_by_side(ways.iter().map(|way| deploy(who, way, bench.seed()))).await?;
    let mut numbers = Numbers::of(who.source());
    for (way, report) in ways.iter().zip(reports) {
        numbers.put(way.name, "sent", report.sent as f64);
        numbers.put(way.name, "failed", report.unsuccessful() as f64);
        numbers.put(way.name, "p99_ms", report.latency.quantile_ms(0.99));
        if way.drains {
            for second in &report.seconds {
                let axes = ["time (s)", "99th percentile (ms)"];
                numbers.point(way.name, axes, [second.second as f64, second.p99_ms]);
            }
        }
    }
    Ok(numbers.findings())
}

async fn deploy(who: Who, way: &Way, seed: u64) -> Result<Report> {
    let millis = |duration: simulation::Duration| Duration::from_millis(duration.as_millis());
    let work = Work::Exponential(Duration::from_millis(WORK_MS));
    let mut stage = Stage::start(
        who,
        Setup {
            policy: way.policy,
            checks: (who != Who::Engine(Program::Nginx)).then(|| Checks {
                interval: millis(PROBE_INTERVAL),
                timeout: millis(PROBE_INTERVAL),
                rise: RISE,
                fall: FALL,
            }),
            retries: way.retries,
            answer_timeout: PATIENCE,
            ..Setup::new(SERVERS, work, seed)
        },
    )?;
    let load = Running::open(Open {
        arrivals: Arrivals::Poisson,
        duration: Duration::from_secs(600),
        seed,
        timeout: PATIENCE,
        ..Open::new(stage.address(), RATE_PER_S as f64)
    })?;
    time::sleep(millis(PAUSE) / 2).await;
    let steps = Deploy {
        drains: way.drains,
        restart: millis(RESTART),
        pause: millis(PAUSE),
    };
    stage.deploy(&steps).await?;
    load.stop();
    load.report().await
}
