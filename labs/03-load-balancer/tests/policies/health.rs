//! Noticing the dead (facts 23): how long it takes, what it costs, and what keeps a balancer from overdoing it.

use load_balancer::policy::health::{Ejection, Observation, Pool, Rules, SlowStart, Thresholds};
use load_balancer::policy::{RoundRobin, Server};
use simulation::{Duration, Events, Generator, Time};

use Observation::{ProbeAnswered, ProbeFailed, RequestAnswered, RequestFailed};

fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

fn at(secs: u64) -> Time {
    Time::from_secs(secs)
}

fn is_in_rotation(pool: &Pool, server: u32, now: Time) -> bool {
    let mut servers: Vec<Server> = (0..pool.servers().len() as u32).map(Server::new).collect();
    pool.apply(now, &mut servers);
    servers[server as usize].is_available
}

fn observe(pool: &mut Pool, server: u32, observations: &[Observation], now: Time) {
    for observation in observations {
        pool.observe(server, *observation, now);
    }
}

#[derive(Hash)]
enum Event {
    Asks,
    /// A probe is sent; a live server answers at once.
    Probes(u32),
    TimesOut(u32),
}

/// A balancer with probes, its clients, and one server that dies: how long until it is taken out, and how many requests fail.
struct Death {
    servers: u32,
    requests_per_s: u64,
    interval: Duration,
    timeout: Duration,
    rules: Rules,
}

impl Death {
    fn notice(&self, dies_at: Time) -> (Duration, u64) {
        const DYING: u32 = 1;
        let mut health = Pool::new(self.servers, self.rules);
        let mut servers: Vec<Server> = (0..self.servers).map(Server::new).collect();
        let mut turns = RoundRobin::default();
        let mut events = Events::new();
        events.schedule(Time::START, Event::Asks);
        (0..self.servers).for_each(|server| events.schedule(Time::START, Event::Probes(server)));
        let mut failed = 0;
        while let Some(event) = events.next_until(Time::NEVER) {
            let now = events.now();
            let is_dead = |server| server == DYING && now >= dies_at;
            match event {
                Event::Asks => {
                    events.after(Duration::of_rate(self.requests_per_s), Event::Asks);
                    let server = turns.choose(&servers).unwrap();
                    failed += u64::from(is_dead(server));
                    let observation = if is_dead(server) {
                        RequestFailed
                    } else {
                        RequestAnswered
                    };
                    health.observe(server, observation, now);
                }
                Event::Probes(server) => {
                    events.after(self.interval, Event::Probes(server));
                    if is_dead(server) {
                        events.after(self.timeout, Event::TimesOut(server));
                    } else {
                        health.observe(server, ProbeAnswered, now);
                    }
                }
                Event::TimesOut(server) => health.observe(server, ProbeFailed, now),
            }
            health.apply(now, &mut servers);
            if !servers[DYING as usize].is_available {
                return (now - dies_at, failed);
            }
        }
        unreachable!("probes never end")
    }
}

#[test]
fn active_probes_notice_a_death_within_three_intervals_and_a_time_out_and_requests_are_lost_until_then()
 {
    let death = Death {
        servers: 5,
        requests_per_s: 100,
        interval: secs(5),
        timeout: secs(2),
        rules: Rules {
            ejection: Ejection {
                failures: 0,
                ..Ejection::default()
            },
            ..Rules::default()
        },
    };
    let most = Pool::new(5, death.rules).noticed_after_max(death.interval, death.timeout);
    assert_eq!(most, secs(17));
    let mut random = Generator::new(1);
    let (mut shortest, mut longest) = (Duration::from_secs(99), Duration::ZERO);
    for _ in 0..200 {
        let dies_at = at(10) + Duration::from_millis(random.below(5_000));
        let (noticed_after, failed) = death.notice(dies_at);
        assert!(noticed_after <= most, "{noticed_after:?}");
        // A fifth of a hundred a second, for so long.
        let expected = 20.0 * noticed_after.as_millis() as f64 / 1_000.0;
        assert!(
            (failed as f64 - expected).abs() <= 1.0,
            "{failed} of {expected}"
        );
        (shortest, longest) = (shortest.min(noticed_after), longest.max(noticed_after));
    }
    // Depends on when it dies: just before a probe, or just after one.
    assert!(shortest < Duration::from_millis(12_100), "{shortest:?}");
    assert!(longest > Duration::from_millis(16_900), "{longest:?}");
}

#[test]
fn passive_checks_notice_a_death_after_five_requests_a_quarter_of_a_second_at_twenty_a_second() {
    let death = Death {
        servers: 5,
        requests_per_s: 100,
        interval: secs(1_000_000),
        timeout: secs(2),
        rules: Rules::default(),
    };
    let (noticed_after, failed) = death.notice(at(10) + Duration::from_millis(5));
    assert_eq!(failed, 5);
    assert!(
        noticed_after <= Duration::from_millis(250),
        "{noticed_after:?}"
    );
    assert!(
        noticed_after > Duration::from_millis(200),
        "{noticed_after:?}"
    );
}

