//! The list of the files that labbook wrote into a destination: only these may it remove.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path};

use super::staging::Staging;
use crate::site::{Content, Site};

/// The list's own file.
pub(super) const NAME: &str = ".labbook-manifest";

/// Paths relative to the destination, with `/`.
pub(super) struct Manifest(BTreeSet<String>);

impl Manifest {
    /// The files of a site. One with a line break in its name would read as two others, which may be somebody else's.
    pub(super) fn of(site: &Site) -> Manifest {
        let names = site.files.keys().filter(|name| !name.contains('\n'));
        Manifest(names.cloned().collect())
    }

    /// The files of earlier builds; none where there was no build, or its list is unreadable.
    pub(super) fn read(destination: &Path) -> Manifest {
        let text = fs::read_to_string(destination.join(NAME)).unwrap_or_default();
        Manifest(
            text.lines()
                .filter(|path| stays_inside(path))
                .map(str::to_string)
                .collect(),
        )
    }

    /// Both lists as one.
    pub(super) fn and(&self, other: &Manifest) -> Manifest {
        Manifest(self.0.union(&other.0).cloned().collect())
    }

    /// Whether an earlier build wrote a file.
    pub(super) fn names(&self, path: &str) -> bool {
        self.0.contains(path)
    }

    /// Writes the list; one that is on disk already keeps its date.
    pub(super) fn write(&self, staging: &Staging, destination: &Path) -> io::Result<()> {
        let text: String = self.0.iter().map(|path| format!("{path}\n")).collect();
        if fs::read(destination.join(NAME)).is_ok_and(|old| old == text.as_bytes()) {
            return Ok(());
        }
        staging.put(NAME, &Content::Bytes(text.into_bytes()))?;
        staging.publish(NAME, destination)
    }

    /// Removes files that the site no longer has, and folders that became empty.
    pub(super) fn remove_stale(&self, site: &Site, destination: &Path) -> usize {
        let is_stale = |path: &&String| !site.files.contains_key(*path);
        let stale: Vec<&String> = self.0.iter().filter(is_stale).collect();
        let removed = stale
            .iter()
            .filter(|path| fs::remove_file(destination.join(path)).is_ok())
            .count();
        for path in stale {
            let folders = Path::new(path).ancestors().skip(1);
            for folder in folders.take_while(|folder| !folder.as_os_str().is_empty()) {
                if fs::remove_dir(destination.join(folder)).is_err() {
                    break;
                }
            }
        }
        removed
    }
}

/// A manifest is a file that anybody may have edited: no path in it may lead out of the destination.
fn stays_inside(path: &str) -> bool {
    Path::new(path)
        .components()
        .all(|component| matches!(component, Component::Normal(_)))
}
