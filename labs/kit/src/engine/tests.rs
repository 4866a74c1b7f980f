//! The engines that are installed here, with real requests. Where one is missing, its tests say so and pass; with
//! `CI=true` they fail.

use std::io::Write;
use std::net::SocketAddr;
use std::time::Duration;

use super::*;
use crate::load::{self, Closed, Open, Paths, Requests, Visitors};
use crate::origin::{Origin, OriginSettings};

fn origins(count: usize) -> (Vec<Origin>, Vec<SocketAddr>) {
    let start =
        |number: usize| Origin::start(OriginSettings::new(&format!("s{}", number + 1))).unwrap();
    let origins: Vec<Origin> = (0..count).map(start).collect();
    let addresses = origins.iter().map(Origin::address).collect();
    (origins, addresses)
}

fn installed() -> Vec<Program> {
    let is_there = |program: &Program| match program.find() {
        Ok(_) => true,
        Err(missing) => {
            assert!(std::env::var_os("CI").is_none(), "{missing}");
            let _ = writeln!(std::io::stderr(), "skipped: {missing}");
            false
        }
    };
    [Program::Nginx, Program::Haproxy]
        .into_iter()
        .filter(is_there)
        .collect()
}

fn three_hundred(target: SocketAddr) -> Open {
    Open {
        count_max: 300,
        timeout: Duration::from_secs(20),
        ..Open::new(target, 3000.0)
    }
}

#[tokio::test]
async fn engines_spread_requests_over_the_servers_and_end_with_us() {
    for program in installed() {
        let (_origins, servers) = origins(3);
        let engine = Engine::balance(program, &Balancing::new(&servers)).unwrap();
        let report = load::open(three_hundred(engine.address())).await.unwrap();
        assert_eq!(
            (report.answered(), report.unsuccessful()),
            (300, 0),
            "{}",
            report.failures()
        );
        let counts: Vec<u64> = report.by_server.values().copied().collect();
        assert_eq!(counts, [100, 100, 100], "{}", engine.name());
        assert!(engine.processor_time().unwrap() < Duration::from_secs(20));
        assert!(engine.process().resident_bytes().unwrap() > 500_000);
        let (pid, folder) = (engine.process().pid(), engine.folder.path().to_owned());
        engine.stop();
        assert!(!Path::new(&format!("/proc/{pid}")).exists() && !folder.exists());
    }
}

#[tokio::test]
async fn every_policy_of_every_engine_serves_at_both_layers() {
    for program in installed() {
        let (_origins, servers) = origins(2);
        for layer in [Layer::Four, Layer::Seven] {
            for policy in program.policies(layer) {
                let balancing = Balancing {
                    layer,
                    policy: policy.to_owned(),
                    ..Balancing::new(&servers)
                };
                let engine = Engine::balance(program, &balancing).unwrap();
                let open = Open {
                    count_max: 20,
                    ..three_hundred(engine.address())
                };
                let report = load::open(open).await.unwrap();
                assert_eq!(
                    (report.answered(), report.unsuccessful()),
                    (20, 0),
                    "{} {policy}",
                    engine.name()
                );
            }
        }
    }
}

#[tokio::test]
async fn a_drained_server_gets_no_new_requests_until_it_is_ready() {
    for program in installed() {
        let (_origins, servers) = origins(2);
        let mut engine = Engine::balance(program, &Balancing::new(&servers)).unwrap();
        engine.drain(0).unwrap();
        wait_until(&engine, |servers| !servers.contains(&"s1".to_owned())).await;
        engine.ready(0).unwrap();
        wait_until(&engine, |servers| servers.contains(&"s1".to_owned())).await;
    }
}

/// nginx reads its configuration some time after it is told to.
async fn wait_until(engine: &Engine, holds: impl Fn(&[String]) -> bool) {
    for _ in 0..200 {
        let open = Open {
            count_max: 10,
            ..three_hundred(engine.address())
        };
        let report = load::open(open).await.unwrap();
        if holds(&report.by_server.into_keys().collect::<Vec<_>>()) {
            return;
        }
    }
    panic!("{} never came to it", engine.name());
}