#[test]
fn both_together_are_as_quick_as_the_quicker_one() {
    let rules = Rules::default();
    let death = |requests_per_s| Death {
        servers: 5,
        requests_per_s,
        interval: secs(5),
        timeout: secs(2),
        rules,
    };
    let (busy, _) = death(100).notice(at(10) + Duration::from_millis(5));
    assert!(busy <= Duration::from_millis(250), "{busy:?}");
    let (idle, failed) = death(1).notice(at(10) + Duration::from_millis(5));
    assert!(idle <= secs(17) && idle > secs(12), "{idle:?}");
    assert!(failed <= 4, "{failed}: a request every five seconds");
}

#[test]
fn three_failed_probes_take_a_server_out_and_two_answered_ones_bring_it_back() {
    let mut pool = Pool::new(4, Rules::default());
    observe(
        &mut pool,
        0,
        &[ProbeFailed, ProbeFailed, ProbeAnswered],
        at(1),
    );
    observe(&mut pool, 0, &[ProbeFailed, ProbeFailed], at(2));
    assert!(
        is_in_rotation(&pool, 0, at(2)),
        "an answer between starts the count anew"
    );
    observe(&mut pool, 0, &[ProbeFailed], at(3));
    assert!(!is_in_rotation(&pool, 0, at(3)));
    observe(
        &mut pool,
        0,
        &[ProbeAnswered, ProbeFailed, ProbeAnswered],
        at(4),
    );
    assert!(!is_in_rotation(&pool, 0, at(4)));
    observe(&mut pool, 0, &[ProbeAnswered], at(5));
    assert!(is_in_rotation(&pool, 0, at(5)));
}

#[test]
fn a_threshold_of_one_believes_every_probe() {
    let thresholds = Thresholds { rise: 1, fall: 1 };
    let mut pool = Pool::new(
        4,
        Rules {
            thresholds,
            ..Rules::default()
        },
    );
    observe(&mut pool, 0, &[ProbeFailed], at(1));
    assert!(!is_in_rotation(&pool, 0, at(1)));
    observe(&mut pool, 0, &[ProbeAnswered], at(2));
    assert!(is_in_rotation(&pool, 0, at(2)));
}

#[test]
fn an_answer_among_failed_requests_starts_the_count_anew() {
    let mut pool = Pool::new(4, Rules::default());
    observe(&mut pool, 0, &[RequestFailed; 4], at(1));
    observe(&mut pool, 0, &[RequestAnswered], at(1));
    observe(&mut pool, 0, &[RequestFailed; 4], at(1));
    assert!(is_in_rotation(&pool, 0, at(1)));
    observe(&mut pool, 0, &[RequestFailed], at(1));
    assert!(!is_in_rotation(&pool, 0, at(1)));
}

/// Fails requests until the server is ejected; when it comes back.
fn eject(pool: &mut Pool, now: Time) -> Time {
    observe(pool, 0, &[RequestFailed; 5], now);
    pool.servers()[0].observed.ejected_until.unwrap()
}

#[test]
fn each_ejection_lasts_longer_up_to_five_minutes_and_good_behaviour_is_forgiven() {
    let mut pool = Pool::new(4, Rules::default());
    let mut now = at(100);
    let mut lasted = Vec::new();
    for _ in 0..12 {
        let until = eject(&mut pool, now);
        assert!(!is_in_rotation(&pool, 0, until - Duration::from_nanos(1)));
        assert!(is_in_rotation(&pool, 0, until));
        lasted.push((until - now).as_secs());
        now = until;
    }
    assert_eq!(
        lasted,
        [30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 300, 300]
    );
    // Twelve ejections; each ten seconds without one take one off, up to all of them.
    assert_eq!(
        eject(&mut pool, now + secs(115)) - (now + secs(115)),
        secs(60)
    );
    let long_after = now + secs(10_000);
    assert_eq!(eject(&mut pool, long_after) - long_after, secs(30));
}

#[test]
fn requests_that_still_fail_during_an_ejection_do_not_lengthen_it() {
    let mut pool = Pool::new(4, Rules::default());
    let until = eject(&mut pool, at(1));
    observe(&mut pool, 0, &[RequestFailed; 20], at(2));
    assert_eq!(pool.servers()[0].observed.ejected_until, Some(until));
}

#[test]
fn an_answered_probe_ends_an_ejection() {
    let mut pool = Pool::new(4, Rules::default());
    eject(&mut pool, at(1));
    observe(&mut pool, 0, &[ProbeAnswered], at(2));
    assert!(is_in_rotation(&pool, 0, at(2)));
}

