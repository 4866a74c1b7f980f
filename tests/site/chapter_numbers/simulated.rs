//! Numbers of the chapters that no formula gives: small simulations, seeded. The labs will run them on their own code.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// Exponential with this mean, in nanoseconds.
    fn exponential(&mut self, mean: f64) -> u64 {
        let uniform = ((self.next() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64;
        (-uniform.ln() * mean) as u64
    }
}

const SECOND: u64 = 1_000_000_000;

#[derive(Clone, Copy)]
enum Policy {
    Random,
    RoundRobin,
    TwoChoices,
    AllCounts,
}

impl Policy {
    fn choose(self, waiting: &[usize], turn: usize, random: &mut Random) -> usize {
        let servers = waiting.len();
        match self {
            Policy::Random => random.below(servers),
            Policy::RoundRobin => turn % servers,
            Policy::TwoChoices => {
                let first = random.below(servers);
                let second = (first + 1 + random.below(servers - 1)) % servers;
                if waiting[second] < waiting[first] {
                    second
                } else {
                    first
                }
            }
            Policy::AllCounts => {
                let start = random.below(servers);
                let order = (0..servers).map(|step| (start + step) % servers);
                order.min_by_key(|server| waiting[*server]).unwrap()
            }
        }
    }
}

/// Mean time from arrival to answer, in lengths of an average request: 100 equal servers, 90 % busy, Poisson arrivals,
/// exponential lengths; the first 800 lengths are left out.
fn mean_time(policy: Policy, seed: u64, end: u64) -> f64 {
    let mut random = Random(seed);
    let (mut waiting, mut free) = (vec![0_usize; 100], vec![0_u64; 100]);
    let mut departures = BinaryHeap::new();
    let (mut now, mut turn, mut total, mut count) = (0, 0, 0.0, 0.0);
    while now < end * SECOND {
        now += random.exponential(SECOND as f64 / 90.0);
        while let Some(Reverse((_, server))) = departures
            .peek()
            .filter(|Reverse((time, _))| *time <= now)
            .copied()
        {
            waiting[server] -= 1;
            departures.pop();
        }
        let server = policy.choose(&waiting, turn, &mut random);
        turn += 1;
        free[server] = free[server].max(now) + random.exponential(SECOND as f64);
        waiting[server] += 1;
        departures.push(Reverse((free[server], server)));
        if now > 800 * SECOND {
            total += (free[server] - now) as f64 / SECOND as f64;
            count += 1.0;
        }
    }
    total / count
}

#[test]
fn of_chapter_3_who_gets_the_next_request() {
    super::says(
        3,
        &["about 5.2 for round robin, and about 1.1 for looking at all 100 counts".into()],
    );
    let expected = [
        (Policy::Random, 10.0, 6000),
        (Policy::RoundRobin, 5.2, 6000),
        (Policy::TwoChoices, 2.61, 3000),
        (Policy::AllCounts, 1.06, 2000),
    ];
    for (policy, wanted, end) in expected {
        let mean = (0..3).map(|seed| mean_time(policy, seed, end)).sum::<f64>() / 3.0;
        assert!(
            (mean / wanted - 1.0).abs() < 0.05,
            "simulated {mean:.3}, the chapter says about {wanted}"
        );
    }
}

/// Visitors answered a second in the last five of thirty minutes: one server of 100 a second, an endless line, visitors who
/// give up after a second and ask again three times, and ten seconds of standstill after a minute.
fn goodput(visitors_a_second: f64, seed: u64) -> f64 {
    let (work, patience, end) = (SECOND / 100, SECOND, 1800 * SECOND);
    let mut random = Random(seed);
    let mut sends = BinaryHeap::new();
    let mut arrival = random.exponential(SECOND as f64 / visitors_a_second);
    while arrival < end {
        sends.push(Reverse((arrival, 0)));
        arrival += random.exponential(SECOND as f64 / visitors_a_second);
    }
    let (mut free, mut answered) = (0, 0_u32);
    while let Some(Reverse((sent, retries))) = sends.pop() {
        let start = free.max(sent);
        let stands_still = (60 * SECOND..70 * SECOND).contains(&start);
        free = if stands_still { 70 * SECOND } else { start } + work;
        if free <= sent + patience {
            answered += u32::from((1500 * SECOND..end).contains(&free));
        } else if retries < 3 {
            sends.push(Reverse((sent + patience, retries + 1)));
        }
    }
    f64::from(answered) / 300.0
}

#[test]
fn of_chapter_8_a_storm_that_outlives_its_cause() {
    for seed in 0..3 {
        assert_eq!(goodput(26.0, seed), 0.0, "26 a second never recover");
        assert!(
            (goodput(24.0, seed) / 24.0 - 1.0).abs() < 0.05,
            "24 a second recover"
        );
    }
}
