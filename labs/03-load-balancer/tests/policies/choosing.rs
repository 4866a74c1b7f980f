//! What each policy must and must not choose.

use load_balancer::policy::{Maglev, Policy, Request, Server, WeightedRoundRobin};
use simulation::{Generator, Time};

fn equal_servers(count: u32) -> Vec<Server> {
    (0..count).map(Server::new).collect()
}

fn request(key: u64) -> Request {
    Request::new(key, Time::default())
}

/// All policies; Maglev with a small table, since it is filled a thousand times.
fn all_policies() -> impl Iterator<Item = Policy> {
    let named = |(name, _)| match Policy::named(name).expect("a name of the list is a policy") {
        Policy::Maglev(_) => Policy::Maglev(Maglev::new(251)),
        policy => policy,
    };
    Policy::NAMES.into_iter().map(named)
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
            let key = random.next_u64();
            let chosen = policy.choose(&pool, &request(key), &mut random);
            let name = policy.names().0;
            match chosen {
                Some(place) => assert!(pool[place as usize].takes_requests(), "{name}: {pool:?}"),
                None => assert!(!pool.iter().any(Server::takes_requests), "{name}: {pool:?}"),
            }
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
