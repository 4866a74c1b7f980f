//! Origins as their clients see them.

use std::time::Duration;

use super::*;
use crate::http1::client::{Client, Request, Response};
use crate::load::{self, Closed, Failure, Open, Paths, Report, Requests};

fn origin(settings: OriginSettings) -> Origin {
    Origin::start(settings).unwrap()
}

fn plain() -> Origin {
    origin(OriginSettings::new("a"))
}

async fn get(origin: &Origin, path: &str) -> Response {
    let request = Request::new("GET", path, &[("Host", "localhost")]);
    Client::new(origin.address()).send(&request).await.unwrap()
}

/// Waits until a running load has come so far; its thread and ours share a lock, so we look only now and then.
async fn until(running: &load::Running, holds: impl Fn(&Report) -> bool) {
    let mut looks = tokio::time::interval(Duration::from_millis(1));
    while !holds(&running.so_far()) {
        looks.tick().await;
    }
}

/// Ten requests, one after the other.
async fn ten(origin: &Origin, timeout: Duration) -> Report {
    let closed = Closed {
        count_max: 10,
        timeout,
        ..Closed::new(origin.address(), 1)
    };
    let report = load::closed(closed).await.unwrap();
    assert_eq!(
        (
            report.sent,
            report.answered() + report.failed(),
            report.open
        ),
        (10, 10, 0)
    );
    report
}

const PATIENT: Duration = Duration::from_secs(20);
const HASTY: Duration = Duration::from_millis(20);

#[tokio::test]
async fn an_answer_has_the_servers_name_and_as_many_bytes_as_asked_for() {
    let origin = origin(OriginSettings {
        body_bytes: 100_000,
        ..OriginSettings::new("shop-1")
    });
    let answer = get(&origin, "/anything").await;
    assert_eq!(
        (answer.status, answer.header("x-server"), answer.body.len()),
        (200, Some("shop-1"), 100_000)
    );
    assert!(answer.text().starts_with("Hello from shop-1.\n"));
    assert_eq!(get(&origin, "/healthz").await.text(), "ok\n");
    assert_eq!(get(&origin, "/bytes/200001").await.body.len(), 200_001);
    let counts = origin.counts();
    assert_eq!(
        (counts.requests, counts.served, counts.health_checks),
        (2, 2, 1)
    );
}

#[tokio::test]
async fn a_stopped_server_refuses_and_comes_back_on_the_same_port_without_its_cache() {
    let cache = Some(Cache {
        keys_max: 10,
        miss: Duration::ZERO,
    });
    let origin = origin(OriginSettings {
        cache,
        ..OriginSettings::new("a")
    });
    let address = origin.address();
    assert_eq!(get(&origin, "/key").await.header("x-cache"), Some("miss"));
    assert_eq!(get(&origin, "/key").await.header("x-cache"), Some("hit"));
    let kept = Client::new(address).connect().await.unwrap();
    origin.stop();
    drop(kept);
    assert_eq!(
        ten(&origin, PATIENT).await.by_failure,
        [(Failure::ConnectRefused, 10)].into()
    );
    assert_eq!((origin.counts().open, origin.counts().connections), (0, 0));
    origin.start_again().unwrap();
    assert_eq!(origin.address(), address);
    assert_eq!(get(&origin, "/key").await.header("x-cache"), Some("miss"));
    assert_eq!((origin.counts().hits, origin.counts().misses), (1, 2));
}

#[tokio::test]
async fn a_frozen_server_accepts_and_answers_nobody_until_it_thaws() {
    let origin = plain();
    origin.freeze();
    assert_eq!(
        ten(&origin, HASTY).await.by_failure,
        [(Failure::Timeout, 10)].into()
    );
    let client = Client::new(origin.address());
    let request = Request::new("GET", "/healthz", &[("Host", "localhost")]);
    let mut health_check = std::pin::pin!(client.send(&request));
    assert!(
        tokio::time::timeout(HASTY, &mut health_check)
            .await
            .is_err()
    );
    origin.thaw();
    assert_eq!(health_check.await.unwrap().status, 200);
    assert_eq!(ten(&origin, PATIENT).await.unsuccessful(), 0);
}

#[tokio::test]
async fn each_fault_is_what_its_clients_see() {
    let origin = plain();
    let faults = [
        (Fault::Reset, Failure::Reset),
        (Fault::Empty, Failure::Empty),
        (Fault::Garbage, Failure::Malformed),
        (Fault::CloseEarly, Failure::ClosedEarly),
    ];
    for (fault, failure) in faults {
        origin.fail(fault, 100);
        assert_eq!(
            ten(&origin, PATIENT).await.by_failure,
            [(failure, 10)].into()
        );
        assert_eq!(get(&origin, "/healthz").await.status, 200);
        origin.fail(fault, 0);
    }
    origin.fail(Fault::Stall, 100);
    assert_eq!(
        ten(&origin, HASTY).await.by_failure,
        [(Failure::Timeout, 10)].into()
    );
    origin.heal();
    origin.fail(Fault::Status(500), 100);
    assert_eq!(ten(&origin, PATIENT).await.by_status, [0, 0, 0, 0, 0, 10]);
    assert_eq!(origin.counts().faulty, 60);
    origin.heal();
    assert_eq!(ten(&origin, PATIENT).await.by_status, [0, 0, 10, 0, 0, 0]);
}

