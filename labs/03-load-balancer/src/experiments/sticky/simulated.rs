//! Visitors who stay, in virtual time.

use kit::experiment::{Findings, Source};
use simulation::{Duration, Generator};

use super::super::numbers::Numbers;
use super::{POLICIES, RATE_PER_S, SERVERS, SKEW_PERCENT, STEP_MS, VISITORS, WORK_MS};
use crate::model::fleet::{Fleet, Settings, Visitors, Work};

/// Before anything is counted everybody has been there.
const WARM_UP: Duration = Duration::from_secs(30);
const RUN: Duration = Duration::from_secs(120);
/// Runs of each kind: who lands where is chance.
const RUNS: u64 = 20;

pub(super) fn simulate(seed: u64) -> Findings {
    let mut numbers = Numbers::simulated();
    for policy in POLICIES {
        let (mut busiest, mut moves) = (0.0, 0.0);
        let mut latencies = simulation::Histogram::new(10);
        for run in 0..RUNS {
            let seed = Generator::new(seed).stream(run).next_u64();
            let fleet = uneven(seed, policy);
            busiest += fleet.seen().busiest_permille() as f64 / 1e3 / RUNS as f64;
            latencies.merge(&fleet.seen().latencies);
            let deployed = deploy(seed, policy);
            moves += deployed.seen().moves as f64 / f64::from(VISITORS) / RUNS as f64;
        }
        numbers.put(policy, "busiest_ratio", busiest);
        numbers.put_ns(policy, "mean_ms", latencies.mean());
        numbers.put_ns(policy, "p99_ms", latencies.p99());
        numbers.put(policy, "moves_each", moves);
    }
    numbers.with(by_theory()).findings()
}

fn by_theory() -> Numbers {
    let mut numbers = Numbers::of(Source::Theory);
    let exponent = f64::from(SKEW_PERCENT) / 100.0;
    let all: f64 = (1..=VISITORS)
        .map(|rank| f64::from(rank).powf(-exponent))
        .sum();
    let servers = f64::from(SERVERS);
    numbers.put("sticky-cookie", "busiest_ratio_min", servers / all);
    // A session moves when its server's turn comes, to any of the others; those whose turn is still to come send it on
    // again. With r servers still to come it moves (n ÷ (n − 1))^r times; the mean over all starts is this.
    let ratio = servers / (servers - 1.0);
    let moves = (ratio.powf(servers) - 1.0) / ratio;
    numbers.put("sticky-cookie", "moves_each", moves);
    // Away from its home, and back to it.
    numbers.put("hash-ring", "moves_each", 2.0);
    numbers
}

fn fleet(seed: u64, policy: &'static str, skew_percent: u32) -> Fleet {
    let work = Work::Uneven(Duration::from_millis(WORK_MS));
    let mut settings = Settings::new(policy, SERVERS, RATE_PER_S, work);
    settings.visitors = Some(Visitors {
        count: VISITORS,
        skew_percent,
    });
    let mut fleet = Fleet::new(seed, settings);
    fleet.run_for(WARM_UP);
    fleet.count_from_now();
    fleet
}

fn uneven(seed: u64, policy: &'static str) -> Fleet {
    let mut fleet = fleet(seed, policy, SKEW_PERCENT);
    fleet.run_for(RUN);
    fleet
}

fn deploy(seed: u64, policy: &'static str) -> Fleet {
    let mut fleet = fleet(seed, policy, 0);
    for server in 0..SERVERS {
        fleet.drain(server);
        fleet.run_for(Duration::from_millis(STEP_MS));
        fleet.ready(server);
        fleet.run_for(Duration::from_millis(STEP_MS));
    }
    fleet
}
