//! Loads over real sockets, watched and told while they run.

use std::net::SocketAddr;
use std::time::Duration;

use super::closed as closed_to_its_end;
use super::*;
use crate::http1::client::{Client, Request};
use crate::origin::{Origin, OriginSettings};

fn origin() -> Origin {
    Origin::start(OriginSettings::new("a")).unwrap()
}

fn endless(target: SocketAddr, rate: f64) -> Open {
    Open {
        duration: Duration::from_secs(3600),
        timeout: Duration::from_secs(60),
        ..Open::new(target, rate)
    }
}

/// Waits until a running load has come so far; its thread and ours share a lock, so we look only now and then.
async fn until(running: &Running, holds: impl Fn(&Report) -> bool) {
    let mut looks = tokio::time::interval(Duration::from_millis(1));
    while !holds(&running.so_far()) {
        looks.tick().await;
    }
}

#[tokio::test]
async fn a_load_begins_and_ends_when_it_is_told() {
    let origin = origin();
    let running = Running::open(endless(origin.address(), 0.0)).unwrap();
    assert_eq!(running.so_far().sent, 0);
    running.set_rate(5000.0).unwrap();
    until(&running, |report| report.answered() >= 100).await;
    running.stop();
    let report = running.report().await.unwrap();
    assert_eq!((report.sent, report.open), (report.answered(), 0));
    assert_eq!(report.by_server["a"], report.answered());
    assert_eq!(origin.counts().requests, report.sent);
}

#[tokio::test]
async fn a_load_that_is_dropped_sends_no_more() {
    let origin = origin();
    let running = Running::open(endless(origin.address(), 5000.0)).unwrap();
    until(&running, |report| report.answered() >= 10).await;
    drop(running);
    // Its connections are closed with its thread.
    let mut looks = tokio::time::interval(Duration::from_millis(1));
    while origin.counts().connections > 0 {
        looks.tick().await;
    }
    let sent = origin.counts().requests;
    let request = Request::new("GET", "/healthz", &[("Host", "localhost")]);
    assert_eq!(
        Client::new(origin.address())
            .send(&request)
            .await
            .unwrap()
            .status,
        200
    );
    assert_eq!(origin.counts().requests, sent);
}

#[tokio::test]
async fn connections_are_used_again_unless_the_requests_say_close() {
    for (keep_alive, most) in [(true, 4), (false, 200)] {
        let origin = origin();
        let requests = Requests {
            keep_alive,
            ..Requests::default()
        };
        let closed = Closed {
            requests,
            count_max: 200,
            ..Closed::new(origin.address(), 4)
        };
        let report = closed_to_its_end(closed).await.unwrap();
        assert_eq!((report.sent, report.answered()), (200, 200));
        assert_eq!(origin.counts().connections_accepted, most);
    }
}

#[test]
fn settings_that_make_no_sense_are_refused_with_what_to_write() {
    let here: SocketAddr = "127.0.0.1:9".parse().unwrap();
    let refused = |open: Open| Running::open(open).err().unwrap().to_string();
    let elsewhere = Open::new("192.0.2.1:80".parse().unwrap(), 1.0);
    assert_eq!(
        refused(elsewhere),
        "192.0.2.1:80 is not this machine: load goes to loopback addresses such as 127.0.0.1 unless remote_allowed is set"
    );
    assert_eq!(
        refused(Open::new(here, -1.0)),
        "rate is requests a second, from 0 to 50000; got -1"
    );
    assert_eq!(
        refused(Open::new(here, f64::NAN)),
        "rate is requests a second, from 0 to 50000; got NaN"
    );
    let requests = Requests {
        paths: Paths::One("no slash".to_owned()),
        ..Requests::default()
    };
    assert_eq!(
        refused(Open {
            requests,
            ..Open::new(here, 1.0)
        }),
        "a path begins with / and has no spaces; got \"no slash\""
    );
    let none = Running::closed(Closed::new(here, 0))
        .err()
        .unwrap()
        .to_string();
    assert_eq!(none, "clients is from 1 to 10000; got 0");
}
