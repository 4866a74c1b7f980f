//! Finding an installed engine and its version.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::balancing::Layer;
use super::{haproxy, nginx};

/// Folders that are not in everybody's PATH.
const MORE_FOLDERS: [&str; 4] = [
    "/usr/sbin",
    "/usr/local/sbin",
    "/opt/homebrew/bin",
    "/usr/local/bin",
];

/// An engine that we can start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// <https://nginx.org>
    Nginx,
    /// <https://www.haproxy.org>
    Haproxy,
}

/// An engine that is installed.
#[derive(Clone, Debug)]
pub struct Installed {
    /// The program.
    pub path: PathBuf,
    /// Such as `1.22.1`.
    pub version: String,
    /// nginx: where its loadable modules are; empty when they are built in.
    pub modules: String,
}

impl Program {
    /// `nginx` or `haproxy`: the command, and the name in `--against`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Haproxy => "haproxy",
        }
    }

    /// The program of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Nginx, Self::Haproxy]
            .into_iter()
            .find(|program| program.name() == name)
    }

    /// Finds it. An error says in one line what is missing and how to get it.
    pub fn find(self) -> Result<Installed> {
        let name = self.name();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::env::split_paths(&path).chain(MORE_FOLDERS.map(PathBuf::from));
        let Some(path) = folders
            .map(|folder| folder.join(name))
            .find(|file| file.is_file())
        else {
            bail!(
                "{name} is not installed here: `apt install {name}` or `brew install {name}` gets it"
            );
        };
        let flag = if self == Self::Nginx { "-V" } else { "-v" };
        let output = Command::new(&path)
            .arg(flag)
            .output()
            .with_context(|| format!("{} can't run", path.display()))?;
        // nginx says its version where others say errors.
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        let version =
            version_in(&said).with_context(|| format!("{name} {flag} names no version"))?;
        Ok(Installed {
            version,
            modules: modules_in(&said),
            path,
        })
    }

    /// The lab's names of the policies that it has.
    pub fn policies(self, layer: Layer) -> Vec<&'static str> {
        match self {
            Self::Nginx => nginx::POLICIES.iter().map(|(name, ..)| *name).collect(),
            Self::Haproxy => {
                let has = |at_four: &[&str]| layer == Layer::Seven || !at_four.is_empty();
                haproxy::POLICIES
                    .iter()
                    .filter(|(_, _, at_four)| has(at_four))
                    .map(|(name, ..)| *name)
                    .collect()
            }
        }
    }

    /// The name of its configuration file.
    pub(super) fn file(self) -> &'static str {
        match self {
            Self::Nginx => "nginx.conf",
            Self::Haproxy => "haproxy.cfg",
        }
    }

    /// How it is started so that it stays in the foreground.
    pub(super) fn command(self, path: &Path, folder: &Path) -> Vec<String> {
        let text = |path: &Path| path.to_string_lossy().into_owned();
        let file = text(&folder.join(self.file()));
        match self {
            Self::Nginx => {
                let prefix = format!("{}/", text(folder));
                [
                    &text(path),
                    "-p",
                    &prefix,
                    "-c",
                    &file,
                    "-e",
                    "stderr",
                    "-g",
                    "daemon off;",
                ]
                .map(str::to_owned)
                .into()
            }
            Self::Haproxy => [&text(path), "-db", "-f", &file].map(str::to_owned).into(),
        }
    }
}

/// The first word that begins with a digit, or has one after `nginx/`: `nginx/1.22.1`, `HAProxy version 2.6.12-1`.
fn version_in(said: &str) -> Option<String> {
    let word = said
        .split_ascii_whitespace()
        .map(|word| word.trim_start_matches("nginx/"))
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
    let end = word
        .find(|character: char| !character.is_ascii_digit() && character != '.')
        .unwrap_or(word.len());
    Some(word[..end].to_owned())
}

fn modules_in(said: &str) -> String {
    if !said.contains("--with-stream=dynamic") {
        return String::new();
    }
    let modules = said
        .split_ascii_whitespace()
        .find_map(|word| word.strip_prefix("--modules-path="));
    modules.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_the_engines_say() {
        let nginx = "nginx version: nginx/1.22.1\nbuilt with OpenSSL 3.0.8\nconfigure arguments: --modules-path=/m --with-stream=dynamic";
        assert_eq!(
            (version_in(nginx).as_deref(), modules_in(nginx).as_str()),
            (Some("1.22.1"), "/m")
        );
        let haproxy = "HAProxy version 2.6.12-1+deb12u4 2026/10/17 - https://haproxy.org/";
        assert_eq!(
            (version_in(haproxy).as_deref(), modules_in(haproxy).as_str()),
            (Some("2.6.12"), "")
        );
        assert_eq!(version_in("no such thing"), None);
    }
}
