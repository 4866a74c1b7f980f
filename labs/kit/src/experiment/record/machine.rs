//! The machine that numbers come from, and the revision that made them.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};

/// What a number depends on besides the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// The processor's name: `AMD EPYC 7763`.
    pub processor: String,
    /// Cores that the program may use.
    pub cores: u32,
    /// Memory, in MiB.
    pub memory_mib: u64,
    /// The kernel: `Linux 6.8.0`.
    pub kernel: String,
}

impl Machine {
    /// This one. What can't be found out is `unknown` or 0.
    pub fn this() -> Machine {
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        Machine {
            processor: processor(),
            cores: u32::try_from(cores).unwrap_or(u32::MAX),
            memory_mib: memory_mib(),
            kernel: kernel(),
        }
    }
}

/// The value of a line `key : value` of a file under /proc.
fn line_of(file: &str, key: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(key))?;
    Some(line.split_once(':')?.1.trim().to_string())
}

fn processor() -> String {
    let linux =
        || line_of("/proc/cpuinfo", "model name").or_else(|| line_of("/proc/cpuinfo", "Model"));
    let mac = || {
        said(
            "sysctl",
            &["-n", "machdep.cpu.brand_string"],
            Path::new("."),
        )
    };
    linux().or_else(mac).unwrap_or_else(|| "unknown".into())
}

fn memory_mib() -> u64 {
    let linux = || {
        let line = line_of("/proc/meminfo", "MemTotal")?;
        let kib: u64 = line.trim_end_matches(" kB").trim().parse().ok()?;
        Some(kib / 1024)
    };
    let mac = || {
        let bytes: u64 = said("sysctl", &["-n", "hw.memsize"], Path::new("."))?
            .parse()
            .ok()?;
        Some(bytes / 1024 / 1024)
    };
    linux().or_else(mac).unwrap_or(0)
}

fn kernel() -> String {
    said("uname", &["-sr"], Path::new(".")).unwrap_or_else(|| "unknown".into())
}

/// The commit that is checked out in that folder, with ` (changed)` where the working tree differs from it.
pub(super) fn revision(folder: &Path) -> String {
    let Some(commit) = said("git", &["rev-parse", "--short=12", "HEAD"], folder) else {
        return "unknown".into();
    };
    // Measurements themselves do not count: they are what is written.
    let changes = [
        "status",
        "--porcelain",
        "--",
        ".",
        ":(exclude)*measured.json",
    ];
    match said("git", &changes, folder) {
        Some(changes) if changes.is_empty() => commit,
        _ => format!("{commit} (changed)"),
    }
}

/// What a program prints, without the line's end; `None` if it fails.
fn said(program: &str, arguments: &[&str], folder: &Path) -> Option<String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_string())
}
