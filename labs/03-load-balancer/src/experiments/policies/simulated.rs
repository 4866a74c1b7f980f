//! The policies in virtual time, and what theory says of them.

use std::format;

use kit::experiment::{Findings, Source};
use simulation::{Duration, Generator, Histogram};

use super::super::numbers::Numbers;
use super::{MIXES, Mix, POLICIES, RATE_PER_S, RUN_S, SERVERS, SLOW_PERMILLE, WORK_MS, theory};
use crate::model::fleet::{Fleet, Settings, Work};

const WORK: Duration = Duration::from_millis(WORK_MS);
/// Before this nothing is counted where a queue has to settle.
const WARM_UP: Duration = Duration::from_secs(30);
/// An hour: the mean of a queue that is 60 % busy is then known to 1 %.
const STEADY: Duration = Duration::from_secs(3_600);
/// A server that is too slow never settles: as many runs as needed, each as long as the measured one.
const SLOW_RUNS: u64 = 60;

/// The large pool: a hundred servers, 90 % busy.
const MANY: u32 = 100;
const MANY_UTILISATION: f64 = 0.9;
const MANY_WORK: Duration = Duration::from_millis(10);
const MANY_RATE_PER_S: u64 = 9_000;

pub(super) fn simulate(seed: u64) -> Findings {
    let mut numbers = Numbers::simulated();
    for policy in POLICIES {
        for mix in MIXES {
            few(&mut numbers, Generator::new(seed), (policy, mix));
        }
    }
    for policy in ["random", "round-robin", "two-choices", "least-connections"] {
        many(&mut numbers, seed, policy);
    }
    numbers.with(by_theory()).findings()
}

fn by_theory() -> Numbers {
    let mut numbers = Numbers::of(Source::Theory);
    let utilisation = RATE_PER_S as f64 * WORK_MS as f64 / 1e3 / f64::from(SERVERS);
    let work_ms = WORK_MS as f64;
    let uneven_ms = theory::uneven_mean(utilisation) * work_ms;
    numbers.put(
        "random",
        "equal_mean_ms",
        theory::equal_mean(utilisation) * work_ms,
    );
    numbers.put("random", "uneven_mean_ms", uneven_ms);
    numbers.put(
        "random",
        "uneven_p99_ms",
        theory::uneven_p99(utilisation) * work_ms,
    );
    // What comes to a third of the servers, less what a slow one finishes.
    let slow_finishes = 1e3 / work_ms * f64::from(SLOW_PERMILLE) / 1e3;
    let grows = RATE_PER_S as f64 / f64::from(SERVERS) - slow_finishes;
    numbers.put("round-robin", "slow_growth_per_s", grows);
    for (policy, choices) in [("random", 1), ("two-choices", 2)] {
        let mean = theory::of_choices(MANY_UTILISATION, choices);
        numbers.put(policy, "many_mean_works", mean);
    }
    numbers
}

/// Three servers, and one kind of requests; or one server that is slow.
fn few(numbers: &mut Numbers, seed: Generator, (policy, mix): (&'static str, Mix)) {
    let work = match mix {
        Mix::Uneven => Work::Uneven(WORK),
        Mix::Equal | Mix::Slow => Work::Equal(WORK),
    };
    let settings = Settings::new(policy, SERVERS, RATE_PER_S, work);
    let mut latencies = Histogram::new(10);
    let mut growth = 0.0;
    if mix == Mix::Slow {
        for run in 0..SLOW_RUNS {
            let mut fleet = Fleet::new(seed.stream(run).next_u64(), settings.clone());
            fleet.slow(SERVERS - 1, SLOW_PERMILLE);
            fleet.run_for(Duration::from_secs(RUN_S));
            let line = fleet.inside()[SERVERS as usize - 1];
            // Those in line are answered, too, and have waited the longest.
            fleet.stop_sending();
            fleet.run_for(Duration::from_secs(RUN_S));
            latencies.merge(&fleet.seen().latencies);
            growth += f64::from(line) / (RUN_S * SLOW_RUNS) as f64;
        }
        numbers.put(policy, "slow_growth_per_s", growth);
    } else {
        let mut fleet = Fleet::new(seed.stream(0).next_u64(), settings);
        fleet.run_for(WARM_UP);
        fleet.count_from_now();
        fleet.run_for(STEADY);
        latencies.merge(&fleet.seen().latencies);
    }
    let mix = mix.name();
    numbers.put_ns(policy, &format!("{mix}_mean_ms"), latencies.mean());
    numbers.put_ns(policy, &format!("{mix}_p50_ms"), latencies.median());
    numbers.put_ns(policy, &format!("{mix}_p99_ms"), latencies.p99());
}

/// A hundred servers, for the formula that is meant for very many.
fn many(numbers: &mut Numbers, seed: u64, policy: &'static str) {
    let settings = Settings::new(policy, MANY, MANY_RATE_PER_S, Work::Uneven(MANY_WORK));
    let mut fleet = Fleet::new(seed, settings);
    fleet.run_for(WARM_UP);
    fleet.count_from_now();
    fleet.run_for(Duration::from_secs(100));
    let latencies = &fleet.seen().latencies;
    let in_works = |nanos: Option<u64>| nanos.unwrap_or(0) as f64 / MANY_WORK.as_nanos() as f64;
    numbers.put(policy, "many_mean_works", in_works(latencies.mean()));
    numbers.put(policy, "many_p99_works", in_works(latencies.p99()));
}
