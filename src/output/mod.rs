//! Puts a site on disk. The only module that writes.
//!
//! Nothing is half-written: all changed files are first written into a staging folder inside the destination; only when
//! every one of them stands there are they moved into place, each by rename. A full disk or an interrupt before that leaves
//! the site from before untouched. A lock keeps two builds of one destination apart; a manifest says which files are ours,
//! so that what is stale goes and what somebody else put there stays.

mod cache;
mod staging;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Component, Path};

use rayon::prelude::*;

pub use cache::PageCache;

use crate::problem::Problem;
use crate::site::{Content, Site};
use staging::Staging;

/// The list of our files in a destination.
const MANIFEST: &str = ".labbook-manifest";

/// Held while a destination is written.
const LOCK: &str = ".labbook-lock";

/// What a write did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Files in the site.
    pub files: usize,
    /// Files that were new or had changed.
    pub changed: usize,
    /// Stale files that were removed.
    pub removed: usize,
}

/// Writes a site: changed bytes only.
///
/// # Errors
/// When the destination cannot be written; what stood there before is still there.
pub fn write(site: &Site, destination: &Path) -> Result<Written, Problem> {
    let failed = |what: &str, error: &io::Error| {
        let advice = match error.kind() {
            io::ErrorKind::StorageFull => "make room on the disk",
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                "make it writable"
            }
            _ => "correct that",
        };
        let message = format!(
            "{what} cannot be written ({error}): {advice}, or name another destination with `-d DEST`; what stood there is unchanged"
        );
        Problem::in_file(destination, message)
    };
    fs::create_dir_all(destination).map_err(|error| failed("the destination", &error))?;
    let lock =
        File::create(destination.join(LOCK)).map_err(|error| failed("the destination", &error))?;
    lock.lock().map_err(|error| failed("its lock", &error))?;
    let staging =
        Staging::create(destination).map_err(|error| failed("the destination", &error))?;
    let changed: Vec<&String> = site
        .files
        .par_iter()
        .filter(|(path, content)| differs(&destination.join(path), content))
        .map(|(path, _)| path)
        .collect();
    changed.par_iter().try_for_each(|path| {
        staging
            .put(path, &site.files[*path])
            .map_err(|error| failed(path, &error))
    })?;
    for path in &changed {
        staging
            .publish(path, destination)
            .map_err(|error| failed(path, &error))?;
    }
    let removed = remove_stale(site, destination);
    let manifest: String = site.files.keys().map(|path| format!("{path}\n")).collect();
    staging
        .put(MANIFEST, &Content::Bytes(manifest.into_bytes()))
        .map_err(|error| failed(MANIFEST, &error))?;
    staging
        .publish(MANIFEST, destination)
        .map_err(|error| failed(MANIFEST, &error))?;
    Ok(Written {
        files: site.files.len(),
        changed: changed.len(),
        removed,
    })
}

/// Whether a file on disk is other than it should be.
fn differs(file: &Path, content: &Content) -> bool {
    let Ok(metadata) = fs::metadata(file) else {
        return true;
    };
    match content {
        Content::Bytes(bytes) => {
            metadata.len() != bytes.len() as u64 || fs::read(file).map_or(true, |old| old != *bytes)
        }
        Content::File(source) => {
            let same_length =
                fs::metadata(source).is_ok_and(|source| source.len() == metadata.len());
            !same_length || fs::read(source).ok() != fs::read(file).ok()
        }
    }
}

/// Removes files of an earlier build that the site no longer has, and folders that became empty.
fn remove_stale(site: &Site, destination: &Path) -> usize {
    let manifest = fs::read_to_string(destination.join(MANIFEST)).unwrap_or_default();
    let stale: BTreeSet<&str> = manifest
        .lines()
        .filter(|path| !site.files.contains_key(*path) && stays_inside(path))
        .collect();
    let removed = stale
        .iter()
        .filter(|path| fs::remove_file(destination.join(path)).is_ok())
        .count();
    for path in &stale {
        let mut folder = Path::new(path).parent();
        while let Some(inner) = folder.filter(|folder| !folder.as_os_str().is_empty()) {
            if fs::remove_dir(destination.join(inner)).is_err() {
                break;
            }
            folder = inner.parent();
        }
    }
    removed
}

/// A manifest is a file that anybody may have edited: no path in it may lead out of the destination.
fn stays_inside(path: &str) -> bool {
    Path::new(path)
        .components()
        .all(|component| matches!(component, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)]) -> Site {
        let files = files
            .iter()
            .map(|(path, text)| (path.to_string(), Content::Bytes(text.as_bytes().to_vec())))
            .collect();
        Site {
            files,
            warnings: Vec::new(),
        }
    }

    #[test]
    fn only_what_changed_is_written_and_what_is_stale_goes() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("theirs.txt"), "kept").unwrap();
        let first = write(&site(&[("a/b.html", "1"), ("c.html", "2")]), folder.path()).unwrap();
        assert_eq!((first.changed, first.removed), (2, 0));
        let second = write(&site(&[("c.html", "3")]), folder.path()).unwrap();
        assert_eq!((second.changed, second.removed), (1, 1));
        assert!(!folder.path().join("a").exists(), "the folder became empty");
        assert!(
            folder.path().join("theirs.txt").exists(),
            "not ours to remove"
        );
        assert_eq!(
            write(&site(&[("c.html", "3")]), folder.path())
                .unwrap()
                .changed,
            0
        );
    }

    #[test]
    fn a_manifest_cannot_name_files_outside() {
        let folder = tempfile::tempdir().unwrap();
        let destination = folder.path().join("site");
        fs::create_dir(&destination).unwrap();
        fs::write(folder.path().join("precious"), "kept").unwrap();
        fs::write(destination.join(MANIFEST), "../precious\n").unwrap();
        write(&site(&[("c.html", "1")]), &destination).unwrap();
        assert!(folder.path().join("precious").exists());
    }

    #[test]
    fn a_failed_write_leaves_the_site_from_before() {
        let folder = tempfile::tempdir().unwrap();
        write(&site(&[("a.html", "old")]), folder.path()).unwrap();
        let mut broken = site(&[("a.html", "new")]);
        broken.files.insert(
            "b.png".into(),
            Content::File(folder.path().join("is not there")),
        );
        let problem = write(&broken, folder.path()).expect_err("a file cannot be copied");
        assert!(problem.message.contains("b.png"), "{problem}");
        assert_eq!(
            fs::read_to_string(folder.path().join("a.html")).unwrap(),
            "old"
        );
    }
}
