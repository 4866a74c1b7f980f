//! Keys and caches without time, and what theory says of them.

use kit::experiment::{Findings, Source};
use simulation::Generator;

use super::super::numbers::Numbers;
use super::{
    COUNTED, KEPT_PER_SERVER, KEYS, POLICIES, SERVERS, SKEW_PERCENT, SOON, WARM_UP, theory,
};
use crate::model::affinity::{Affinity, Settings, place};
use crate::policy::Policy;

/// Runs with keys of their own: which keys are popular, and where they live, is chance.
const RUNS: u64 = 10;
/// Keys whose homes are looked at: enough that a server's share is known to 1 %.
const PLACED: u32 = 100_000;
/// How many requests long the line is that shows how the caches fill again, and how many make a point.
const LINE: u64 = 5_000;
const POINT: u64 = 250;

pub(super) fn simulate(seed: u64) -> Findings {
    let mut numbers = Numbers::simulated();
    for policy in POLICIES {
        homes(&mut numbers, policy);
        hits(&mut numbers, Generator::new(seed), policy);
    }
    numbers.with(by_theory()).findings()
}

fn by_theory() -> Numbers {
    let mut numbers = Numbers::of(Source::Theory);
    let exponent = f64::from(SKEW_PERCENT) / 100.0;
    let share = |caches: u32| {
        100.0 * theory::hit_share(KEYS, exponent, f64::from(KEPT_PER_SERVER * caches))
    };
    let servers = f64::from(SERVERS);
    numbers.put("round-robin", "hit_percent", share(1));
    numbers.put("hash-ring", "hit_percent", share(SERVERS));
    numbers.put("modulo", "moved_percent", 100.0 * servers / (servers + 1.0));
    numbers.put("hash-ring", "moved_percent", 100.0 / (servers + 1.0));
    // A key that has moved is missed.
    numbers.put(
        "modulo",
        "hit_at_once_percent",
        share(SERVERS) / (servers + 1.0),
    );
    numbers.put(
        "hash-ring",
        "hit_at_once_percent",
        share(SERVERS) * servers / (servers + 1.0),
    );
    numbers
}

/// Where keys live, before and after one more server.
fn homes(numbers: &mut Numbers, policy: &str) {
    let fresh = || Policy::named(policy).expect("the experiment's policies have these names");
    if policy == "round-robin" {
        return;
    }
    let before = place(&mut fresh(), SERVERS, PLACED);
    let after = place(&mut fresh(), SERVERS + 1, PLACED);
    let percent = |part: u32, of: u32| 100.0 * f64::from(part) / f64::from(of);
    numbers.put(
        policy,
        "moved_percent",
        percent(before.moved(&after), PLACED),
    );
    let average = PLACED / SERVERS;
    numbers.put(
        policy,
        "fullest_percent",
        percent(before.fullest(), average),
    );
}

/// Whether keys are kept where they are asked for.
fn hits(numbers: &mut Numbers, seed: Generator, policy: &'static str) {
    let (mut before, mut at_once, mut soon, mut later) = (0, 0, 0, 0);
    let mut line = [0; (LINE / POINT) as usize];
    for run in 0..RUNS {
        let settings = Settings {
            servers: SERVERS,
            policy,
            keys: KEYS.into(),
            skew_percent: SKEW_PERCENT,
            kept_per_server: KEPT_PER_SERVER,
        };
        let mut affinity = Affinity::new(seed.stream(run).next_u64(), settings);
        affinity.ask(WARM_UP);
        before += affinity.ask(COUNTED);
        affinity.join();
        at_once += affinity.would_hit(COUNTED);
        for (number, point) in line.iter_mut().enumerate() {
            let hits = affinity.ask(POINT);
            *point += hits;
            soon += if (number as u64) < SOON / POINT {
                hits
            } else {
                0
            };
        }
        affinity.ask(WARM_UP);
        later += affinity.ask(COUNTED);
    }
    let percent = |hits: u64, of: u64| 100.0 * hits as f64 / (of * RUNS) as f64;
    numbers.put(policy, "hit_percent", percent(before, COUNTED));
    numbers.put(policy, "hit_at_once_percent", percent(at_once, COUNTED));
    numbers.put(policy, "hit_soon_percent", percent(soon, SOON));
    numbers.put(policy, "hit_later_percent", percent(later, COUNTED));
    for (number, hits) in (1..).zip(line) {
        let axes = ["requests since a server joined", "found (%)"];
        numbers.point(
            policy,
            axes,
            [f64::from(number) * POINT as f64, percent(hits, POINT)],
        );
    }
}
