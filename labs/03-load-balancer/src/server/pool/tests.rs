//! The pool alone, with the time as an argument.

use simulation::Duration;

use super::*;
use crate::policy::health::SlowStart;

fn second(secs: u64) -> Time {
    Time::from_secs(secs)
}

fn address(number: u16) -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], number))
}

fn settings(policy: &str, servers: u16) -> PoolSettings {
    PoolSettings {
        servers: (0..servers).map(|n| address(n).into()).collect(),
        policy: Policy::named(policy).unwrap(),
        ..PoolSettings::default()
    }
}

fn pool(policy: &str, servers: u16) -> Arc<Pool> {
    Pool::new(&settings(policy, servers), 1)
}

fn chosen(pool: &Arc<Pool>, key: u64, now: Time) -> Option<u32> {
    let ask = Ask {
        key,
        ..Ask::default()
    };
    let lease = pool.choose(&ask, now)?;
    let server = lease.server();
    lease.answered(Duration::from_millis(1), now);
    Some(server)
}

fn fail(pool: &Arc<Pool>, server: u32, now: Time) {
    let ids = pool.addresses().into_iter().map(|(id, _)| id);
    let others: Vec<u32> = ids.filter(|id| *id != server).collect();
    let ask = Ask {
        tried: &others,
        ..Ask::default()
    };
    let lease = pool.choose(&ask, now).unwrap();
    lease.failed(Failure::Reset, now);
}

fn happenings(pool: &Pool, server: u32) -> Vec<Happening> {
    let events = pool.events(0).into_iter();
    let own = events.filter(|event| event.server == Some(server));
    own.map(|event| event.what).collect()
}

#[test]
fn every_policy_chooses_while_servers_come_and_go() {
    for (name, _) in Policy::NAMES {
        let pool = pool(name, 3);
        for round in 0..300_u64 {
            let ids: Vec<u32> = pool.addresses().iter().map(|(id, _)| *id).collect();
            let server = chosen(&pool, round, second(round)).unwrap();
            assert!(ids.contains(&server), "{name} chose one that has left");
            if round % 7 == 3 {
                pool.remove(ids[round as usize % ids.len()], second(round));
                pool.add(address(round as u16).into(), second(round));
            }
            if round % 11 == 5 {
                pool.add(address(round as u16).into(), second(round));
            } else if ids.len() > 2 && round % 5 == 2 {
                pool.remove(ids[0], second(round));
            }
        }
        let total = pool.statistics(second(300)).total;
        assert_eq!((total.chosen, total.answered), (300, 300), "{name}");
    }
}

#[test]
fn hashed_keys_move_only_from_the_server_that_left() {
    for name in ["hash-ring", "rendezvous"] {
        let pool = pool(name, 4);
        let home = |key| chosen(&pool, key, second(0)).unwrap();
        let before: Vec<u32> = (0..200).map(home).collect();
        pool.remove(1, second(0));
        let after: Vec<u32> = (0..200).map(home).collect();
        for (old, new) in before.into_iter().zip(after) {
            assert!(
                old == new || old == 1,
                "{name}: a key of {old} moved to {new}"
            );
        }
    }
}

#[test]
fn a_removed_servers_latency_is_not_its_successors() {
    let pool = pool("peak-ewma", 2);
    // Server 0 is slow, server 1 quick; then the slow one leaves and a third joins at the place of the second.
    for (server, latency_ms) in [(0_u32, 500), (1, 1)] {
        let ask = Ask {
            tried: &[1 - server],
            ..Ask::default()
        };
        let lease = pool.choose(&ask, second(1)).unwrap();
        lease.answered(Duration::from_millis(latency_ms), second(1));
    }
    pool.remove(0, second(1));
    let third = pool.add(address(9).into(), second(1));
    let ask = Ask {
        tried: &[1],
        ..Ask::default()
    };
    let lease = pool.choose(&ask, second(1)).unwrap();
    lease.answered(Duration::from_millis(100), second(1));
    let mut wins = 0;
    for _ in 0..100 {
        wins += u32::from(pool.choose(&Ask::default(), second(1)).unwrap().server() == third);
    }
    assert_eq!(wins, 0, "1 ms is better than 100 ms");
}

