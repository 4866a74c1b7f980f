//! Servers that reset, stall, answer garbage or close early.

use std::net::SocketAddr;

use kit::http1::client::SendError;
use socket2::{Domain, Socket, Type};
use tokio::io::AsyncReadExt;

use super::harness::{Backend, Front, Peer};

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const POST: &str = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody";
const PUT: &str = "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody";

/// What a server may do instead of answering.
async fn broken(way: &'static str) -> Backend {
    Backend::scripted(move |mut peer: Peer| async move {
        let _ = peer.request().await;
        match way {
            "resets" => peer.reset(),
            "closes" => {}
            "says garbage" => peer.say("garbage\r\n\r\n").await,
            "closes early" => peer.say("HTTP/1.1 200 OK\r\nContent-").await,
            // Holds the connection until the balancer gives up.
            _ => {
                while peer
                    .socket
                    .read(&mut [0; 64])
                    .await
                    .is_ok_and(|count| count > 0)
                {}
            }
        }
    })
    .await
}

const WAYS: [(&str, &str, u16); 5] = [
    ("resets", "reset", 502),
    ("closes", "empty-response", 502),
    ("says garbage", "malformed", 502),
    ("closes early", "truncated", 502),
    ("stalls", "response-timeout", 504),
];

#[tokio::test]
async fn a_request_that_may_be_repeated_is_sent_to_another_server() {
    for (way, reason, _) in WAYS {
        let (bad, good) = (broken(way).await, Backend::saying(OK).await);
        let front = Front::with(&[bad.address, good.address], |settings| {
            settings.timeouts.response_ms = 50;
        })
        .await;
        for request in ["GET / HTTP/1.1\r\nHost: a\r\n\r\n", PUT] {
            assert_eq!(
                front.visitor().await.send(request).await.text(),
                "ok",
                "{way}"
            );
        }
        assert!(good.last().ends_with("\r\n\r\nbody"));
        assert_eq!(
            front.failures().into_iter().collect::<Vec<_>>(),
            [(reason, 2)],
            "{way}"
        );
    }
}

#[tokio::test]
async fn a_request_that_may_not_be_repeated_is_not() {
    for (way, reason, status) in WAYS {
        let (bad, good) = (broken(way).await, Backend::saying(OK).await);
        let front = Front::with(&[bad.address, good.address], |settings| {
            settings.timeouts.response_ms = 50;
        })
        .await;
        let mut visitor = front.visitor().await;
        let response = visitor.send(POST).await;
        assert_eq!(response.status, status, "{way}");
        assert!(
            response.text().starts_with(&format!("{status} ")),
            "{}",
            response.text()
        );
        assert_eq!(good.requests().len(), 0);
        assert_eq!(
            front.failures().into_iter().collect::<Vec<_>>(),
            [(reason, 1)]
        );
        assert_eq!(
            visitor.send(POST).await.text(),
            "ok",
            "the client's connection goes on"
        );
    }
}

#[tokio::test]
async fn a_server_where_nobody_listens_costs_no_request() {
    let good = Backend::saying(OK).await;
    let front = Front::over(&[Backend::nobody().await, good.address]).await;
    for request in [POST, PUT, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"] {
        // Not a byte was sent to the first, so that even a POST may go to the second.
        assert_eq!(front.visitor().await.send(request).await.text(), "ok");
    }
    let nobody = Front::over(&[Backend::nobody().await, Backend::nobody().await]).await;
    let response = nobody.get("/").await;
    assert_eq!(response.status, 502);
    assert!(
        response.text().contains("refused the connection"),
        "{}",
        response.text()
    );
    let empty = Front::over(&[]).await;
    assert_eq!(empty.get("/").await.status, 503);
}

#[tokio::test]
async fn retries_have_a_budget_and_a_number_of_tries() {
    let bad = [
        broken("closes").await,
        broken("closes").await,
        broken("closes").await,
    ];
    let addresses = bad.each_ref().map(|backend| backend.address);
    let front = Front::with(&addresses, |settings| settings.retries.tries_max = 2).await;
    assert_eq!(front.get("/").await.status, 502);
    assert_eq!(bad.iter().map(Backend::connections).sum::<usize>(), 2);
    let frugal = Front::with(&addresses, |settings| {
        settings.retries.percent = 0;
        settings.retries.free_per_s = 0;
    })
    .await;
    assert_eq!(frugal.get("/").await.status, 502);
    assert_eq!(bad.iter().map(Backend::connections).sum::<usize>(), 3);
    assert_eq!(frugal.statistics().retries_refused, 1);
}

