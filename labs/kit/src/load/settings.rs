//! What a load is made of: whom it asks, how often, for what, and how long it waits.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Result, ensure};

/// Requests a second, at most. More than one thread can send at a steady pace.
const RATE_MAX: f64 = 50_000.0;
/// Connections and clients, at most: what a process may open on most machines.
const CONNECTIONS_MAX: usize = 10_000;
/// How long a load may last.
const DURATION_MAX: Duration = Duration::from_secs(24 * 3600);
/// Keys and visitors, at most.
const KEYS_MAX: u32 = 10_000_000;
/// Bytes of a request's body, at most.
const BODY_BYTES_MAX: usize = 64 << 20;

/// When requests come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrivals {
    /// One after the other, with the same gap.
    Constant,
    /// Independent of each other: gaps are exponential.
    Poisson,
}

/// A load that does not wait for answers: requests come when they come. A latency is counted from the moment at which
/// the request was meant to start, so a server that stalls can't hide those that it kept from being sent.
#[derive(Clone, Debug)]
pub struct Open {
    /// Who is asked.
    pub target: SocketAddr,
    /// What is asked for.
    pub requests: Requests,
    /// When requests come.
    pub arrivals: Arrivals,
    /// Requests a second.
    pub rate: f64,
    /// How long requests are sent; answers may come later.
    pub duration: Duration,
    /// How many requests are sent, at most.
    pub count_max: u64,
    /// Decides arrivals, keys and visitors.
    pub seed: u64,
    /// Connections at the same time; a request that finds none waits, and its wait counts.
    pub connections_max: usize,
    /// How long after its intended start a request is given up.
    pub timeout: Duration,
    /// Whether the target may be another machine.
    pub remote_allowed: bool,
}

impl Open {
    /// A constant rate for ten seconds, 256 connections, five seconds of patience.
    pub fn new(target: SocketAddr, rate: f64) -> Self {
        Self {
            target,
            requests: Requests::default(),
            arrivals: Arrivals::Constant,
            rate,
            duration: Duration::from_secs(10),
            count_max: u64::MAX,
            seed: 1,
            connections_max: 256,
            timeout: Duration::from_secs(5),
            remote_allowed: false,
        }
    }

    pub(super) fn check(&self) -> Result<()> {
        check_target(self.target, self.remote_allowed)?;
        check_rate(self.rate)?;
        check_connections("connections_max", self.connections_max)?;
        check_times(self.duration, self.timeout)?;
        self.requests.check()
    }
}

/// A load that waits for answers: so many clients, each with one request at a time. When the server stalls, they stall
/// too, and the stall counts once for each of them.
#[derive(Clone, Debug)]
pub struct Closed {
    /// Who is asked.
    pub target: SocketAddr,
    /// What is asked for.
    pub requests: Requests,
    /// How many clients.
    pub clients: usize,
    /// What a client does between an answer and its next request.
    pub think: Think,
    /// How long requests are sent; answers may come later.
    pub duration: Duration,
    /// How many requests are sent, at most.
    pub count_max: u64,
    /// Decides think times, keys and visitors.
    pub seed: u64,
    /// How long a client waits for its answer.
    pub timeout: Duration,
    /// Whether the target may be another machine.
    pub remote_allowed: bool,
}

impl Closed {
    /// Clients that do not think, for ten seconds, with five seconds of patience.
    pub fn new(target: SocketAddr, clients: usize) -> Self {
        Self {
            target,
            requests: Requests::default(),
            clients,
            think: Think::Nothing,
            duration: Duration::from_secs(10),
            count_max: u64::MAX,
            seed: 1,
            timeout: Duration::from_secs(5),
            remote_allowed: false,
        }
    }

    pub(super) fn check(&self) -> Result<()> {
        check_target(self.target, self.remote_allowed)?;
        check_connections("clients", self.clients)?;
        check_times(self.duration, self.timeout)?;
        self.requests.check()
    }
}

