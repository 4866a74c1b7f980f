//! Noticing the dead, and who came back.

use std::io;

use kit::{
    http1::client::{Client, Request},
    origin::{Origin, OriginSettings},
};
use load_balancer::server::{
    pool::{Failure, Happening, ServerState},
    settings::ProbeKind,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::running::{Program, Running, end, layer4, layer7, nobody, probed, read, soon};

fn origin(name: &str) -> Origin {
    Origin::start(OriginSettings::new(name)).unwrap()
}

#[tokio::test]
async fn a_server_that_stops_is_taken_out_and_taken_back_when_it_runs_again() {
    let origins = [origin("a"), origin("b")];
    let addresses = origins.each_ref().map(Origin::address);
    let balancer = Running::start(probed(layer7(&addresses), ProbeKind::Http)).await;
    origins[0].stop();
    balancer
        .until(0, |server| server.state == ServerState::Down)
        .await;
    let client = Client::new(balancer.address);
    for _ in 0..6 {
        let response = soon(client.send(&Request::get("/", "localhost")))
            .await
            .unwrap();
        assert_eq!(response.header("X-Server"), Some("b"));
    }
    origins[0].start_again().unwrap();
    balancer
        .until(0, |server| {
            server.state == ServerState::Up && server.in_rotation
        })
        .await;
    let events = balancer.pool().events(0);
    let own = events.iter().filter(|event| event.server == Some(0));
    let told: Vec<Happening> = own.map(|event| event.what).collect();
    assert!(
        told.starts_with(&[Happening::Joined, Happening::ProbeFailed]),
        "{told:?}"
    );
    assert!(
        told.ends_with(&[Happening::Down, Happening::Up]),
        "{told:?}"
    );
}

#[tokio::test]
async fn a_frozen_program_fails_its_http_probes_and_passes_those_of_tcp() {
    let origins = [origin("a"), origin("b")];
    let addresses = origins.each_ref().map(Origin::address);
    let asks = Running::start(probed(layer7(&addresses), ProbeKind::Http)).await;
    let connects = Running::start(probed(layer4(&addresses), ProbeKind::Tcp)).await;
    origins[0].freeze();
    asks.until(0, |server| server.state == ServerState::Down)
        .await;
    let before = connects.server(0).counts.probes_answered;
    connects
        .until(0, |server| server.counts.probes_answered > before + 3)
        .await;
    assert_eq!(connects.server(0).state, ServerState::Up);
    origins[0].thaw();
    asks.until(0, |server| server.state == ServerState::Up)
        .await;
}

#[tokio::test]
async fn a_server_that_answers_its_probe_with_an_error_is_not_well() {
    let origins = [origin("a"), origin("b")];
    let addresses = origins.each_ref().map(Origin::address);
    let mut settings = probed(layer7(&addresses), ProbeKind::Http);
    settings.probes.path = "/healthz".into();
    let balancer = Running::start(settings).await;
    balancer
        .until(0, |server| server.counts.probes_answered > 0)
        .await;
    origins[0].set_healthy(false);
    balancer
        .until(0, |server| server.state == ServerState::Down)
        .await;
    assert_eq!(balancer.server(1).state, ServerState::Up);
}

#[tokio::test]
async fn a_server_is_never_asked_twice_at_once() {
    let program = Program::start(|mut stream: TcpStream| async move {
        // Reads what is asked, and never answers.
        let mut asked = Vec::new();
        stream.read_to_end(&mut asked).await?;
        Ok(())
    })
    .await;
    let mut settings = probed(layer7(&[program.address]), ProbeKind::Http);
    (settings.probes.interval_ms, settings.probes.timeout_ms) = (1, 1);
    let balancer = Running::start(settings).await;
    balancer
        .until(0, |server| server.counts.probes_failed >= 5)
        .await;
    let failed = balancer.server(0).counts.probes_failed;
    assert!(
        u64::from(program.accepted()) <= failed + 1,
        "one probe, one connection, one result"
    );
}

#[tokio::test]
async fn one_that_joins_is_probed_and_one_that_leaves_is_not() {
    let program = Program::echo("").await;
    let late = Program::echo("").await;
    let balancer = Running::start(probed(layer4(&[program.address]), ProbeKind::Tcp)).await;
    let id = balancer.pool().add(late.address.into(), balancer.now());
    balancer
        .until(id, |server| server.counts.probes_answered >= 2)
        .await;
    balancer.pool().remove(id, balancer.now());
    let before = late.accepted();
    let first = balancer.server(0).counts.probes_answered;
    balancer
        .until(0, |server| server.counts.probes_answered > first + 5)
        .await;
    assert!(
        late.accepted() <= before + 1,
        "at most the one that was under way"
    );
}

#[tokio::test]
async fn probes_of_servers_that_expect_a_proxy_header_bring_one() {
    let (heard, mut hears) = tokio::sync::mpsc::unbounded_channel();
    let program = Program::start(move |mut stream: TcpStream| {
        let heard = heard.clone();
        async move {
            let mut came = vec![0; 15];
            stream.read_exact(&mut came).await?;
            heard.send(came).map_err(io::Error::other)
        }
    })
    .await;
    let mut settings = probed(layer4(&[program.address]), ProbeKind::Http);
    settings.proxy_protocol.send = load_balancer::server::settings::ProxyVersion::V1;
    let _balancer = Running::start(settings).await;
    assert_eq!(soon(hears.recv()).await.unwrap(), b"PROXY UNKNOWN\r\n");
}

#[tokio::test]
async fn clients_own_failures_eject_a_server_before_any_probe() {
    let program = Program::echo("here").await;
    let balancer = Running::start(layer4(&[nobody().await, program.address])).await;
    for _ in 0..12 {
        assert_eq!(read(&mut balancer.connect().await, 4).await, "here");
    }
    let server = balancer.server(0);
    assert_eq!(server.state, ServerState::Ejected);
    let refused = server.counts.failed.of(Failure::ConnectRefused);
    assert_eq!(
        refused, 5,
        "the fifth in a row ejects, and nobody tries it again"
    );
}

#[tokio::test]
async fn when_everybody_looks_ill_health_is_ignored() {
    let program = Program::echo("here").await;
    let balancer = Running::start(layer4(&[program.address])).await;
    (0..3).for_each(|_| balancer.pool().probed(0, false, balancer.now()));
    assert_eq!(balancer.server(0).state, ServerState::Down);
    assert_eq!(read(&mut balancer.connect().await, 4).await, "here");
    assert!(balancer.statistics().is_panicking);
}

#[tokio::test]
async fn without_panic_nobody_gets_what_is_ill() {
    let program = Program::echo("here").await;
    let mut settings = layer4(&[program.address]);
    settings.panic_percent = 0;
    let balancer = Running::start(settings).await;
    (0..3).for_each(|_| balancer.pool().probed(0, false, balancer.now()));
    let mut client = balancer.connect().await;
    let _ = client.write_all(b"anybody?").await;
    assert_eq!(end(&mut client).await, Err(io::ErrorKind::ConnectionReset));
    assert_eq!(program.accepted(), 0);
}
