//! The deploy in virtual time.

use kit::experiment::{Findings, Source};
use simulation::{Duration, Generator};

use super::super::numbers::Numbers;
use super::{FALL, PAUSE, PROBE_INTERVAL, RATE_PER_S, RESTART, RISE, SERVERS, WAYS, WORK_MS, Way};
use crate::model::fleet::{Checks, Fleet, Settings, Work};
use crate::policy::health::{Ejection, Rules, Thresholds};

/// Deploys of each kind.
const DEPLOYS: u64 = 40;
/// How often it is looked whether a draining server has finished.
const LOOK_EVERY: Duration = Duration::from_millis(10);

pub(super) fn simulate(seed: u64) -> Findings {
    let mut numbers = Numbers::simulated();
    for way in WAYS {
        let (mut sent, mut failed, mut failed_max) = (0, 0, 0);
        for number in 0..DEPLOYS {
            let fleet = deploy(Generator::new(seed).stream(number), way);
            sent += fleet.seen().sent;
            failed += fleet.seen().failed;
            failed_max = failed_max.max(fleet.seen().failed);
        }
        numbers.put(way.name, "sent", sent as f64 / DEPLOYS as f64);
        numbers.put(way.name, "failed", failed as f64 / DEPLOYS as f64);
        numbers.put(way.name, "failed_max", failed_max as f64);
    }
    numbers.with(by_theory()).findings()
}

/// What comes to one server until two probes have failed, and that for each server: half an interval less than two whole
/// ones on average.
fn by_theory() -> Numbers {
    let mut numbers = Numbers::of(Source::Theory);
    let interval_s = PROBE_INTERVAL.as_millis() as f64 / 1e3;
    let unnoticed_s = (f64::from(FALL) - 0.5) * interval_s;
    numbers.put("not-drained", "failed", RATE_PER_S as f64 * unnoticed_s);
    let longest_s = f64::from(FALL) * interval_s;
    numbers.put("not-drained", "failed_max", RATE_PER_S as f64 * longest_s);
    numbers
}

fn deploy(mut random: Generator, way: Way) -> Fleet {
    let work = Work::Uneven(Duration::from_millis(WORK_MS));
    let mut settings = Settings::new(way.policy, SERVERS, RATE_PER_S, work);
    settings.retries_max = way.retries;
    settings.checks = Some(Checks {
        interval: PROBE_INTERVAL,
        rules: Rules {
            thresholds: Thresholds {
                rise: RISE,
                fall: FALL,
            },
            ejection: Ejection {
                failures: 0,
                ..Ejection::default()
            },
            ..Rules::default()
        },
    });
    let mut fleet = Fleet::new(random.next_u64(), settings);
    fleet.run_for(PAUSE);
    for server in 0..SERVERS {
        // Nobody times a deploy by the probes.
        fleet.run_for(Duration::from_nanos(
            random.below(PROBE_INTERVAL.as_nanos()),
        ));
        if way.drains {
            fleet.drain(server);
            while fleet.inside()[server as usize] > 0 {
                fleet.run_for(LOOK_EVERY);
            }
        }
        fleet.stop(server);
        fleet.run_for(RESTART);
        fleet.start(server);
        fleet.ready(server);
        fleet.run_for(PAUSE);
    }
    fleet
}
