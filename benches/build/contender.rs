//! What is measured: one build of a book, in a process of its own, so that start and peak memory are those of the program.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::str::FromStr;
use std::time::Instant;

use labbook::commands::{self, Arguments, BuildArguments};
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;

/// The hidden first argument with which the benchmark calls itself.
pub(crate) const CHILD: &str = "--build-once";

/// Who builds, and what it finds on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Contender {
    /// labbook without a cache, into an empty folder.
    Cold,
    /// labbook after a build: its cache and the site are there, and nothing has changed.
    Warm,
    /// mdBook's HTML renderer as it comes: with search.
    MdbookSearch,
    /// mdBook's HTML renderer without search.
    Mdbook,
}

/// All of them, in the order in which they take turns: a warm build needs the cold one before it.
pub(crate) const ALL: [Contender; 4] = [
    Contender::Cold,
    Contender::Warm,
    Contender::MdbookSearch,
    Contender::Mdbook,
];

/// One build, measured from outside.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measured {
    /// From the start of the process to its end.
    pub(crate) milliseconds: f64,
    /// The largest part of memory that the process held; 0 where the system does not say.
    pub(crate) peak_mib: f64,
}

impl Contender {
    fn name(self) -> &'static str {
        match self {
            Contender::Cold => "cold",
            Contender::Warm => "warm",
            Contender::MdbookSearch => "mdbook-search",
            Contender::Mdbook => "mdbook",
        }
    }

    /// Builds the book in `root` once, in a new process. Every round has folders of its own: ext4 is slow to make files
    /// for some seconds after many were removed, and the next build would pay for it.
    pub(crate) fn measure(self, root: &Path, round: usize) -> io::Result<Measured> {
        let destination = self.destination(root, round);
        if self == Contender::Cold {
            remove(&root.join(".labbook"))?;
        }
        let mut child = Command::new(std::env::current_exe()?);
        child
            .args([CHILD, self.name()])
            .args([root, &destination])
            .stderr(Stdio::piped());
        let start = Instant::now();
        let output = child.output()?;
        let milliseconds = start.elapsed().as_secs_f64() * 1_000.0;
        if !output.status.success() {
            let message = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(io::Error::other(message));
        }
        let said = String::from_utf8_lossy(&output.stdout);
        let peak = said.lines().last().and_then(|line| line.parse().ok());
        let peak_mib = peak.unwrap_or(0.0) / 1_024.0;
        Ok(Measured {
            milliseconds,
            peak_mib,
        })
    }

    /// Beside the book's source; labbook's two builds share one.
    fn destination(self, root: &Path, round: usize) -> PathBuf {
        let name = match self {
            Contender::Cold | Contender::Warm => "labbook",
            Contender::MdbookSearch | Contender::Mdbook => self.name(),
        };
        root.join(format!("sites/{name}-{round}"))
    }
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// What the child process does: builds, and prints the peak of its memory in KiB on its last line.
pub(crate) fn build_once(arguments: &[String]) -> anyhow::Result<()> {
    let [name, root, destination] = arguments else {
        anyhow::bail!("{CHILD} is for the benchmark itself");
    };
    let (root, destination) = (PathBuf::from(root), PathBuf::from(destination));
    match name.as_str() {
        "cold" | "warm" => {
            let build = BuildArguments {
                dir: root,
                dest_dir: Some(destination),
                open: false,
            };
            commands::run(&Arguments {
                command: commands::Command::Build(build),
            })
            .map_err(|problems| anyhow::anyhow!("{problems}"))?;
        }
        _ => build_with_mdbook(&root, destination, name == "mdbook-search")?,
    }
    println!("{}", peak_kib().unwrap_or(0));
    Ok(())
}

/// As `mdbook build` does it: other renderers, ours among them, are left out.
fn build_with_mdbook(root: &Path, destination: PathBuf, search: bool) -> anyhow::Result<()> {
    let mut table: toml::Table = fs::read_to_string(root.join("book.toml"))?.parse()?;
    if let Some(outputs) = table.get_mut("output").and_then(toml::Value::as_table_mut) {
        outputs.retain(|name, _| name == "html");
    }
    let mut config = Config::from_str(&table.to_string())?;
    config.set("output.html.search.enable", search)?;
    config.build.build_dir = destination;
    config.build.create_missing = false;
    MDBook::load_with_config(root, config)?.build()
}

/// From Linux's account of this process.
fn peak_kib() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
