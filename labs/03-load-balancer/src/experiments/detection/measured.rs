//! Deaths over real sockets: a server is stopped (it refuses) or frozen (it is silent), noticed, and healed, again and
//! again, while requests keep coming.

use std::{format, string::String, time::Duration, vec::Vec};

use anyhow::{Result, bail};
use kit::engine::{Checks, Passive};
use kit::experiment::{Bench, Findings};
use kit::load::{Arrivals, Open, Running};
use kit::origin::Work;
use simulation::{Generator, Time};
use tokio::time;

use super::super::numbers::Numbers;
use super::super::side_by_side::side_by_side;
use super::super::stage::{Setup, Stage, Who};
use super::{FAILURES, MODES, Mode, Pace, RATE_PER_S, SERVERS};
use crate::lab::system::System;
use crate::server::pool::Happening;

/// Deaths of each kind.
const DEATHS: u32 = 8;
/// Equal requests: what matters is how many there are.
const WORK: Duration = Duration::from_millis(15);
/// The server that dies.
const VICTIM: usize = 1;
/// Nobody waits longer for a death to be noticed, or for a server to be taken back.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often the balancer's log is looked at, where what counts is the time that it says, or HAProxy is asked.
const LOOK_EVERY: Duration = Duration::from_millis(5);
/// An ejection of passive checks.
const EJECTED: Duration = Duration::from_millis(500);

/// One kind of death.
struct Kind {
    name: String,
    mode: Mode,
    is_silent: bool,
    retries: u32,
}

/// What became of them.
struct Toll {
    noticed_s: Vec<f64>,
    failed: u64,
}

pub(super) async fn measured(who: Who, bench: &Bench) -> Result<Findings> {
    let kinds = kinds(who);
    let words = format!(
        "{} kinds of death, {DEATHS} of each, side by side",
        kinds.len()
    );
    let _step = bench.step(&words, Duration::from_secs(33));
    let mut numbers = Numbers::of(who.source());
    let tolls = kinds.iter().map(|kind| die(who, kind, bench.seed()));
    let tolls = side_by_side(tolls).await?;
    for (kind, toll) in kinds.iter().zip(tolls) {
        let name = &kind.name;
        numbers.put(name, "failed", toll.failed as f64);
        numbers.put(name, "failed_mean", toll.failed as f64 / f64::from(DEATHS));
        if !toll.noticed_s.is_empty() {
            let sum: f64 = toll.noticed_s.iter().sum();
            let longest = toll.noticed_s.iter().copied().fold(0.0, f64::max);
            numbers.put(name, "noticed_mean_s", sum / toll.noticed_s.len() as f64);
            numbers.put(name, "noticed_max_s", longest);
        }
    }
    Ok(numbers.findings())
}

/// nginx has no active checks, and HAProxy's passive ones need active ones beside them.
fn kinds(who: Who) -> Vec<Kind> {
    let mut kinds = Vec::new();
    for (fault, is_silent) in [("silent", true), ("refusing", false)] {
        let kind = |name: &str, mode, retries| Kind {
            name: format!("{name}-{fault}"),
            mode,
            is_silent,
            retries,
        };
        for (name, mode) in MODES {
            if who.can(mode) {
                kinds.push(kind(name, mode, 0));
            }
        }
        let usual = if who.can(Mode::Both) {
            Mode::Both
        } else {
            Mode::Passive
        };
        kinds.push(kind("retried", usual, 1));
    }
    kinds
}

impl Who {
    fn can(self, mode: Mode) -> bool {
        match self {
            Who::Ours => true,
            Who::Engine(kit::engine::Program::Nginx) => mode == Mode::Passive,
            Who::Engine(kit::engine::Program::Haproxy) => mode != Mode::Passive,
        }
    }
}

