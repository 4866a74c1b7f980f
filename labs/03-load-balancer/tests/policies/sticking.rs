//! Who stays with a server, and what happens when it is gone.

use load_balancer::policy::{Policy, Request, Server, StickyCookie, StickyTable};
use simulation::{Generator, Time};

fn request(key: u64, cookie: Option<u64>) -> Request {
    Request {
        cookie,
        ..Request::new(key, Time::START)
    }
}

#[test]
fn a_client_with_a_cookie_stays_until_its_server_is_gone_and_then_stays_with_the_next() {
    let mut policy = StickyCookie {
        secret: 99,
        ..StickyCookie::default()
    };
    let mut pool: Vec<Server> = [70, 71, 72].map(Server::new).to_vec();
    let cookie = policy.cookie(71);
    pool[1].connections = 1_000;
    assert_eq!(
        policy.choose(&pool, &request(0, Some(cookie))),
        Some(1),
        "its line does not matter"
    );
    pool[1].is_available = false;
    let next = policy.choose(&pool, &request(0, Some(cookie))).unwrap();
    assert_ne!(next, 1);
    let cookie = policy.cookie(pool[next as usize].id);
    pool[1].is_available = true;
    assert_eq!(policy.choose(&pool, &request(0, Some(cookie))), Some(next));
}

#[test]
fn a_cookie_finds_its_server_at_another_place_of_the_pool() {
    let mut policy = StickyCookie::default();
    let pool: Vec<Server> = [72, 70].map(Server::new).to_vec();
    let cookie = policy.cookie(70);
    assert_eq!(policy.choose(&pool, &request(0, Some(cookie))), Some(1));
}

#[test]
fn a_cookie_that_is_made_up_names_no_server() {
    let policy = StickyCookie {
        secret: 99,
        ..StickyCookie::default()
    };
    let other = StickyCookie {
        secret: 98,
        ..StickyCookie::default()
    };
    assert_eq!(policy.server_id(policy.cookie(71)), Some(71));
    assert_eq!(policy.server_id(71), None);
    assert_eq!(policy.server_id(policy.cookie(71) + 1), None);
    assert_eq!(policy.server_id(other.cookie(71)), None);
}

#[test]
fn a_key_stays_where_it_was_sent_until_that_server_is_gone() {
    let mut policy = Policy::named("sticky-table").unwrap();
    let mut random = Generator::new(1);
    let mut pool: Vec<Server> = (0..4).map(Server::new).collect();
    let mut ask = |pool: &[Server], key| {
        let request = request(key, None);
        let place = policy.choose(pool, &request, &mut random).unwrap();
        policy.sent(&pool[place as usize], &request);
        place
    };
    let first: Vec<u32> = (0..8).map(|key| ask(&pool, key)).collect();
    assert_eq!(
        first,
        [0, 1, 2, 3, 0, 1, 2, 3],
        "new keys: fewest connections, in turn"
    );
    let again: Vec<u32> = (0..8).rev().map(|key| ask(&pool, key)).collect();
    assert!(again.iter().eq(first.iter().rev()));
    pool[2].is_available = false;
    let place = ask(&pool, 2);
    assert_ne!(place, 2);
    pool[2].is_available = true;
    assert_eq!(
        ask(&pool, 2),
        place,
        "it was sent elsewhere, and stays there"
    );
    assert_eq!(ask(&pool, 6), 2, "nobody asked for it meanwhile");
}

#[test]
fn the_table_of_keys_keeps_its_size_and_a_newer_key_takes_the_row() {
    let mut policy = StickyTable::new(1);
    let pool: Vec<Server> = (0..2).map(Server::new).collect();
    policy.sent(&pool[1], &request(5, None));
    assert_eq!(policy.choose(&pool, &request(5, None)), Some(1));
    policy.sent(&pool[0], &request(6, None));
    assert_eq!(policy.rows().len(), 1);
    assert_eq!(policy.choose(&pool, &request(6, None)), Some(0));
    let forgotten: Vec<u32> = (0..4)
        .filter_map(|_| policy.choose(&pool, &request(5, None)))
        .collect();
    assert_eq!(forgotten, [0, 1, 0, 1], "as a new key: in turn");
}
