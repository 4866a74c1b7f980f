//! What the chapter says of one line and many, with the tolerance that chance needs.

use load_balancer::model::LinesModel;
use load_balancer::snapshot;
use simulation::{Model, Time};

use super::{lines, run, set};

const SEEDS: [u64; 5] = [1, 2, 3, 4, 5];
const POLICIES: [&str; 4] = ["random", "round-robin", "least-connections", "two-choices"];

/// The mean time to the answer in both halves, in lengths of the work: ten minutes of each seed, averaged.
fn means(named: &[(&str, &str)]) -> [f64; 2] {
    let mut sums = [0.0; 2];
    for seed in SEEDS {
        let seen = run(lines(seed, named), 600).snapshot();
        for (sum, half) in sums.iter_mut().zip(&seen.halves) {
            let mean = half.mean.expect("there were answers").as_nanos() as f64;
            *sum += mean / seen.work.as_nanos() as f64 / SEEDS.len() as f64;
        }
    }
    sums
}

#[track_caller]
fn assert_near(found: f64, expected: f64) {
    let part = (found - expected).abs() / expected;
    assert!(part < 0.05, "{found} instead of {expected}");
}

#[test]
fn one_line_is_as_quick_as_erlang_says_and_lines_joined_at_random_as_slow_as_one_server_alone() {
    // facts.md 7: M/M/1. M/M/4 at 80 % by Erlang's formula: C = 0.5964, T = 1.7455.
    let [one, many] = means(&[("busy", "80")]);
    assert_near(one, 1.7455);
    assert_near(many, 5.0);
    let [_, many] = means(&[("busy", "80"), ("work", "equal")]);
    assert_near(many, 3.0);
}

#[test]
fn the_more_a_policy_knows_the_nearer_it_comes_to_one_line() {
    let mean = |policy| means(&[("policy", policy)])[1];
    let [one, random] = means(&[]);
    let [in_turn, two, least] = ["round-robin", "two-choices", "least-connections"].map(mean);
    assert!(
        one < least && least < two && two < in_turn && in_turn < random,
        "{one} {least} {two} {in_turn} {random}"
    );
    // Counting takes away most of what random costs, and not all: about 2 lengths of the work are left.
    assert_near(least, 1.95);
    assert!(least < one + 0.15 * (random - one), "{one} {least}");
    assert!(least > 1.02 * one, "{one} {least}");
}

#[test]
fn requests_that_are_all_alike_leave_lines_in_turn_as_quickly_as_one_line() {
    // They end in the order in which they came, so the next in turn is the server that is free first.
    for seed in SEEDS {
        let seen = run(
            lines(seed, &[("policy", "round-robin"), ("work", "equal")]),
            60,
        )
        .snapshot();
        let [one, many] = seen.halves;
        assert!(
            one.mean.is_some() && one.mean == many.mean,
            "seed {seed}: {one:?} {many:?}"
        );
        assert_eq!(many.wasted_permille, 0, "seed {seed}");
    }
}

#[test]
fn in_one_line_nobody_ever_waits_beside_an_idle_server() {
    for (policy, busy, work) in [
        ("random", "90", "uneven"),
        ("two-choices", "60", "equal"),
        ("least-connections", "40", "uneven"),
    ] {
        for seed in SEEDS {
            let mut model = lines(seed, &[("policy", policy), ("busy", busy), ("work", work)]);
            while model.step() < Time::from_secs(20) {
                let half = &model.snapshot().halves[0];
                assert!(
                    !half.is_wasting(),
                    "seed {seed}, {:?}: {half:?}",
                    model.now()
                );
                assert_eq!(half.wasted_permille, 0);
            }
        }
    }
}

#[test]
fn in_four_lines_somebody_waits_beside_an_idle_server_more_than_half_of_the_time() {
    // Four servers, each on its own idle 1 − ρ of the time and with somebody in line ρ² of it: not all busy, and not all
    // without a line. 57.4 % at 80 %.
    let (idle, line) = (0.2_f64, 0.64_f64);
    let none = (1.0 - idle).powi(4) + (1.0 - line).powi(4) - (1.0 - idle - line).powi(4);
    let wasted = SEEDS.map(|seed| run(lines(seed, &[]), 600).snapshot().halves[1].wasted_permille);
    let found = f64::from(wasted.iter().sum::<u32>()) / 5_000.0;
    assert_near(found, 1.0 - none);
}

