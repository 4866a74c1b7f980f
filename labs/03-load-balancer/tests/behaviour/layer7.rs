//! Layer 7: what passes, and how it looks on the other side.

use std::sync::Arc;

use kit::http1::client::SendError;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Notify;

use super::harness::{Backend, Front, Peer, read_to_end};

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

#[tokio::test]
async fn requests_take_turns_and_connections_are_kept_on_both_sides() {
    let backends = [Backend::named("a").await, Backend::named("b").await];
    let front = Front::over(&[backends[0].address, backends[1].address]).await;
    let mut visitor = front.visitor().await;
    let mut answers = String::new();
    for _ in 0..6 {
        answers += &visitor.get("/").await.text();
    }
    assert_eq!(answers, "ababab");
    assert_eq!(backends.each_ref().map(Backend::connections), [1, 1]);
    assert!(visitor.is_open());
}

#[tokio::test]
async fn headers_of_one_connection_end_there_and_others_travel() {
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nKeep-Alive: timeout=5\r\nConnection: X-Inner\r\nX-Inner: 1\r\nProxy-Connection: x\r\nSet-Cookie: a=b\r\nset-cookie: c=d\r\n\r\nok";
    let backend = Backend::saying(answer).await;
    let front = Front::over(&[backend.address]).await;
    let mut visitor = front.visitor().await;
    let response = visitor
        .send(
            "GET /a?b HTTP/1.1\r\nHost: example.com\r\nConnection: X-Mine, Host\r\nKeep-Alive: 1\r\n\
             X-Mine: secret\r\nProxy-Connection: keep-alive\r\nTE: trailers\r\nUpgrade: h2c\r\nTrailer: a\r\n\
             X-Yours: kept\r\nAccept: */*\r\n\r\n",
        )
        .await;
    let names: Vec<&str> = response
        .headers
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(names, ["Set-Cookie", "set-cookie", "Content-Length"]);
    let seen = backend.last();
    assert!(seen.starts_with("GET /a?b HTTP/1.1\r\nHost: example.com\r\nX-Yours: kept\r\nAccept: */*\r\nX-Forwarded-For: 127.0.0.1\r\n"), "{seen}");
    for gone in [
        "X-Mine",
        "Keep-Alive",
        "Proxy-",
        "TE:",
        "Upgrade",
        "Trailer",
        "Connection",
    ] {
        assert!(!seen.contains(gone), "{gone} in {seen}");
    }
}

#[tokio::test]
async fn servers_hear_who_asked_and_through_whom() {
    let backend = Backend::saying(OK).await;
    let front = Front::over(&[backend.address]).await;
    let mut visitor = front.visitor().await;
    visitor.get("/").await;
    let told = "X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Proto: http\r\nForwarded: for=127.0.0.1;host=\"test\";proto=http\r\nVia: 1.1 lab-03\r\n\r\n";
    assert!(backend.last().ends_with(told), "{}", backend.last());
    let lists = "X-Forwarded-For: 192.0.2.1\r\nx-forwarded-for: 192.0.2.2\r\nForwarded: for=192.0.2.1\r\nVia: 1.1 a\r\nX-Forwarded-Proto: https\r\n";
    visitor
        .send(&format!("GET / HTTP/1.1\r\nHost: test\r\n{lists}\r\n"))
        .await;
    let told = "X-Forwarded-For: 192.0.2.1, 192.0.2.2, 127.0.0.1\r\nX-Forwarded-Proto: http\r\nForwarded: for=192.0.2.1, for=127.0.0.1;host=\"test\";proto=http\r\nVia: 1.1 a, 1.1 lab-03\r\n\r\n";
    assert!(backend.last().ends_with(told), "{}", backend.last());
}

#[tokio::test]
async fn only_trusted_proxies_are_believed_when_there_are_any() {
    let backend = Backend::saying(OK).await;
    let lists = "GET / HTTP/1.1\r\nHost: test\r\nX-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Proto: https\r\n\r\n";
    let strangers = Front::with(&[backend.address], |settings| {
        settings.forwarded.trusted = vec!["192.0.2.9".parse().unwrap()];
    })
    .await;
    strangers.visitor().await.send(lists).await;
    assert!(
        backend
            .last()
            .contains("X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Proto: http\r\n")
    );
    let friends = Front::with(&[backend.address], |settings| {
        settings.forwarded.trusted = vec!["127.0.0.1".parse().unwrap()];
    })
    .await;
    friends.visitor().await.send(lists).await;
    let told = "X-Forwarded-For: 192.0.2.1, 127.0.0.1\r\nX-Forwarded-Proto: https\r\n";
    assert!(backend.last().contains(told), "{}", backend.last());
}

