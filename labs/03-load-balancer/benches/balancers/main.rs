//! Measures the balancer beside nginx and haproxy: same servers, same load, same machine, in turns.
//!
//! `cargo bench -p lab-03 --bench balancers`, or with `-- layer7 close …` for some parts only. The balancer's processes
//! have one core, servers and load the other. Only ratios of one run mean anything: machines differ and swing.

mod backends;
mod contender;
mod failing;
mod idle;
mod load;
mod machine;
mod speed;
mod stream;
mod table;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, ValueEnum};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Requests over kept connections, at layer 7.
    Layer7,
    /// The same at layer 4.
    Layer4,
    /// A connection for each request, at layer 7.
    Close,
    /// The same at layer 4.
    Close4,
    /// One gibibyte over one connection, at layer 4.
    Stream,
    /// Memory of ten thousand idle connections, at layer 7.
    Idle,
    /// One of three servers killed under load, and back.
    Killed,
    /// One of three servers frozen under load, and back.
    Frozen,
}

/// Measures the balancer beside nginx and haproxy.
#[derive(Debug, Parser)]
struct Options {
    /// What is measured; all of it when nothing is named.
    parts: Vec<Part>,
    /// How often each is measured, in turns.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=100))]
    rounds: u32,
    /// How long one measurement of requests takes.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=60))]
    seconds: u32,
    /// What cargo says to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    let options = Options::parse();
    if !options.bench {
        // `cargo test --benches` comes this way; there is nothing to test.
        return ExitCode::SUCCESS;
    }
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<()> {
    machine::allow_many_files()?;
    println!("{}", machine::describe()?);
    let going_first = machine::GoingFirst::now();
    match going_first.is_allowed {
        true => println!("With the highest priority: who else works here waits.\n"),
        false => println!(
            "Without a higher priority (only root may have one): who else works here disturbs.\n"
        ),
    }
    let parts = match options.parts.as_slice() {
        [] => Part::value_variants(),
        some => some,
    };
    for part in parts {
        match part {
            Part::Layer7 => speed::run(&speed::LAYER7, options)?,
            Part::Layer4 => speed::run(&speed::LAYER4, options)?,
            Part::Close => speed::run(&speed::CLOSE7, options)?,
            Part::Close4 => speed::run(&speed::CLOSE4, options)?,
            Part::Stream => stream::run(options)?,
            Part::Idle => idle::run()?,
            Part::Killed => failing::run(failing::Blow::Killed)?,
            Part::Frozen => failing::run(failing::Blow::Frozen)?,
        }
    }
    Ok(())
}
