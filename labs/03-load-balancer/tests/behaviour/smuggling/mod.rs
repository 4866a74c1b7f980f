//! What could be understood in two ways reaches nobody: no request a server, no answer a client.

mod table;

use std::fmt::Write as _;

use kit::http1::client::SendError;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use table::{HIDDEN, table};

use super::harness::{Backend, Front, read_to_end};

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
#[tokio::test]
async fn what_could_smuggle_a_request_is_refused_and_no_server_sees_it() {
    let backend = Backend::saying(OK).await;
    let front = Front::over(&[backend.address]).await;
    let table = table();
    assert!(table.len() > 300, "{}", table.len());
    let mut wrong = String::new();
    for request in &table {
        let answer = front.send_raw(request.as_bytes()).await;
        let answers = answer
            .lines()
            .filter(|line| line.starts_with("HTTP/1.1 "))
            .count();
        let is_refused = ["400", "431", "501", "505", "417", "413"]
            .iter()
            .any(|status| answer.starts_with(&format!("HTTP/1.1 {status} ")));
        if !is_refused || answers != 1 || !answer.contains("\r\nConnection: close\r\n") {
            let _ = writeln!(wrong, "{:?}\n  {:?}", request, answer.lines().next());
        }
    }
    assert!(wrong.is_empty(), "not refused:\n{wrong}");
    assert_eq!(
        backend.requests(),
        Vec::<String>::new(),
        "whole requests have reached the server"
    );
}

#[tokio::test]
async fn a_refusal_does_not_depend_on_how_the_bytes_come() {
    let backend = Backend::saying(OK).await;
    let front = Front::over(&[backend.address]).await;
    for request in [
        format!(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{HIDDEN}"
        ),
        format!("GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n{HIDDEN}"),
        format!(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\ra\r\n0\r\n\r\n{HIDDEN}"
        ),
    ] {
        for cut in 1..request.len() {
            let mut socket = TcpStream::connect(front.address).await.unwrap();
            socket.set_nodelay(true).unwrap();
            let (first, rest) = request.split_at(cut);
            let _ = socket.write_all(first.as_bytes()).await;
            // What was sent is read before the rest comes, if the balancer wants it.
            tokio::task::yield_now().await;
            let _ = socket.write_all(rest.as_bytes()).await;
            let answer = read_to_end(&mut socket).await;
            assert!(
                answer.starts_with("HTTP/1.1 400 "),
                "cut at {cut}: {answer}"
            );
            assert_eq!(answer.matches("HTTP/1.1 ").count(), 1);
        }
    }
    assert_eq!(backend.requests(), Vec::<String>::new());
}

#[tokio::test]
async fn a_proper_request_may_come_in_any_pieces() {
    let backend = Backend::saying(OK).await;
    let front = Front::over(&[backend.address]).await;
    let request = "POST /p HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nA: b\r\n\r\n";
    for cut in 1..request.len() {
        let mut socket = TcpStream::connect(front.address).await.unwrap();
        socket.set_nodelay(true).unwrap();
        socket.write_all(&request.as_bytes()[..cut]).await.unwrap();
        tokio::task::yield_now().await;
        socket.write_all(&request.as_bytes()[cut..]).await.unwrap();
        let answer = read_to_end(&mut socket).await;
        assert!(
            answer.starts_with("HTTP/1.1 200 OK\r\n"),
            "cut at {cut}: {answer}"
        );
        assert!(backend.last().ends_with("\r\n\r\nhello"));
    }
    assert_eq!(backend.requests().len(), request.len() - 1);
}

