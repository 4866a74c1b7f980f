//! Draws have the moments that their formulas give, and follow from the seed alone.

use simulation::{
    BoundedPareto, Constant, Distribution, Duration, Exponential, Generator, LogNormal,
    OpenClients, Uniform, Zipf,
};

const DRAWS: u64 = 200_000;

/// Mean and standard deviation of many draws, in milliseconds.
fn moments(distribution: &impl Distribution) -> (f64, f64) {
    let mut random = Generator::new(11);
    let draws = (0..DRAWS).map(|_| distribution.draw(&mut random).as_nanos() as f64 / 1e6);
    let (sum, squares) = draws.fold((0.0, 0.0), |(sum, squares), draw| {
        (sum + draw, squares + draw * draw)
    });
    let mean = sum / DRAWS as f64;
    (mean, (squares / DRAWS as f64 - mean * mean).max(0.0).sqrt())
}

fn assert_near(found: f64, expected: f64, tolerance: f64) {
    let difference = (found - expected).abs();
    assert!(
        difference <= tolerance * expected,
        "{found} is not {expected}"
    );
}

#[test]
fn constant_draws_are_all_the_same() {
    let (mean, deviation) = moments(&Constant(Duration::from_millis(10)));
    assert_near(mean, 10.0, 1e-9);
    assert!(deviation < 1e-3);
}

#[test]
fn uniform_draws_fill_their_range_evenly() {
    let (least, most) = (Duration::from_millis(4), Duration::from_millis(16));
    let (mean, deviation) = moments(&Uniform::new(least, most));
    assert_near(mean, 10.0, 0.005);
    assert_near(deviation, 12.0 / 12_f64.sqrt(), 0.01);
    let (mut random, narrow) = (
        Generator::new(1),
        Uniform::new(least, least + Duration::from_nanos(2)),
    );
    let drawn: Vec<u64> = (0..100)
        .map(|_| narrow.draw(&mut random).as_nanos())
        .collect();
    for nanos in 4_000_000..=4_000_002 {
        assert!(drawn.contains(&nanos), "both bounds are drawn");
    }
    assert!(
        drawn
            .iter()
            .all(|nanos| (4_000_000..=4_000_002).contains(nanos))
    );
}

#[test]
fn exponential_draws_deviate_by_their_mean() {
    let (mean, deviation) = moments(&Exponential::new(Duration::from_millis(10)));
    assert_near(mean, 10.0, 0.01);
    assert_near(deviation, 10.0, 0.02);
}

#[test]
fn log_normal_draws_have_their_median_and_mean() {
    let distribution = LogNormal::new(Duration::from_millis(10), 0.5);
    let (mean, deviation) = moments(&distribution);
    let factor = 0.125_f64.exp();
    assert_near(mean, 10.0 * factor, 0.01);
    assert_near(
        deviation,
        10.0 * factor * (0.25_f64.exp() - 1.0).sqrt(),
        0.02,
    );
    let mut random = Generator::new(5);
    let median = Duration::from_millis(10);
    let below = (0..DRAWS)
        .filter(|_| distribution.draw(&mut random) < median)
        .count();
    assert_near(below as f64, DRAWS as f64 / 2.0, 0.01);
}

#[test]
fn bounded_pareto_draws_have_a_heavy_tail_with_an_end() {
    for (shape, most_ms, threshold_ms) in
        [(1.5_f64, 1000_u64, 10.0_f64), (1.1, 10, 5.0), (2.5, 4, 2.0)]
    {
        let (least, most) = (Duration::from_millis(1), Duration::from_millis(most_ms));
        let distribution = BoundedPareto::new(shape, least, most);
        let (mean, _) = moments(&distribution);
        let ratio = 1.0 / most_ms as f64;
        let uncut = 1.0 - ratio.powf(shape);
        let expected = shape / (shape - 1.0) * (1.0 - ratio.powf(shape - 1.0)) / uncut;
        assert_near(mean, expected, 0.02);
        let mut random = Generator::new(5);
        let draws: Vec<Duration> = (0..DRAWS).map(|_| distribution.draw(&mut random)).collect();
        assert!(draws.iter().all(|draw| (least..=most).contains(draw)));
        let above = (threshold_ms.powf(-shape) - ratio.powf(shape)) / uncut;
        let is_above = |draw: &&Duration| draw.as_nanos() as f64 > threshold_ms * 1e6;
        let found = draws.iter().filter(is_above).count();
        assert_near(found as f64 / DRAWS as f64, above, 0.03);
    }
}

