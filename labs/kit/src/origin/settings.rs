//! What an origin is like.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use anyhow::{Result, ensure};
use rand::Rng;
use rand::rngs::SmallRng;
use rand_distr::Exp1;

/// The longest that one request may work.
const WORK_MAX: Duration = Duration::from_secs(60);
/// Bytes of an answer, at most.
pub(super) const BODY_BYTES_MAX: usize = 1 << 30;

/// What an origin is like.
#[derive(Clone, Debug)]
pub struct OriginSettings {
    /// What it says in `X-Server`.
    pub name: String,
    /// Where it listens. Port 0: any free one. Only addresses of this machine.
    pub address: SocketAddr,
    /// Requests that it works on at the same time.
    pub workers: u32,
    /// How long a request works.
    pub work: Work,
    /// Bytes of an answer's body.
    pub body_bytes: usize,
    /// Requests that wait for a worker, at most; one more is answered with 503.
    pub queue_max: usize,
    /// The keys that it has at hand. None: every key is the same to it.
    pub cache: Option<Cache>,
    /// Decides work and faults.
    pub seed: u64,
}

impl OriginSettings {
    /// A server of this name on any free port: one worker, no work, a body of 1 KB, a queue of 1,000.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            workers: 1,
            work: Work::Constant(Duration::ZERO),
            body_bytes: 1024,
            queue_max: 1000,
            cache: None,
            seed: 1,
        }
    }

    pub(super) fn check(&self) -> Result<()> {
        let Self {
            name,
            address,
            workers,
            body_bytes,
            ..
        } = self;
        ensure!(
            !name.is_empty()
                && name.len() <= 64
                && name.bytes().all(|byte| byte.is_ascii_graphic()),
            "an origin's name is 1 to 64 letters, digits and signs without spaces; got {name:?}"
        );
        ensure!(
            address.ip().is_loopback(),
            "an origin listens on this machine only, such as 127.0.0.1; got {address}"
        );
        ensure!(*workers > 0, "workers is at least 1; got 0");
        ensure!(
            *body_bytes <= BODY_BYTES_MAX,
            "body_bytes is at most {BODY_BYTES_MAX}; got {body_bytes}"
        );
        self.work.check()
    }
}

/// How long a request works.
#[derive(Clone, Debug)]
pub enum Work {
    /// As long every time.
    Constant(Duration),
    /// At random, so long on average, exponentially distributed.
    Exponential(Duration),
    /// In so large a share of requests (they add up to 1), so long.
    Mix(Vec<(f64, Duration)>),
}

impl Work {
    pub(super) fn check(&self) -> Result<()> {
        let longest = match self {
            Self::Constant(work) | Self::Exponential(work) => *work,
            Self::Mix(parts) => {
                let shares: f64 = parts.iter().map(|(share, _)| share).sum();
                ensure!(
                    (shares - 1.0).abs() < 1e-6 && parts.iter().all(|(share, _)| *share >= 0.0),
                    "the shares of mixed work add up to 1; they are {shares}"
                );
                parts
                    .iter()
                    .map(|(_, work)| *work)
                    .max()
                    .unwrap_or_default()
            }
        };
        ensure!(
            longest <= WORK_MAX,
            "work is at most {WORK_MAX:?}; got {longest:?}"
        );
        Ok(())
    }

    pub(super) fn draw(&self, random: &mut SmallRng) -> Duration {
        match self {
            Self::Constant(work) => *work,
            Self::Exponential(mean) => {
                let share: f64 = random.sample(Exp1);
                mean.mul_f64(share).min(WORK_MAX)
            }
            Self::Mix(parts) => {
                let mut left: f64 = random.random();
                for (share, work) in parts {
                    if left < *share {
                        return *work;
                    }
                    left -= share;
                }
                parts.last().map(|(_, work)| *work).unwrap_or_default()
            }
        }
    }
}

/// Keys that a server has at hand; the key of a request is its path. The one not asked for longest goes first.
#[derive(Clone, Copy, Debug)]
pub struct Cache {
    /// How many keys.
    pub keys_max: usize,
    /// What a key costs beside the work when it is not at hand.
    pub miss: Duration,
}