#[test]
fn how_long_somebody_waited_in_vain_is_what_can_be_seen_at_every_moment() {
    let mut model = lines(3, &[]);
    let (mut before, mut wasted_ns, mut is_wasting) = (Time::START, 0, false);
    while model.now() < Time::from_secs(10) {
        let now = model.step();
        if is_wasting {
            wasted_ns += now.since(before).as_nanos();
        }
        (before, is_wasting) = (now, model.snapshot().halves[1].is_wasting());
    }
    let share = wasted_ns * 1_000 / before.as_nanos();
    assert_eq!(u64::from(model.snapshot().halves[1].wasted_permille), share);
}

/// What the half with one line looked like, every tenth of a second.
fn upper(seed: u64, policy: &str) -> Vec<snapshot::Half> {
    let mut model = lines(seed, &[("policy", policy)]);
    let moments = (1..=300).map(|tenth| {
        model.run_until(Time::from_millis(100 * tenth));
        let [one, _] = model.snapshot().halves;
        one
    });
    moments.collect()
}

#[test]
fn whatever_chooses_below_the_same_requests_come_above() {
    for seed in SEEDS {
        let first = upper(seed, POLICIES[0]);
        for policy in POLICIES {
            assert!(upper(seed, policy) == first, "{policy}, seed {seed}");
        }
    }
}

#[test]
fn both_halves_do_the_same_work() {
    // At 40 % both are often empty at once. Whoever comes then is alone in both, and must be as far along in one as in the
    // other at every event.
    let mut model = lines(1, &[("busy", "40"), ("policy", "least-connections")]);
    let mut alone = 0;
    let mut was_empty = true;
    while model.now() < Time::from_secs(60) {
        model.step();
        let [one, many] = model.snapshot().halves;
        let inside = |half: &snapshot::Half| half.waiting() + 4 - half.idle();
        match (inside(&one), inside(&many)) {
            (0, 0) => was_empty = true,
            (1, 1) if was_empty => {
                let work = |half: &snapshot::Half| half.servers.iter().copied().flatten().next();
                assert_eq!(work(&one), work(&many));
                alone += 1;
            }
            _ => was_empty = false,
        }
    }
    assert!(alone > 100, "{alone}");
}

#[test]
fn a_changed_control_starts_counting_over() {
    let mut model = run(lines(1, &[]), 30);
    let before = model.snapshot().halves;
    assert!(before.iter().all(|half| half.mean.is_some()));
    set(
        &mut model,
        LinesModel::CONTROLS,
        ("policy", "least-connections"),
    );
    for half in model.snapshot().halves {
        assert_eq!((half.mean, half.wasted_permille), (None, 0));
    }
    // The lines stay as they were, and only requests that come from now on count.
    assert_eq!(model.snapshot().halves[1].lines, before[1].lines);
    let later = run(model, 90).snapshot();
    let works = later.works_tenths(later.halves[1].mean.expect("there were answers"));
    assert!((15..30).contains(&works), "{works}");
}

#[test]
fn theory_stands_where_it_has_a_simple_formula() {
    let theories = |named: &[(&str, &str)]| {
        let seen = lines(1, named).snapshot();
        let tenths = |half: &snapshot::Half| half.theory.map(|time| seen.works_tenths(time));
        [tenths(&seen.halves[0]), tenths(&seen.halves[1])]
    };
    assert_eq!(theories(&[]), [Some(17), Some(50)]);
    assert_eq!(theories(&[("work", "equal")]), [None, Some(30)]);
    assert_eq!(theories(&[("policy", "two-choices")]), [Some(17), None]);
    assert_eq!(theories(&[("busy", "90")]), [Some(30), Some(100)]);
}
