//! One of three servers fails under load, and comes back.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Result;
use kit::load::{Closed, Report, Running};
use kit::origin::{Origin, OriginSettings};

use crate::backends::BODY_BYTES;
use crate::contender::{ALL, Contender, Layer};
use crate::machine::{LOAD_CORE, on_core};

/// What happens to the second server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blow {
    /// It is stopped at once, with its connections, and started again.
    Killed,
    /// It accepts and does not answer, and then goes on.
    Frozen,
}

const CLIENTS: usize = 32;
const DURATION: Duration = Duration::from_secs(12);
const BLOW_AT: Duration = Duration::from_secs(3);
const BACK_AT: Duration = Duration::from_secs(7);
/// What all configurations say: so long for an answer, and then once more elsewhere.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(1);

/// Measures all contenders, one after the other, and prints the table.
pub(crate) fn run(blow: Blow) -> Result<()> {
    println!(
        "## One of three servers {} at {} s, back at {} s ({CLIENTS} clients, {} s)\n",
        match blow {
            Blow::Killed => "killed",
            Blow::Frozen => "frozen",
        },
        BLOW_AT.as_secs(),
        BACK_AT.as_secs(),
        DURATION.as_secs()
    );
    println!(
        "| | requests | failed | 5xx | p99 ms | longest s | why |\n|---|--:|--:|--:|--:|--:|---|"
    );
    let mut lab = None;
    for contender in ALL {
        let servers = on_core(LOAD_CORE, || {
            (1..=3).map(server).collect::<Result<Vec<_>>>()
        })?;
        let addresses: Vec<SocketAddr> = servers.iter().map(Origin::address).collect();
        let started = contender.start(Layer::Seven, &addresses)?;
        let report = on_core(LOAD_CORE, || under_load(started.address, &servers[1], blow))?;
        println!(
            "| {} | {} | {} | {} | {:.1} | {:.2} | {} |",
            started.name,
            report.sent,
            report.failed(),
            report.by_status[5],
            report.latency.quantile_ms(0.99),
            report.longest.as_secs_f64(),
            report.failures()
        );
        if contender == Contender::Lab {
            lab = Some(report);
        }
    }
    if let Some(report) = lab {
        verdict(&report);
    }
    Ok(())
}

fn verdict(report: &Report) {
    let word = |holds: bool| if holds { "holds" } else { "does not hold" };
    let unsuccessful = report.unsuccessful();
    println!(
        "\n- lab-03: {unsuccessful} requests failed, goal 0: {}",
        word(unsuccessful == 0)
    );
    // The second try may wait as long as the first.
    let limit = ANSWER_TIMEOUT * 2;
    let longest = report.longest;
    println!(
        "- lab-03: longest {longest:.2?}, goal ≤ {limit:?} (the timeout and one retry): {}\n",
        word(longest <= limit)
    );
}

fn server(number: u32) -> Result<Origin> {
    Origin::start(OriginSettings {
        body_bytes: BODY_BYTES,
        ..OriginSettings::new(&format!("s{number}"))
    })
}

fn under_load(target: SocketAddr, second: &Origin, blow: Blow) -> Result<Report> {
    let running = Running::closed(Closed {
        duration: DURATION,
        ..Closed::new(target, CLIENTS)
    })?;
    std::thread::sleep(BLOW_AT);
    match blow {
        Blow::Killed => second.stop(),
        Blow::Frozen => second.freeze(),
    }
    std::thread::sleep(BACK_AT - BLOW_AT);
    match blow {
        Blow::Killed => second.start_again()?,
        Blow::Frozen => second.thaw(),
    }
    tokio::runtime::Builder::new_current_thread()
        .build()?
        .block_on(running.report())
}
