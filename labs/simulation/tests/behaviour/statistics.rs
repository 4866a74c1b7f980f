//! Percentiles, rates and utilisation against the exact ones, computed the slow way.

use simulation::{Digest, Duration, Generator, Histogram, Little, Rate, Recent, Time, Utilisation};

fn at(millis: u64) -> Time {
    Time::from_millis(millis)
}

/// Values over many orders of magnitude.
fn values(count: u32, seed: u64) -> Vec<u64> {
    let mut random = Generator::new(seed);
    let value = |_| {
        let bits = 1 + random.below(50);
        random.below(1 << bits)
    };
    (0..count).map(value).collect()
}

fn histogram_of(values: &[u64], precision: u32) -> Histogram {
    let mut histogram = Histogram::new(precision);
    values.iter().for_each(|value| histogram.record(*value));
    histogram
}

#[test]
fn a_percentile_is_off_by_no_more_than_the_stated_part() {
    let mut sorted = values(10_000, 1);
    for precision in [1, 5, 7, 12] {
        sorted.reverse();
        let histogram = histogram_of(&sorted, precision);
        sorted.sort_unstable();
        for part in (1..=1000).step_by(9) {
            let exact = sorted[(part * sorted.len()).div_ceil(1000) - 1];
            let found = histogram.quantile(part as u64, 1000).unwrap();
            let bound = exact as f64 / f64::from(2 << precision);
            let difference = found.abs_diff(exact) as f64;
            assert!(
                difference <= bound,
                "{found} for {exact} at {precision} bits"
            );
        }
    }
}

#[test]
fn count_mean_least_and_most_are_exact() {
    let values = values(1000, 2);
    let histogram = histogram_of(&values, 5);
    assert_eq!(histogram.count(), 1000);
    assert_eq!(histogram.least(), values.iter().min().copied());
    assert_eq!(histogram.most(), values.iter().max().copied());
    assert_eq!(histogram.mean(), Some(values.iter().sum::<u64>() / 1000));
    assert_eq!(histogram.quantile(1, 1), histogram.most());
}

#[test]
fn an_empty_histogram_has_no_percentile_and_the_widest_value_has_a_bucket() {
    let mut histogram = Histogram::new(7);
    assert_eq!(
        (histogram.median(), histogram.mean(), histogram.most()),
        (None, None, None)
    );
    histogram.record(u64::MAX);
    histogram.record(0);
    assert_eq!(histogram.p99(), Some(u64::MAX));
    assert_eq!(histogram.quantile(0, 1), Some(0));
}

#[test]
fn merged_histograms_are_the_histogram_of_all() {
    let (left, right) = (values(500, 3), values(700, 4));
    let mut merged = histogram_of(&left, 7);
    merged.merge(&histogram_of(&right, 7));
    let all: Vec<u64> = left.into_iter().chain(right).collect();
    assert_eq!(merged, histogram_of(&all, 7));
    let untouched = merged.clone();
    merged.merge(&Histogram::new(7));
    assert_eq!(merged, untouched);
}

#[test]
fn a_rate_counts_what_came_in_the_window() {
    let mut rate = Rate::new(Duration::from_secs(5));
    let mut random = Generator::new(5);
    let mut came: Vec<u64> = Vec::new();
    let mut now_ms = 0;
    for _ in 0..5000 {
        now_ms += random.below(20);
        rate.record(at(now_ms));
        came.push(now_ms);
        if now_ms > 5000 && came.len().is_multiple_of(50) {
            let exact = came.iter().filter(|ms| **ms > now_ms - 5000).count() as u64;
            // One slot of 250 ms is taken to be even.
            assert!(rate.recent(at(now_ms)).abs_diff(exact) <= 6);
        }
    }
    assert_eq!(rate.total(), 5000);
    assert_eq!(
        rate.recent(at(now_ms + 10_000)),
        0,
        "all lies behind the window"
    );
}

#[test]
fn a_rate_is_per_second_also_before_the_window_is_full() {
    let mut rate = Rate::new(Duration::from_secs(5));
    for millis in (0..1000).step_by(10) {
        rate.record(at(millis));
    }
    assert_eq!(rate.per_second(at(1000)), 100);
    assert_eq!(rate.per_second(at(2000)), 50);
    assert_eq!(rate.per_second(at(5000)), 20);
    assert_eq!(rate.per_second(at(5500)), 10, "half of them are too old");
    assert_eq!(rate.per_second(at(6000)), 0);
    assert_eq!(Rate::new(Duration::from_secs(5)).per_second(Time::START), 0);
}

