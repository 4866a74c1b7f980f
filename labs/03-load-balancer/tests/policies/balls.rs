//! Balls into bins (facts 1): how uneven chance is, and what a second look does to it.

use load_balancer::policy::{Random, Server, TwoChoices};
use simulation::Generator;

/// Throws as many requests as there are servers, none of which is ever answered; the longest line.
fn longest_line(
    count: u32,
    mut choose: impl FnMut(&[Server], &mut Generator) -> Option<u32>,
    random: &mut Generator,
) -> u32 {
    let mut pool: Vec<Server> = (0..count).map(Server::new).collect();
    for _ in 0..count {
        let place = choose(&pool, random).expect("all servers are available");
        pool[place as usize].connections += 1;
    }
    pool.iter().map(|server| server.connections).max().unwrap()
}

#[test]
fn of_a_million_servers_the_unluckiest_gets_eight_to_ten_requests_by_chance() {
    let mut random = Generator::new(1);
    let longest = longest_line(
        1_000_000,
        |pool, random| Random.choose(pool, random),
        &mut random,
    );
    assert!((7..=13).contains(&longest), "{longest}");
}

#[test]
fn of_a_million_servers_the_longest_line_is_three_or_four_with_two_choices() {
    let mut random = Generator::new(2);
    let longest = longest_line(
        1_000_000,
        |pool, random| TwoChoices.choose(pool, random),
        &mut random,
    );
    assert!((3..=4).contains(&longest), "{longest}");
}

#[test]
fn of_a_thousand_servers_the_longest_line_is_mostly_five_by_chance_and_three_with_two_choices() {
    let mut random = Generator::new(3);
    let (mut fives, mut threes) = (0, 0);
    for _ in 0..300 {
        let by_chance = longest_line(
            1_000,
            |pool, random| Random.choose(pool, random),
            &mut random,
        );
        let of_two = longest_line(
            1_000,
            |pool, random| TwoChoices.choose(pool, random),
            &mut random,
        );
        fives += u32::from(by_chance == 5);
        threes += u32::from(of_two == 3);
    }
    // Theory and a thousand independent runs: 54 % and 98.9 %. Four standard deviations of 300 runs.
    assert!((162 - 35..=162 + 35).contains(&fives), "{fives}");
    assert!(threes >= 297 - 8, "{threes}");
}
