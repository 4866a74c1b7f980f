//! How many events a second a model handles, beside nexosim and SimPy; how that changes with the number of servers;
//! and how much memory a large run takes.
//!
//! `cargo bench -p simulation`, or with `-- --quick` for fewer rounds and requests. All contenders run the same
//! systems with the same number of requests, each in a process of its own, in turns; medians are compared. An event
//! is an arrival or a departure that was handled. nexosim is built when it is asked for, in a workspace of its own
//! (`benches/peers`); SimPy is asked of `python3`, or of the interpreter that `PYTHON` names.

mod contender;
mod report;
mod systems;

use std::process::ExitCode;
use std::time::Instant;

use contender::{Contender, Failure, Sample};
use report::Row;

/// One server alone, and pools under two choices; how busy they are, in percent.
const SYSTEMS: [(u64, u64); 5] = [(1, 80), (10, 90), (100, 90), (1000, 90), (10_000, 90)];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    let done = match arguments.split_first() {
        Some((first, rest)) if first == contender::CHILD => run_once(rest),
        // `cargo test --all-targets` runs this program, too, and means no measurement.
        _ if !has("--bench") => Ok(()),
        _ => compare(has("--quick")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// One run of ours in this process, measured and printed for the parent.
fn run_once(arguments: &[String]) -> Result<(), Failure> {
    let numbers: Vec<u64> = arguments
        .iter()
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let &[servers, busy_percent, requests] = numbers.as_slice() else {
        return Err(Failure::new("wants SERVERS BUSY_PERCENT REQUESTS"));
    };
    let begun = Instant::now();
    let outcome = systems::run(servers as u32, busy_percent, requests);
    let sample = Sample {
        seconds: begun.elapsed().as_secs_f64(),
        answered: outcome.answered,
        mean_ns: outcome.latency_mean.as_nanos(),
        resident_max_kib: contender::resident_max_kib(),
    };
    println!("{sample}");
    Ok(())
}

fn compare(quick: bool) -> Result<(), Failure> {
    let (rounds, requests) = if quick { (1, 50_000) } else { (5, 200_000) };
    let contenders = contender::available();
    println!("\n{requests} requests for each; medians of {rounds} rounds.");
    report::print_comparison(&contenders, &measure(&contenders, rounds, requests)?);

    let (rounds, requests) = if quick { (3, 500_000) } else { (9, 2_000_000) };
    println!("\nOurs alone, {requests} requests; medians of {rounds} rounds.");
    report::print_growth(&measure(&[Contender::Ours], rounds, requests)?);

    let requests = if quick { 1_000_000 } else { 10_000_000 };
    let large = Contender::Ours.run(10_000, 90, requests)?;
    report::print_memory(requests, &large);
    Ok(())
}

/// All systems with all contenders, in turns.
fn measure(contenders: &[Contender], rounds: u32, requests: u64) -> Result<Vec<Row>, Failure> {
    let mut rows = SYSTEMS.map(|(servers, busy_percent)| Row {
        servers,
        busy_percent,
        samples: contenders.iter().map(|_| Vec::new()).collect(),
    });
    for _ in 0..rounds {
        for row in &mut rows {
            for (contender, samples) in contenders.iter().zip(&mut row.samples) {
                samples.push(contender.run(row.servers, row.busy_percent, requests)?);
            }
        }
    }
    Ok(rows.into())
}
