//! The systems of the experiments: what is done to their servers shows, and their digest sees everything.

use load_balancer::model::affinity::{self, Affinity};
use load_balancer::model::fleet::{Choosing, Fleet, Settings, Visitors, Work};
use simulation::{Duration, Time};

const WORK: Duration = Duration::from_millis(15);

fn settings(policy: &'static str) -> Settings {
    Settings::new(policy, 4, 120, Work::Uneven(WORK))
}

fn run(fleet: &mut Fleet, seconds: u64) {
    fleet.run_for(Duration::from_secs(seconds));
}

#[test]
fn the_digest_of_a_fleet_sees_the_seed_and_a_nanosecond() {
    let digest = |seed, late| {
        let mut fleet = Fleet::new(seed, settings("two-choices"));
        run(&mut fleet, 1);
        fleet.postpone_next(Duration::from_nanos(late));
        run(&mut fleet, 9);
        fleet.digest()
    };
    assert_eq!(digest(1, 0), digest(1, 0));
    assert_ne!(digest(1, 0), digest(2, 0));
    assert_ne!(digest(1, 0), digest(1, 1));
}

#[test]
fn every_request_is_answered_or_has_failed_when_nobody_sends_any_more() {
    for retries in [0, 1] {
        let mut settings = settings("round-robin");
        settings.retries_max = retries;
        let mut fleet = Fleet::new(1, settings);
        run(&mut fleet, 5);
        fleet.stop(1);
        run(&mut fleet, 5);
        fleet.stop_sending();
        run(&mut fleet, 60);
        let seen = fleet.seen();
        assert_eq!(seen.sent, seen.answered + seen.failed);
        assert_eq!(seen.failed == 0, retries == 1, "{} failed", seen.failed);
    }
}

#[test]
fn a_drained_server_finishes_and_gets_nothing_new() {
    let mut fleet = Fleet::new(1, settings("round-robin"));
    run(&mut fleet, 5);
    fleet.drain(2);
    run(&mut fleet, 5);
    let answered = fleet.seen().answered_by[2];
    run(&mut fleet, 5);
    assert_eq!(
        (fleet.inside()[2], fleet.seen().answered_by[2]),
        (0, answered)
    );
    fleet.ready(2);
    run(&mut fleet, 5);
    assert!(fleet.seen().answered_by[2] > answered);
    assert_eq!(fleet.seen().failed, 0);
}

#[test]
fn a_connection_of_layer_4_stays_until_its_server_stops() {
    let mut settings = settings("round-robin");
    settings.rate_per_s = 20;
    settings.choosing = Choosing::PerConnection;
    settings.visitors = Some(Visitors {
        count: 1,
        skew_percent: 0,
    });
    let mut fleet = Fleet::new(1, settings);
    run(&mut fleet, 10);
    let served: Vec<usize> = (0..4)
        .filter(|server| fleet.seen().answered_by[*server] > 0)
        .collect();
    let [home] = served[..] else {
        panic!("{served:?}")
    };
    fleet.count_from_now();
    fleet.stop(home as u32);
    run(&mut fleet, 10);
    assert_eq!(fleet.seen().answered_by[home], 0);
    assert_eq!(fleet.seen().moves, 1);
}

#[test]
fn an_old_board_is_believed_until_it_is_written_again() {
    use load_balancer::model::fleet::News;
    let longest = |news| {
        let mut settings = settings("least-connections");
        settings.news = news;
        let mut fleet = Fleet::new(1, settings);
        fleet.run_until(Time::from_secs(60));
        fleet.seen().longest
    };
    let (own, old) = (
        longest(News::OwnCounts),
        longest(News::Board(Duration::from_secs(1))),
    );
    assert!(own < 15 && old > 60, "{own}, {old}");
}

#[test]
fn the_digest_of_keys_and_caches_sees_every_request() {
    let settings = affinity::Settings {
        servers: 3,
        policy: "hash-ring",
        keys: 100,
        skew_percent: 80,
        kept_per_server: 10,
    };
    let digest = |seed, requests| {
        let mut affinity = Affinity::new(seed, settings.clone());
        affinity.ask(requests);
        affinity.digest()
    };
    assert_eq!(digest(1, 50), digest(1, 50));
    assert_ne!(digest(1, 50), digest(1, 51));
    assert_ne!(digest(1, 50), digest(2, 50));
}
