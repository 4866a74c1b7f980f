//! The stage of a measurement: real servers behind whoever balances, our balancer or an engine, set up alike.

use std::{boxed::Box, format, net::SocketAddr, string::ToString, time::Duration, vec::Vec};

use anyhow::{Context, Result, anyhow};
use kit::engine::{Balancing, Checks, Engine, Layer, Passive, Program};
use kit::experiment::Source;
use kit::origin::{Origin, OriginSettings, Work};
use tokio::time::{self, Instant};

use crate::lab::system::{Deploy, System, SystemSettings};
use crate::server::Settings;
use crate::server::settings::{self, Key, ProbeKind};

/// Whoever balances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// This lab's balancer.
    Ours,
    /// An installed one.
    Engine(Program),
}

impl Who {
    /// The engine of that name.
    pub(super) fn named(engine: &str) -> Result<Who> {
        let program = Program::from_name(engine);
        let program = program.with_context(|| format!("there is no engine `{engine}`"))?;
        Ok(Who::Engine(program))
    }

    /// Whose the numbers are.
    pub(super) fn source(self) -> Source {
        match self {
            Who::Ours => Source::Measured,
            Who::Engine(program) => Source::Engine(program.name().to_string()),
        }
    }

    /// Whether it has this policy.
    pub(super) fn has(self, policy: &str, layer: Layer) -> bool {
        match self {
            Who::Ours => true,
            Who::Engine(program) => program.policies(layer).contains(&policy),
        }
    }
}

/// What is behind the balancer, and how it is told to be.
#[derive(Debug, Clone)]
pub(super) struct Setup {
    pub(super) origins: Vec<OriginSettings>,
    pub(super) policy: &'static str,
    pub(super) layer: Layer,
    /// Active checks, if any.
    pub(super) checks: Option<Checks>,
    /// Passive checks, if any; with active ones beside them, if there are some.
    pub(super) passive: Option<Passive>,
    /// On how many other servers a request is tried.
    pub(super) retries: u32,
    /// How long a server may take for an answer.
    pub(super) answer_timeout: Duration,
    pub(super) seed: u64,
}

/// Longer than any line of an experiment.
const PATIENCE: Duration = Duration::from_secs(60);

impl Setup {
    /// So many equal servers at layer 7; nothing is checked or tried again.
    pub(super) fn new(servers: u32, work: Work, seed: u64) -> Setup {
        Setup {
            origins: SystemSettings::new(servers, work, seed).origins,
            policy: "round-robin",
            layer: Layer::Seven,
            checks: None,
            passive: None,
            retries: 0,
            answer_timeout: PATIENCE,
            seed,
        }
    }

    /// The same for our balancer.
    pub(super) fn settings(&self) -> Result<Settings> {
        let millis = |duration: Duration| duration.as_millis() as u64;
        let policy = self
            .policy
            .parse()
            .map_err(|problem| anyhow!("{problem}"))?;
        let mut settings =
            SystemSettings::new(0, Work::Constant(Duration::ZERO), self.seed).balancer;
        settings.policy = policy;
        settings.layer = match self.layer {
            Layer::Four => settings::Layer::Four,
            Layer::Seven => settings::Layer::Seven,
        };
        if self.layer == Layer::Seven {
            settings.key = Key::Path;
        }
        match self.checks {
            None => settings.probes.kind = ProbeKind::Off,
            Some(checks) => {
                settings.probes.interval_ms = millis(checks.interval);
                settings.probes.timeout_ms = millis(checks.timeout);
                settings.probes.rise = checks.rise;
                settings.probes.fall = checks.fall;
                // The formula knows no jitter.
                settings.probes.jitter_percent = 0;
            }
        }
        settings.ejection.failures = self.passive.map_or(0, |passive| passive.failures);
        if let Some(passive) = self.passive {
            settings.ejection.base_ms = millis(passive.pause);
            // Deaths follow each other quickly here; none is to pay for the one before.
            settings.ejection.forgiven_after_ms = 1;
        }
        settings.retries.tries_max = 1 + self.retries;
        settings.timeouts.response_ms = millis(self.answer_timeout);
        settings.timeouts.connect_ms = millis(self.answer_timeout);
        Ok(settings)
    }

    /// The same for an engine.
    pub(super) fn balancing(&self, servers: &[SocketAddr]) -> Balancing {
        Balancing {
            layer: self.layer,
            policy: self.policy.to_string(),
            checks: self.checks,
            passive: self.passive,
            retries: self.retries,
            connect_timeout: self.answer_timeout,
            answer_timeout: self.answer_timeout,
            ..Balancing::new(servers)
        }
    }
}