#[test]
fn an_answered_probe_ends_no_ejection_while_the_server_is_down_for_the_probes_as_well() {
    let mut pool = Pool::new(4, Rules::default());
    let until = eject(&mut pool, at(1));
    observe(&mut pool, 0, &[ProbeFailed; 3], at(2));
    observe(&mut pool, 0, &[ProbeAnswered], at(3));
    assert_eq!(pool.servers()[0].observed.ejected_until, Some(until));
    observe(&mut pool, 0, &[ProbeAnswered], at(4));
    assert!(is_in_rotation(&pool, 0, at(4)));
}

#[test]
fn probes_that_find_it_down_keep_an_ejected_server_out() {
    let mut pool = Pool::new(4, Rules::default());
    let until = eject(&mut pool, at(1));
    observe(&mut pool, 0, &[ProbeFailed; 3], at(2));
    assert!(!is_in_rotation(&pool, 0, until));
}

#[test]
fn no_more_than_a_tenth_of_the_pool_is_ejected_but_always_one() {
    for (servers, most) in [(1, 1), (4, 1), (19, 1), (20, 2), (29, 2), (30, 3)] {
        let mut pool = Pool::new(servers, Rules::default());
        (0..servers).for_each(|server| observe(&mut pool, server, &[RequestFailed; 9], at(1)));
        let ejected = pool
            .servers()
            .iter()
            .filter(|health| !health.is_healthy(at(1)))
            .count();
        assert_eq!(ejected, most, "of {servers}");
    }
}

#[test]
fn when_less_than_half_is_healthy_all_get_requests_again() {
    let mut pool = Pool::new(5, Rules::default());
    let mut in_rotation = Vec::new();
    for server in 0..5 {
        observe(&mut pool, server, &[ProbeFailed; 3], at(1));
        in_rotation.push(
            (0..5)
                .filter(|server| is_in_rotation(&pool, *server, at(1)))
                .count(),
        );
    }
    assert_eq!(in_rotation, [4, 3, 5, 5, 5]);
    pool.rules.panic_percent = 0;
    assert!(
        !(0..5).any(|server| is_in_rotation(&pool, server, at(1))),
        "without panic nobody is left"
    );
}

#[test]
fn exactly_half_is_no_reason_to_panic() {
    let mut pool = Pool::new(4, Rules::default());
    (0..2).for_each(|server| observe(&mut pool, server, &[ProbeFailed; 3], at(1)));
    assert!(!pool.is_panicking(at(1)));
}

#[test]
fn slow_start_follows_envoys_formula() {
    let minute = |aggression_percent| SlowStart {
        window: secs(60),
        aggression_percent,
        ..SlowStart::default()
    };
    let ramp = |seconds| minute(100).ramp_permille(secs(seconds));
    assert_eq!(
        [0, 3, 6, 15, 30, 59, 60, 1_000].map(ramp),
        [100, 100, 100, 250, 500, 983, 1_000, 1_000]
    );
    assert_eq!(
        minute(200).ramp_permille(secs(15)),
        500,
        "the root of a quarter"
    );
    assert_eq!(
        minute(50).ramp_permille(secs(30)),
        250,
        "the square of a half"
    );
    let short = SlowStart {
        window: secs(5),
        ..SlowStart::default()
    };
    assert_eq!(
        short.ramp_permille(secs(0)),
        200,
        "the first second counts as a whole one"
    );
    assert_eq!(SlowStart::default().ramp_permille(secs(0)), 1_000, "off");
}

#[test]
fn a_server_starts_slowly_when_it_comes_back_but_not_when_the_balancer_starts() {
    let slow_start = SlowStart {
        window: secs(60),
        ..SlowStart::default()
    };
    let mut pool = Pool::new(
        4,
        Rules {
            slow_start,
            ..Rules::default()
        },
    );
    let ramp = |pool: &Pool, now| {
        let mut servers: Vec<Server> = (0..4).map(Server::new).collect();
        pool.apply(now, &mut servers);
        servers[0].ramp_permille
    };
    assert_eq!(ramp(&pool, at(0)), 1_000);
    observe(&mut pool, 0, &[ProbeFailed; 3], at(10));
    observe(&mut pool, 0, &[ProbeAnswered; 2], at(20));
    assert_eq!(ramp(&pool, at(20)), 100);
    assert_eq!(ramp(&pool, at(50)), 500);
    assert_eq!(ramp(&pool, at(80)), 1_000);
    let until = eject(&mut pool, at(100));
    assert_eq!(ramp(&pool, until), 100);
    assert_eq!(ramp(&pool, until + secs(30)), 500);
}
