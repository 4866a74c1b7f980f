//! The machine: which cores, how many files, how busy others keep it.

use std::path::Path;
use std::thread;

use anyhow::{Context, Result};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use rustix::thread::{CpuSet, sched_setaffinity};

/// The core of the program that is measured.
pub(crate) const BALANCER_CORE: usize = 0;
/// The core of servers and load.
pub(crate) const LOAD_CORE: usize = 1;

/// The highest of the usual priorities.
const FIRST: i32 = -20;
/// Linux: the priority of a session among sessions.
const SESSION: &str = "/proc/self/autogroup";

/// Lets this process, and those that it starts, open as many files as the machine allows.
pub(crate) fn allow_many_files() -> Result<()> {
    let limit = getrlimit(Resource::Nofile);
    setrlimit(
        Resource::Nofile,
        Rlimit {
            current: limit.maximum,
            maximum: limit.maximum,
        },
    )
    .context("the limit of open files can't be raised")
}

/// While this lives, the benchmark goes before everything else on the machine, with all that it starts: others who
/// compile meanwhile would be measured too.
pub(crate) struct GoingFirst {
    pub(crate) is_allowed: bool,
}

impl GoingFirst {
    /// To be called before anything is started.
    pub(crate) fn now() -> Self {
        // Linux shares time among sessions first, and within a session by priority.
        let session = std::fs::write(SESSION, FIRST.to_string());
        let process = rustix::process::setpriority_process(None, FIRST);
        Self {
            is_allowed: process.is_ok() && (session.is_ok() || !Path::new(SESSION).exists()),
        }
    }
}

impl Drop for GoingFirst {
    fn drop(&mut self) {
        // The session outlives us. Whoever may not write here has not written before.
        let _ = std::fs::write(SESSION, "0");
    }
}

/// How many files a process may open.
pub(crate) fn files_max() -> u64 {
    getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX)
}

/// Does something on one core; what it starts stays there.
pub(crate) fn on_core<T: Send>(core: usize, work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
    let pinned = || {
        let mut cores = CpuSet::new();
        cores.set(core);
        // With one core, or where nobody can be pinned, all share: the note below the table says how much that swings.
        let _ = sched_setaffinity(None, &cores);
        work()
    };
    thread::scope(|scope| scope.spawn(pinned).join())
        .expect("a panic has been printed by its thread")
}

/// One line about the machine.
pub(crate) fn describe() -> Result<String> {
    let cores = thread::available_parallelism()?;
    let model = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = model
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .unwrap_or("unknown processor");
    let model = model.trim_start_matches(['\t', ' ', ':']);
    Ok(format!(
        "{model}, {cores} cores; the balancer on core {BALANCER_CORE}, servers and load on core {LOAD_CORE}"
    ))
}

/// Processor time of the whole machine so far, all of it and idle, in hundredths of a second.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Busy {
    busy: u64,
}

impl Busy {
    /// As it is now. Nothing where /proc is missing.
    pub(crate) fn now() -> Self {
        let stat = std::fs::read_to_string("/proc/stat").unwrap_or_default();
        let first: Vec<u64> = stat
            .lines()
            .next()
            .unwrap_or("")
            .split_ascii_whitespace()
            .skip(1)
            .filter_map(|word| word.parse().ok())
            .collect();
        // user, nice, system, idle, iowait, irq, softirq, steal
        let busy = first
            .iter()
            .take(8)
            .enumerate()
            .filter(|(place, _)| *place != 3 && *place != 4)
            .map(|(_, ticks)| ticks);
        Self { busy: busy.sum() }
    }

    /// Seconds of processor time that anybody has used since.
    pub(crate) fn since(self, before: Self) -> f64 {
        self.busy.saturating_sub(before.busy) as f64 / 100.0
    }
}
