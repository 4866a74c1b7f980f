//! Loads in virtual time, over pipes in memory: what coordinated omission hides, and where requests wait.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::sync::watch;
use tokio::task::LocalSet;
use tokio::time::{Instant, sleep, sleep_until};

use super::connection::Dial;
use super::connections::Connections;
use super::generator::{Generator, Orders};
use super::request::Requester;
use super::{Closed, Failure, Open, Report, Think};
use crate::clock::Clock;

/// A server that needs a millisecond for an answer, and stalls once.
#[derive(Clone)]
struct Stalling {
    start: Instant,
    stall: std::ops::Range<Duration>,
    /// Closes each connection after so many answers, without saying so.
    answers_max: usize,
}

impl Stalling {
    fn between(from_s: u64, to_s: u64) -> Self {
        let stall = Duration::from_secs(from_s)..Duration::from_secs(to_s);
        Self {
            start: Instant::now(),
            stall,
            answers_max: usize::MAX,
        }
    }

    async fn serve(self, mut stream: DuplexStream) {
        let mut bytes = [0; 1024];
        let mut left = self.answers_max;
        while left > 0 && stream.read(&mut bytes).await.is_ok_and(|count| count > 0) {
            left -= 1;
            if self.stall.contains(&self.start.elapsed()) {
                sleep_until(self.start + self.stall.end).await;
            }
            sleep(Duration::from_millis(1)).await;
            let answer = b"HTTP/1.1 200 OK\r\nX-Server: a\r\nContent-Length: 2\r\n\r\nok";
            if stream.write_all(answer).await.is_err() {
                return;
            }
        }
    }
}

impl Dial for Stalling {
    type Stream = DuplexStream;

    async fn dial(&self) -> io::Result<DuplexStream> {
        let (ours, theirs) = tokio::io::duplex(4096);
        tokio::task::spawn_local(self.clone().serve(theirs));
        Ok(ours)
    }
}

fn nobody() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 9))
}

async fn run_open(open: Open, server: Stalling) -> Report {
    let (_orders, receiver) = watch::channel(Orders {
        rate: open.rate,
        stop: false,
    });
    let connections = Connections::new(server, open.connections_max);
    let requester = Requester::new(open.requests.clone(), open.target, open.seed);
    let recorder = std::sync::Arc::default();
    let generator = Generator::new(connections, requester, open.timeout);
    let generator = generator.with(std::sync::Arc::clone(&recorder), Clock::Runtime);
    LocalSet::new()
        .run_until(generator.open(&open, receiver))
        .await;
    recorder.lock().unwrap().report()
}

async fn run_closed(closed: Closed, server: Stalling) -> Report {
    let (_orders, receiver) = watch::channel(Orders {
        rate: 0.0,
        stop: false,
    });
    let connections = Connections::new(server, closed.clients);
    let requester = Requester::new(closed.requests.clone(), closed.target, closed.seed);
    let recorder = std::sync::Arc::default();
    let generator = Generator::new(connections, requester, closed.timeout);
    let generator = generator.with(std::sync::Arc::clone(&recorder), Clock::Runtime);
    LocalSet::new()
        .run_until(generator.closed(&closed, receiver))
        .await;
    recorder.lock().unwrap().report()
}

fn is_near(value: f64, expected: f64, share: f64) -> bool {
    (value - expected).abs() <= expected * share
}

/// The numbers are Gil Tene's example ("How NOT to measure latency"): 100 requests a second for 100 s, then a stall of
/// as long.
#[tokio::test(start_paused = true)]
async fn a_closed_loop_hides_a_stall_of_a_hundred_seconds() {
    let closed = Closed {
        think: Think::Every(Duration::from_millis(10)),
        duration: Duration::from_secs(200),
        timeout: Duration::from_secs(1000),
        ..Closed::new(nobody(), 1)
    };
    let report = run_closed(closed, Stalling::between(100, 200)).await;
    assert!(report.sent.abs_diff(10_001) <= 2, "{}", report.sent);
    assert!(
        is_near(report.latency.mean_ms(), 11.0, 0.01),
        "{}",
        report.latency.mean_ms()
    );
    assert!(
        is_near(report.latency.quantile_ms(0.9999), 1.0, 0.01),
        "{}",
        report.latency.quantile_ms(0.9999)
    );
    assert!(is_near(report.latency.max_ms(), 100_000.0, 0.01));
}

