//! Clients that are slow, silent, gone, or too many.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use load_balancer::server::settings::Settings;
use tokio::io::{AsyncReadExt, AsyncWriteExt, Interest};
use tokio::net::TcpStream;

use super::harness::{Backend, Front, Peer, read_to_end};
use super::running::soon;

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

#[tokio::test]
async fn slow_heads_and_slow_bodies_are_given_up() {
    let backend = Backend::saying(OK).await;
    let front = Front::with(&[backend.address], impatient).await;
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
    assert!(backend.requests().is_empty());
}

#[tokio::test]
async fn byte_after_byte_does_not_help() {
    let backend = Backend::saying(OK).await;
    let front = Front::with(&[backend.address], impatient).await;
    // A head has its time as a whole; a body must keep up a rate.
    let post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n";
    for begun in ["", post] {
        let answer = trickle(&front, begun).await;
        assert!(answer.starts_with("HTTP/1.1 408 "), "{begun}: {answer}");
    }
    assert!(backend.requests().is_empty());
    assert_eq!(
        front.failures().into_iter().collect::<Vec<_>>(),
        [("client-timeout", 1)]
    );
}

#[tokio::test]
async fn a_client_that_trickles_while_its_answer_has_begun_is_given_up_and_its_server_is_not_blamed()
 {
    let backend = Backend::scripted(|mut peer: Peer| async move {
        if let Some(head) = peer.head().await {
            peer.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
                .await;
            let _ = peer.body(&head).await;
        }
    })
    .await;
    let front = Front::with(&[backend.address], impatient).await;
    let post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n";
    let answer = trickle(&front, post).await;
    assert!(answer.is_empty() || answer.ends_with("half"), "{answer}");
    assert_eq!(
        front.failures().into_iter().collect::<Vec<_>>(),
        [("client-timeout", 1)]
    );
}

fn impatient(settings: &mut Settings) {
    settings.timeouts.head_ms = 40;
    settings.timeouts.client_ms = 40;
}

/// Begins a request with these bytes and goes on byte by byte, each well before a time-out; what comes back.
async fn trickle(front: &Front, begun: &str) -> String {
    let mut socket = TcpStream::connect(front.address).await.unwrap();
    let (mut reader, mut writer) = socket.split();
    let bytes = async {
        let mut sent = writer.write_all(begun.as_bytes()).await;
        while sent.is_ok() {
            tokio::time::sleep(Duration::from_millis(5)).await;
            sent = writer.write_all(b"x").await;
        }
        // It was reset; what came before that is still there to read.
        std::future::pending().await
    };
    let mut answer = Vec::new();
    tokio::select! {
        _ = soon(reader.read_to_end(&mut answer)) => {}
        () = bytes => {}
    }
    String::from_utf8_lossy(&answer).into_owned()
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
async fn when_a_client_resets_its_server_need_not_go_on() {
    let backend = Backend::scripted(|mut peer: Peer| async move {
        peer.request().await;
        // No answer, until the balancer closes: then a second one has come to nothing.
        assert_eq!(peer.request().await, None);
        peer.gone();
    })
    .await;
    let front = Front::over(&[backend.address]).await;
    let mut socket = TcpStream::connect(front.address).await.unwrap();
    socket
        .write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        .await
        .unwrap();
    backend.has_seen(1).await;
    socket.set_zero_linger().unwrap();
    drop(socket);
    backend.has_lost(1).await;
    assert_eq!(
        front.failures().into_iter().collect::<Vec<_>>(),
        [("client-gone", 1)]
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
