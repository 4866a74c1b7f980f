//! The load: wrk where it is installed, else our own closed loop.

use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use kit::load::{self, Closed, Requests};

use crate::machine::{LOAD_CORE, on_core};

/// Connections at the same time.
pub(crate) const CONNECTIONS: usize = 64;

/// What a load says.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) requests: f64,
    pub(crate) per_second: f64,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
    pub(crate) failed: u64,
}

/// Asks as fast as answers come, over kept connections or a new one for each request.
pub(crate) fn run(target: SocketAddr, keep_alive: bool, seconds: u32) -> Result<Outcome> {
    on_core(LOAD_CORE, || {
        if has_wrk() {
            wrk(target, keep_alive, seconds)
        } else {
            own(target, keep_alive, seconds)
        }
    })
}

/// The name of the load generator.
pub(crate) fn name() -> &'static str {
    if has_wrk() {
        "wrk -t1 -c64"
    } else {
        "kit's closed loop of 64 clients (wrk is not installed)"
    }
}

fn has_wrk() -> bool {
    Command::new("wrk")
        .arg("-v")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok()
}

fn wrk(target: SocketAddr, keep_alive: bool, seconds: u32) -> Result<Outcome> {
    let mut command = Command::new("wrk");
    command.args([
        "-t1",
        &format!("-c{CONNECTIONS}"),
        &format!("-d{seconds}s"),
        "--latency",
        "--timeout",
        "5s",
    ]);
    if !keep_alive {
        command.args(["-H", "Connection: close"]);
    }
    let output = command
        .arg(format!("http://{target}/"))
        .output()
        .context("wrk can't run")?;
    let said = String::from_utf8_lossy(&output.stdout);
    ensure!(
        output.status.success(),
        "wrk failed: {said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    read(&said).with_context(|| format!("wrk said something else than usual: {said}"))
}

fn read(said: &str) -> Option<Outcome> {
    let after = |label: &str| {
        said.lines()
            .find_map(|line| line.trim().strip_prefix(label))
            .map(str::trim)
    };
    let requests = said.lines().find(|line| line.contains(" requests in "))?;
    let counts = |line: &str| -> u64 {
        line.split([' ', ','])
            .filter_map(|word| word.parse::<u64>().ok())
            .sum()
    };
    let failed = after("Socket errors:").map_or(0, counts)
        + after("Non-2xx or 3xx responses:").map_or(0, counts);
    Some(Outcome {
        requests: requests.split_ascii_whitespace().next()?.parse().ok()?,
        per_second: after("Requests/sec:")?.parse().ok()?,
        p50_ms: milliseconds(after("50%")?)?,
        p99_ms: milliseconds(after("99%")?)?,
        failed,
    })
}

/// `640.00us`, `1.18ms`, `1.00s`.
fn milliseconds(text: &str) -> Option<f64> {
    let units = [("us", 0.001), ("ms", 1.0), ("s", 1000.0)];
    units
        .iter()
        .find_map(|(unit, ms)| Some(text.strip_suffix(unit)?.parse::<f64>().ok()? * ms))
}

fn own(target: SocketAddr, keep_alive: bool, seconds: u32) -> Result<Outcome> {
    let closed = Closed {
        requests: Requests {
            keep_alive,
            ..Requests::default()
        },
        duration: Duration::from_secs(seconds.into()),
        ..Closed::new(target, CONNECTIONS)
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let report = runtime.block_on(load::closed(closed))?;
    Ok(Outcome {
        requests: report.answered() as f64,
        per_second: report.rate(),
        p50_ms: report.latency.quantile_ms(0.5),
        p99_ms: report.latency.quantile_ms(0.99),
        failed: report.unsuccessful(),
    })
}
