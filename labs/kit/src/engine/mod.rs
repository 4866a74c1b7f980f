//! Production engines, found on this machine and started on loopback for a comparison.
//!
//! In: what to balance ([`Balancing`]), or a configuration of one's own. Out: an [`Engine`] that listens, with its
//! version, its configuration and its processor time. Everything that it writes is in a temporary folder, it needs no
//! rights, and it ends when it is stopped or dropped, or when this process ends in any way.

mod balancing;
mod haproxy;
mod nginx;
mod process;
mod program;

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use tempfile::TempDir;

pub use balancing::{Balancing, Checks, Layer, Passive, Server};
pub use process::Process;
pub use program::Program;

use crate::port::HeldPort;

const NO_BALANCER: &str = "only a load balancer has servers";
const NO_SERVER: &str = "there is no such server";

/// Where an engine is to run: what a configuration needs to know.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The folder for all its files; also its current one.
    pub folder: &'a Path,
    /// Where it is to listen.
    pub address: SocketAddr,
    /// nginx: the folder of its loadable modules. Empty elsewhere.
    pub modules: &'a str,
}

/// An engine that runs.
pub struct Engine {
    program: Program,
    version: String,
    configuration: String,
    process: Process,
    port: HeldPort,
    /// What it balances, and the servers that get no new requests; unless it has a configuration of its own.
    balancing: Option<(Balancing, Vec<usize>)>,
    // Dropped last: the process writes into it.
    folder: TempDir,
}

impl Engine {
    /// Starts nginx as a load balancer.
    pub fn nginx(balancing: &Balancing) -> Result<Self> {
        Self::balance(Program::Nginx, balancing)
    }

    /// Starts haproxy as a load balancer.
    pub fn haproxy(balancing: &Balancing) -> Result<Self> {
        Self::balance(Program::Haproxy, balancing)
    }

    /// Starts a load balancer. An error says in one line what is missing or what it can't do.
    pub fn balance(program: Program, balancing: &Balancing) -> Result<Self> {
        let mut engine = Self::start(program, &|place| {
            configuration(program, balancing, &[], place)
        })?;
        engine.balancing = Some((balancing.clone(), Vec::new()));
        Ok(engine)
    }

    /// Starts an engine with the configuration that `write` gives for its place.
    pub fn start(program: Program, write: &dyn Fn(&Place<'_>) -> Result<String>) -> Result<Self> {
        let installed = program.find()?;
        let folder = tempfile::Builder::new()
            .prefix("lab-engine-")
            .tempdir()
            .context("can't make a folder")?;
        open_to_workers(folder.path())?;
        let port = HeldPort::any()?;
        let place = Place {
            folder: folder.path(),
            address: port.address(),
            modules: &installed.modules,
        };
        let configuration = write(&place)?;
        std::fs::write(folder.path().join(program.file()), &configuration)?;
        let process = Process::start(
            &program.command(&installed.path, folder.path()),
            folder.path(),
        )?;
        process
            .wait_for(port.address())
            .with_context(|| format!("{} did not start", program.name()))?;
        let version = installed.version;
        Ok(Self {
            program,
            version,
            configuration,
            process,
            port,
            balancing: None,
            folder,
        })
    }

    /// `nginx` or `haproxy`.
    pub fn name(&self) -> &'static str {
        self.program.name()
    }

    /// Such as `1.22.1`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.port.address()
    }

    /// The configuration that it was started with, or given since.
    pub fn configuration(&self) -> &str {
        &self.configuration
    }

    /// Its process, with those that it started.
    pub fn process(&self) -> &Process {
        &self.process
    }

    /// Processor time that it has used so far, with the processes that it started.
    pub fn processor_time(&self) -> Result<Duration> {
        self.process.processor_time()
    }

    /// Sends no new requests to a server (by its place in `Balancing::servers`): it can be stopped when it has
    /// answered. nginx reads its configuration again; haproxy is told through its socket.
    pub fn drain(&mut self, server: usize) -> Result<()> {
        self.put(server, true)
    }

    /// Sends requests to a drained server again.
    pub fn ready(&mut self, server: usize) -> Result<()> {
        self.put(server, false)
    }

    /// Whether it takes a server (by its place in `Balancing::servers`) to be up. Only haproxy tells; of others, nothing.
    pub fn is_up(&self, server: usize) -> Result<Option<bool>> {
        if self.program != Program::Haproxy {
            return Ok(None);
        }
        let (balancing, _) = self.balancing.as_ref().context(NO_BALANCER)?;
        let server = balancing.servers.get(server).context(NO_SERVER)?;
        haproxy::is_up(self.folder.path(), &server.name).map(Some)
    }

    /// Ends it, and waits until it has ended. Dropping it does the same.
    pub fn stop(self) {
        drop(self);
    }

    fn put(&mut self, server: usize, draining: bool) -> Result<()> {
        let (balancing, drained) = self.balancing.as_mut().context(NO_BALANCER)?;
        let name = &balancing.servers.get(server).context(NO_SERVER)?.name;
        drained.retain(|other| *other != server);
        if draining {
            drained.push(server);
        }
        if self.program == Program::Haproxy {
            return haproxy::set_draining(self.folder.path(), name, draining);
        }
        let address = self.port.address();
        // The modules are loaded already; a reload can't add any.
        let modules = self.program.find()?.modules;
        let place = Place {
            folder: self.folder.path(),
            address,
            modules: &modules,
        };
        self.configuration = configuration(self.program, balancing, drained, &place)?;
        std::fs::write(
            self.folder.path().join(self.program.file()),
            &self.configuration,
        )?;
        self.process.reload()
    }
}

fn configuration(
    program: Program,
    balancing: &Balancing,
    drained: &[usize],
    place: &Place<'_>,
) -> Result<String> {
    balancing.check(program)?;
    match program {
        Program::Nginx => nginx::configuration(balancing, drained, place),
        Program::Haproxy => haproxy::configuration(balancing, place),
    }
}

/// nginx started by root has workers of another user, who must come as far as their own folders in this one.
fn open_to_workers(folder: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o711))?;
    Ok(())
}

#[cfg(test)]
mod tests;
