//! The pipe does what the home page and chapter 1 say, and its digest sees everything.

use bottleneck::model::PipeModel;
use simulation::{Duration, Model, Time};

const SEEDS: [u64; 5] = [1, 2, 3, 4, 5];

/// Requests a second that come in, and that network, program and database can finish.
fn pipe(seed: u64, controls: [i32; 4]) -> PipeModel {
    PipeModel::new(seed, &controls)
}

fn run(mut model: PipeModel, seconds: u64) -> PipeModel {
    model.run_until(Time::from_secs(seconds));
    model
}

#[test]
fn of_120_a_second_100_come_out_and_20_more_wait() {
    for seed in SEEDS {
        let early = run(pipe(seed, [120, 400, 500, 100]), 10).snapshot();
        let late = run(pipe(seed, [120, 400, 500, 100]), 40).snapshot();
        assert_eq!(
            (late.narrowest, late.leaving_per_s),
            (2, 100),
            "seed {seed}"
        );
        assert!(
            late.stages[0].waiting + late.stages[1].waiting < 5,
            "seed {seed}"
        );
        let per_s = f64::from(late.stages[2].waiting - early.stages[2].waiting) / 30.0;
        // 120 ± 2 requests a second arrive in thirty seconds (Poisson).
        assert!((per_s - 20.0).abs() < 6.0, "seed {seed}: {per_s}");
    }
}

#[test]
fn the_next_part_shows_when_the_narrowest_is_widened() {
    let mut model = run(pipe(1, [300, 200, 500, 100]), 5);
    assert_eq!(model.snapshot().narrowest, 2);
    model.set(3, 500);
    let seen = run(model, 30).snapshot();
    assert_eq!((seen.narrowest, seen.leaving_per_s), (0, 200));
}

#[test]
fn money_spent_elsewhere_is_lost() {
    for seed in SEEDS {
        let wide = run(pipe(seed, [120, 500, 500, 100]), 30).snapshot();
        let narrow = run(pipe(seed, [120, 200, 200, 100]), 30).snapshot();
        assert_eq!(wide.leaving_per_s, narrow.leaving_per_s, "seed {seed}");
    }
}

#[test]
fn a_full_line_turns_requests_away() {
    let seen = run(pipe(1, [300, 500, 500, 100]), 60).snapshot();
    assert_eq!(seen.stages[2].waiting, 1_000);
    assert!(seen.refused > 8_000, "{}", seen.refused);
}

#[test]
fn an_event_a_nanosecond_later_is_another_digest() {
    let minute = Time::from_secs(60);
    let digest = |mut model: PipeModel| {
        model.run_until(minute);
        model.digest()
    };
    let mut walker = pipe(3, [120, 400, 500, 100]);
    let expected = digest(walker.clone());
    let mut moved = 0;
    while walker.now() < minute {
        let mut other = walker.clone();
        other.postpone_next(Duration::from_nanos(1));
        assert_ne!(digest(other), expected, "at {:?}", walker.now());
        moved += 1;
        for _ in 0..499 {
            walker.step();
        }
    }
    assert!(moved > 30, "only {moved} events were moved");
}
