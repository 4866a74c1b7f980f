//! Who is measured, and how it is started from a committed configuration.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use kit::engine::{Engine, Process, Program};
use kit::port::HeldPort;
use tempfile::TempDir;

use crate::machine::{BALANCER_CORE, on_core};

/// Who is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Contender {
    Nginx,
    Haproxy,
    Lab,
}

/// In the order of their turns.
pub(crate) const ALL: [Contender; 3] = [Contender::Nginx, Contender::Haproxy, Contender::Lab];

/// What is carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layer {
    Four,
    Seven,
}

impl Contender {
    /// Starts it on the core for balancers, in front of three servers.
    pub(crate) fn start(self, layer: Layer, servers: &[SocketAddr]) -> Result<Started> {
        on_core(BALANCER_CORE, || match self {
            Self::Nginx => engine(Program::Nginx, nginx(layer), servers),
            Self::Haproxy => engine(Program::Haproxy, haproxy(layer), servers),
            Self::Lab => lab(layer, servers),
        })
    }
}

/// A balancer that runs.
pub(crate) struct Started {
    pub(crate) name: String,
    pub(crate) address: SocketAddr,
    running: Running,
}

enum Running {
    Engine(Box<Engine>),
    Lab(Box<Own>),
}

/// The lab's own process, with what is held while it runs.
struct Own {
    process: Process,
    _port: HeldPort,
    _folder: TempDir,
}

impl Started {
    fn process(&self) -> &Process {
        match &self.running {
            Running::Engine(engine) => engine.process(),
            Running::Lab(own) => &own.process,
        }
    }

    pub(crate) fn processor_time(&self) -> Result<Duration> {
        self.process().processor_time()
    }

    pub(crate) fn resident_bytes(&self) -> Result<u64> {
        self.process().resident_bytes()
    }
}

fn nginx(layer: Layer) -> &'static str {
    match layer {
        Layer::Four => include_str!("../configurations/layer4.nginx.conf"),
        Layer::Seven => include_str!("../configurations/layer7.nginx.conf"),
    }
}

fn haproxy(layer: Layer) -> &'static str {
    match layer {
        Layer::Four => include_str!("../configurations/layer4.haproxy.cfg"),
        Layer::Seven => include_str!("../configurations/layer7.haproxy.cfg"),
    }
}

fn engine(program: Program, text: &str, servers: &[SocketAddr]) -> Result<Started> {
    let engine = Engine::start(program, &|place| {
        let filled = fill(text, place.address, servers);
        // Where nginx has the module built in, there is nothing to load.
        let load = "load_module {{modules}}/ngx_stream_module.so;\n";
        let filled = if place.modules.is_empty() {
            filled.replace(load, "")
        } else {
            filled
        };
        Ok(filled.replace("{{modules}}", place.modules))
    })?;
    let name = format!("{} {}", engine.name(), engine.version());
    Ok(Started {
        name,
        address: engine.address(),
        running: Running::Engine(Box::new(engine)),
    })
}

fn lab(layer: Layer, servers: &[SocketAddr]) -> Result<Started> {
    let text = match layer {
        Layer::Four => include_str!("../configurations/layer4.lab-03.toml"),
        Layer::Seven => include_str!("../configurations/layer7.lab-03.toml"),
    };
    let folder = tempfile::Builder::new().prefix("lab-03-").tempdir()?;
    let port = HeldPort::any()?;
    let settings = folder.path().join("settings.toml");
    std::fs::write(&settings, fill(text, port.address(), servers))?;
    let process = serve(&settings, folder.path())?;
    process
        .wait_for(port.address())
        .context("lab-03 serve did not start")?;
    let address = port.address();
    let own = Own {
        process,
        _port: port,
        _folder: folder,
    };
    Ok(Started {
        name: "lab-03".to_owned(),
        address,
        running: Running::Lab(Box::new(own)),
    })
}

/// Starts the balancer as its users do.
pub(crate) fn serve(settings: &Path, folder: &Path) -> Result<Process> {
    let settings = settings.to_string_lossy().into_owned();
    let command = [
        env!("CARGO_BIN_EXE_lab-03").to_owned(),
        "serve".to_owned(),
        "--settings".to_owned(),
        settings,
    ];
    Process::start(&command, folder)
}

/// Puts addresses into a configuration.
pub(crate) fn fill(text: &str, listen: SocketAddr, servers: &[SocketAddr]) -> String {
    let mut filled = text.replace("{{listen}}", &listen.to_string());
    for (place, server) in servers.iter().enumerate() {
        filled = filled.replace(
            &format!("{{{{server-{}}}}}", place + 1),
            &server.to_string(),
        );
    }
    filled
}
