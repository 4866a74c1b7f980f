//! `[package.metadata.lab]` of a lab's Cargo.toml: title, minutes, pokes, exercises. The book reads the same.

use anyhow::{Context, anyhow};
use serde::Deserialize;

/// What a lab says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Manifest {
    /// The name of the lab's package.
    #[serde(skip)]
    pub name: String,
    /// The lab's title.
    pub title: String,
    /// How long a reader needs.
    pub minutes: u32,
    /// Things to try; `code` in backquotes.
    #[serde(default)]
    pub pokes: Vec<String>,
    /// The words of its exercises.
    #[serde(default)]
    pub exercises: Vec<Task>,
}

/// The words of one exercise.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Task {
    /// What the command line calls it.
    pub name: String,
    /// Its title.
    pub title: String,
    /// `easy, 10 min`.
    pub effort: String,
    /// What is to be done, in a sentence.
    pub task: String,
    /// From the faintest to the plainest, at most three.
    #[serde(default)]
    pub hints: Vec<String>,
}

#[derive(Deserialize)]
struct CargoToml {
    package: Package,
}

#[derive(Deserialize)]
struct Package {
    metadata: Option<Metadata>,
}

#[derive(Deserialize)]
struct Metadata {
    lab: Option<Manifest>,
}

impl Manifest {
    /// Reads it from the text of the Cargo.toml.
    pub(super) fn parse(name: &str, text: &str) -> anyhow::Result<Manifest> {
        let file: CargoToml =
            toml::from_str(text).with_context(|| format!("the Cargo.toml of {name}"))?;
        let lab = file.package.metadata.and_then(|metadata| metadata.lab);
        let mut manifest = lab.ok_or_else(|| {
            anyhow!("the Cargo.toml of {name} has no [package.metadata.lab] with title, minutes and pokes")
        })?;
        manifest.name = name.into();
        Ok(manifest)
    }
}
