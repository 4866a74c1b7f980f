//! Connections, passed on unread.

use std::{io, net::SocketAddr, time::Duration};

use load_balancer::server::{pool::Failure, settings::ProxyVersion};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::running::{Program, Running, end, layer4, nobody, read, read_all, soon};

#[tokio::test]
async fn bytes_pass_both_ways_and_the_server_may_speak_first() {
    let program = Program::echo("hello ").await;
    let balancer = Running::start(layer4(&[program.address])).await;
    let mut client = balancer.connect().await;
    assert_eq!(read(&mut client, 6).await, "hello ");
    for word in ["one", "two", "three"] {
        client.write_all(word.as_bytes()).await.unwrap();
        assert_eq!(read(&mut client, word.len()).await, word);
    }
    client.shutdown().await.unwrap();
    assert_eq!(read_all(&mut client).await, "");
    balancer.until_counted(|all| all.total.answered == 1).await;
    let total = balancer.statistics().total;
    assert_eq!((total.bytes_sent, total.bytes_received), (11, 17));
}

#[tokio::test]
async fn a_client_that_has_said_everything_still_gets_its_answer() {
    let program = Program::start(|mut stream: TcpStream| async move {
        let mut question = String::new();
        stream.read_to_string(&mut question).await?;
        stream.write_all(question.to_uppercase().as_bytes()).await
    })
    .await;
    let balancer = Running::start(layer4(&[program.address])).await;
    let mut client = balancer.connect().await;
    client.write_all(b"all of it").await.unwrap();
    client.shutdown().await.unwrap();
    assert_eq!(read_all(&mut client).await, "ALL OF IT");
}

#[tokio::test]
async fn a_server_that_has_said_everything_still_hears_the_client() {
    let (heard, mut hears) = tokio::sync::mpsc::unbounded_channel();
    let program = Program::start(move |mut stream: TcpStream| {
        let heard = heard.clone();
        async move {
            stream.write_all(b"over").await?;
            stream.shutdown().await?;
            let mut said = String::new();
            stream.read_to_string(&mut said).await?;
            heard.send(said).map_err(io::Error::other)
        }
    })
    .await;
    let balancer = Running::start(layer4(&[program.address])).await;
    let mut client = balancer.connect().await;
    assert_eq!(read_all(&mut client).await, "over");
    client.write_all(b"and out").await.unwrap();
    client.shutdown().await.unwrap();
    assert_eq!(soon(hears.recv()).await.unwrap(), "and out");
}