/// Servers and their balancer, running until this is dropped.
pub(super) struct Stage {
    setup: Setup,
    playing: Playing,
}

enum Playing {
    Ours(System),
    Engine(Box<Engine>, Vec<Origin>),
}

impl Stage {
    pub(super) fn start(who: Who, setup: Setup) -> Result<Stage> {
        let playing = match who {
            Who::Ours => Playing::Ours(System::start(SystemSettings {
                origins: setup.origins.clone(),
                balancer: setup.settings()?,
            })?),
            Who::Engine(program) => {
                let origins = setup.origins.iter().cloned().map(Origin::start);
                let origins = origins.collect::<Result<Vec<Origin>>>()?;
                let addresses: Vec<_> = origins.iter().map(Origin::address).collect();
                let engine = Engine::balance(program, &setup.balancing(&addresses))?;
                Playing::Engine(Box::new(engine), origins)
            }
        };
        Ok(Stage { setup, playing })
    }

    /// Where clients connect.
    pub(super) fn address(&self) -> SocketAddr {
        match &self.playing {
            Playing::Ours(system) => system.address,
            Playing::Engine(engine, _) => engine.address(),
        }
    }

    pub(super) fn origins(&self) -> &[Origin] {
        match &self.playing {
            Playing::Ours(system) => &system.origins,
            Playing::Engine(_, origins) => origins,
        }
    }

    /// Our own system, if it is ours that plays.
    pub(super) fn system(&self) -> Option<&System> {
        match &self.playing {
            Playing::Ours(system) => Some(system),
            Playing::Engine(..) => None,
        }
    }

    /// Whether an engine takes a server to be up, if it tells. Of our own system the log says more.
    pub(super) fn is_up(&self, place: usize) -> Result<Option<bool>> {
        match &self.playing {
            Playing::Ours(_) => Ok(None),
            Playing::Engine(engine, _) => engine.is_up(place),
        }
    }

    /// Processor time of the balancer so far.
    pub(super) fn processor_time(&self) -> Option<Duration> {
        match &self.playing {
            Playing::Ours(system) => system.processor_time(),
            Playing::Engine(engine, _) => engine.processor_time().ok(),
        }
    }

    /// One more server from now on.
    pub(super) fn join(&mut self, settings: OriginSettings) -> Result<()> {
        let origin = Origin::start(settings)?;
        match &mut self.playing {
            Playing::Ours(system) => {
                system.pool().add(origin.address().into(), system.now());
                system.origins.push(origin);
            }
            Playing::Engine(engine, origins) => {
                origins.push(origin);
                let addresses: Vec<_> = origins.iter().map(Origin::address).collect();
                // As after a change of the configuration: another process, the same servers and one more.
                let program = Program::from_name(engine.name()).context("it has a name")?;
                **engine = Engine::balance(program, &self.setup.balancing(&addresses))?;
            }
        }
        Ok(())
    }

    /// Restarts every server, one after the other.
    pub(super) async fn deploy(&mut self, deploy: &Deploy) -> Result<()> {
        let (engine, origins) = match &mut self.playing {
            Playing::Ours(system) => return system.deploy(deploy).await,
            Playing::Engine(engine, origins) => (engine, origins),
        };
        for (place, origin) in origins.iter().enumerate() {
            if deploy.drains {
                engine.drain(place)?;
                wait_until_idle(origin).await;
            }
            origin.stop();
            time::sleep(deploy.restart).await;
            origin.start_again()?;
            if deploy.drains {
                engine.ready(place)?;
            }
            time::sleep(deploy.pause).await;
        }
        Ok(())
    }
}

/// How often it is looked whether a draining server has finished, and how often in a row it must have nothing: an engine
/// does not say when it has heard that it should send nothing there.
const LOOK_EVERY: Duration = Duration::from_millis(20);
const LOOKS: u32 = 25;
/// Then it is stopped in any case: HAProxy lets visitors with a cookie go on to a draining server for ever.
const DRAIN_MAX: Duration = Duration::from_secs(3);

async fn wait_until_idle(origin: &Origin) {
    let (begun, mut idle) = (Instant::now(), 0);
    while idle < LOOKS && begun.elapsed() < DRAIN_MAX {
        time::sleep(LOOK_EVERY).await;
        idle = match origin.counts().open {
            0 => idle + 1,
            _ => 0,
        };
    }
}
