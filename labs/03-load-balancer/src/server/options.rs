//! `lab-03 serve`: the balancer alone, as a component. Options change what the settings file says.

use std::{
    format,
    future::Future,
    io::{self, Write},
    path::PathBuf,
    string::String,
    vec::Vec,
};

use anyhow::{Context, Result, anyhow};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::runtime;

use super::{
    Balancer, Listeners, Settings,
    balancer::Ended,
    settings::{self, Layer, PolicyName, ServerSettings},
};

/// What `serve` is told on the command line. What is not given is as in the settings file, or its default.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct ServeOptions {
    /// Where clients connect; port 0 takes a free one [default: 127.0.0.1:8003]
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<String>,

    /// The servers behind it, with their weights if not 1: 127.0.0.1:9001,127.0.0.1:9002=3
    #[arg(long, value_name = "ADDRESSES", value_delimiter = ',')]
    pub servers: Vec<String>,

    /// Who gets the next request [default: least-connections]
    #[arg(long, value_name = "NAME")]
    pub policy: Option<String>,

    /// 7 reads requests, 4 passes bytes [default: 7]
    #[arg(long, value_name = "4|7")]
    pub layer: Option<String>,

    /// Threads, each with its own event loop [default: 1]
    #[arg(long, value_name = "COUNT")]
    pub threads: Option<u32>,

    /// A TOML file with all settings; labs/03-load-balancer/balancer.toml shows each with its default
    #[arg(long, value_name = "FILE")]
    pub settings: Option<PathBuf>,

    /// Where statistics are read and changes made, on this machine only [default: nowhere]
    #[arg(long, value_name = "ADDRESS")]
    pub admin: Option<String>,
}

impl ServeOptions {
    /// The settings that these options and their file make.
    ///
    /// # Errors
    /// One of them cannot be; the message names the option, or the file's line, and says what to write.
    pub fn settings(&self) -> Result<Settings, String> {
        let mut all = match &self.settings {
            Some(file) => settings::from_file(file)?,
            None => Settings::default(),
        };
        if let Some(text) = &self.listen {
            all.listen = named("--listen", settings::resolve(text))?;
        }
        if let Some(text) = &self.policy {
            all.policy = named("--policy", text.parse::<PolicyName>())?;
        }
        if let Some(text) = &self.layer {
            all.layer = named("--layer", text.parse::<Layer>())?;
        }
        if let Some(text) = &self.admin {
            let address = settings::resolve(text).and_then(settings::check_admin);
            all.admin = Some(named("--admin", address)?);
        }
        if let Some(threads) = self.threads {
            if !(1..=64).contains(&threads) {
                return Err(format!(
                    "--threads: {threads} is out of bounds: write a number from 1 to 64"
                ));
            }
            all.threads = threads;
        }
        if !self.servers.is_empty() {
            let servers = self
                .servers
                .iter()
                .map(|text| text.parse::<ServerSettings>());
            all.servers = named("--servers", servers.collect())?;
        }
        all.check()
            .map_err(|conflict| format!("{}: {}", conflict.key, conflict.message))?;
        if all.servers.is_empty() && all.admin.is_none() {
            return Err("nobody is behind it: give --servers 127.0.0.1:9001,127.0.0.1:9002, or --admin 127.0.0.1:7103 to add some later".into());
        }
        Ok(all)
    }
}

fn named<T>(option: &str, value: Result<T, String>) -> Result<T, String> {
    value.map_err(|message| format!("{option}: {message}"))
}

/// Runs a balancer until `shutdown` is done. The first lines that it writes to `out` say what listens where.
///
/// # Errors
/// The options cannot be carried out; the message is for whoever gave them.
pub fn serve(
    options: &ServeOptions,
    shutdown: impl Future<Output = ()>,
    out: &mut impl Write,
) -> Result<Ended> {
    let settings = options.settings().map_err(|message| anyhow!(message))?;
    let listeners = Listeners::bind(&settings).map_err(|message| anyhow!(message))?;
    allow_many_connections();
    introduce(&settings, &listeners, out).context("cannot say what listens where")?;
    let balancer = Balancer::new(settings).map_err(|message| anyhow!(message))?;
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start an event loop")?;
    let ended = runtime.block_on(balancer.run(listeners, shutdown))?;
    Ok(ended)
}

/// A connection is an open file, one more leads to its server, and many systems allow a program 1,024 until it asks for more.
/// Where more are forbidden, connections wait until others have ended.
fn allow_many_connections() {
    let now = getrlimit(Resource::Nofile);
    let all = Rlimit {
        current: now.maximum,
        ..now
    };
    let _ = setrlimit(Resource::Nofile, all);
}

fn introduce(settings: &Settings, listeners: &Listeners, out: &mut impl Write) -> io::Result<()> {
    let layer = match settings.layer {
        Layer::Four => "layer 4: passes bytes",
        Layer::Seven => "layer 7: reads requests",
    };
    let scheme = if settings.layer == Layer::Seven {
        "http://"
    } else {
        ""
    };
    let policy = settings.policy.as_str();
    writeln!(
        out,
        "balancer  {scheme}{}  ({layer}, {policy})",
        listeners.address()?
    )?;
    for server in &settings.servers {
        match server.weight {
            1 => writeln!(out, "server    {}", server.address)?,
            weight => writeln!(out, "server    {}  (weight {weight})", server.address)?,
        }
    }
    if let Some(admin) = listeners.admin_address() {
        writeln!(out, "admin     http://{admin}/statistics")?;
    }
    out.flush()
}
