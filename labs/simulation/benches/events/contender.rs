//! Who is measured, and how each is run: as a process that prints one line.

use std::fmt;
use std::path::PathBuf;
use std::process::Command;

/// The first argument of this program when it shall only run a system once.
pub(crate) const CHILD: &str = "child";

/// Something that runs the systems.
#[derive(Clone)]
pub(crate) enum Contender {
    Ours,
    Nexosim { program: PathBuf },
    Simpy { interpreter: String },
}

/// What one run took and gave.
pub(crate) struct Sample {
    pub(crate) seconds: f64,
    pub(crate) answered: u64,
    pub(crate) mean_ns: u64,
    pub(crate) resident_max_kib: u64,
}

/// A benchmark that cannot go on.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Failure {
        Failure(message.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for Sample {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Sample {
            seconds,
            answered,
            mean_ns,
            resident_max_kib,
        } = self;
        write!(
            formatter,
            "{seconds} {answered} {mean_ns} {resident_max_kib}"
        )
    }
}

impl Sample {
    fn parse(line: &str) -> Option<Sample> {
        let mut fields = line.split_whitespace();
        Some(Sample {
            seconds: fields.next()?.parse().ok()?,
            answered: fields.next()?.parse().ok()?,
            mean_ns: fields.next()?.parse().ok()?,
            resident_max_kib: fields.next()?.parse().ok()?,
        })
    }
}

/// Ours and the peers that are there; what is missing is printed in one line.
pub(crate) fn available() -> Vec<Contender> {
    let mut contenders = vec![Contender::Ours];
    match build_nexosim() {
        Ok(program) => contenders.push(Contender::Nexosim { program }),
        Err(failure) => println!("nexosim is missing: {failure}"),
    }
    let interpreter = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has_simpy = Command::new(&interpreter)
        .args(["-c", "import simpy"])
        .output();
    if has_simpy.is_ok_and(|output| output.status.success()) {
        contenders.push(Contender::Simpy { interpreter });
    } else {
        println!(
            "SimPy is missing: `{interpreter} -m pip install simpy`, or name another with PYTHON="
        );
    }
    contenders
}

fn peers() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches/peers")
}

/// Compiles the peer's program if it is not there yet; its crates come from the registry.
fn build_nexosim() -> Result<PathBuf, Failure> {
    let target = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/simulation-peers");
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let status = Command::new(cargo)
        .args(["build", "--release", "--locked", "--manifest-path"])
        .arg(peers().join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .status()
        .map_err(|error| Failure::new(format!("cargo cannot be run: {error}")))?;
    if !status.success() {
        return Err(Failure::new(
            "benches/peers could not be built; its crates come from crates.io",
        ));
    }
    Ok(target.join("release/simulation-peers"))
}

impl Contender {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Contender::Ours => "simulation",
            Contender::Nexosim { .. } => "nexosim",
            Contender::Simpy { .. } => "SimPy",
        }
    }

    /// One run in a new process.
    pub(crate) fn run(
        &self,
        servers: u64,
        busy_percent: u64,
        requests: u64,
    ) -> Result<Sample, Failure> {
        let mut command = match self {
            Contender::Ours => {
                let program = std::env::current_exe()
                    .map_err(|error| Failure::new(format!("this program is not found: {error}")))?;
                let mut command = Command::new(program);
                command.arg(CHILD);
                command
            }
            Contender::Nexosim { program } => Command::new(program),
            Contender::Simpy { interpreter } => {
                let mut command = Command::new(interpreter);
                command.arg(peers().join("pool.py"));
                command
            }
        };
        let numbers = [servers, busy_percent, requests].map(|number| number.to_string());
        let output = command
            .args(numbers)
            .output()
            .map_err(|error| Failure::new(format!("{} cannot be run: {error}", self.name())))?;
        let printed = String::from_utf8_lossy(&output.stdout);
        match Sample::parse(&printed) {
            Some(sample) if sample.answered == requests => Ok(sample),
            _ => Err(Failure::new(format!(
                "{} did not answer all requests: {printed}{}",
                self.name(),
                String::from_utf8_lossy(&output.stderr)
            ))),
        }
    }
}

/// The most memory that this process had resident; 0 where the system does not say.
pub(crate) fn resident_max_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}
