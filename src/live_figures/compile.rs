//! Has cargo compile the crate of live figures for the browser. Cargo knows whether anything changed: where nothing did, it
//! answers at once.
//!
//! The module gets a target folder of its own, beside what the author's own builds make: two cargos that share one wait
//! for each other.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde::Deserialize;

use super::compiler_messages::{self, Artifact};
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

/// What cargo says when it can't fetch a crate.
const NO_NETWORK: [&str; 3] = [
    "failed to download",
    "spurious network error",
    "attempting to make an HTTP request",
];

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
    let output = cargo(&package)
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
    let Some(Artifact { module, manifests }) = compiler_messages::artifact(&said) else {
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

/// Cargo, to be run where the crate lies: its toolchain and its settings are those of that folder.
fn cargo(package: &Path) -> Command {
    let mut command = Command::new("cargo");
    command
        .current_dir(package)
        .env("CARGO_TERM_COLOR", "never")
        // A build installs nothing by itself.
        .env("RUSTUP_AUTO_INSTALL", "0")
        .stdin(Stdio::null());
    command
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
    let output = cargo(package)
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
    if NO_NETWORK.iter().any(|words| errors.contains(words)) {
        return missing("Crates that they need can't be fetched: try again with a network");
    }
    let place = |file: &Path| named(root, &workspace.join(file));
    let problems = compiler_messages::problems(said, place);
    if !problems.is_empty() {
        return Obstacle::Faults(problems);
    }
    let reason: Vec<&str> = errors
        .lines()
        .skip_while(|line| !line.starts_with("error"))
        .collect();
    let reason = match reason.is_empty() {
        true => errors.trim().to_string(),
        false => reason.join(" "),
    };
    let message = format!("the live figures can't be compiled: {reason}");
    Problem::in_file(&named(root, &package.join("Cargo.toml")), message).into()
}

fn not_started(error: &std::io::Error) -> Obstacle {
    missing(&match error.kind() {
        ErrorKind::NotFound => {
            "`cargo` is not installed: it comes with Rust (https://rustup.rs)".into()
        }
        _ => format!("`cargo` cannot be started ({error})"),
    })
}

fn missing(what: &str) -> Obstacle {
    Obstacle::Missing(format!(
        "live figures can't be compiled. {what}. All else of the book works without it"
    ))
}

/// A file as the author knows it: below the book's root.
fn named(root: &Path, file: &Path) -> PathBuf {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let inside = real(root).and_then(|real_root| {
        let folder = real(file.parent()?)?;
        let inside = folder.strip_prefix(real_root).ok()?.to_owned();
        Some(root.join(inside).join(file.file_name()?))
    });
    inside.unwrap_or_else(|| file.to_owned())
}

/// The files that cargo's list beside a module names: `MODULE: FILE FILE …`, with `\ ` for a space in a name.
fn sources(list: &Path) -> Vec<PathBuf> {
    let text = std::fs::read_to_string(list).unwrap_or_default();
    let line = text.lines().next().unwrap_or_default();
    files_of(line.split_once(": ").map_or("", |(_, files)| files))
}

fn files_of(list: &str) -> Vec<PathBuf> {
    let mut files = vec![String::new()];
    let mut characters = list.chars();
    while let Some(character) = characters.next() {
        let last = files.last_mut().expect("there is always one");
        match character {
            '\\' => last.extend(characters.next()),
            ' ' => files.push(String::new()),
            other => last.push(other),
        }
    }
    files.retain(|file| !file.is_empty());
    files.into_iter().map(PathBuf::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_sources_may_have_names_with_spaces() {
        let files = files_of(r"/a/src/lib.rs /a/my\ book/x.rs");
        assert_eq!(
            files,
            [Path::new("/a/src/lib.rs"), Path::new("/a/my book/x.rs")]
        );
        assert!(files_of("").is_empty());
    }

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
