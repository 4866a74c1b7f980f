//! A program that runs no longer than we do.
//!
//! A shell starts it and then waits for the end of its own input, which comes when we stop the process or end in any
//! way, be it by a signal: then the shell ends the program.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};

/// The shell. Ctrl-C in a terminal goes to it as well, and it must outlive that to do its work.
const GUARD: &str = r#"trap '' INT; "$@" </dev/null >output 2>&1 & echo $!; read -r _; kill -TERM $! 2>/dev/null; wait $!"#;
/// How long a program may take until it listens.
const START_MAX: Duration = Duration::from_secs(10);
/// How long a program may take to end before it is killed.
const END_MAX: Duration = Duration::from_secs(3);
/// How often we look.
const PAUSE: Duration = Duration::from_millis(5);
/// Linux counts processor time for programs in hundredths of a second, whatever its own clock does.
const TICKS_PER_SECOND: u64 = 100;

/// A program that runs until it is stopped or dropped.
pub struct Process {
    shell: Child,
    pid: Pid,
    output: PathBuf,
}

impl Process {
    /// Starts a program with its arguments. What it prints goes to the file `output` in the folder.
    pub fn start(command: &[String], folder: &Path) -> Result<Self> {
        let program = command.first().context("a command has a program")?;
        let mut shell = Command::new("/bin/sh")
            .args(["-c", GUARD, "guard"])
            .args(command)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // Shells say that what they ended was ended.
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("can't start {program}"))?;
        let said = shell.stdout.take().context("the shell's output is ours")?;
        let mut line = String::new();
        BufReader::new(said).read_line(&mut line)?;
        let pid = line
            .trim()
            .parse()
            .ok()
            .and_then(Pid::from_raw)
            .context("the shell says whom it started")?;
        Ok(Self {
            shell,
            pid,
            output: folder.join("output"),
        })
    }

    /// Its number.
    pub fn pid(&self) -> u32 {
        self.pid.as_raw_pid().unsigned_abs()
    }

    /// What it has printed.
    pub fn output(&self) -> String {
        std::fs::read(&self.output)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .unwrap_or_default()
    }

    /// Waits until somebody accepts connections there.
    pub fn wait_for(&self, address: SocketAddr) -> Result<()> {
        let start = Instant::now();
        while TcpStream::connect_timeout(&address, START_MAX).is_err() {
            if !self.is_running() {
                bail!("it ended at once and said: {}", self.output().trim());
            }
            if start.elapsed() > START_MAX {
                bail!(
                    "it does not listen on {address} after {START_MAX:?} and said: {}",
                    self.output().trim()
                );
            }
            std::thread::sleep(PAUSE);
        }
        Ok(())
    }

    /// Whether it has not ended.
    pub fn is_running(&self) -> bool {
        // A program that has ended stays as a zombie until its shell looks for it.
        match State::read(self.pid()) {
            Some(state) => state.letter != 'Z',
            None => {
                !cfg!(target_os = "linux") && rustix::process::test_kill_process(self.pid).is_ok()
            }
        }
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: Signal) -> Result<()> {
        kill_process(self.pid, signal).context("the process has ended")
    }

    /// Processor time used so far by it and all that it started. Linux only.
    pub fn processor_time(&self) -> Result<Duration> {
        let family = family(self.pid())?;
        let ticks: u64 = family.iter().map(|(_, state)| state.ticks).sum();
        Ok(Duration::from_millis(ticks * 1000 / TICKS_PER_SECOND))
    }

    /// Resident memory in bytes of it and all that it started. Linux only.
    pub fn resident_bytes(&self) -> Result<u64> {
        let mut bytes = 0;
        for (pid, _) in family(self.pid())? {
            let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
            let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
            let kilobytes =
                line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
            bytes += kilobytes.unwrap_or(0) * 1024;
        }
        Ok(bytes)
    }

    /// Asks it to end, waits until it has, at most `patience`, and says its exit code; 128 and more: a signal ended it.
    pub fn end(mut self, patience: Duration) -> Result<i32> {
        drop(self.shell.stdin.take());
        let start = Instant::now();
        loop {
            if let Some(status) = self.shell.try_wait()? {
                return status.code().context("the shell was killed");
            }
            if start.elapsed() > patience {
                bail!("the process did not end within {patience:?}");
            }
            std::thread::sleep(PAUSE);
        }
    }

    pub(super) fn reload(&self) -> Result<()> {
        self.signal(Signal::HUP)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // The shell's input ends, so it ends the program.
        drop(self.shell.stdin.take());
        let start = Instant::now();
        while matches!(self.shell.try_wait(), Ok(None)) {
            if start.elapsed() > END_MAX {
                let _ = kill_process(self.pid, Signal::KILL);
                let _ = self.shell.wait();
                return;
            }
            std::thread::sleep(PAUSE);
        }
    }
}

/// What /proc/PID/stat says of a process.
struct State {
    letter: char,
    parent: u32,
    /// Of itself and of those that it started and that have ended.
    ticks: u64,
}

impl State {
    fn read(pid: u32) -> Option<Self> {
        let line = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // The name stands in brackets and may hold anything.
        let fields: Vec<&str> = line[line.rfind(')')? + 1..]
            .split_ascii_whitespace()
            .collect();
        let ticks = fields
            .get(11..15)?
            .iter()
            .filter_map(|ticks| ticks.parse::<u64>().ok())
            .sum();
        Some(Self {
            letter: fields.first()?.chars().next()?,
            parent: fields.get(1)?.parse().ok()?,
            ticks,
        })
    }
}

/// A process and all that it started, directly or not.
fn family(pid: u32) -> Result<Vec<(u32, State)>> {
    let all = std::fs::read_dir("/proc")
        .context("only Linux tells the processor time of another process")?;
    let mut children: HashMap<u32, Vec<(u32, State)>> = HashMap::new();
    for entry in all.flatten() {
        let Some(other) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse::<u32>().ok())
        else {
            continue;
        };
        if let Some(state) = State::read(other) {
            children
                .entry(state.parent)
                .or_default()
                .push((other, state));
        }
    }
    let mut family = vec![(pid, State::read(pid).context("the process has ended")?)];
    let mut next = 0;
    while let Some((parent, _)) = family.get(next) {
        family.extend(children.remove(parent).unwrap_or_default());
        next += 1;
    }
    Ok(family)
}