#[test]
fn a_long_silence_costs_no_time() {
    let (mut rate, mut recent) = (
        Rate::new(Duration::from_secs(5)),
        Recent::new(Duration::from_secs(1), 3, 7),
    );
    for now in [at(1), Time::from_secs(1 << 33)] {
        rate.record(now);
        recent.record(now, 1);
        assert_eq!(rate.recent(now), 1);
        assert_eq!(recent.last(now, 3).count(), 1);
    }
}

#[test]
fn utilisation_is_the_part_of_the_window_that_was_worked() {
    let mut utilisation = Utilisation::new(Duration::from_secs(5));
    assert_eq!(utilisation.permille(Time::START, 1), 0);
    utilisation.set(at(1000), 2);
    utilisation.set(at(2000), 0);
    assert_eq!(utilisation.permille(at(2000), 2), 500, "since the start");
    assert_eq!(utilisation.permille(at(5000), 2), 200);
    assert_eq!(
        utilisation.permille(at(6500), 2),
        100,
        "half of it is still in the window"
    );
    assert_eq!(utilisation.permille(at(60_000), 2), 0);
    utilisation.set(at(60_000), 1);
    assert_eq!(
        utilisation.permille(at(61_000), 2),
        100,
        "what goes on counts"
    );
    assert_eq!(utilisation.permille(at(90_000), 2), 500);
    assert_eq!(utilisation.total(at(61_000)), Duration::from_secs(3));
    utilisation.set(at(90_000), 3);
    assert_eq!(
        utilisation.permille(at(95_000), 1),
        1000,
        "not more than all the time"
    );
}

#[test]
fn utilisation_of_random_work_is_exact_but_for_one_slot() {
    let mut random = Generator::new(6);
    let mut utilisation = Utilisation::new(Duration::from_secs(5));
    let mut worked: Vec<bool> = Vec::new();
    for _ in 0..500 {
        let (working, length) = (random.below(2) == 1, 1 + random.below(400));
        utilisation.set(at(worked.len() as u64), u32::from(working));
        worked.extend((0..length).map(|_| working));
        if let Some(begin) = worked.len().checked_sub(5000) {
            let exact = worked[begin..].iter().filter(|worked| **worked).count();
            let found = utilisation.permille(at(worked.len() as u64), 1);
            // A quarter of a second that is taken to be even is off by at most 1/16 s.
            assert!(
                found.abs_diff(exact as u32 / 5) <= 13,
                "{found} for {}",
                exact / 5
            );
        }
    }
}

#[test]
fn recent_values_are_those_of_the_last_slots() {
    let mut recent = Recent::new(Duration::from_secs(1), 3, 7);
    for second in [0, 1, 2, 3, 7] {
        recent.record(at(1000 * second + 500), 10 + second);
    }
    let now = at(7900);
    let means = |slots: u32| recent.last(now, slots).mean();
    assert_eq!(recent.ago(now, 0).unwrap().mean(), Some(17));
    assert_eq!(recent.ago(now, 1).unwrap().count(), 0);
    assert_eq!(means(1), Some(17));
    assert_eq!(recent.last(now, 3).count(), 1);
    assert!(recent.ago(now, 4).is_none(), "forgotten");
    assert!(recent.ago(at(9000), 0).is_none(), "nothing has come yet");
    assert_eq!(recent.last(at(9000), 3).mean(), Some(17), "two seconds ago");
    assert_eq!(recent.last(at(11_000), 3).count(), 0);
}

#[test]
fn recent_values_without_gaps_fill_all_slots() {
    let mut recent = Recent::new(Duration::from_secs(1), 3, 7);
    for second in 0..6 {
        recent.record(at(1000 * second), second);
    }
    let kept: Vec<Option<u64>> = (0..4)
        .map(|back| recent.ago(at(5900), back).and_then(Histogram::mean))
        .collect();
    assert_eq!(kept, [Some(5), Some(4), Some(3), None]);
}

#[test]
fn littles_law_holds_and_notices_a_request_that_is_counted_wrong() {
    let run = |reported: Duration| {
        let mut little = Little::new();
        for second in 0..1000 {
            little.arrives(at(1000 * second));
            little.leaves(at(1000 * second + 500), reported);
        }
        (
            little.error_permille(at(1_000_000)),
            little.mean_inside_permille(at(1_000_000)),
        )
    };
    assert_eq!(run(Duration::from_millis(500)), (Some(0), 500));
    assert_eq!(run(Duration::from_millis(450)), (Some(100), 500));
    assert_eq!(Little::new().error_permille(at(1)), None);
}

#[test]
fn looking_does_not_change_what_is_seen() {
    let mut rate = Rate::new(Duration::from_secs(5));
    rate.record(at(1));
    let digest = Digest::of(&rate);
    rate.per_second(at(100_000));
    assert_eq!(Digest::of(&rate), digest);
}