/// What a client does between an answer and its next request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Think {
    /// Asks again at once.
    Nothing,
    /// Waits as long every time.
    Constant(Duration),
    /// Waits at random, so long on average.
    Exponential(Duration),
    /// Asks once in each period; when the answer took longer, at once.
    Every(Duration),
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Requests {
    /// The paths.
    pub paths: Paths,
    /// Who asks; they keep the cookies that they are given. None: nobody keeps any.
    pub visitors: Option<Visitors>,
    /// The share of requests that are POST, from 0 to 1. The rest are GET.
    pub post_share: f64,
    /// Bytes of a POST's body.
    pub post_body_bytes: usize,
    /// Whether a connection is used again; otherwise each request says `Connection: close`.
    pub keep_alive: bool,
}

impl Default for Requests {
    fn default() -> Self {
        Self {
            paths: Paths::One("/".to_owned()),
            visitors: None,
            post_share: 0.0,
            post_body_bytes: 0,
            keep_alive: true,
        }
    }
}

impl Requests {
    fn check(&self) -> Result<()> {
        let prefix = match &self.paths {
            Paths::One(path) => path,
            Paths::Keys {
                prefix,
                count,
                exponent,
            } => {
                check_popularity("paths", *count, *exponent)?;
                prefix
            }
        };
        ensure!(
            prefix.starts_with('/') && prefix.bytes().all(|byte| byte.is_ascii_graphic()),
            "a path begins with / and has no spaces; got {prefix:?}"
        );
        if let Some(visitors) = &self.visitors {
            check_popularity("visitors", visitors.count, visitors.exponent)?;
        }
        ensure!(
            (0.0..=1.0).contains(&self.post_share),
            "post_share is from 0 to 1; got {}",
            self.post_share
        );
        ensure!(
            self.post_body_bytes <= BODY_BYTES_MAX,
            "post_body_bytes is at most {BODY_BYTES_MAX}; got {}",
            self.post_body_bytes
        );
        Ok(())
    }
}

/// The paths that are asked for.
#[derive(Clone, Debug)]
pub enum Paths {
    /// Always the same.
    One(String),
    /// `PREFIX1` to `PREFIXcount`; key k is asked for in proportion to 1/k^exponent (Zipf; 0: all alike).
    Keys {
        /// Stands before the number, such as `/key/`.
        prefix: String,
        /// How many keys.
        count: u32,
        /// How much more popular the first are.
        exponent: f64,
    },
}

/// Who asks: visitor v comes in proportion to 1/v^exponent.
#[derive(Clone, Copy, Debug)]
pub struct Visitors {
    /// How many there are.
    pub count: u32,
    /// How much more often the first come (0: all alike).
    pub exponent: f64,
}

pub(super) fn check_rate(rate: f64) -> Result<()> {
    ensure!(
        rate.is_finite() && (0.0..=RATE_MAX).contains(&rate),
        "rate is requests a second, from 0 to {RATE_MAX}; got {rate}"
    );
    Ok(())
}

fn check_target(target: SocketAddr, remote_allowed: bool) -> Result<()> {
    ensure!(
        remote_allowed || target.ip().is_loopback(),
        "{target} is not this machine: load goes to loopback addresses such as 127.0.0.1 unless remote_allowed is set"
    );
    Ok(())
}

fn check_connections(name: &str, count: usize) -> Result<()> {
    ensure!(
        (1..=CONNECTIONS_MAX).contains(&count),
        "{name} is from 1 to {CONNECTIONS_MAX}; got {count}"
    );
    Ok(())
}

fn check_times(duration: Duration, timeout: Duration) -> Result<()> {
    ensure!(
        duration <= DURATION_MAX,
        "duration is at most a day; got {duration:?}"
    );
    ensure!(
        !timeout.is_zero() && timeout <= DURATION_MAX,
        "timeout is more than nothing and at most a day; got {timeout:?}"
    );
    Ok(())
}

fn check_popularity(name: &str, count: u32, exponent: f64) -> Result<()> {
    ensure!(
        (1..=KEYS_MAX).contains(&count),
        "{name}: count is from 1 to {KEYS_MAX}; got {count}"
    );
    ensure!(
        exponent.is_finite() && (0.0..=10.0).contains(&exponent),
        "{name}: exponent is from 0 to 10; got {exponent}"
    );
    Ok(())
}
