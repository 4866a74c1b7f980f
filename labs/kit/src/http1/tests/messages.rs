//! Client and server with each other, and each with a peer that misbehaves.

use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};

use super::super::client::{Client, Connection, Request, SendError};
use super::super::server::{self, Body, Options, Response};
use super::super::*;

/// A server that answers with what it was asked; returns its address and what stops it.
async fn echo(options: Options) -> (std::net::SocketAddr, oneshot::Sender<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let handler = |request: server::Request| async move {
        match request.path.as_str() {
            "/stream" => {
                let (pieces, body) = mpsc::channel(1);
                tokio::spawn(async move {
                    for piece in ["one ", "two ", "three"] {
                        let _ = pieces.send(Bytes::from_static(piece.as_bytes())).await;
                    }
                });
                Response::Message {
                    status: 200,
                    headers: Vec::new(),
                    body: Body::Stream(body),
                    interim: vec![(103, vec![("Link".into(), "</style>".into())])],
                    close: false,
                }
            }
            "/close" => Response::Close,
            "/reset" => Response::Reset,
            "/garbage" => Response::Raw {
                bytes: Bytes::from_static(b"garbage\r\n\r\n"),
                close: true,
            },
            path => {
                let asked = format!("{} {path} {}", request.method, request.body.len());
                Response::new(200, asked).header("X-Length", &request.body.len().to_string())
            }
        }
    };
    tokio::spawn(server::serve(listener, handler, options, async {
        let _ = stopped.await;
    }));
    (address, stop)
}

#[tokio::test]
async fn a_client_asks_and_a_server_answers_on_one_connection() {
    let (address, _stop) = echo(Options::default()).await;
    let client = Client::new(address);
    for length in [0, 1, 100_000] {
        let request = Request::new("POST", "/a", &[("Host", "a")]).body(&vec![b'x'; length]);
        let response = client.send(&request).await.unwrap();
        assert_eq!(response.status, 200);
        assert_eq!(response.text(), format!("POST /a {length}"));
        assert_eq!(
            response.header("x-length"),
            Some(length.to_string().as_str())
        );
    }
    let head = client
        .send(&Request::new("HEAD", "/", &[("Host", "a")]))
        .await
        .unwrap();
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[tokio::test]
async fn chunks_go_both_ways_and_interim_responses_come_first() {
    let (address, _stop) = echo(Options::default()).await;
    let client = Client::new(address);
    let response = client.send(&Request::get("/stream", "a")).await.unwrap();
    assert_eq!(
        (response.text().as_str(), response.interim.as_slice()),
        ("one two three", &[103][..])
    );
    let upload = "POST /up HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n";
    let mut socket = TcpStream::connect(address).await.unwrap();
    socket.write_all(upload.as_bytes()).await.unwrap();
    let mut interim = [0; 25];
    socket.read_exact(&mut interim).await.unwrap();
    assert_eq!(&interim, b"HTTP/1.1 100 Continue\r\n\r\n");
    socket.write_all(b"3\r\nabc\r\n0\r\n\r\n").await.unwrap();
    let mut answer = vec![0; 200];
    let length = socket.read(&mut answer).await.unwrap();
    assert!(String::from_utf8_lossy(&answer[..length]).ends_with("POST /up 3"));
}

#[tokio::test]
async fn faults_have_names() {
    let (address, _stop) = echo(Options::default()).await;
    let client = Client::new(address);
    let send = async |path: &str| client.send(&Request::get(path, "a")).await.unwrap_err();
    assert!(matches!(send("/close").await, SendError::NoAnswer));
    assert!(matches!(send("/reset").await, SendError::Reset(_)));
    assert!(matches!(
        send("/garbage").await,
        SendError::Malformed(Refusal::StatusLine)
    ));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = listener.local_addr().unwrap();
    drop(listener);
    let refused = Client::new(nobody).send(&Request::get("/", "a")).await;
    assert!(matches!(refused, Err(SendError::Connect(_))));
}

#[tokio::test]
async fn a_server_refuses_and_closes() {
    let (address, _stop) = echo(Options::default()).await;
    for (bytes, status) in [
        ("GET / HTTP/1.1\r\n\r\n", "400"),
        ("GET / HTTP/1.1\nHost: a\n\n", "400"),
        ("GET / HTTP/3.0\r\n\r\n", "505"),
        (
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n",
            "413",
        ),
    ] {
        let mut socket = TcpStream::connect(address).await.unwrap();
        socket.write_all(bytes.as_bytes()).await.unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).await.unwrap();
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{bytes:?}: {answer}"
        );
    }
}

#[tokio::test]
async fn a_server_stops_when_its_connections_are_idle() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = Client::new(listener.local_addr().unwrap());
    let (stop, stopped) = oneshot::channel::<()>();
    let handler = |_| async { Response::new(200, "here") };
    let serving = server::serve(listener, handler, Options::default(), async {
        let _ = stopped.await;
    });
    let serving = tokio::spawn(serving);
    assert_eq!(
        client.send(&Request::get("/", "a")).await.unwrap().text(),
        "here"
    );
    stop.send(()).unwrap();
    serving.await.unwrap();
    assert!(client.send(&Request::get("/", "a")).await.is_err());
}

/// A connection whose peer is the test.
fn paired() -> (Connection<DuplexStream>, DuplexStream) {
    let (near, far) = duplex(1 << 16);
    (
        Connection::new(near, Limits::default(), Timeouts::default()),
        far,
    )
}

#[tokio::test(start_paused = true)]
async fn every_phase_has_its_time() {
    let (mut connection, _silent) = paired();
    let started = tokio::time::Instant::now();
    let silent = connection.send(&Request::get("/", "a")).await;
    assert!(matches!(silent, Err(SendError::ResponseTimeout)));
    assert_eq!(started.elapsed().as_secs(), 30);

    let (mut connection, mut stalls) = paired();
    stalls
        .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
        .await
        .unwrap();
    let half = connection.send(&Request::get("/", "a")).await;
    assert!(matches!(half, Err(SendError::BodyTimeout)));
}

#[tokio::test(start_paused = true)]
async fn a_body_that_goes_on_may_take_its_time() {
    let (mut connection, mut slow) = paired();
    let writing = tokio::spawn(async move {
        slow.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
            .await
            .unwrap();
        for _ in 0..9 {
            tokio::time::sleep(Duration::from_secs(29)).await;
            slow.write_all(b"x").await.unwrap();
        }
        slow
    });
    let whole = connection.send(&Request::get("/", "a")).await.unwrap();
    assert_eq!(whole.text(), "xxxxxxxxx");
    assert!(connection.is_reusable());
    let mut slow = writing.await.unwrap();
    slow.write_all(b"HTTP/1.1 200 Smuggled\r\n\r\n")
        .await
        .unwrap();
    assert!(!connection.is_reusable(), "nobody asked for that");
}
