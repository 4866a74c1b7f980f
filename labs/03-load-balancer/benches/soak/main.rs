//! Lets the balancer run for minutes while its servers fail and its clients behave badly, and accounts for every request.
//!
//! `cargo bench -p lab-03 --bench soak`, or with `-- --seconds 600` for the long form. It fails when a request is not
//! accounted for, on either side; when the balancer refuses connections, answers nonsense or not at all; when memory grows;
//! when anything fails once everybody is well again; or when it does not end as told.

mod accounts;
mod badly;
mod faults;
mod memory;
mod system;

use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use clap::Parser;
use kit::load::{Arrivals, Open, Paths, Requests, Running};

use accounts::Accounts;
use badly::Badly;
use memory::Memory;
use system::System;

/// How long a client of the steady load waits: longer than all tries of the balancer together.
const PATIENCE: Duration = Duration::from_secs(15);
/// Connections of each load. Memory follows the most that were ever busy at once, so that is bounded, and reached early:
/// what grows later is lost.
const CONNECTIONS_MAX: usize = 256;
/// How long everybody is well at the end.
const CALM: Duration = Duration::from_secs(5);

/// Lets the balancer run while servers and clients behave badly, and accounts for every request.
#[derive(Debug, Parser)]
struct Options {
    /// How long faults go on.
    #[arg(long, default_value_t = 150, value_parser = clap::value_parser!(u64).range(10..=7200))]
    seconds: u64,
    /// Requests a second of the steady load.
    #[arg(long, default_value_t = 800.0)]
    rate: f64,
    /// Decides faults, arrivals and keys.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// What cargo says to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    let options = Options::parse();
    if !options.bench {
        // `cargo test --benches` comes this way; minutes of it are not for then.
        return ExitCode::SUCCESS;
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let done = runtime
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(run(&options)));
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whether everything held.
async fn run(options: &Options) -> Result<bool> {
    let duration = Duration::from_secs(options.seconds);
    let system = System::start(options.seed)?;
    println!(
        "{} s of faults at {} requests a second, seed {}",
        options.seconds, options.rate, options.seed
    );
    let steady = Running::open(steady(&system, options))?;
    let closing = Running::open(closing(&system, options))?;
    let badly = Badly::start(system.address);
    let mut memory = Memory::new(duration);
    let steps = faults::steps(options.seed, duration);
    faults::run(&system, &steps, &mut memory).await?;
    steady.stop();
    closing.stop();
    let badly = badly.stop().await;
    let mut accounts = Accounts {
        loads: vec![
            ("steady", steady.report().await?),
            ("closing", closing.report().await?),
        ],
        badly,
    };
    system.everybody_well().await?;
    let calm = Open {
        duration: CALM,
        ..steady_open(&system, options)
    };
    accounts.loads.push(("calm", kit::load::open(calm).await?));
    let statistics = system.statistics_when_idle().await?;
    let mut findings = accounts.check(&statistics);
    findings.extend(memory.check());
    findings.extend(system.end()?);
    accounts.print(&statistics);
    memory.print();
    for finding in &findings {
        println!("does not hold: {finding}");
    }
    if findings.is_empty() {
        println!(
            "Every request is accounted for; nothing leaks; nothing fails when everybody is well."
        );
    }
    Ok(findings.is_empty())
}

/// Kept connections, keys, one POST in ten.
fn steady(system: &System, options: &Options) -> Open {
    Open {
        duration: Duration::from_secs(24 * 3600),
        ..steady_open(system, options)
    }
}

fn steady_open(system: &System, options: &Options) -> Open {
    let paths = Paths::Keys {
        prefix: "/key/".to_owned(),
        count: 1000,
        exponent: 1.0,
    };
    let requests = Requests {
        paths,
        post_share: 0.1,
        post_body_bytes: 4096,
        ..Requests::default()
    };
    Open {
        requests,
        arrivals: Arrivals::Poisson,
        seed: options.seed,
        connections_max: CONNECTIONS_MAX,
        timeout: PATIENCE,
        ..Open::new(system.address, options.rate)
    }
}

/// A connection for each request.
fn closing(system: &System, options: &Options) -> Open {
    let requests = Requests {
        keep_alive: false,
        ..Requests::default()
    };
    Open {
        requests,
        rate: options.rate / 10.0,
        seed: options.seed + 1,
        ..steady(system, options)
    }
}