#[tokio::test]
async fn haproxy_says_whom_it_takes_to_be_down_and_nginx_says_nothing() {
    for program in installed() {
        let (origins, servers) = origins(2);
        let balancing = Balancing {
            checks: Some(Checks {
                interval: Duration::from_millis(20),
                timeout: Duration::from_millis(500),
                rise: 1,
                fall: 1,
            }),
            ..Balancing::new(&servers)
        };
        let engine = Engine::balance(program, &balancing).unwrap();
        if program == Program::Nginx {
            assert_eq!(engine.is_up(0).unwrap(), None);
            continue;
        }
        assert!(engine.is_up(2).is_err());
        assert_eq!(engine.is_up(0).unwrap(), Some(true));
        origins[0].stop();
        wait_until(&engine, |_| engine.is_up(0).unwrap() == Some(false)).await;
        assert_eq!(engine.is_up(1).unwrap(), Some(true));
        origins[0].start_again().unwrap();
        wait_until(&engine, |_| engine.is_up(0).unwrap() == Some(true)).await;
    }
}

#[tokio::test]
async fn haproxy_keeps_visitors_with_their_server_by_a_cookie() {
    if !installed().contains(&Program::Haproxy) {
        return;
    }
    let (_origins, servers) = origins(3);
    let balancing = Balancing {
        policy: "sticky-cookie".to_owned(),
        ..Balancing::new(&servers)
    };
    let engine = Engine::haproxy(&balancing).unwrap();
    let requests = Requests {
        visitors: Some(Visitors {
            count: 1,
            exponent: 0.0,
        }),
        ..Requests::default()
    };
    let closed = Closed {
        requests,
        count_max: 300,
        ..Closed::new(engine.address(), 1)
    };
    let report = load::closed(closed).await.unwrap();
    assert_eq!(report.by_server.into_values().collect::<Vec<_>>(), [300]);
}

#[tokio::test]
async fn a_hash_ring_sends_a_key_to_the_same_server_every_time() {
    for program in installed() {
        let (origins, servers) = origins(3);
        let balancing = Balancing {
            policy: "hash-ring".to_owned(),
            ..Balancing::new(&servers)
        };
        let engine = Engine::balance(program, &balancing).unwrap();
        let paths = Paths::One("/one-key".to_owned());
        let requests = Requests {
            paths,
            ..Requests::default()
        };
        load::open(Open {
            requests,
            ..three_hundred(engine.address())
        })
        .await
        .unwrap();
        let mut served: Vec<u64> = origins
            .iter()
            .map(|origin| origin.counts().requests)
            .collect();
        served.sort_unstable();
        assert_eq!(served, [0, 0, 300], "{}", engine.name());
    }
}

#[test]
fn what_an_engine_cannot_do_is_one_line_that_says_what_it_can() {
    for program in installed() {
        let policy = "peak-ewma".to_owned();
        let balancing = Balancing {
            policy,
            ..Balancing::new(&["127.0.0.1:9".parse().unwrap()])
        };
        let error = Engine::balance(program, &balancing)
            .err()
            .unwrap()
            .to_string();
        let name = program.name();
        assert!(
            error.starts_with(&format!(
                "{name} has no policy like peak-ewma; it has round-robin"
            )),
            "{error}"
        );
    }
}

#[test]
fn a_configuration_that_an_engine_refuses_is_told_in_its_words() {
    for program in installed() {
        let error = Engine::start(program, &|_| Ok("nonsense on;\n".to_owned()))
            .err()
            .unwrap();
        let text = format!("{error:#}");
        assert!(
            text.contains("did not start: it ended at once and said:") && text.contains("nonsense"),
            "{text}"
        );
    }
}