#[tokio::test]
async fn bodies_pass_in_every_framing() {
    let backend = Backend::scripted(|mut peer: Peer| async move {
        while let Some(request) = peer.request().await {
            let body = request.split_once("\r\n\r\n").unwrap().1.to_owned();
            let length = body.len();
            if request.starts_with("POST /length") {
                peer.say(format!(
                    "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{body}"
                ))
                .await;
            } else if request.starts_with("POST /chunks") {
                let (first, rest) = body.split_at(length / 2);
                peer.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: A\r\n\r\n")
                    .await;
                for part in [first, rest].into_iter().filter(|part| !part.is_empty()) {
                    peer.say(format!("{:X};a=b\r\n{part}\r\n", part.len()))
                        .await;
                }
                peer.say("0\r\nA: b\r\n\r\n").await;
            } else {
                peer.say(format!("HTTP/1.0 200 OK\r\n\r\n{body}")).await;
                return;
            }
        }
    })
    .await;
    let front = Front::over(&[backend.address]).await;
    let mut visitor = front.visitor().await;
    for length in [0, 1, 2_000, 16_384, 300_000] {
        let body = "0123456789".repeat(length / 10 + 1)[..length].to_owned();
        for path in ["/length", "/chunks", "/close"] {
            let head = format!("POST {path} HTTP/1.1\r\nHost: a\r\n");
            let counted = format!("{head}Content-Length: {length}\r\n\r\n{body}");
            assert_eq!(visitor.send(&counted).await.text(), body);
            let (first, rest) = body.split_at(length / 3);
            let parts = [first, rest].into_iter().filter(|part| !part.is_empty());
            let chunks: String = parts
                .map(|part| format!("{:x}\r\n{part}\r\n", part.len()))
                .collect();
            let chunked = format!("{head}Transfer-Encoding: chunked\r\n\r\n{chunks}0\r\n\r\n");
            assert_eq!(visitor.send(&chunked).await.text(), body, "{path} {length}");
        }
    }
    assert!(
        visitor.is_open(),
        "even an answer that ends with its connection leaves the client's open"
    );
}

#[tokio::test]
async fn answers_without_a_body_have_none_whatever_they_say() {
    for (method, answer) in [
        ("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"),
        (
            "HEAD",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        ),
        ("GET", "HTTP/1.1 204 No Content\r\n\r\n"),
        (
            "GET",
            "HTTP/1.1 304 Not Modified\r\nContent-Length: 1000\r\n\r\n",
        ),
    ] {
        let backend = Backend::saying(answer).await;
        let front = Front::over(&[backend.address]).await;
        let mut visitor = front.visitor().await;
        for _ in 0..2 {
            let response = visitor
                .send(&format!("{method} / HTTP/1.1\r\nHost: a\r\n\r\n"))
                .await;
            assert!(response.body.is_empty());
            let length = answer.contains("1000").then_some("1000");
            assert_eq!(response.header("content-length"), length, "{answer}");
        }
        assert_eq!(backend.connections(), 1, "{method} {answer}");
    }
}

#[tokio::test]
async fn both_bodies_flow_at_the_same_time() {
    // Each byte of the answer depends on a byte of the request, and each byte of the request on one of the answer.
    let backend = Backend::scripted(|mut peer: Peer| async move {
        peer.head().await.unwrap();
        peer.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            .await;
        let mut bytes = [0; 64];
        while let Ok(count @ 1..) = peer.socket.read(&mut bytes).await {
            if bytes[..count].ends_with(b"0\r\n\r\n") {
                break;
            }
            peer.say("4\r\npong\r\n").await;
        }
        peer.say("0\r\n\r\n").await;
    })
    .await;
    let front = Front::over(&[backend.address]).await;
    let mut socket = TcpStream::connect(front.address).await.unwrap();
    let head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    socket.write_all(head.as_bytes()).await.unwrap();
    let mut answer = vec![0; 1000];
    let length = socket.read(&mut answer).await.unwrap();
    assert!(answer[..length].starts_with(b"HTTP/1.1 200 OK\r\n"));
    for _ in 0..5 {
        socket.write_all(b"4\r\nping\r\n").await.unwrap();
        let mut pong = [0; 9];
        socket.read_exact(&mut pong).await.unwrap();
        assert_eq!(&pong, b"4\r\npong\r\n");
    }
    socket.write_all(b"0\r\n\r\n").await.unwrap();
    assert_eq!(read_to_end(&mut socket).await, "0\r\n\r\n");
}

#[tokio::test]
async fn an_early_answer_ends_the_upload() {
    let backend = Backend::scripted(|mut peer: Peer| async move {
        peer.head().await.unwrap();
        peer.say("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n")
            .await;
    })
    .await;
    let front = Front::over(&[backend.address]).await;
    let mut visitor = front.visitor().await;
    let endless =
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nonly the first bytes";
    let response = visitor.try_send(endless).await.unwrap();
    assert_eq!(
        (response.status, response.header("connection")),
        (413, Some("close"))
    );
    let (mut socket, _) = visitor.into_socket();
    assert_eq!(read_to_end(&mut socket).await, "");
}

