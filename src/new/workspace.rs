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
}

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
        Ok(Workspace {
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

    /// Whether it names these members.
    pub(super) fn has_member(&self, members: &str) -> bool {
        self.members.iter().any(|member| member == members)
    }
}
