//! The lab's system in one process: a few origins, and the balancer in front of them on a thread of its own.
//!
//! In come [`SystemSettings`]; out comes a [`System`] that runs until it is stopped or dropped, with a handle to each server
//! (stop, slow, freeze: [`Origin`]) and to the balancer's pool. The lab, the experiments and tests all start it here.

use std::{
    borrow::ToOwned,
    format, fs,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    string::String,
    sync::Arc,
    thread,
    time::Duration,
    vec::Vec,
};

use anyhow::{Context, Result, anyhow};
use kit::origin::{Origin, OriginSettings, Work};
use simulation::Time;
use tokio::{runtime, sync::oneshot, time};

use crate::server::{
    Balancer, Listeners, Settings,
    pool::{Pool, ServerView},
};

/// Probes ask for this: an origin answers it at once, however long its line is.
const HEALTH_PATH: &str = "/healthz";

/// What a system is made of.
#[derive(Debug, Clone)]
pub struct SystemSettings {
    /// The servers behind the balancer.
    pub origins: Vec<OriginSettings>,
    /// The balancer. These servers are put before those that it names itself.
    pub balancer: Settings,
}

impl SystemSettings {
    /// So many equal servers, `server-1` and so on, each with one worker; and a balancer on a free port that probes
    /// `/healthz`, with all its defaults. Chance is drawn from `seed`.
    pub fn new(servers: u32, work: Work, seed: u64) -> SystemSettings {
        let origin = |number: u32| OriginSettings {
            work: work.clone(),
            seed: seed.wrapping_add(number.into()),
            ..OriginSettings::new(&format!("server-{number}"))
        };
        let mut balancer = Settings {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            seed: Some(seed),
            ..Settings::default()
        };
        balancer.probes.path = HEALTH_PATH.to_owned();
        SystemSettings {
            origins: (1..=servers).map(origin).collect(),
            balancer,
        }
    }

    /// The servers, running, and the balancer's settings with them.
    fn started(self) -> Result<(Vec<Origin>, Settings)> {
        let origins = self.origins.into_iter().map(Origin::start);
        let origins = origins.collect::<Result<Vec<Origin>>>()?;
        let addresses = origins.iter().map(Origin::address);
        let servers = addresses.map(Into::into);
        let settings = Settings {
            servers: servers.chain(self.balancer.servers).collect(),
            ..self.balancer
        };
        Ok((origins, settings))
    }
}

/// How servers are restarted one by one.
#[derive(Debug, Clone, Copy)]
pub struct Deploy {
    /// Whether each gets nothing new and finishes what it has before it stops.
    pub drains: bool,
    /// How long each is away.
    pub restart: Duration,
    /// How long all are there before the next one's turn.
    pub pause: Duration,
}

/// Servers and their balancer, running.
pub struct System {
    /// The servers, in the order of their ids in the pool.
    pub origins: Vec<Origin>,
    /// The balancer, for its pool and its settings.
    pub balancer: Balancer,
    /// Where clients connect.
    pub address: SocketAddr,
    running: Option<Running>,
}

/// The balancer's thread.
struct Running {
    stop: oneshot::Sender<()>,
    ended: oneshot::Receiver<()>,
    /// The thread's id, where the machine tells how long it has worked.
    number: Option<u32>,
}

impl System {
    /// Starts the servers and the balancer.
    ///
    /// # Errors
    /// One of them cannot be started; the message says why.
    pub fn start(settings: SystemSettings) -> Result<System> {
        let (origins, settings) = settings.started()?;
        let listeners = Listeners::bind(&settings).map_err(|problem| anyhow!(problem))?;
        System::run(origins, settings, listeners)
    }

    /// As [`start`](System::start), with a listener that somebody else has bound.
    ///
    /// # Errors
    /// As of [`start`](System::start).
    pub fn start_on(settings: SystemSettings, listener: TcpListener) -> Result<System> {
        let (origins, settings) = settings.started()?;
        System::run(origins, settings, Listeners::on(listener))
    }

    fn run(origins: Vec<Origin>, settings: Settings, listeners: Listeners) -> Result<System> {
        let address = listeners.address()?;
        let balancer = Balancer::new(settings).map_err(|problem| anyhow!(problem))?;
        let running = Running::start(balancer.clone(), listeners)?;
        Ok(System {
            origins,
            balancer,
            address,
            running: Some(running),
        })
    }