#[tokio::test]
async fn interim_responses_pass_but_not_to_old_clients() {
    let answer = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    let backend = Backend::saying(answer).await;
    let front = Front::over(&[backend.address]).await;
    let response = front.get("/").await;
    assert_eq!(
        (response.interim.as_slice(), response.text().as_str()),
        (&[103, 103][..], "ok")
    );
    let old = front.visitor().await.send("GET / HTTP/1.0\r\n\r\n").await;
    assert_eq!(
        (old.interim.as_slice(), old.text().as_str()),
        (&[][..], "ok")
    );
}

#[tokio::test]
async fn a_client_that_waits_for_100_is_told_by_the_server() {
    let backend = Backend::scripted(|mut peer: Peer| async move {
        let head = peer.head().await.unwrap();
        assert!(head.contains("\r\nExpect: 100-continue\r\n"));
        peer.say("HTTP/1.1 100 Continue\r\n\r\n").await;
        let body = peer.body(&head).await.unwrap();
        peer.say(format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ))
        .await;
    })
    .await;
    let front = Front::over(&[backend.address]).await;
    let mut socket = TcpStream::connect(front.address).await.unwrap();
    let head = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\nConnection: close\r\n\r\n";
    socket.write_all(head.as_bytes()).await.unwrap();
    let mut interim = [0; 25];
    socket.read_exact(&mut interim).await.unwrap();
    assert_eq!(&interim, b"HTTP/1.1 100 Continue\r\n\r\n");
    socket.write_all(b"body").await.unwrap();
    assert!(read_to_end(&mut socket).await.ends_with("\r\n\r\nbody"));
}

#[tokio::test]
async fn old_clients_get_no_chunks_and_their_connection_ends() {
    let backend = Backend::saying(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n",
    )
    .await;
    let front = Front::over(&[backend.address]).await;
    let answer = front.send_raw(b"GET / HTTP/1.0\r\n\r\n").await;
    assert_eq!(
        answer,
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello world"
    );
    let reached = format!("GET / HTTP/1.1\r\nHost: {}\r\n", front.address);
    assert!(backend.last().starts_with(&reached), "{}", backend.last());
    let counted = Backend::saying(OK).await;
    let front = Front::over(&[counted.address]).await;
    let mut visitor = front.visitor().await;
    let kept = visitor
        .send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        .await;
    assert_eq!(kept.header("connection"), Some("keep-alive"));
    assert!(visitor.is_open());
    assert_eq!(
        visitor
            .send("GET / HTTP/1.0\r\n\r\n")
            .await
            .header("connection"),
        Some("close")
    );
}

#[tokio::test]
async fn requests_that_come_together_are_answered_in_their_order() {
    let backends = [Backend::named("a").await, Backend::named("b").await];
    let front = Front::over(&[backends[0].address, backends[1].address]).await;
    let one = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    let post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
    let last = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    let answers = front
        .send_raw(format!("{one}{post}{one}\r\n{last}{one}").as_bytes())
        .await;
    let bodies: Vec<&str> = answers
        .split("\r\n\r\n")
        .skip(1)
        .map(|rest| &rest[..1])
        .collect();
    assert_eq!(bodies, ["a", "b", "a", "b"], "{answers}");
    assert!(backends[1].requests()[0].ends_with("\r\n\r\nabc"));
}

#[tokio::test]
async fn a_whole_address_is_a_path_and_a_host() {
    let backend = Backend::saying(OK).await;
    let front = Front::over(&[backend.address]).await;
    front
        .visitor()
        .await
        .send("GET http://a.example/path?b HTTP/1.1\r\nHost: a.example\r\n\r\n")
        .await;
    assert!(
        backend
            .last()
            .starts_with("GET /path?b HTTP/1.1\r\nHost: a.example\r\n")
    );
    front
        .visitor()
        .await
        .send("OPTIONS * HTTP/1.1\r\nHost: a.example\r\n\r\n")
        .await;
    assert!(backend.last().starts_with("OPTIONS * HTTP/1.1\r\n"));
}

