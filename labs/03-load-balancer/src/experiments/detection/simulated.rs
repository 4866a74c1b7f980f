//! Deaths in virtual time: the system of the figure "Noticing the dead", with the experiment's numbers.

use std::format;

use kit::experiment::{Findings, Source};
use simulation::{Duration, Generator, Time};

use super::super::numbers::Numbers;
use super::{FAILURES, MODES, Mode, Pace, RATE_PER_S, SERVERS, seconds};
use crate::model::pool::{Chooser, Fault, Mix, Pool, Settings};
use crate::policy::health::{Ejection, Rules, Thresholds};

/// Deaths of each kind: enough to know a mean to a few per cent.
const DEATHS: u64 = 60;
/// The pool runs this long before a death.
const BEFORE: Duration = Duration::from_secs(5);
/// Nobody waits longer for a death to be noticed.
const PATIENCE: Duration = Duration::from_secs(120);
/// The place of round robin among the figure's policies.
const ROUND_ROBIN: i32 = 1;

/// Requests a second of all servers, for the line that shows how quick a busy server is noticed.
const RATES_PER_S: [u32; 7] = [4, 8, 20, 40, 80, 120, 400];

/// One kind of death.
#[derive(Clone, Copy)]
struct Death {
    mode: Mode,
    pace: Pace,
    fault: Fault,
    rate_per_s: u32,
}

/// What became of many deaths of one kind.
#[derive(Default)]
struct Toll {
    noticed_mean_s: f64,
    noticed_max_s: f64,
    failed_mean: f64,
}

pub(super) fn simulate(seed: u64) -> Findings {
    let mut numbers = Numbers::simulated();
    let faults = [("silent", Fault::IsSilent), ("refusing", Fault::Refuses)];
    let paces = [("", Pace::QUICK), ("chapter-", Pace::CHAPTER)];
    for (mode_name, mode) in MODES {
        for (fault_name, fault) in faults {
            for (pace_name, pace) in paces {
                let death = Death {
                    mode,
                    pace,
                    fault,
                    rate_per_s: RATE_PER_S,
                };
                let variant = format!("{pace_name}{mode_name}-{fault_name}");
                note(&mut numbers, &variant, &toll(seed, death));
            }
        }
        for rate_per_s in RATES_PER_S {
            let death = Death {
                mode,
                pace: Pace::QUICK,
                fault: Fault::Refuses,
                rate_per_s,
            };
            let each_per_s = f64::from(rate_per_s) / f64::from(SERVERS);
            let axes = ["requests to each server (/s)", "unnoticed for (s)"];
            let point = [each_per_s, toll(seed, death).noticed_mean_s];
            numbers.point(mode_name, axes, point);
        }
    }
    numbers.with(by_theory()).findings()
}

fn note(numbers: &mut Numbers, variant: &str, toll: &Toll) {
    numbers.put(variant, "noticed_mean_s", toll.noticed_mean_s);
    numbers.put(variant, "noticed_max_s", toll.noticed_max_s);
    numbers.put(variant, "failed_mean", toll.failed_mean);
}

fn by_theory() -> Numbers {
    let mut numbers = Numbers::of(Source::Theory);
    let each_per_s = f64::from(RATE_PER_S) / f64::from(SERVERS);
    for (name, pace) in [("", Pace::QUICK), ("chapter-", Pace::CHAPTER)] {
        let variant = format!("{name}active-silent");
        numbers.put(&variant, "noticed_max_s", pace.noticed_max_s());
        numbers.put(&variant, "noticed_mean_s", pace.noticed_mean_s());
        numbers.put(&variant, "failed_max", each_per_s * pace.noticed_max_s());
        numbers.put(&variant, "failed_mean", each_per_s * pace.noticed_mean_s());
        let passive_s = f64::from(FAILURES) / each_per_s;
        let refusing = format!("{name}passive-refusing");
        numbers.put(&refusing, "noticed_mean_s", passive_s);
        let silent = format!("{name}passive-silent");
        numbers.put(
            &silent,
            "noticed_mean_s",
            passive_s + seconds(pace.request_timeout),
        );
    }
    numbers
}

fn toll(seed: u64, death: Death) -> Toll {
    let mut toll = Toll::default();
    for number in 0..DEATHS {
        let (noticed_after_s, failed) = die(Generator::new(seed).stream(number), death);
        toll.noticed_mean_s += noticed_after_s / DEATHS as f64;
        toll.noticed_max_s = toll.noticed_max_s.max(noticed_after_s);
        toll.failed_mean += failed as f64 / DEATHS as f64;
    }
    toll
}

/// One death of server 2, at any moment between two probes: after how many seconds it was noticed, and how many requests
/// have failed.
fn die(mut random: Generator, death: Death) -> (f64, u64) {
    let Death { mode, pace, .. } = death;
    let settings = Settings {
        rate_per_s: death.rate_per_s,
        mix: Mix::Equal,
        news_interval: Duration::ZERO,
        rules: Rules {
            thresholds: Thresholds {
                fall: pace.fall,
                ..Thresholds::default()
            },
            ejection: Ejection {
                failures: if mode == Mode::Active { 0 } else { FAILURES },
                ..Ejection::default()
            },
            ..Rules::default()
        },
        is_probing: mode != Mode::Passive,
        probe_interval: pace.interval,
        probe_timeout: pace.timeout,
        request_timeout: Some(pace.request_timeout),
        fault: death.fault,
    };
    let mut pool = Pool::new(random.next_u64(), settings, Chooser::of_choice(ROUND_ROBIN));
    let phase = Duration::from_nanos(random.below(pace.interval.as_nanos()));
    let died_at = Time::START + BEFORE + phase;
    pool.run_until(died_at);
    pool.set_stopped(0b10);
    // Long enough for what was sent before the death was noticed to fail.
    let mut seen = pool.detection("");
    while seen.noticed_after.is_none() && pool.now() < died_at + PATIENCE {
        pool.run_until(pool.now() + Duration::from_millis(500));
        seen = pool.detection("");
    }
    pool.run_until(pool.now() + pace.request_timeout);
    let failed = pool.detection("").failed;
    (seconds(seen.noticed_after.unwrap_or(PATIENCE)), failed)
}
