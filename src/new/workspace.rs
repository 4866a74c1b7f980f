//! The workspace of the book's root, as far as a lab takes something from it.

use std::path::Path;

use crate::problem::Problem;

/// What a lab takes from the workspace of the book's root.
pub(super) struct Workspace {
    /// `version`, `edition` and their like, each with its line's end.
    pub(super) package_keys: String,
    /// The table that takes the workspace's lints, or nothing.
    pub(super) lints: &'static str,
    /// Which packages belong to it.
    members: Vec<String>,
    /// The crates that it names for all of them.
    dependencies: Vec<String>,
}

/// Crates of the workspace that a lab with the kit needs beside it.
const BESIDE_KIT: [&str; 3] = ["anyhow", "clap", "tokio"];

impl Workspace {
    /// What a root's Cargo.toml says.
    pub(super) fn read(manifest: &Path, text: &str) -> Result<Workspace, Problem> {
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
            Problem::in_file(manifest, format!("is no TOML: {}", error.message()))
        })?;
        let workspace = table.get("workspace");
        let package = workspace.and_then(|workspace| workspace.get("package"));
        let line = |key: &str, own: &str| match package.and_then(|package| package.get(key)) {
            Some(_) => format!("{key}.workspace = true\n"),
            None => own.to_string(),
        };
        let package_keys = [
            line("version", "version = \"0.1.0\"\n"),
            line("edition", "edition = \"2024\"\n"),
            line("rust-version", ""),
            line("license", ""),
        ];
        let has_lints = workspace.is_some_and(|workspace| workspace.get("lints").is_some());
        let members = workspace
            .and_then(|workspace| workspace.get("members")?.as_array())
            .into_iter()
            .flatten();
        let dependencies = workspace
            .and_then(|workspace| workspace.get("dependencies")?.as_table())
            .into_iter()
            .flatten();
        Ok(Workspace {
            dependencies: dependencies.map(|(name, _)| name.clone()).collect(),
            package_keys: package_keys.concat(),
            lints: match has_lints {
                true => "\n[lints]\nworkspace = true\n",
                false => "",
            },
            members: members
                .filter_map(|member| member.as_str().map(str::to_string))
                .collect(),
        })
    }

    /// Whether labs share a kit: the crates `kit` and `scene` beside them.
    pub(super) fn has_kit(&self, labs: &Path) -> bool {
        let is_there = |name: &str| {
            let manifest = std::fs::read_to_string(labs.join(name).join("Cargo.toml"));
            let manifest = manifest
                .ok()
                .and_then(|text| text.parse::<toml::Table>().ok());
            let named = manifest
                .as_ref()
                .and_then(|table| table.get("package")?.get("name"));
            named.and_then(toml::Value::as_str) == Some(name)
        };
        let is_named = |name: &&str| self.dependencies.iter().any(|known| known == name);
        is_there("kit") && is_there("scene") && BESIDE_KIT.iter().all(|name| is_named(&name))
    }

    /// Whether it names these members.
    pub(super) fn has_member(&self, members: &str) -> bool {
        self.members.iter().any(|member| member == members)
    }
}
