//! WebSockets pass through, tried with a client and a server that are not ours; nothing else is switched to.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::task::spawn_blocking;
use tokio_tungstenite::tungstenite::{self, Message};

use super::harness::{Backend, Front, Peer, read_to_end};

const ASK: &str = "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n\r\n";
const SWITCH: &str =
    "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n";

/// Sends back what it gets, on one connection.
fn echo() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let mut socket = tungstenite::accept(listener.accept().unwrap().0).unwrap();
        while let Ok(message) = socket.read() {
            if message.is_text() || message.is_binary() {
                socket.send(message).unwrap();
            }
        }
    });
    address
}

#[tokio::test]
async fn a_websocket_talks_through_the_balancer() {
    let front = Front::over(&[echo()]).await;
    let address = front.address;
    let talk = spawn_blocking(move || {
        let stream = TcpStream::connect(address).unwrap();
        let (mut socket, response) = tungstenite::client("ws://test/chat", stream).unwrap();
        assert_eq!(response.status(), 101);
        for length in [0, 5, 125, 70_000, 500_000] {
            let message = Message::text("x".repeat(length));
            socket.send(message.clone()).unwrap();
            assert_eq!(socket.read().unwrap(), message);
        }
        socket.close(None).unwrap();
        while socket.read().is_ok() {}
    });
    talk.await.unwrap();
    assert!(front.failures().is_empty());
}

#[tokio::test]
async fn bytes_that_follow_the_switch_at_once_are_not_lost() {
    let backend = Backend::scripted(|mut peer: Peer| async move {
        peer.head().await.unwrap();
        peer.say(format!("{SWITCH}first words")).await;
        let mut bytes = [0; 5];
        peer.socket.read_exact(&mut bytes).await.unwrap();
        peer.say(bytes).await;
    })
    .await;
    let front = Front::over(&[backend.address]).await;
    let mut visitor = front.visitor().await;
    assert_eq!(visitor.send(ASK).await.status, 101);
    let (mut socket, mut heard) = visitor.into_socket();
    socket.write_all(b"hello").await.unwrap();
    heard.extend_from_slice(read_to_end(&mut socket).await.as_bytes());
    assert_eq!(String::from_utf8(heard).unwrap(), "first wordshello");
}

#[tokio::test]
async fn a_server_may_decline_to_switch() {
    let backend = Backend::named("no").await;
    let front = Front::over(&[backend.address]).await;
    let mut visitor = front.visitor().await;
    assert_eq!(visitor.send(ASK).await.text(), "no");
    let seen = backend.last();
    assert!(
        seen.contains("\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"),
        "{seen}"
    );
    assert_eq!(visitor.get("/").await.text(), "no");
}

#[tokio::test]
async fn other_protocols_are_not_asked_for() {
    let backend = Backend::named("a").await;
    let front = Front::over(&[backend.address]).await;
    for (connection, upgrade) in [
        ("upgrade", "h2c"),
        ("close", "websocket"),
        ("upgrade", "websocketx"),
    ] {
        let ask = format!(
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: {connection}\r\nUpgrade: {upgrade}\r\n\r\n"
        );
        assert_eq!(front.visitor().await.send(&ask).await.text(), "a");
        assert!(
            !backend.last().to_lowercase().contains("upgrade"),
            "{}",
            backend.last()
        );
    }
}

#[tokio::test]
async fn a_tunnel_in_which_nothing_moves_ends() {
    let backend = Backend::scripted(|mut peer: Peer| async move {
        peer.head().await.unwrap();
        peer.say(SWITCH).await;
        // Holds the connection and says nothing.
        let _ = peer.socket.read(&mut [0; 1]).await;
    })
    .await;
    let front = Front::with(&[backend.address], |settings| {
        settings.timeouts.tunnel_idle_ms = 20
    })
    .await;
    let mut visitor = front.visitor().await;
    assert_eq!(visitor.send(ASK).await.status, 101);
    assert_eq!(read_to_end(&mut visitor.into_socket().0).await, "");
}
