//! Four servers that can fail, and the balancer in a process of its own.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use kit::engine::Process;
use kit::http1::client::{Client, Request};
use kit::origin::{Origin, OriginSettings, Work};
use kit::port::HeldPort;
use serde_json::Value;
use tempfile::TempDir;

/// Servers.
pub(crate) const SERVERS: usize = 4;
/// How long anything may take that should take a moment.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often we look.
const PAUSE: Duration = Duration::from_millis(100);

/// glibc keeps what is freed for later, so resident memory would show the most that was ever in use at once, and go on
/// rising for minutes with it. Told so, it gives larger pieces back at once, and what stays is what is held.
const PROMPT_FREE: &str = "MALLOC_MMAP_THRESHOLD_=4096";

/// Everything that is tried.
pub(crate) struct System {
    pub(crate) origins: Vec<Origin>,
    pub(crate) address: SocketAddr,
    admin: Client,
    balancer: Process,
    _ports: [HeldPort; 2],
    _folder: TempDir,
}

impl System {
    /// Starts it.
    pub(crate) fn start(seed: u64) -> Result<Self> {
        let origins = (0..SERVERS)
            .map(|place| origin(place, seed))
            .collect::<Result<Vec<_>>>()?;
        let ports = [HeldPort::any()?, HeldPort::any()?];
        let [address, admin] = [ports[0].address(), ports[1].address()];
        let mut text = include_str!("../configurations/soak.lab-03.toml")
            .replace("{{listen}}", &address.to_string())
            .replace("{{admin}}", &admin.to_string());
        for (place, origin) in origins.iter().enumerate() {
            text = text.replace(
                &format!("{{{{server-{}}}}}", place + 1),
                &origin.address().to_string(),
            );
        }
        let folder = tempfile::Builder::new().prefix("lab-03-soak-").tempdir()?;
        let settings = folder.path().join("settings.toml");
        std::fs::write(&settings, text)?;
        let settings = settings.to_string_lossy().into_owned();
        let lab = env!("CARGO_BIN_EXE_lab-03");
        let command =
            ["env", PROMPT_FREE, lab, "serve", "--settings", &settings].map(str::to_owned);
        let balancer = Process::start(&command, folder.path())?;
        balancer
            .wait_for(address)
            .context("lab-03 serve did not start")?;
        Ok(Self {
            origins,
            address,
            admin: Client::new(admin),
            balancer,
            _ports: ports,
            _folder: folder,
        })
    }

    /// Resident memory of the balancer.
    pub(crate) fn resident_bytes(&self) -> Result<u64> {
        self.balancer
            .resident_bytes()
            .context("the balancer has ended")
    }

    /// What the balancer says of itself.
    pub(crate) async fn statistics(&self) -> Result<Value> {
        let request = Request::new("GET", "/statistics", &[("Host", "localhost")]);
        let answer = self
            .admin
            .send(&request)
            .await
            .context("the admin address does not answer")?;
        Ok(serde_json::from_slice(&answer.body)?)
    }

    /// Ends all faults, and waits until the balancer believes that every server is well.
    pub(crate) async fn everybody_well(&self) -> Result<()> {
        for origin in &self.origins {
            origin.heal();
            origin.start_again()?;
        }
        let is_well = |statistics: &Value| {
            let servers = statistics["pool"]["servers"].as_array();
            servers
                .is_some_and(|servers| servers.iter().all(|server| server["in_rotation"] == true))
        };
        self.wait_for(is_well)
            .await
            .context("the balancer did not find that everybody is well")?;
        Ok(())
    }

    /// What it says once no request is open.
    pub(crate) async fn statistics_when_idle(&self) -> Result<Value> {
        let is_idle = |statistics: &Value| {
            let servers = statistics["pool"]["servers"].as_array();
            servers.is_some_and(|servers| servers.iter().all(|server| server["open"] == 0))
        };
        self.wait_for(is_idle)
            .await
            .context("requests stay open at the balancer that nobody waits for")
    }

    /// Ends the balancer as a service manager would. What is wrong with how it ended.
    pub(crate) fn end(self) -> Result<Option<String>> {
        let code = self.balancer.end(PATIENCE)?;
        Ok((code != 0)
            .then(|| format!("the balancer was asked to end, and its exit code was {code}, not 0")))
    }

    async fn wait_for(&self, holds: impl Fn(&Value) -> bool) -> Result<Value> {
        let start = std::time::Instant::now();
        loop {
            let statistics = self.statistics().await?;
            if holds(&statistics) {
                return Ok(statistics);
            }
            if start.elapsed() > PATIENCE {
                bail!("after {PATIENCE:?} it says {statistics}");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}

fn origin(place: usize, seed: u64) -> Result<Origin> {
    Origin::start(OriginSettings {
        workers: 8,
        work: Work::Exponential(Duration::from_millis(1)),
        body_bytes: 4096,
        queue_max: 100,
        seed: seed + place as u64,
        ..OriginSettings::new(&format!("s{}", place + 1))
    })
}