#[tokio::test]
async fn a_full_queue_is_said_at_once() {
    let work = Work::Constant(Duration::from_secs(30));
    let origin = origin(OriginSettings {
        work,
        workers: 2,
        queue_max: 3,
        ..OriginSettings::new("a")
    });
    let ten = Open {
        count_max: 10,
        timeout: PATIENT,
        ..Open::new(origin.address(), 5000.0)
    };
    let running = load::Running::open(ten).unwrap();
    until(&running, |report| report.answered() == 5).await;
    let counts = origin.counts();
    assert_eq!((counts.refused, counts.waiting, counts.working), (5, 3, 2));
    assert_eq!(get(&origin, "/").await.text(), "The queue is full.\n");
    origin.stop();
    let report = running.report().await.unwrap();
    assert_eq!(
        (report.by_status[5], report.failed()),
        (5, 5),
        "{}",
        report.failures()
    );
}

#[tokio::test]
async fn work_takes_at_least_its_time_and_longer_when_slowed_or_not_at_hand() {
    let settings = OriginSettings {
        work: Work::Constant(Duration::from_millis(2)),
        cache: Some(Cache {
            keys_max: 5,
            miss: Duration::from_millis(3),
        }),
        ..OriginSettings::new("a")
    };
    let origin = origin(settings);
    let report = ten(&origin, PATIENT).await;
    assert!(
        report.latency.mean_ms() >= 2.3,
        "{}",
        report.latency.mean_ms()
    );
    origin.slow(300);
    assert!(ten(&origin, PATIENT).await.latency.mean_ms() >= 6.0);
    origin.slow(100);
    let paths = Paths::Keys {
        prefix: "/key/".to_owned(),
        count: 1_000_000,
        exponent: 0.0,
    };
    let requests = Requests {
        paths,
        ..Requests::default()
    };
    let closed = Closed {
        requests,
        count_max: 10,
        ..Closed::new(origin.address(), 1)
    };
    assert!(load::closed(closed).await.unwrap().latency.mean_ms() >= 5.0);
}

#[tokio::test]
async fn a_draining_server_says_so_and_goes_on_answering() {
    let origin = plain();
    origin.set_draining(true);
    assert_eq!(get(&origin, "/healthz").await.status, 503);
    let answer = get(&origin, "/").await;
    assert_eq!(
        (answer.status, answer.header("connection")),
        (200, Some("close"))
    );
    origin.set_draining(false);
    assert_eq!(get(&origin, "/healthz").await.status, 200);
}

#[tokio::test]
async fn bodies_of_requests_are_read_and_nonsense_is_refused() {
    let origin = plain();
    let requests = Requests {
        post_share: 0.5,
        post_body_bytes: 200_000,
        ..Requests::default()
    };
    let closed = Closed {
        requests,
        count_max: 20,
        ..Closed::new(origin.address(), 2)
    };
    assert_eq!(
        load::closed(closed).await.unwrap().by_status,
        [0, 0, 20, 0, 0, 0]
    );
    let nonsense = Request::raw(*b"GET / HTTP/1.1\nHost: a\n\n");
    let answer = Client::new(origin.address()).send(&nonsense).await.unwrap();
    assert_eq!(
        (answer.status, answer.header("connection")),
        (400, Some("close"))
    );
}

#[tokio::test]
async fn a_server_killed_under_load_costs_requests_and_every_one_is_accounted_for() {
    let origin = plain();
    let running = load::Running::open(Open {
        timeout: Duration::from_secs(1),
        ..Open::new(origin.address(), 2000.0)
    });
    let running = running.unwrap();
    until(&running, |report| report.answered() >= 100).await;
    origin.stop();
    let refused = |report: &Report| report.by_failure.get(&Failure::ConnectRefused).copied();
    until(&running, |report| refused(report) >= Some(100)).await;
    running.stop();
    let report = running.report().await.unwrap();
    assert_eq!(
        (report.sent, report.open),
        (report.answered() + report.failed(), 0)
    );
}

#[test]
fn settings_that_make_no_sense_are_refused_with_what_to_write() {
    let refused = |settings: OriginSettings| Origin::start(settings).err().unwrap().to_string();
    let settings = OriginSettings::new("a");
    let message = refused(OriginSettings {
        address: "0.0.0.0:0".parse().unwrap(),
        ..settings.clone()
    });
    assert_eq!(
        message,
        "an origin listens on this machine only, such as 127.0.0.1; got 0.0.0.0:0"
    );
    assert_eq!(
        refused(OriginSettings {
            workers: 0,
            ..settings.clone()
        }),
        "workers is at least 1; got 0"
    );
    let work = Work::Mix(vec![(0.5, Duration::ZERO)]);
    assert_eq!(
        refused(OriginSettings { work, ..settings }),
        "the shares of mixed work add up to 1; they are 0.5"
    );
}