#[tokio::test]
async fn a_connection_is_asked_for_no_longer_than_it_is_good() {
    let closing =
        Backend::saying_last("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
            .await;
    let talking = Backend::saying(format!(
        "{OK}HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nsmuggled"
    ))
    .await;
    for backend in [&closing, &talking] {
        let front = Front::over(&[backend.address]).await;
        let mut visitor = front.visitor().await;
        for _ in 0..3 {
            assert_eq!(visitor.get("/").await.text(), "ok");
        }
        assert_eq!(backend.connections(), 3);
        assert!(front.failures().is_empty());
    }
}

#[tokio::test]
async fn keys_stay_on_their_server() {
    let backends = [
        Backend::named("a").await,
        Backend::named("b").await,
        Backend::named("c").await,
    ];
    let addresses = backends.each_ref().map(|backend| backend.address);
    for (key, lines) in [
        ("path", ["GET /1?x HTTP/1.1\r\n", "GET /1?y HTTP/1.1\r\n"]),
        (
            "header:X-User",
            [
                "GET /1 HTTP/1.1\r\nX-User: u\r\n",
                "GET /2 HTTP/1.1\r\nx-user: u\r\n",
            ],
        ),
        (
            "cookie:user",
            [
                "GET /1 HTTP/1.1\r\nCookie: a=b; user=u\r\n",
                "GET /2 HTTP/1.1\r\nCookie: user=u\r\n",
            ],
        ),
        ("client", ["GET /1 HTTP/1.1\r\n", "GET /2 HTTP/1.1\r\n"]),
    ] {
        let front = Front::with(&addresses, |settings| {
            settings.policy = "hash-ring".parse().unwrap();
            settings.key = key.parse().unwrap();
        })
        .await;
        let mut visitor = front.visitor().await;
        let [one, other] = lines.map(|line| format!("{line}Host: a\r\n\r\n"));
        let first = visitor.send(&one).await.text();
        for _ in 0..5 {
            assert_eq!(visitor.send(&other).await.text(), first, "{key}");
        }
    }
}

#[tokio::test]
async fn a_cookie_brings_a_client_back_and_servers_do_not_see_it() {
    let backends = [Backend::named("a").await, Backend::named("b").await];
    let front = Front::with(&[backends[0].address, backends[1].address], |settings| {
        settings.policy = "sticky-cookie".parse().unwrap();
    })
    .await;
    let first = front.get("/").await;
    let set = first.header("set-cookie").unwrap();
    let (cookie, attributes) = set.split_once("; ").unwrap();
    assert_eq!(attributes, "Path=/; HttpOnly; SameSite=Lax");
    assert!(cookie.starts_with("lab03="));
    for _ in 0..4 {
        let request = format!("GET / HTTP/1.1\r\nHost: a\r\nCookie: x=y; {cookie}; z=1\r\n\r\n");
        let again = front.visitor().await.send(&request).await;
        assert_eq!(
            (again.text(), again.header("set-cookie")),
            (first.text(), None)
        );
    }
    let stayed = backends
        .iter()
        .find(|backend| backend.requests().len() == 5)
        .unwrap();
    assert!(
        stayed.last().contains("\r\nCookie: x=y; z=1\r\n"),
        "{}",
        stayed.last()
    );
    let forged = "GET / HTTP/1.1\r\nHost: a\r\nCookie: lab03=0000000000000001\r\n\r\n";
    assert!(
        front
            .visitor()
            .await
            .send(forged)
            .await
            .header("set-cookie")
            .is_some()
    );
}

#[tokio::test]
async fn stopping_lets_an_answer_finish_and_closes_what_is_idle() {
    let gate = Arc::new(Notify::new());
    let opened = Arc::clone(&gate);
    let slow = Backend::scripted(move |mut peer: Peer| {
        let gate = Arc::clone(&gate);
        async move {
            peer.request().await.unwrap();
            gate.notified().await;
            peer.say(OK).await;
        }
    })
    .await;
    let quick = Backend::saying(OK).await;
    let mut front = Front::over(&[quick.address, slow.address]).await;
    let mut idle = front.visitor().await;
    idle.get("/").await;
    let mut silent = TcpStream::connect(front.address).await.unwrap();
    let mut busy = front.visitor().await;
    let waiting = tokio::spawn(async move { busy.get("/").await });
    slow.has_seen(1).await;
    front.begin_to_stop();
    assert_eq!(read_to_end(&mut idle.into_socket().0).await, "");
    assert_eq!(read_to_end(&mut silent).await, "");
    opened.notify_one();
    let last = waiting.await.unwrap();
    assert_eq!(
        (last.text().as_str(), last.header("connection")),
        ("ok", Some("close"))
    );
    assert_eq!(front.stop().await.cut_off, 0);
}

#[tokio::test]
async fn a_truncated_answer_is_seen_as_one() {
    for answer in [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n0\r\n",
    ] {
        let backend = Backend::saying_last(answer).await;
        let front = Front::over(&[backend.address]).await;
        let request = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        let broken = front.visitor().await.try_send(request).await;
        assert!(
            matches!(broken, Err(SendError::Reset(_) | SendError::Malformed(_))),
            "{answer}: {broken:?}"
        );
        assert_eq!(front.statistics().total.failed.total(), 1);
    }
}
