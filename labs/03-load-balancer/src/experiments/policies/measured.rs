//! The policies over real sockets. Servers sleep instead of working, so all policies and mixes are measured side by side.

use std::{format, time::Duration, vec::Vec};

use anyhow::Result;
use kit::engine::Layer;
use kit::experiment::{Bench, Findings};
use kit::load::{Arrivals, Open, Running};
use kit::origin::Work;
use tokio::time;

use super::super::numbers::Numbers;
use super::super::stage::{Setup, Stage, Who};
use super::{MIXES, Mix, POLICIES, RATE_PER_S, RUN_S, SERVERS, SLOW_PERMILLE, WORK_MS};

const RUN: Duration = Duration::from_secs(RUN_S);
/// Clients of a line that grows by seven a second wait long; nobody gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// So few that nobody waits: 5 % of what the pool can do.
const IDLE_RATE_PER_S: u64 = 10;

/// One policy under one mix, running.
struct Play {
    policy: &'static str,
    mix: Mix,
    stage: Stage,
    load: Running,
}

pub(super) async fn measured(who: Who, bench: &Bench) -> Result<Findings> {
    let words = format!(
        "{} policies, {} mixes, side by side",
        POLICIES.len(),
        MIXES.len()
    );
    let _step = bench.step(&words, RUN + Duration::from_secs(4));
    let mut stages = Vec::new();
    for policy in POLICIES {
        for mix in MIXES {
            if who.has(policy, Layer::Seven) {
                stages.push((policy, mix, stage(who, (policy, mix), bench.seed())?));
            }
        }
    }
    // What the way there and back, and a busy machine, add to an answer: hardly a request finds another one there.
    let idle = stage(who, ("round-robin", Mix::Equal), bench.seed())?;
    // Programs that start take processor time, and a queue remembers a second without it: so all stand before any load.
    let mut plays = Vec::new();
    for (policy, mix, stage) in stages {
        plays.push(Play {
            policy,
            mix,
            load: load(&stage, (bench.seed(), RATE_PER_S))?,
            stage,
        });
    }
    let idle = Play {
        policy: "idle",
        mix: Mix::Equal,
        load: load(&idle, (bench.seed(), IDLE_RATE_PER_S))?,
        stage: idle,
    };
    time::sleep(RUN).await;
    let mut numbers = Numbers::of(who.source());
    for play in &plays {
        if play.mix == Mix::Slow {
            let line = play.stage.origins()[SERVERS as usize - 1].counts().open;
            numbers.put(
                play.policy,
                "slow_growth_per_s",
                line as f64 / RUN.as_secs_f64(),
            );
        }
    }
    let report = idle.load.report().await?;
    numbers.put("idle", "mean_ms", report.latency.mean_ms());
    for Play {
        policy,
        mix,
        load,
        stage,
    } in plays
    {
        let report = load.report().await?;
        let mix = mix.name();
        let latency = &report.latency;
        numbers.put(policy, &format!("{mix}_mean_ms"), latency.mean_ms());
        numbers.put(policy, &format!("{mix}_p50_ms"), latency.quantile_ms(0.5));
        numbers.put(policy, &format!("{mix}_p99_ms"), latency.quantile_ms(0.99));
        numbers.put(
            policy,
            &format!("{mix}_failed"),
            report.unsuccessful() as f64,
        );
        drop(stage);
    }
    Ok(numbers.findings())
}

fn stage(who: Who, (policy, mix): (&'static str, Mix), seed: u64) -> Result<Stage> {
    let work = Duration::from_millis(WORK_MS);
    let work = match mix {
        Mix::Uneven => Work::Exponential(work),
        Mix::Equal | Mix::Slow => Work::Constant(work),
    };
    let mut setup = Setup::new(SERVERS, work, seed);
    setup.policy = policy;
    let stage = Stage::start(who, setup)?;
    if mix == Mix::Slow {
        let slow = &stage.origins()[SERVERS as usize - 1];
        slow.slow(100 * 1_000 / SLOW_PERMILLE);
    }
    Ok(stage)
}

/// The same moments for all of them: what differs is the policy's doing.
fn load(stage: &Stage, (seed, rate_per_s): (u64, u64)) -> Result<Running> {
    Running::open(Open {
        arrivals: Arrivals::Poisson,
        duration: RUN,
        seed,
        connections_max: 1_000,
        timeout: PATIENCE,
        ..Open::new(stage.address(), rate_per_s as f64)
    })
}
