//! Puts a site on disk. The only module that writes.
//!
//! Nothing is half-written: all changed files are first written into a staging folder inside the destination; only when
//! every one of them stands there are they moved into place, each by rename. A full disk or an interrupt before that leaves
//! the site from before untouched. A lock keeps two builds of one destination apart; a manifest says which files are ours,
//! so that what is stale goes and what somebody else put there stays.

mod binary_cache;
mod cache;
mod creation;
mod kept_module;
mod manifest;
mod obstacles;
mod picture_cache;
mod put_back;
mod scratch;
mod search_cache;
mod staging;
mod trial_cache;

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;

use rayon::prelude::*;

pub use binary_cache::BinaryCache;
pub use cache::{PageCache, digests, keep_dates};
pub use creation::{Creation, create};
pub use kept_module::{KEPT_MODULE, keep_module};
pub use picture_cache::PictureCache;
pub use put_back::PutBack;
pub use scratch::{Scratch, keep_for_tests};
pub use search_cache::SearchCache;
pub use trial_cache::TrialCache;

use crate::problem::Problem;
use crate::site::{Content, SITE_MARK, Site};
use manifest::Manifest;
use staging::Staging;

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
    fs::create_dir_all(destination).map_err(failure(destination, "the destination"))?;
    let _lock = lock(destination).map_err(failure(destination, "the destination"))?;
    let staging = Staging::create(destination).map_err(failure(destination, "the destination"))?;
    let before = Manifest::read(destination);
    obstacles::check(site, &before, destination)?;
    let changed: Vec<&String> = site
        .files
        .par_iter()
        .filter(|(path, content)| differs(&destination.join(path), content))
        .map(|(path, _)| path)
        .collect();
    changed.par_iter().try_for_each(|path| {
        staging
            .put(path, &site.files[*path])
            .map_err(failure(destination, path))
    })?;
    let after = Manifest::of(site);
    // Until all is in place both lists are ours: what an interrupt leaves goes with a later build.
    before
        .and(&after)
        .write(&staging, destination)
        .map_err(failure(destination, "the list of files"))?;
    let removed = before.remove_stale(site, destination);
    for path in &changed {
        staging
            .publish(path, destination)
            .map_err(failure(destination, path))?;
    }
    after
        .write(&staging, destination)
        .map_err(failure(destination, "the list of files"))?;
    Ok(Written {
        files: site.files.len(),
        changed: changed.len(),
        removed,
    })
}

/// Turns an error about `what` into a message.
fn failure<'a>(destination: &'a Path, what: &'a str) -> impl FnOnce(io::Error) -> Problem + 'a {
    move |error| {
        let advice = match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                "make room on the disk"
            }
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "make it writable",
            ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
                "a file stands where a folder is needed: move it away"
            }
            _ => "mend that",
        };
        let message = format!(
            "{what} cannot be written ({error}): {advice}, or name another destination with `-d DEST`; the site from before is unchanged"
        );
        Problem::in_file(destination, message)
    }
}

/// Waits until no other build writes into the destination. A file system without locks can't keep two builds apart; that
/// is no reason to refuse one.
fn lock(destination: &Path) -> io::Result<File> {
    let file = File::create(destination.join(SITE_MARK))?;
    match file.lock() {
        Err(error) if error.kind() == ErrorKind::Unsupported => Ok(file),
        locked => locked.map(|()| file),
    }
}

/// Whether a file on disk is other than it should be.
fn differs(file: &Path, content: &Content) -> bool {
    let Ok(metadata) = fs::metadata(file) else {
        return true;
    };
    // Reading what is no file (a pipe) might never end.
    if !metadata.is_file() {
        return true;
    }
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
            ..Site::default()
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
        fs::write(destination.join(manifest::NAME), "../precious\n").unwrap();
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