/// Answers once on each connection, then closes as the next request comes.
async fn forgetful() -> Backend {
    Backend::scripted(|mut peer: Peer| async move {
        peer.request().await;
        peer.say(OK).await;
        // The balancer cannot know it before it writes.
        let _ = peer.head().await;
        peer.reset();
    })
    .await
}

#[tokio::test]
async fn a_kept_connection_that_died_costs_no_request_that_may_be_repeated() {
    let backend = forgetful().await;
    let front = Front::over(&[backend.address]).await;
    let mut visitor = front.visitor().await;
    for _ in 0..4 {
        assert_eq!(visitor.send(PUT).await.text(), "ok");
    }
    assert!(front.failures().is_empty(), "it was nobody's fault");
    assert_eq!(visitor.send(POST).await.status, 502);
    assert_eq!(
        front.failures().into_iter().collect::<Vec<_>>(),
        [("stale-connection", 1)]
    );
}

#[tokio::test]
async fn a_kept_connection_that_was_closed_in_time_is_not_used() {
    let backend = Backend::saying_last(OK).await;
    let front = Front::over(&[backend.address]).await;
    let mut visitor = front.visitor().await;
    for _ in 0..4 {
        assert_eq!(visitor.send(POST).await.text(), "ok");
        // The balancer hears of the end in its next turn.
        tokio::task::yield_now().await;
    }
    assert!(front.failures().is_empty());
}

#[tokio::test]
async fn what_has_left_the_buffer_cannot_be_sent_again() {
    let (bad, good) = (broken("stalls").await, Backend::saying(OK).await);
    let front = Front::with(&[bad.address, good.address], |settings| {
        settings.limits.replay_bytes_max = 1_000;
        settings.timeouts.response_ms = 100;
    })
    .await;
    let body = "x".repeat(100_000);
    let put = format!("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n{body}");
    assert_eq!(front.visitor().await.send(&put).await.status, 504);
    assert_eq!(good.connections(), 0, "it was not even begun again");
}

/// A program that is there and accepts nothing: its kernel's queue is full, and what comes is dropped.
struct Full {
    address: SocketAddr,
    _listener: Socket,
    _waiting: Vec<Socket>,
}

impl Full {
    fn new() -> Full {
        let listener = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        listener.bind(&any.into()).unwrap();
        listener.listen(0).unwrap();
        let address = listener.local_addr().unwrap();
        let wait = |_| {
            let waiting = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
            waiting.set_nonblocking(true).unwrap();
            // In progress, for ever.
            let _ = waiting.connect(&address);
            waiting
        };
        Full {
            address: address.as_socket().unwrap(),
            _waiting: (0..4).map(wait).collect(),
            _listener: listener,
        }
    }
}

#[tokio::test]
#[cfg_attr(
    not(target_os = "linux"),
    ignore = "other kernels refuse when their queue is full"
)]
async fn a_connection_that_never_stands_is_given_up_for_another_server() {
    let (full, good) = (Full::new(), Backend::saying(OK).await);
    let front = Front::with(&[full.address, good.address], |settings| {
        settings.timeouts.connect_ms = 50;
    })
    .await;
    for _ in 0..2 {
        assert_eq!(front.get("/").await.text(), "ok");
    }
    let failures = front.failures().into_iter().collect::<Vec<_>>();
    assert_eq!(failures, [("connect-timeout", 2)]);
}

#[tokio::test]
async fn an_answer_that_stalls_or_breaks_off_is_seen_as_such() {
    for (way, reason) in [("stalls", "body-timeout"), ("resets", "reset")] {
        let backend = Backend::scripted(move |mut peer: Peer| async move {
            peer.request().await;
            peer.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
                .await;
            match way {
                "resets" => peer.reset(),
                _ => drop(peer.request().await),
            }
        })
        .await;
        let front = Front::with(&[backend.address], |settings| {
            settings.timeouts.body_ms = 30
        })
        .await;
        let half = front
            .visitor()
            .await
            .try_send(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            .await;
        assert!(
            matches!(half, Err(SendError::Reset(_) | SendError::Malformed(_))),
            "{half:?}"
        );
        let failures = front.failures().into_iter().collect::<Vec<_>>();
        assert!(
            matches!(failures[..], [(seen, 1)] if seen == reason || way == "resets"),
            "{failures:?}"
        );
    }
}
