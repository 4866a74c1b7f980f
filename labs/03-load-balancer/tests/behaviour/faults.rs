//! Servers that reset, stall, answer garbage or close early; clients that are slow, silent or gone.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use kit::http1::client::SendError;
use tokio::io::{AsyncReadExt, AsyncWriteExt, Interest};
use tokio::net::TcpStream;

use super::harness::{Backend, Front, Peer, read_to_end};

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
    assert_eq!(good.requests().len(), 0);
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

#[tokio::test]
async fn slow_heads_and_slow_bodies_are_given_up() {
    let backend = Backend::saying(OK).await;
    let front = Front::with(&[backend.address], |settings| {
        settings.timeouts.head_ms = 40;
        settings.timeouts.client_ms = 40;
    })
    .await;
    for (begun, status) in [
        ("GET / HTTP/1.1\r\nHo", 408),
        (
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf",
            408,
        ),
        (
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe",
            408,
        ),
    ] {
        let mut socket = TcpStream::connect(front.address).await.unwrap();
        socket.write_all(begun.as_bytes()).await.unwrap();
        let answer = read_to_end(&mut socket).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{begun}: {answer}"
        );
        assert!(answer.contains("\r\nConnection: close\r\n"));
    }
    // Byte after byte does not help: the head has its time as a whole.
    let mut socket = TcpStream::connect(front.address).await.unwrap();
    let (mut reader, mut writer) = socket.split();
    let dribble = async {
        while writer.write_all(b"x").await.is_ok() {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    };
    let mut answer = Vec::new();
    tokio::select! {
        _ = reader.read_to_end(&mut answer) => {}
        () = dribble => {}
    }
    assert!(
        answer.starts_with(b"HTTP/1.1 408 "),
        "{}",
        answer.escape_ascii()
    );
    assert!(backend.requests().is_empty());
}

#[tokio::test]
async fn who_says_nothing_is_let_go_without_a_word() {
    let backend = Backend::saying(OK).await;
    let front = Front::with(&[backend.address], |settings| {
        settings.timeouts.head_ms = 20;
        settings.timeouts.keep_alive_ms = 20;
    })
    .await;
    let mut silent = TcpStream::connect(front.address).await.unwrap();
    assert_eq!(read_to_end(&mut silent).await, "");
    let mut visitor = front.visitor().await;
    visitor.get("/").await;
    assert_eq!(read_to_end(&mut visitor.into_socket().0).await, "");
    let mut gone = TcpStream::connect(front.address).await.unwrap();
    gone.write_all(b"GET / HTTP/1.1\r\nHo").await.unwrap();
    gone.shutdown().await.unwrap();
    assert!(read_to_end(&mut gone).await.starts_with("HTTP/1.1 400 "));
}

#[tokio::test]
async fn a_client_that_has_sent_all_may_close_its_side_and_still_gets_its_answer() {
    let backend = Backend::saying(OK).await;
    let front = Front::over(&[backend.address]).await;
    let mut socket = TcpStream::connect(front.address).await.unwrap();
    socket
        .write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        .await
        .unwrap();
    socket.shutdown().await.unwrap();
    assert!(read_to_end(&mut socket).await.ends_with("\r\n\r\nok"));
}

#[tokio::test]
async fn a_client_that_does_not_read_is_given_up_and_its_server_is_not_blamed() {
    let large = "x".repeat(20 << 20);
    let backend = Backend::saying(format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{large}",
        large.len()
    ))
    .await;
    let front = Front::with(&[backend.address], |settings| {
        settings.timeouts.client_ms = 40
    })
    .await;
    let mut socket = TcpStream::connect(front.address).await.unwrap();
    socket
        .write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        .await
        .unwrap();
    // The balancer resets the connection, so that the client notices.
    socket.ready(Interest::ERROR).await.unwrap();
    assert_eq!(
        front.failures().into_iter().collect::<Vec<_>>(),
        [("client-timeout", 1)]
    );
}

#[tokio::test]
async fn a_flood_waits_outside_and_is_served_in_turn() {
    let backend = Backend::saying(OK).await;
    let front = Front::with(&[backend.address], |settings| {
        settings.limits.connections_max = 10
    })
    .await;
    let answered = Arc::new(AtomicUsize::new(0));
    let clients: Vec<_> = (0..200)
        .map(|_| {
            let (address, answered) = (front.address, Arc::clone(&answered));
            tokio::spawn(async move {
                let mut socket = TcpStream::connect(address).await.unwrap();
                socket
                    .write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    .await
                    .unwrap();
                if read_to_end(&mut socket).await.ends_with("ok") {
                    answered.fetch_add(1, Ordering::SeqCst);
                }
            })
        })
        .collect();
    for client in clients {
        client.await.unwrap();
    }
    assert_eq!(answered.load(Ordering::SeqCst), 200);
    assert!(backend.connections() <= 10, "{}", backend.connections());
}
