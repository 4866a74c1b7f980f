//! Active checks: each server is asked at its interval, with some jitter, and the pool hears the answer. Never twice at once:
//! a probe ends, by an answer or its time-out, before the next begins. Draining servers are asked, too, so that it is known
//! how they are when they come back; one that has left the pool is not asked any more.

use std::{format, io, net::SocketAddr, sync::Arc, time::Duration, vec::Vec};

use kit::http1::{Limits, Timeouts, client};
use simulation::Generator;
use tokio::{io::AsyncWriteExt, net::TcpStream, task::JoinSet, time};

use super::{
    proxy_protocol,
    settings::{Layer, ProbeKind, ProxyVersion, Settings},
    shared::Shared,
};

/// A probe reads its whole answer, so that the connection ends well; more than this is a failure.
const BODY_BYTES_MAX: u64 = 16 << 20;

/// Probes whoever is in the pool, for ever. Dropped, it stops.
pub(super) async fn probe_all(shared: Arc<Shared>, seed: u64) {
    if !is_probing(&shared.settings) {
        return;
    }
    let seed = Generator::new(seed);
    let mut tasks = JoinSet::new();
    let mut next_id = 0;
    loop {
        let is_new = |(id, _): &(u32, SocketAddr)| *id >= next_id;
        let new: Vec<_> = shared.pool.addresses().into_iter().filter(is_new).collect();
        for (id, address) in new {
            next_id = id + 1;
            let random = seed.stream(id.into());
            tasks.spawn(probe_one(Arc::clone(&shared), (id, address), random));
        }
        while tasks.try_join_next().is_some() {}
        // Ids count up, so whoever has joined since has a higher one.
        let has_new =
            |addresses: Vec<(u32, SocketAddr)>| addresses.iter().any(|(id, _)| *id >= next_id);
        shared
            .pool
            .wait_until(|pool| has_new(pool.addresses()))
            .await;
    }
}

/// Whether servers are probed at all.
pub(super) fn is_probing(settings: &Settings) -> bool {
    kind(settings) != ProbeKind::Off
}

/// What is asked: what `layer` stands for is decided here.
fn kind(settings: &Settings) -> ProbeKind {
    match (settings.probes.kind, settings.layer) {
        (ProbeKind::Layer, Layer::Four) => ProbeKind::Tcp,
        (ProbeKind::Layer, Layer::Seven) => ProbeKind::Http,
        (kind, _) => kind,
    }
}

async fn probe_one(shared: Arc<Shared>, (id, address): (u32, SocketAddr), mut random: Generator) {
    let settings = &shared.settings.probes;
    let interval = Duration::from_millis(settings.interval_ms);
    let timeout = Duration::from_millis(settings.timeout_ms);
    // One after the other, not all at once.
    let mut next = time::Instant::now() + interval.mul_f64(random.unit());
    loop {
        time::sleep_until(next).await;
        if !shared.pool.has(id) {
            return;
        }
        next = time::Instant::now() + jittered(interval, settings.jitter_percent, &mut random);
        let answer = time::timeout(timeout, ask(&shared.settings, address)).await;
        let is_well = answer.is_ok_and(|answer| answer.unwrap_or(false));
        shared.pool.probed(id, is_well, shared.clock.now());
    }
}

/// Longer or shorter by up to so many percent.
fn jittered(interval: Duration, percent: u32, random: &mut Generator) -> Duration {
    let part = f64::from(percent) / 100.0;
    interval.mul_f64(1.0 + part * (2.0 * random.unit() - 1.0))
}

/// One probe, without a time limit.
async fn ask(settings: &Settings, address: SocketAddr) -> io::Result<bool> {
    let mut stream = TcpStream::connect(address).await?;
    // Both sides are done with it at once: no port has to linger.
    stream.set_zero_linger()?;
    let version = settings.proxy_protocol.send;
    if settings.layer == Layer::Four && version != ProxyVersion::Off {
        stream
            .write_all(proxy_protocol::own_header(version))
            .await?;
    }
    if kind(settings) == ProbeKind::Tcp {
        return Ok(true);
    }
    let limits = Limits {
        body_bytes_max: BODY_BYTES_MAX,
        ..Limits::default()
    };
    let mut connection = client::Connection::new(stream, limits, Timeouts::default());
    let host = format!("{address}");
    let headers = [
        ("Host", host.as_str()),
        ("User-Agent", "lab-03-probe"),
        ("Connection", "close"),
    ];
    let request = client::Request::new("GET", &settings.probes.path, &headers);
    let response = connection.send(&request).await;
    let response = response.map_err(|error| io::Error::other(format!("{error}")))?;
    Ok((200..400).contains(&response.status))
}