fn setup(kind: &Kind, seed: u64) -> Setup {
    let pace = Pace::QUICK;
    let millis = |duration: simulation::Duration| Duration::from_millis(duration.as_millis());
    Setup {
        checks: (kind.mode != Mode::Passive).then(|| Checks {
            interval: millis(pace.interval),
            timeout: millis(pace.timeout),
            rise: 2,
            fall: pace.fall,
        }),
        passive: (kind.mode != Mode::Active).then_some(Passive {
            failures: FAILURES,
            pause: EJECTED,
        }),
        retries: kind.retries,
        answer_timeout: millis(pace.request_timeout),
        ..Setup::new(SERVERS, Work::Constant(WORK), seed)
    }
}

/// All deaths of one kind.
async fn die(who: Who, kind: &Kind, seed: u64) -> Result<Toll> {
    let stage = Stage::start(who, setup(kind, seed))?;
    let load = Running::open(Open {
        arrivals: Arrivals::Poisson,
        duration: Duration::from_secs(600),
        seed,
        timeout: PATIENCE,
        ..Open::new(stage.address(), f64::from(RATE_PER_S))
    })?;
    let victim = &stage.origins()[VICTIM];
    let mut noticed_s = Vec::new();
    let mut random = Generator::new(seed);
    for _ in 0..DEATHS {
        // A death falls anywhere between two probes.
        let phase = random.below(Pace::QUICK.interval.as_nanos());
        time::sleep(EJECTED + Duration::from_nanos(phase)).await;
        let died = Death {
            at: time::Instant::now(),
            by_system: stage.system().map(System::now),
        };
        if kind.is_silent {
            victim.freeze();
        } else {
            victim.stop();
        }
        match noticed(&stage, died).await? {
            Some(after_s) => noticed_s.push(after_s),
            // It does not tell: it has had the time.
            None => time::sleep(Duration::from_secs_f64(Pace::QUICK.noticed_max_s())).await,
        }
        // What was sent before the death was noticed is still waiting.
        time::sleep(EJECTED / 2).await;
        victim.start_again()?;
        victim.thaw();
        taken_back(&stage).await?;
    }
    load.stop();
    let report = load.report().await?;
    Ok(Toll {
        noticed_s,
        failed: report.unsuccessful(),
    })
}

/// When the victim died.
#[derive(Clone, Copy)]
struct Death {
    at: time::Instant,
    /// The same by our own balancer's clock.
    by_system: Option<Time>,
}

/// After how many seconds the balancer took the victim out; nothing from one that does not tell.
async fn noticed(stage: &Stage, died: Death) -> Result<Option<f64>> {
    while died.at.elapsed() < PATIENCE {
        match (stage.system(), died.by_system) {
            (Some(system), Some(died_at)) => {
                if let Some(after_s) = logged(system, died_at)? {
                    return Ok(Some(after_s));
                }
            }
            _ => match stage.is_up(VICTIM)? {
                Some(true) => {}
                Some(false) => return Ok(Some(died.at.elapsed().as_secs_f64())),
                None => return Ok(None),
            },
        }
        time::sleep(LOOK_EVERY).await;
    }
    bail!(
        "the balancer has not noticed a death within {} s",
        PATIENCE.as_secs()
    )
}

/// After how many seconds our balancer's log says that the victim was taken out, if it does.
fn logged(system: &System, died_at: Time) -> Result<Option<f64>> {
    let id = system.id(VICTIM)?;
    let events = system.pool().events(0);
    let out = events.iter().find(|event| {
        let is_out = matches!(event.what, Happening::Down | Happening::Ejected);
        is_out && event.server == Some(id) && event.at >= died_at
    });
    Ok(out.map(|out| out.at.since(died_at).as_nanos() as f64 / 1e9))
}

/// Waits until the balancer sends to the victim again.
async fn taken_back(stage: &Stage) -> Result<()> {
    let begun = time::Instant::now();
    let before = stage.origins()[VICTIM].counts().served;
    while begun.elapsed() < PATIENCE {
        time::sleep(LOOK_EVERY).await;
        if stage.origins()[VICTIM].counts().served > before + 2 {
            return Ok(());
        }
    }
    bail!("the balancer does not send to a server that is well again")
}
