//! What each policy must and must not choose.

use load_balancer::policy::{
    LeastConnections, Maglev, PeakEwma, Policy, Request, RoundRobin, Server, TwoChoices,
    WeightedRoundRobin,
};
use simulation::{Duration, Generator, Time};

fn equal_servers(count: u32) -> Vec<Server> {
    (0..count).map(Server::new).collect()
}

fn request(key: u64) -> Request {
    Request::new(key, Time::START)
}

/// All policies; Maglev with a small table, since some tests fill it a thousand times.
fn all_policies() -> impl Iterator<Item = Policy> {
    let named = |(name, _)| match Policy::named(name).expect("a name of the list is a policy") {
        Policy::Maglev(_) => Policy::Maglev(Maglev::new(251)),
        policy => policy,
    };
    Policy::NAMES.into_iter().map(named)
}

#[test]
fn no_policy_ever_chooses_a_server_that_takes_no_requests() {
    let mut random = Generator::new(7);
    for mut policy in all_policies() {
        for _ in 0..1_000 {
            let mut pool = equal_servers(random.below(6) as u32);
            for server in &mut pool {
                server.is_available = random.below(2) == 0;
                server.weight = random.below(3) as u32;
                server.connections = random.below(4) as u32;
            }
            policy.rebuild(&pool);
            let chosen = policy.choose(&pool, &request(random.next_u64()), &mut random);
            let name = policy.names().0;
            match chosen {
                Some(place) => assert!(pool[place as usize].takes_requests(), "{name}: {pool:?}"),
                None => assert!(!pool.iter().any(Server::takes_requests), "{name}: {pool:?}"),
            }
        }
    }
}

#[test]
fn of_no_servers_no_policy_chooses_one() {
    let mut random = Generator::new(7);
    for mut policy in all_policies() {
        let chosen = policy.choose(&[], &request(1), &mut random);
        assert_eq!(chosen, None, "{}", policy.names().0);
    }
}

#[test]
fn every_policy_notices_that_a_server_has_joined_or_left() {
    let mut random = Generator::new(3);
    for mut policy in all_policies() {
        for count in [3, 5, 1, 4] {
            let pool = equal_servers(count);
            let mut chosen: Vec<u32> = (0..400)
                .filter_map(|key| policy.choose(&pool, &request(key), &mut random))
                .collect();
            assert_eq!(chosen.len(), 400, "{}", policy.names().0);
            chosen.sort_unstable();
            chosen.dedup();
            let expected: Vec<u32> = (0..count).collect();
            assert_eq!(chosen, expected, "{}", policy.names().0);
        }
    }
}

#[test]
fn every_name_brings_its_policy() {
    for (name, label) in Policy::NAMES {
        let policy = Policy::named(name);
        assert_eq!(policy.map(|policy| policy.names()), Some((name, label)));
    }
    assert!(Policy::named("Round robin").is_none());
}

#[test]
fn round_robin_takes_turns_and_passes_over_who_is_out() {
    let mut pool = equal_servers(4);
    let mut policy = RoundRobin::default();
    let mut turns =
        |pool: &[Server]| -> Vec<u32> { (0..5).filter_map(|_| policy.choose(pool)).collect() };
    assert_eq!(turns(&pool), [0, 1, 2, 3, 0]);
    pool[2].is_available = false;
    assert_eq!(turns(&pool), [1, 3, 0, 1, 3]);
}

#[test]
fn smooth_weighted_round_robin_mixes_5_1_1_as_nginx_does() {
    let mut pool = equal_servers(3);
    pool[0].weight = 5;
    let mut policy = WeightedRoundRobin::default();
    let order: Vec<u32> = (0..14).filter_map(|_| policy.choose(&pool)).collect();
    assert_eq!(order, [0, 0, 1, 0, 2, 0, 0, 0, 0, 1, 0, 2, 0, 0]);
}

#[test]
fn a_server_in_slow_start_gets_that_part_of_its_turns() {
    let mut pool = equal_servers(2);
    pool[1].ramp_permille = 100;
    let mut policy = WeightedRoundRobin::default();
    let turns = (0..110).filter(|_| policy.choose(&pool) == Some(1)).count();
    assert_eq!(turns, 10);
    assert_eq!(policy.credit(), [0, 0]);
}

#[test]
fn least_connections_weighs_the_lines_and_takes_turns_among_equals() {
    let mut pool = equal_servers(3);
    let mut policy = LeastConnections::default();
    let order: Vec<u32> = (0..6).filter_map(|_| policy.choose(&pool)).collect();
    assert_eq!(order, [0, 1, 2, 0, 1, 2]);
    for (server, (weight, connections)) in pool.iter_mut().zip([(1, 3), (4, 8), (2, 6)]) {
        (server.weight, server.connections) = (weight, connections);
    }
    assert_eq!(
        policy.choose(&pool),
        Some(1),
        "8 of weight 4 are fewer than 3 of weight 1"
    );
    pool[1].connections = 12;
    let tied: Vec<u32> = (0..7).filter_map(|_| policy.choose(&pool)).collect();
    let turns = [0, 1, 2].map(|place| tied.iter().filter(|chosen| **chosen == place).count());
    assert_eq!(turns, [1, 4, 2], "by weight among equals: {tied:?}");
}