#[tokio::test]
async fn a_large_stream_arrives_as_it_was_sent_also_at_a_slow_reader() {
    let program = Program::echo("").await;
    let balancer = Running::start(layer4(&[program.address])).await;
    let sent: Vec<u8> = (0..24_000_000_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    let (mut from, mut to) = balancer.connect().await.into_split();
    let writing = tokio::spawn({
        let sent = sent.clone();
        async move {
            to.write_all(&sent).await.unwrap();
            to.shutdown().await.unwrap();
        }
    });
    let mut came = Vec::new();
    let mut portion = vec![0; 100_000];
    loop {
        let count = soon(from.read(&mut portion)).await.unwrap();
        came.extend_from_slice(&portion[..count]);
        if count == 0 {
            break;
        }
        tokio::task::yield_now().await;
    }
    writing.await.unwrap();
    assert!(
        came == sent,
        "{} of {} bytes came, or others",
        came.len(),
        sent.len()
    );
}

#[tokio::test]
async fn a_stream_that_turns_into_small_messages_goes_on() {
    let program = Program::echo("").await;
    let balancer = Running::start(layer4(&[program.address])).await;
    let mut client = balancer.connect().await;
    let block = vec![b'x'; 4 << 20];
    for _ in 0..2 {
        let (mut from, mut to) = client.split();
        let writing = async { to.write_all(&block).await.unwrap() };
        let mut came = vec![0; block.len()];
        let reading = async { from.read_exact(&mut came).await.unwrap() };
        soon(async { tokio::join!(writing, reading) }).await;
        for number in 0..100 {
            let message = format!("message {number}");
            client.write_all(message.as_bytes()).await.unwrap();
            assert_eq!(read(&mut client, message.len()).await, message);
        }
    }
}

#[tokio::test]
async fn when_a_server_refuses_the_next_one_is_tried() {
    let program = Program::echo("here").await;
    let dead = nobody().await;
    let balancer = Running::start(layer4(&[dead, program.address])).await;
    for _ in 0..4 {
        let mut client = balancer.connect().await;
        assert_eq!(read(&mut client, 4).await, "here");
    }
    let statistics = balancer.statistics();
    let refused = statistics.servers[0]
        .counts
        .failed
        .of(Failure::ConnectRefused);
    assert!(
        refused >= 2,
        "round robin came to the dead one, too: {refused}"
    );
    assert_eq!(statistics.retries_granted, refused);
}

#[tokio::test]
async fn when_nobody_is_there_the_client_is_told_by_a_reset() {
    let balancer = Running::start(layer4(&[nobody().await, nobody().await])).await;
    let mut client = balancer.connect().await;
    assert_eq!(end(&mut client).await, Err(io::ErrorKind::ConnectionReset));
    let statistics = balancer.statistics();
    assert_eq!(statistics.total.failed.of(Failure::ConnectRefused), 2);
    assert_eq!(statistics.unserved, 1);
}

#[tokio::test]
async fn no_more_servers_are_tried_than_the_budget_allows() {
    let mut settings = layer4(&[nobody().await, nobody().await]);
    (settings.retries.percent, settings.retries.free_per_s) = (0, 0);
    let balancer = Running::start(settings).await;
    assert!(end(&mut balancer.connect().await).await.is_err());
    let statistics = balancer.statistics();
    assert_eq!(
        (statistics.total.chosen, statistics.retries_refused),
        (1, 1)
    );
}

#[tokio::test]
async fn a_server_that_breaks_off_is_not_taken_for_one_that_has_finished() {
    let program = Program::start(|mut stream: TcpStream| async move {
        stream.write_all(b"half").await?;
        stream.read_u8().await?;
        stream.set_zero_linger()
    })
    .await;
    let balancer = Running::start(layer4(&[program.address])).await;
    let mut client = balancer.connect().await;
    assert_eq!(read(&mut client, 4).await, "half");
    client.write_all(b"!").await.unwrap();
    assert_eq!(end(&mut client).await, Err(io::ErrorKind::ConnectionReset));
    let counted = |all: &load_balancer::server::pool::Statistics| {
        all.total.failed.of(Failure::StreamReset) == 1
    };
    balancer.until_counted(counted).await;
    assert_eq!(
        balancer.server(0).failures_in_row,
        0,
        "whose fault it was is not known"
    );
}

#[tokio::test]
async fn a_client_that_breaks_off_is_heard_of_by_the_server() {
    let (heard, mut hears) = tokio::sync::mpsc::unbounded_channel();
    let program = Program::start(move |mut stream: TcpStream| {
        let heard = heard.clone();
        async move {
            stream.read_u8().await?;
            let end = stream.read_u8().await.map_err(|error| error.kind());
            heard.send(end).map_err(io::Error::other)
        }
    })
    .await;
    let balancer = Running::start(layer4(&[program.address])).await;
    let mut client = balancer.connect().await;
    client.write_all(b"?").await.unwrap();
    balancer.until_counted(|all| all.servers[0].open == 1).await;
    client.set_zero_linger().unwrap();
    drop(client);
    let end = soon(hears.recv()).await.unwrap();
    assert_eq!(end, Err(io::ErrorKind::ConnectionReset));
}

#[tokio::test]
async fn a_connection_that_nobody_uses_is_closed() {
    let program = Program::echo("hello").await;
    let mut settings = layer4(&[program.address]);
    settings.timeouts.tunnel_idle_ms = 40;
    let balancer = Running::start(settings).await;
    let mut client = balancer.connect().await;
    assert_eq!(read(&mut client, 5).await, "hello");
    assert_eq!(end(&mut client).await, Err(io::ErrorKind::ConnectionReset));
    assert_eq!(
        balancer.statistics().total.failed.of(Failure::StreamIdle),
        1
    );
}

#[tokio::test]
async fn connections_above_the_limit_wait_their_turn() {
    let program = Program::echo("in").await;
    let mut settings = layer4(&[program.address]);
    settings.limits.connections_max = 1;
    let balancer = Running::start(settings).await;
    let mut first = balancer.connect().await;
    assert_eq!(read(&mut first, 2).await, "in");
    let mut second = balancer.connect().await;
    let waits = tokio::time::timeout(Duration::from_millis(20), second.read_u8()).await;
    assert!(waits.is_err(), "the kernel holds it");
    drop(first);
    assert_eq!(read(&mut second, 2).await, "in");
    assert_eq!(balancer.balancer.shared().connections.counts().accepted, 2);
}

#[tokio::test]
async fn a_client_stays_with_its_server_when_the_policy_keeps_keys() {
    for policy in ["sticky-table", "hash-ring", "rendezvous"] {
        let programs = [Program::echo("0").await, Program::echo("1").await];
        let mut settings = layer4(&[programs[0].address, programs[1].address]);
        settings.policy = policy.parse().unwrap();
        let balancer = Running::start(settings).await;
        let first = read(&mut balancer.connect().await, 1).await;
        for _ in 0..10 {
            assert_eq!(
                read(&mut balancer.connect().await, 1).await,
                first,
                "{policy}"
            );
        }
    }
}

#[tokio::test]
async fn the_server_is_told_who_the_client_is() {
    for version in [ProxyVersion::V1, ProxyVersion::V2] {
        let program = Program::echo("").await;
        let mut settings = layer4(&[program.address]);
        settings.proxy_protocol.send = version;
        let balancer = Running::start(settings).await;
        let mut client = balancer.connect().await;
        let address = client.local_addr().unwrap();
        client.write_all(b"then the rest").await.unwrap();
        client.shutdown().await.unwrap();
        let mut came = Vec::new();
        soon(client.read_to_end(&mut came)).await.unwrap();
        let header =
            load_balancer::server::proxy_protocol::header(version, address, balancer.address);
        assert_eq!(came, [&header[..], b"then the rest"].concat());
    }
}

/// What a server behind a balancer hears of its client.
async fn heard_through(front: &[u8], trusted: &str) -> (SocketAddr, Result<String, io::ErrorKind>) {
    let program = Program::echo("").await;
    let mut settings = layer4(&[program.address]);
    settings.proxy_protocol.accept = true;
    settings.proxy_protocol.trusted = vec![trusted.parse().unwrap()];
    settings.proxy_protocol.send = ProxyVersion::V1;
    let balancer = Running::start(settings).await;
    let mut client = balancer.connect().await;
    let address = client.local_addr().unwrap();
    client.write_all(front).await.unwrap();
    client.shutdown().await.unwrap();
    let mut came = String::new();
    let read = soon(client.read_to_string(&mut came)).await;
    let came = read.map(|_| came).map_err(|error| error.kind());
    if came.as_ref().map_or(true, String::is_empty) {
        assert_eq!(program.accepted(), 0, "the server never sees it");
    }
    (address, came)
}

#[tokio::test]
async fn a_trusted_proxy_in_front_is_believed() {
    let (_, came) = heard_through(
        b"PROXY TCP4 192.0.2.7 192.0.2.1 1234 80\r\nhello",
        "127.0.0.1",
    )
    .await;
    assert_eq!(
        came.unwrap(),
        "PROXY TCP4 192.0.2.7 192.0.2.1 1234 80\r\nhello"
    );
    let own = b"\r\n\r\n\0\r\nQUIT\n\x20\x00\x00\x00hello";
    let (client, came) = heard_through(own, "127.0.0.1").await;
    let came = came.unwrap();
    assert!(
        came.starts_with(&format!(
            "PROXY TCP4 127.0.0.1 127.0.0.1 {} ",
            client.port()
        )),
        "{came}"
    );
}

#[tokio::test]
async fn anybody_else_who_claims_to_be_a_proxy_is_a_client() {
    let front = b"PROXY TCP4 192.0.2.7 192.0.2.1 1234 80\r\nhello";
    let (client, came) = heard_through(front, "192.0.2.99").await;
    let came = came.unwrap();
    assert!(came.starts_with(&format!(
        "PROXY TCP4 127.0.0.1 127.0.0.1 {} ",
        client.port()
    )));
    assert!(
        came.ends_with(std::str::from_utf8(front).unwrap()),
        "its header is just bytes: {came}"
    );
}

#[tokio::test]
async fn a_trusted_proxy_that_says_nonsense_is_not_passed_on() {
    for front in [
        &b"GET / HTTP/1.1\r\n\r\n"[..],
        b"PROXY TCP4 x",
        b"",
        b"PROXY TCP9 a b 1 2\r\n",
    ] {
        let (_, came) = heard_through(front, "127.0.0.1").await;
        assert!(came.as_ref().map_or(true, String::is_empty), "{came:?}");
    }
}