#[tokio::test(start_paused = true)]
async fn an_open_loop_shows_the_same_stall() {
    let open = Open {
        duration: Duration::from_secs(201),
        timeout: Duration::from_secs(1000),
        connections_max: 10_000,
        ..Open::new(nobody(), 100.0)
    };
    let report = run_open(open, Stalling::between(101, 201)).await;
    assert_eq!(
        (report.sent, report.answered(), report.failed(), report.open),
        (20_099, 20_099, 0, 0)
    );
    let latency = &report.latency;
    assert!(
        is_near(latency.mean_ms(), 25_000.0, 0.01),
        "{}",
        latency.mean_ms()
    );
    assert!(
        is_near(latency.quantile_ms(0.5), 1.0, 0.01),
        "{}",
        latency.quantile_ms(0.5)
    );
    assert!(
        is_near(latency.quantile_ms(0.75), 50_000.0, 0.01),
        "{}",
        latency.quantile_ms(0.75)
    );
    assert!(is_near(latency.quantile_ms(0.9999), 100_000.0, 0.01));
    assert!(
        is_near(report.seconds[150].p50_ms, 50_500.0, 0.01),
        "{:?}",
        report.seconds[150]
    );
}

#[tokio::test(start_paused = true)]
async fn a_request_that_finds_no_connection_waits_and_its_wait_counts() {
    // Two thousand a second for a connection that manages one thousand: the last waits as long as the load lasts, less its half.
    let open = Open {
        duration: Duration::from_secs(1),
        timeout: Duration::from_secs(100),
        connections_max: 1,
        ..Open::new(nobody(), 2000.0)
    };
    let report = run_open(open, Stalling::between(0, 0)).await;
    assert_eq!(report.answered(), 1999);
    assert!(
        is_near(report.latency.max_ms(), 1000.0, 0.01),
        "{}",
        report.latency.max_ms()
    );
}

#[tokio::test(start_paused = true)]
async fn requests_given_up_say_what_they_waited_for() {
    let open = Open {
        duration: Duration::from_millis(95),
        timeout: Duration::from_secs(1),
        connections_max: 4,
        ..Open::new(nobody(), 100.0)
    };
    let report = run_open(open, Stalling::between(0, 50)).await;
    assert_eq!(report.by_failure, [(Failure::Timeout, 9)].into());
    assert_eq!((report.sent, report.answered(), report.failed()), (9, 0, 9));
    assert_eq!(report.longest, Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn an_overload_is_accounted_for_and_nobody_waits_beyond_the_timeout() {
    let open = Open {
        duration: Duration::from_secs(1),
        timeout: Duration::from_millis(50),
        connections_max: 1,
        ..Open::new(nobody(), 2000.0)
    };
    let report = run_open(open, Stalling::between(0, 0)).await;
    assert!(
        report.by_failure[&Failure::Timeout] > 500,
        "{:?}",
        report.by_failure
    );
    assert_eq!(report.sent, report.answered() + report.failed());
    assert!(
        report.longest <= Duration::from_millis(52),
        "{:?}",
        report.longest
    );
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_was_closed_while_it_was_idle_is_not_used_again() {
    let closed = Closed {
        think: Think::Constant(Duration::from_millis(10)),
        count_max: 100,
        ..Closed::new(nobody(), 1)
    };
    let server = Stalling {
        answers_max: 3,
        ..Stalling::between(0, 0)
    };
    let report = run_closed(closed, server).await;
    assert_eq!(
        (report.answered(), report.failed()),
        (100, 0),
        "{}",
        report.failures()
    );
}