#[tokio::test]
async fn what_is_too_large_is_refused() {
    let backend = Backend::saying(OK).await;
    let front = Front::with(&[backend.address], |settings| {
        settings.limits.head_bytes_max = 1_000;
        settings.limits.header_count_max = 10;
        settings.limits.body_bytes_max = 100;
    })
    .await;
    let head = "POST / HTTP/1.1\r\nHost: a\r\n";
    let long = "x".repeat(1_000);
    for (request, status) in [
        (format!("{head}A: {long}\r\n\r\n"), 431),
        (format!("{head}{}\r\n", "A: b\r\n".repeat(10)), 431),
        (format!("GET /{long} HTTP/1.1\r\nHost: a\r\n\r\n"), 431),
        (format!("{head}Content-Length: 101\r\n\r\n"), 413),
        (
            format!(
                "{head}Transfer-Encoding: chunked\r\n\r\n65\r\n{}\r\n0\r\n\r\n",
                &long[..101]
            ),
            413,
        ),
        (
            format!(
                "{head}Transfer-Encoding: chunked\r\n\r\n1;{}\r\na\r\n0\r\n\r\n",
                &long[..300]
            ),
            400,
        ),
        (
            format!(
                "{head}Transfer-Encoding: chunked\r\n\r\n0\r\n{}\r\n",
                "A: b\r\n".repeat(1_000)
            ),
            431,
        ),
    ] {
        let answer = front.send_raw(request.as_bytes()).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{request:?}: {answer}"
        );
        assert!(answer.contains("\r\nConnection: close\r\n"));
    }
    assert_eq!(backend.requests(), Vec::<String>::new());
    let whole = format!("{head}Content-Length: 100\r\n\r\n{}", &long[..100]);
    assert_eq!(front.visitor().await.send(&whole).await.status, 200);
}

#[tokio::test]
async fn an_answer_that_is_none_is_502_and_says_why() {
    for garbage in [
        "garbage\r\n\r\n",
        "\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: \u{0}\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 99 Low\r\nContent-Length: 0\r\n\r\n",
        "HTTP/2 200\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
    ] {
        let backend = Backend::saying_last(garbage).await;
        let front = Front::over(&[backend.address]).await;
        let mut visitor = front.visitor().await;
        let response = visitor.get("/").await;
        assert_eq!(response.status, 502, "{garbage:?}");
        assert!(
            response.text().contains("not proper HTTP"),
            "{}",
            response.text()
        );
        assert!(visitor.is_open(), "the client did nothing wrong");
        assert_eq!(
            front.failures().into_iter().collect::<Vec<_>>(),
            [("malformed", 1)]
        );
    }
    let endless = Backend::saying_last(format!(
        "HTTP/1.1 200 OK\r\nA: {}\r\n\r\n",
        "b".repeat(20_000)
    ))
    .await;
    assert_eq!(
        Front::over(&[endless.address]).await.get("/").await.status,
        502
    );
}

#[tokio::test]
async fn a_second_answer_never_reaches_a_client() {
    let poison = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison";
    for answer in [
        format!("{OK}{poison}"),
        format!("HTTP/1.1 204 No Content\r\n\r\n{poison}"),
        format!("HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n{poison}"),
        format!(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n{poison}"
        ),
    ] {
        let backend = Backend::saying(answer.clone()).await;
        let front = Front::over(&[backend.address]).await;
        for _ in 0..3 {
            let mut visitor = front.visitor().await;
            for _ in 0..3 {
                assert_ne!(visitor.get("/").await.text(), "poison", "{answer:?}");
            }
            assert!(visitor.is_open(), "nothing was left over");
        }
    }
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{poison}");
    let backend = Backend::saying(head).await;
    let front = Front::over(&[backend.address]).await;
    let mut visitor = front.visitor().await;
    for _ in 0..3 {
        assert!(
            visitor
                .send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
                .await
                .body
                .is_empty()
        );
    }
    assert_eq!(visitor.get("/").await.text(), "HT");
}

#[tokio::test]
async fn chunks_of_a_server_that_are_none_break_the_answer_off() {
    let bad = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let backend = Backend::scripted(move |mut peer: super::harness::Peer| async move {
        peer.request().await;
        peer.say(bad).await;
        // The head is on its way to the client before the chunk comes.
        peer.say("4\r\ngood\r\n").await;
        let _ = peer.request().await;
    })
    .await;
    let front = Front::with(&[backend.address], |settings| {
        settings.timeouts.body_ms = 20
    })
    .await;
    let broken = front.visitor().await.try_send(HIDDEN.as_bytes()).await;
    assert!(
        matches!(broken, Err(SendError::Reset(_) | SendError::Malformed(_))),
        "{broken:?}"
    );
    assert_eq!(
        front.failures().into_iter().collect::<Vec<_>>(),
        [("body-timeout", 1)]
    );
}
