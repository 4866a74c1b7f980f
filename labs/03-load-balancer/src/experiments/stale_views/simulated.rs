//! Ten balancers and a board in virtual time.

use std::format;

use kit::experiment::{Findings, Source};
use simulation::Duration;

use super::super::numbers::Numbers;
use super::{AGE_MS, AGES_MS, BALANCERS, POLICIES, RATE_PER_S, SERVERS, WORK_MS};
use crate::model::fleet::{Fleet, News, Settings, Work};

const WARM_UP: Duration = Duration::from_secs(10);
const RUN: Duration = Duration::from_secs(60);

pub(super) fn simulate(seed: u64) -> Findings {
    let mut numbers = Numbers::simulated();
    for policy in POLICIES {
        for age_ms in AGES_MS {
            let fleet = run(seed, policy, News::Board(Duration::from_millis(age_ms)));
            let mean_ms = fleet.seen().latencies.mean().unwrap_or(0) as f64 / 1e6;
            let axes = ["age of the news (ms)", "mean time of an answer (ms)"];
            numbers.point(policy, axes, [age_ms as f64, mean_ms]);
            if age_ms == AGE_MS {
                note(&mut numbers, policy, &fleet);
            }
        }
        let own = run(seed, policy, News::OwnCounts);
        note(&mut numbers, &format!("{policy}-own-counts"), &own);
    }
    numbers.with(by_theory()).findings()
}

/// Everybody goes to the server that was the emptiest when the board was written: all that comes until it is written
/// again. Of two choices one is that server in two draws of twenty.
fn by_theory() -> Numbers {
    let mut numbers = Numbers::of(Source::Theory);
    let arrive = RATE_PER_S as f64 * AGE_MS as f64 / 1e3;
    numbers.put("least-connections", "longest", arrive);
    numbers.put("two-choices", "longest", arrive * 2.0 / f64::from(SERVERS));
    numbers
}

fn run(seed: u64, policy: &'static str, news: News) -> Fleet {
    let work = Work::Uneven(Duration::from_millis(WORK_MS));
    let mut settings = Settings::new(policy, SERVERS, RATE_PER_S, work);
    settings.balancers = BALANCERS;
    settings.news = news;
    let mut fleet = Fleet::new(seed, settings);
    fleet.run_for(WARM_UP);
    fleet.count_from_now();
    fleet.run_for(RUN);
    fleet
}

fn note(numbers: &mut Numbers, variant: &str, fleet: &Fleet) {
    let seen = fleet.seen();
    numbers.put_ns(variant, "mean_ms", seen.latencies.mean());
    numbers.put_ns(variant, "p99_ms", seen.latencies.p99());
    numbers.put(variant, "longest", seen.longest.into());
}