#[test]
fn two_choices_never_take_the_longest_line_and_all_others_by_how_many_are_longer() {
    let mut pool = equal_servers(5);
    for (server, connections) in pool.iter_mut().zip([4, 3, 2, 1, 0]) {
        server.connections = connections;
    }
    let mut random = Generator::new(11);
    let mut counts = [0_u32; 5];
    for _ in 0..10_000 {
        counts[TwoChoices.choose(&pool, &mut random).unwrap() as usize] += 1;
    }
    // Of the ten pairs, the server with i longer lines wins i.
    for (place, count) in (0..).zip(counts) {
        assert!(count.abs_diff(place * 1_000) <= 4 * 50, "{counts:?}");
    }
}

#[test]
fn peak_ewma_believes_a_slow_answer_at_once_and_forgets_it_slowly() {
    let pool = equal_servers(2);
    let mut random = Generator::new(5);
    let mut policy = PeakEwma::default();
    let at = Time::from_secs;
    policy.choose(&pool, at(0), &mut random);
    let average_ms = |policy: &PeakEwma| policy.averages()[0].latency.as_millis();
    policy.answered(0, Duration::from_millis(10), at(1));
    assert_eq!(average_ms(&policy), 10);
    policy.answered(0, Duration::from_millis(1_000), at(2));
    assert_eq!(average_ms(&policy), 1_000);
    // After one decay time 1/e = 0.368 of the old average is left: 0.368 × 1,000 + 0.632 × 10.
    policy.answered(0, Duration::from_millis(10), at(12));
    assert_eq!(average_ms(&policy), 374);
}

#[test]
fn peak_ewma_avoids_the_slow_server_until_its_average_has_decayed() {
    let pool = equal_servers(2);
    let mut random = Generator::new(5);
    let mut policy = PeakEwma::default();
    policy.choose(&pool, Time::START, &mut random);
    policy.answered(0, Duration::from_millis(500), Time::START);
    policy.answered(1, Duration::from_millis(50), Time::START);
    // The quick one answers every second, so its average is 50 ms × e^−0.1 when it is looked at. The slow one is not asked,
    // and its 500 ms are less than that after 10 s × (ln 10 + 0.1) = 24.03 s.
    let mut asked_at_s = None;
    for second in 1..60 {
        let now = Time::from_secs(second);
        if policy.choose(&pool, now, &mut random) == Some(0) {
            asked_at_s = Some(second);
            break;
        }
        policy.answered(1, Duration::from_millis(50), now);
    }
    assert_eq!(asked_at_s, Some(25));
}

#[test]
fn peak_ewma_gives_a_new_server_one_request_and_waits_for_its_answer() {
    let mut pool = equal_servers(2);
    let mut random = Generator::new(5);
    let mut policy = PeakEwma::default();
    policy.choose(&pool, Time::START, &mut random);
    policy.answered(0, Duration::from_millis(50), Time::START);
    assert_eq!(policy.choose(&pool, Time::START, &mut random), Some(1));
    pool[1].connections = 1;
    pool[0].connections = 1_000;
    assert_eq!(policy.choose(&pool, Time::START, &mut random), Some(0));
}

#[test]
fn equal_seeds_give_equal_digests_and_each_choice_of_a_policy_that_remembers_changes_its_own() {
    let run = |mut policy: Policy, requests: u64| {
        let mut pool = equal_servers(5);
        let mut random = Generator::new(1);
        for key in 0..requests {
            let place = policy.choose(&pool, &request(key), &mut random).unwrap();
            let server = &mut pool[place as usize];
            server.connections += 1;
            policy.sent(server, &request(key));
            policy.answered(place, Duration::from_millis(key), Time::from_millis(key));
        }
        policy.digest()
    };
    for policy in all_policies() {
        assert_eq!(
            run(policy.clone(), 7),
            run(policy.clone(), 7),
            "{}",
            policy.names().0
        );
        let remembers = matches!(
            policy,
            Policy::RoundRobin(_)
                | Policy::WeightedRoundRobin(_)
                | Policy::LeastConnections(_)
                | Policy::PeakEwma(_)
                | Policy::StickyCookie(_)
                | Policy::StickyTable(_)
        );
        let differs = run(policy.clone(), 7) != run(policy.clone(), 8);
        assert_eq!(differs, remembers, "{}", policy.names().0);
    }
}
