//! Has cargo compile the crate of live figures for the browser. Cargo knows whether anything changed: where nothing did, it
//! answers at once.
//!
//! The module gets a target folder of its own, beside what the author's own builds make: two cargos that share one wait
//! for each other.

use std::path::{Path, PathBuf};
use std::process::Output;

use serde::Deserialize;

use crate::cargo::messages::{self, Artifact};
use crate::cargo::{self, named, sources};
use crate::problem::{Problem, Problems};

/// What a page can run.
const TARGET: &str = "wasm32-unknown-unknown";

/// Settings of the release profile: small comes before fast, as every reader has to load the module.
const PROFILE: [&str; 5] = [
    "profile.release.opt-level=\"z\"",
    "profile.release.lto=true",
    "profile.release.codegen-units=1",
    "profile.release.panic=\"abort\"",
    "profile.release.strip=true",
];

/// The folder inside the workspace's target folder.
const FOLDER: &str = "labbook-figures";

/// A module that was compiled.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// WebAssembly.
    pub bytes: Vec<u8>,
    /// The files that it was made from.
    pub sources: Vec<PathBuf>,
}

/// Why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// The machine lacks something: what, what works without it, and how to get it.
    Missing(String),
    /// The crate does not compile.
    Faults(Vec<Problem>),
}

impl From<Problem> for Obstacle {
    fn from(problem: Problem) -> Obstacle {
        Obstacle::Faults(vec![problem])
    }
}

impl From<Obstacle> for Problems {
    fn from(obstacle: Obstacle) -> Problems {
        match obstacle {
            Obstacle::Missing(what) => Problem::general(what).into(),
            Obstacle::Faults(problems) => Problems(problems),
        }
    }
}

/// Compiles the crate in `folder`, relative to the book's root.
///
/// # Errors
/// What the machine lacks, or what the compiler says.
pub fn compile(root: &Path, folder: &Path) -> Result<Compiled, Obstacle> {
    let package = std::path::absolute(root.join(folder)).unwrap_or_else(|_| root.join(folder));
    let workspace = workspace(&package, root)?;
    let output = cargo::command(&package)
        .args(["rustc", "--release", "--lib", "--target", TARGET])
        // As cdylib alone: what is also made a Rust library is not optimised as a whole, and half as large again.
        .args(["--crate-type", "cdylib"])
        .args(PROFILE.iter().flat_map(|setting| ["--config", setting]))
        .args(["--message-format", "json", "--target-dir"])
        .arg(workspace.target_directory.join(FOLDER))
        .output()
        .map_err(|error| not_started(&error))?;
    let said = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        return Err(failed(&output, &said, (root, &package, &workspace.root)));
    }
    let Some(Artifact { module, manifests }) = messages::artifact(&said) else {
        let message = "makes no WebAssembly module: give the crate a library that exports the functions of a figure";
        return Err(Problem::in_file(&named(root, &package.join("Cargo.toml")), message).into());
    };
    let bytes = std::fs::read(&module).map_err(|error| {
        Problem::general(format!("{} cannot be read: {error}", module.display()))
    })?;
    let mut sources = sources(&module.with_extension("d"));
    sources.extend(
        manifests
            .into_iter()
            .filter(|manifest| manifest.starts_with(&workspace.root)),
    );
    // As the system names a file that changed.
    let real = |source: PathBuf| std::fs::canonicalize(&source).unwrap_or(source);
    let sources = sources.into_iter().map(real).collect();
    Ok(Compiled { bytes, sources })
}

/// The workspace that a crate belongs to.
#[derive(Deserialize)]
struct Workspace {
    #[serde(rename = "workspace_root")]
    root: PathBuf,
    target_directory: PathBuf,
}

/// Asks cargo for the workspace: its own settings may put the target folder anywhere.
fn workspace(package: &Path, root: &Path) -> Result<Workspace, Obstacle> {
    let manifest = package.join("Cargo.toml");
    if !manifest.is_file() {
        let message = format!(
            "there is no {}: `figures` names the folder of a crate; create it, or remove `figures`",
            named(root, &manifest).display()
        );
        return Err(super::at_setting(root, message).into());
    }
    let output = cargo::command(package)
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .output()
        .map_err(|error| not_started(&error))?;
    let found = serde_json::from_slice(&output.stdout).ok();
    found.ok_or_else(|| failed(&output, "", (root, package, package)))
}

/// Why cargo made nothing: what the compiler says, or cargo itself.
fn failed(
    output: &Output,
    said: &str,
    (root, package, workspace): (&Path, &Path, &Path),
) -> Obstacle {
    let errors = String::from_utf8_lossy(&output.stderr);
    if said.contains("target may not be installed") {
        return missing(&format!(
            "Rust can't compile for {TARGET} here: run `rustup target add {TARGET}`"
        ));
    }
    if errors.contains("rustup") && errors.contains("is not installed") {
        let line = errors
            .lines()
            .find(|line| line.contains("is not installed"));
        return missing(line.unwrap_or_default().trim());
    }
    if cargo::lacks_network(&errors) {
        return missing("Crates that they need can't be fetched: try again with a network");
    }
    let place = |file: &Path| named(root, &workspace.join(file));
    let problems = messages::problems(said, place);
    if !problems.is_empty() {
        return Obstacle::Faults(problems);
    }
    let reason = cargo::reason(&errors);
    let message = format!("the live figures can't be compiled: {reason}");
    Problem::in_file(&named(root, &package.join("Cargo.toml")), message).into()
}

fn not_started(error: &std::io::Error) -> Obstacle {
    missing(&cargo::not_started(error))
}

fn missing(what: &str) -> Obstacle {
    Obstacle::Missing(format!(
        "live figures can't be compiled. {what}. All else of the book works without it"
    ))
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use super::*;

    #[test]
    fn a_missing_cargo_says_what_to_do() {
        let error = std::io::Error::from(ErrorKind::NotFound);
        let Obstacle::Missing(message) = not_started(&error) else {
            panic!("a machine without cargo has no faults");
        };
        assert_eq!(
            message,
            "live figures can't be compiled. `cargo` is not installed: it comes with Rust (https://rustup.rs). All else of the book works without it"
        );
    }
}