#[test]
fn a_draining_server_finishes_what_it_has_and_gets_nothing_new() {
    let pool = pool("round-robin", 2);
    let lease = pool.choose(&Ask::default(), second(1)).unwrap();
    let draining = lease.server();
    pool.drain(draining, second(2));
    assert!((0..10).all(|_| chosen(&pool, 0, second(2)) != Some(draining)));
    lease.answered(Duration::from_millis(3), second(3));
    pool.ready(draining, second(4));
    assert!((0..10).any(|_| chosen(&pool, 0, second(4)) == Some(draining)));
    let told = happenings(&pool, draining);
    let left_and_back = [Happening::Draining, Happening::Drained, Happening::Ready];
    assert_eq!(told[1..], left_and_back);
}

#[test]
fn a_draining_server_stays_out_of_a_panic() {
    let pool = pool("random", 2);
    pool.drain(0, second(1));
    for _ in 0..3 {
        pool.probed(0, false, second(1));
        pool.probed(1, false, second(1));
    }
    assert!(pool.statistics(second(1)).is_panicking);
    assert!((0..20).all(|_| chosen(&pool, 0, second(1)) == Some(1)));
}

#[test]
fn probes_take_a_server_out_and_bring_it_back() {
    let pool = pool("round-robin", 3);
    (0..3).for_each(|at| pool.probed(1, false, second(at)));
    assert!((0..9).all(|_| chosen(&pool, 0, second(3)) != Some(1)));
    (3..5).for_each(|at| pool.probed(1, true, second(at)));
    assert!((0..9).any(|_| chosen(&pool, 0, second(5)) == Some(1)));
    let told = happenings(&pool, 1);
    assert_eq!(told[4..], [Happening::Down, Happening::Up]);
}

#[test]
fn five_failures_in_a_row_eject_and_time_readmits() {
    let pool = pool("round-robin", 3);
    (0..5).for_each(|_| fail(&pool, 2, second(1)));
    assert!((0..9).all(|_| chosen(&pool, 0, second(30)) != Some(2)));
    assert!((0..9).any(|_| chosen(&pool, 0, second(31)) == Some(2)));
    let told = happenings(&pool, 2);
    assert_eq!(told[1..], [Happening::Ejected, Happening::Readmitted]);
}

#[test]
fn what_the_client_does_is_not_held_against_the_server() {
    let pool = pool("round-robin", 1);
    for reason in [Failure::ClientGone, Failure::StaleConnection] {
        for _ in 0..10 {
            let lease = pool.choose(&Ask::default(), second(1)).unwrap();
            lease.failed(reason, second(1));
        }
    }
    drop(pool.choose(&Ask::default(), second(1)));
    let server = &pool.servers(second(1))[0];
    assert_eq!((server.failures_in_row, server.open), (0, 0));
    assert_eq!(server.counts.failed.of(Failure::ClientGone), 11);
    assert_eq!(server.counts.chosen, server.counts.failed.total());
}

#[test]
fn errors_of_the_server_count_only_when_asked() {
    for (counts, expected) in [(false, 0), (true, 3)] {
        let settings = PoolSettings {
            server_errors_count: counts,
            ..settings("random", 1)
        };
        let pool = Pool::new(&settings, 1);
        for _ in 0..3 {
            let lease = pool.choose(&Ask::default(), second(1)).unwrap();
            lease.failed(Failure::ServerError, second(1));
        }
        assert_eq!(pool.servers(second(1))[0].failures_in_row, expected);
    }
}

