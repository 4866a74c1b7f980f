//! Clients that are slow, many, or wrong, and the end of the server.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener as StdListener, TcpStream as StdStream};
use std::process::Stdio;

use labbook::serve::{bind, run as answer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;

use super::SERVED;
use crate::harness::Book;
use crate::program::{labbook, run};

const REQUEST: &str = "GET /one.html HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// A server on a free port that runs until it is dropped; its address.
async fn start() -> (String, JoinHandle<()>) {
    let listener = bind("127.0.0.1", 0).await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    (
        address,
        tokio::spawn(answer(listener, SERVED.clone(), std::future::pending())),
    )
}

/// Sends bytes and reads until the server closes.
async fn exchange(address: &str, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The server may answer and close before it has read everything.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn idle_and_slow_clients_do_not_keep_others_waiting() {
    runtime().block_on(async {
        let (address, _server) = start().await;
        let mut idle = Vec::new();
        for number in 0..200 {
            let mut stream = TcpStream::connect(&address).await.unwrap();
            if number % 2 == 0 {
                stream
                    .write_all(b"GET /one.html HTTP/1.1\r\nHost: loc")
                    .await
                    .unwrap();
            }
            idle.push(stream);
        }
        let answer = exchange(&address, REQUEST.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    });
}

#[test]
fn a_client_that_never_finishes_its_head_is_let_go() {
    // The clock runs ahead whenever nothing else is left to do, so nobody waits for the half minute.
    let runtime = Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async {
        let (address, _server) = start().await;
        for start in ["", "GET /one.html HTTP/1.1\r\nHost: loc"] {
            let answer = exchange(&address, start.as_bytes()).await;
            assert!(!answer.contains("200 OK"), "{answer}");
        }
    });
}

#[test]
fn what_is_no_request_harms_nobody() {
    let long = "a".repeat(2_000_000);
    runtime().block_on(async {
        let (address, _server) = start().await;
        for wrong in [
            "\r\n\r\n\0\0\0 nonsense\r\n\r\n".to_string(),
            "GET\r\n\r\n".into(),
            "GET /one.html HTTP/9.9\r\n\r\n".into(),
            "GET /one.html HTTP/1.1\r\nHost localhost\r\n\r\n".into(),
            "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1} the start of TLS\r\n\r\n".into(),
            format!("GET /{long} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
            format!("GET /one.html HTTP/1.1\r\nHost: localhost\r\nX: {long}\r\n\r\n"),
            format!(
                "GET /one.html HTTP/1.1\r\nHost: localhost\r\n{}\r\n",
                "X: y\r\n".repeat(10_000)
            ),
        ] {
            let answer = exchange(&address, wrong.as_bytes()).await;
            let shown = &wrong[..wrong.len().min(60)];
            assert!(!answer.starts_with("HTTP/1.1 2"), "{shown:?} got {answer}");
            let next = exchange(&address, REQUEST.as_bytes()).await;
            assert!(next.starts_with("HTTP/1.1 200 OK\r\n"), "after {shown:?}");
        }
    });
}

#[test]
fn the_end_does_not_wait_for_a_slow_client() {
    runtime().block_on(async {
        let listener = bind("127.0.0.1", 0).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (end, ended) = tokio::sync::oneshot::channel::<()>();
        let server = tokio::spawn(answer(listener, SERVED.clone(), async {
            let _ = ended.await;
        }));
        let mut slow = TcpStream::connect(address).await.unwrap();
        slow.write_all(b"GET /one.html HTTP/1.1\r\n").await.unwrap();
        end.send(()).unwrap();
        server.await.unwrap();
    });
}

#[test]
fn a_port_in_use_is_one_message() {
    let taken = StdListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let run = run(labbook(
        &Book::with("# One\n"),
        &["serve", "-p", &port.to_string()],
    ));
    assert_eq!(run.code, 1);
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    assert!(
        run.stderr
            .starts_with(&format!("error: cannot listen on 127.0.0.1:{port}")),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("choose another with `-p "),
        "{}",
        run.stderr
    );
}

#[test]
fn a_name_that_is_not_this_machines_is_one_message() {
    let run = run(labbook(
        &Book::with("# One\n"),
        &["serve", "-p", "0", "-n", "192.0.2.1"],
    ));
    assert_eq!(
        (run.code, run.stderr.lines().count()),
        (1, 1),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("-n HOSTNAME"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_the_program_with_code_0() {
    let book = Book::with("# One\n");
    let mut child = labbook(&book, &["serve", "-p", "0"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap())
        .read_line(&mut line)
        .unwrap();
    let address = line
        .split("http://")
        .nth(1)
        .unwrap()
        .split('/')
        .next()
        .unwrap()
        .to_string();
    let mut slow = StdStream::connect(&address).unwrap();
    slow.write_all(b"GET / HTTP/1.1\r\n").unwrap();
    let mut stream = StdStream::connect(&address).unwrap();
    stream.write_all(REQUEST.as_bytes()).unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).unwrap();
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n"), "{page}");
    let kill = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(kill.unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
