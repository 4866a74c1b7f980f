//! Formulas of queueing theory; times are multiples of the mean work.

use simulation::{Constant, Exponential, Server, Time};

use crate::systems::{Pool, WORK, closed_chain};

/// One server with so many workers.
fn one(workers: u32) -> Vec<Server<Time>> {
    vec![Server::new(workers)]
}

fn random_work() -> Exponential {
    Exponential::new(WORK)
}

fn assert_near(found: f64, expected: f64, tolerance: f64) {
    let difference = (found - expected).abs() / expected;
    assert!(
        difference <= tolerance,
        "{found} is {difference} off {expected}, more than {tolerance}"
    );
}

#[test]
fn one_worker_at_random_takes_as_long_as_m_m_1_says() {
    for (busy_percent, requests, tolerance) in [
        (50, 100_000, 0.02),
        (80, 400_000, 0.04),
        (90, 500_000, 0.06),
    ] {
        let run = Pool::new(one(1), busy_percent, random_work()).run(requests);
        let expected = 100.0 / (100 - busy_percent) as f64;
        assert_near(run.mean(), expected, tolerance);
        assert_near(run.p99(), expected * 100_f64.ln(), 1.5 * tolerance);
        assert!(run.little_error_permille < 10, "Little's law holds");
    }
}

#[test]
fn work_that_is_always_the_same_halves_the_waiting() {
    for (busy_percent, expected, tolerance) in [(50, 1.5, 0.02), (80, 3.0, 0.03), (90, 5.5, 0.05)] {
        let run = Pool::new(one(1), busy_percent, Constant(WORK)).run(200_000);
        assert_near(run.mean(), expected, tolerance);
        assert!(run.little_error_permille < 10, "Little's law holds");
    }
}

#[test]
fn one_line_for_two_workers_beats_a_line_for_each() {
    let together = Pool::new(one(2), 90, random_work()).run(400_000);
    assert_near(together.mean(), 1.0 / (1.0 - 0.81), 0.05);
    let apart = Pool::new(vec![Server::new(1), Server::new(1)], 90, random_work()).run(400_000);
    assert!(together.mean() < 0.6 * apart.mean());
}

#[test]
fn ten_workers_with_one_line_hardly_wait() {
    let run = Pool::new(one(10), 90, random_work()).run(400_000);
    assert_near(run.mean(), 1.6687, 0.05);
}

#[test]
fn a_longer_line_does_not_help_against_overload() {
    for (busy_percent, places, expected) in
        [(100, 10, 1.0 / 11.0), (200, 10, 0.5002), (200, 100, 0.5)]
    {
        let server = Server::new(1).with_waiting_max(places - 1);
        let run = Pool::new(vec![server], busy_percent, random_work()).run(200_000);
        assert_near(run.loss(), expected, 0.03);
    }
}

#[test]
fn two_choices_at_nine_tenths_wait_as_the_supermarket_model_says() {
    let servers = || (0..100).map(|_| Server::new(1)).collect();
    let two = Pool::new(servers(), 90, random_work())
        .with_choices(2)
        .run(500_000);
    // A hundred servers are 2.4 % slower than the infinitely many of the theory.
    assert_near(two.mean(), 2.6141 * 1.024, 0.02);
    let random = Pool::new(servers(), 90, random_work()).run(500_000);
    assert!(random.mean() > 3.0 * two.mean());
}

/// Mean value analysis of stations of 5, 20 and 10 ms with a second of thinking.
#[test]
fn a_closed_chain_answers_no_faster_than_its_slowest_station() {
    for (users, per_second, response_ms) in [
        (10, 9.61, None),
        (50, 44.09, Some(134.1)),
        (100, 50.0, Some(1000.0)),
    ] {
        let chain = closed_chain(users, &[5, 20, 10]);
        let bound = f64::min(50.0, f64::from(users) / 1.035);
        assert!(
            chain.per_second <= bound * 1.02,
            "{} > {bound}",
            chain.per_second
        );
        assert_near(chain.per_second, per_second, 0.02);
        if let Some(expected) = response_ms {
            assert_near(chain.response.as_micros() as f64 / 1000.0, expected, 0.08);
        }
    }
}
