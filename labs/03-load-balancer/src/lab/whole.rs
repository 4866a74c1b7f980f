//! How the whole lab starts its parts: the system of the live figure, over real sockets.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Result, anyhow};
use kit::load::{Arrivals, Open, Running};
use kit::origin::Work;

use super::controls::{Poke, default};
use super::system::SystemSettings;

/// What an average request is, as in the figure.
pub const WORK: Duration = Duration::from_millis(15);
/// How many servers the picture has room for.
const SERVERS: u32 = 4;
/// How long clients wait for an answer: as long as people would.
const PATIENCE: Duration = Duration::from_secs(10);
/// A load lasts no longer: who leaves the lab alone for a day finds it without clients.
const A_DAY: Duration = Duration::from_secs(24 * 3_600);

/// Four servers and a balancer as in the figure: round robin, a probe of each server each second of which two in a row
/// decide, no passive checks. What the figure has not is the balancer's own: a request that fails is tried on another server.
///
/// # Errors
/// The figure's first policy is none of the balancer's.
pub fn settings(seed: u64) -> Result<SystemSettings> {
    let mut settings = SystemSettings::new(SERVERS, Work::Constant(WORK), seed);
    let balancer = &mut settings.balancer;
    let policy = default(Poke::Policy).parse();
    balancer.policy = policy.map_err(|problem: std::string::String| anyhow!(problem))?;
    balancer.probes.interval_ms = 1_000;
    balancer.probes.timeout_ms = 500;
    balancer.probes.rise = 2;
    balancer.probes.fall = 2;
    balancer.ejection.failures = 0;
    // A frozen server says nothing: waiting long for it would only hide what happens.
    balancer.timeouts.response_ms = 2_000;
    balancer.drain_deadline_ms = 2_000;
    Ok(settings)
}

/// Clients that never stop asking, at random moments and as often as the figure's.
///
/// # Errors
/// A thread for them can't be started.
pub fn clients(address: SocketAddr, seed: u64) -> Result<Running> {
    let rate: f64 = default(Poke::Rate).parse()?;
    Running::open(Open {
        arrivals: Arrivals::Poisson,
        duration: A_DAY,
        timeout: PATIENCE,
        seed,
        ..Open::new(address, rate)
    })
}