#[test]
fn a_retry_goes_to_a_server_that_was_not_tried() {
    for (name, _) in Policy::NAMES {
        let pool = pool(name, 3);
        for key in 0..50 {
            let ask = |tried| Ask {
                key,
                cookie: None,
                tried,
            };
            let lease = pool.choose(&ask(&[0, 2]), second(1)).unwrap();
            assert_eq!(lease.server(), 1, "{name}");
            assert!(pool.choose(&ask(&[0, 1, 2]), second(1)).is_none(), "{name}");
        }
        let statistics = pool.statistics(second(1));
        assert_eq!((statistics.requests, statistics.unserved), (0, 50));
        // Where there is no server left, nothing is taken from the budget.
        assert_eq!(statistics.retries_granted, 50, "{name}");
        assert!(statistics.servers.iter().all(|server| server.in_rotation));
    }
}

#[test]
fn a_full_server_gets_nothing_until_one_is_answered() {
    let settings = PoolSettings {
        open_max: Some(2),
        ..settings("round-robin", 1)
    };
    let pool = Pool::new(&settings, 1);
    let first = pool.choose(&Ask::default(), second(1)).unwrap();
    let _second = pool.choose(&Ask::default(), second(1)).unwrap();
    assert!(pool.choose(&Ask::default(), second(1)).is_none());
    drop(first);
    assert!(pool.choose(&Ask::default(), second(1)).is_some());
}

#[test]
fn a_server_that_comes_back_starts_slowly() {
    let settings = PoolSettings {
        rules: Rules {
            slow_start: SlowStart {
                window: Duration::from_secs(10),
                ..SlowStart::default()
            },
            ..Rules::default()
        },
        ..settings("weighted-round-robin", 3)
    };
    let pool = Pool::new(&settings, 1);
    (0..3).for_each(|_| pool.probed(0, false, second(1)));
    (0..2).for_each(|_| pool.probed(0, true, second(2)));
    let ramp = |at| pool.servers(second(at))[0].ramp_permille;
    assert_eq!((ramp(3), ramp(7), ramp(12)), (100, 500, 1_000));
}

#[test]
fn the_cookie_is_set_once_and_moves_when_its_server_drains() {
    let pool = pool("sticky-cookie", 3);
    let first = pool.choose(&Ask::default(), second(1)).unwrap();
    let cookie = first.cookie_to_set();
    let ask = Ask {
        cookie,
        ..Ask::default()
    };
    for _ in 0..5 {
        let again = pool.choose(&ask, second(1)).unwrap();
        assert_eq!(
            (again.server(), again.cookie_to_set()),
            (first.server(), None)
        );
    }
    pool.drain(first.server(), second(2));
    let moved = pool.choose(&ask, second(2)).unwrap();
    assert_ne!(moved.server(), first.server());
    assert!(moved.cookie_to_set().is_some());
}

#[test]
fn a_lease_outlives_its_server() {
    let pool = pool("random", 1);
    let lease = pool.choose(&Ask::default(), second(1)).unwrap();
    pool.remove(0, second(1));
    pool.add(address(7).into(), second(1));
    lease.answered(Duration::from_millis(1), second(2));
    let statistics = pool.statistics(second(2));
    assert_eq!((statistics.total.chosen, statistics.total.answered), (1, 1));
    assert_eq!(statistics.servers[0].counts, Counts::default());
}

#[tokio::test]
async fn whoever_waits_for_the_last_answer_is_woken() {
    let pool = pool("random", 1);
    let lease = pool.choose(&Ask::default(), second(1)).unwrap();
    pool.drain(0, second(1));
    let waiting = tokio::spawn({
        let pool = Arc::clone(&pool);
        async move { pool.wait_until_idle(0).await }
    });
    tokio::task::yield_now().await;
    assert!(!waiting.is_finished());
    lease.answered(Duration::from_millis(1), second(2));
    waiting.await.unwrap();
}

#[test]
fn a_pool_that_is_told_goes_by_what_it_was_told_until_it_is_told_again() {
    let pool = pool("least-connections", 3);
    let hold = || pool.choose(&Ask::default(), second(1)).unwrap();
    pool.tell_open([(0, 5), (1, 2), (2, 9)].into());
    let leases: Vec<Lease> = (0..20).map(|_| hold()).collect();
    assert!(leases.iter().all(|lease| lease.server() == 1));
    pool.tell_open([(0, 5), (1, 22)].into());
    assert_eq!(hold().server(), 2);
}