#[test]
fn zipf_ranks_come_as_often_as_their_power_says() {
    for (ranks, exponent) in [
        (10, 0.0),
        (1000, 0.8),
        (1000, 1.0),
        (50, 1.0 + 1e-9),
        (1000, 2.5),
        (1, 1.0),
    ] {
        let zipf = Zipf::new(ranks, exponent);
        let mut random = Generator::new(2);
        let mut counts = vec![0_u64; ranks as usize + 1];
        for _ in 0..DRAWS {
            counts[zipf.rank(&mut random) as usize] += 1;
        }
        assert_eq!(counts[0], 0, "ranks begin with 1");
        let weight = |rank: usize| (rank as f64).powf(-exponent);
        let all: f64 = (1..=ranks as usize).map(weight).sum();
        for rank in [1, 2, 3, 10, 50, 1000] {
            let Some(count) = counts.get(rank) else {
                continue;
            };
            let expected = DRAWS as f64 * weight(rank) / all;
            let tolerance = 4.0 * expected.sqrt() + 1.0;
            let difference = (*count as f64 - expected).abs();
            assert!(
                difference < tolerance,
                "{count} of rank {rank} in {ranks}, exponent {exponent}; {expected} expected"
            );
        }
    }
}

#[test]
fn poisson_clients_come_in_as_many_a_second_as_poisson_says() {
    let mut random = Generator::new(4);
    let mut clients = OpenClients::poisson(100);
    let mut at_ns = 0;
    let mut seconds = vec![0_u64; 2000];
    loop {
        at_ns += clients.gap(&mut random).as_nanos();
        match seconds.get_mut((at_ns / 1_000_000_000) as usize) {
            Some(count) => *count += 1,
            None => break,
        }
    }
    let mean = seconds.iter().sum::<u64>() as f64 / seconds.len() as f64;
    let squares = seconds.iter().map(|count| (*count as f64 - mean).powi(2));
    let variance = squares.sum::<f64>() / seconds.len() as f64;
    assert_near(mean, 100.0, 0.01);
    assert_near(variance, 100.0, 0.1);
}

#[test]
fn every_number_below_a_bound_is_equally_likely() {
    let mut random = Generator::new(9);
    let mut counts = [0_u64; 7];
    for _ in 0..DRAWS {
        counts[random.below(7) as usize] += 1;
    }
    for count in counts {
        assert_near(count as f64, DRAWS as f64 / 7.0, 0.03);
    }
    // Of a range that is three quarters of all words, a plain product would give every third number twice as often.
    let thirds = (0..DRAWS).filter(|_| random.below(3 << 62).is_multiple_of(3));
    assert_near(thirds.count() as f64, DRAWS as f64 / 3.0, 0.02);
    assert_eq!(random.below(1), 0);
    assert_eq!(random.below(0), 0);
}

#[test]
fn one_seed_gives_one_run_and_streams_differ() {
    let draws = |mut random: Generator| (0..8).map(|_| random.next_u64()).collect::<Vec<_>>();
    assert_eq!(draws(Generator::new(1)), draws(Generator::new(1)));
    assert_ne!(draws(Generator::new(1)), draws(Generator::new(2)));
    let mut spent = Generator::new(1);
    spent.next_u64();
    assert_eq!(draws(Generator::new(1).stream(3)), draws(spent.stream(3)));
    assert_ne!(draws(spent.stream(3)), draws(spent.stream(4)));
    assert_ne!(draws(spent.stream(0)), draws(Generator::new(1)));
}