    /// The balancer's pool.
    pub fn pool(&self) -> &Arc<Pool> {
        self.balancer.pool()
    }

    /// The balancer's present.
    pub fn now(&self) -> Time {
        self.balancer.shared().clock.now()
    }

    /// How the balancer sees its servers.
    pub fn servers(&self) -> Vec<ServerView> {
        self.pool().servers(self.now())
    }

    /// The id of a server in the balancer's pool, by its place among the origins.
    ///
    /// # Errors
    /// There is no such server (any more).
    pub fn id(&self, place: usize) -> Result<u32> {
        let address = self.origins.get(place).map(Origin::address);
        let mut known = self.pool().addresses().into_iter();
        let found = known.find(|(_, known)| Some(*known) == address);
        found
            .map(|(id, _)| id)
            .with_context(|| format!("there is no server {} in the pool", place + 1))
    }

    /// Processor time of the balancer's thread so far; `None` where the machine does not tell it for a thread, and with
    /// several threads.
    pub fn processor_time(&self) -> Option<Duration> {
        let is_alone = self.balancer.shared().settings.threads == 1;
        let number = self.running.as_ref()?.number.filter(|_| is_alone)?;
        let path = format!("/proc/self/task/{number}/schedstat");
        let text = fs::read_to_string(path).ok()?;
        // Its first number is the time on a processor in nanoseconds (Linux, Documentation/scheduler/sched-stats).
        let nanos = text.split_whitespace().next()?.parse().ok()?;
        Some(Duration::from_nanos(nanos))
    }

    /// Restarts every server, one after the other.
    ///
    /// # Errors
    /// A server cannot be started again.
    pub async fn deploy(&self, deploy: &Deploy) -> Result<()> {
        for place in 0..self.origins.len() {
            self.restart(place, deploy).await?;
            time::sleep(deploy.pause).await;
        }
        Ok(())
    }

    /// Restarts one server.
    async fn restart(&self, place: usize, deploy: &Deploy) -> Result<()> {
        let (id, origin) = (self.id(place)?, &self.origins[place]);
        if deploy.drains {
            self.pool().drain(id, self.now());
            self.pool().wait_until_idle(id).await;
        }
        origin.stop();
        time::sleep(deploy.restart).await;
        origin.start_again()?;
        if deploy.drains {
            self.pool().ready(id, self.now());
        }
        Ok(())
    }

    /// Stops the balancer as its settings say (what runs may finish), then the servers.
    ///
    /// # Errors
    /// The balancer's thread has ended before.
    pub async fn stop(mut self) -> Result<()> {
        if let Some(Running { stop, ended, .. }) = self.running.take() {
            // It listens as long as it runs.
            let _ = stop.send(());
            ended.await.context("the balancer ended by itself")?;
        }
        Ok(())
    }
}

impl Running {
    /// Runs the balancer on a thread of its own until it is told to stop, or nobody could tell it any more.
    fn start(balancer: Balancer, listeners: Listeners) -> Result<Running> {
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let (stop, stopped) = oneshot::channel::<()>();
        let (end, ended) = oneshot::channel();
        let (tell, told) = std::sync::mpsc::channel();
        thread::Builder::new()
            .name(String::from("balancer"))
            .spawn(move || {
                // Whoever starts it waits for this word.
                let _ = tell.send(own_number());
                let shutdown = async {
                    let _ = stopped.await;
                };
                let result = runtime.block_on(balancer.run(listeners, shutdown));
                if result.is_ok() {
                    // Nobody may listen any more.
                    let _ = end.send(());
                }
            })?;
        Ok(Running {
            stop,
            ended,
            number: told.recv().context("the balancer's thread did not start")?,
        })
    }
}

/// The id of this thread.
#[cfg(target_os = "linux")]
fn own_number() -> Option<u32> {
    rustix::thread::gettid()
        .as_raw_nonzero()
        .get()
        .try_into()
        .ok()
}

#[cfg(not(target_os = "linux"))]
fn own_number() -> Option<u32> {
    None
}
