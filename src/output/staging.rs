//! A folder inside the destination in which a site is written before it is moved into place.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use xxhash_rust::xxh3::xxh3_128;

use crate::site::Content;

/// The beginning of a staging folder's name.
const PREFIX: &str = ".labbook-staging-";

/// A staging folder; removed when dropped.
pub(super) struct Staging(TempDir);

impl Staging {
    /// Makes one, and removes those that interrupted builds left. The destination's lock must be held.
    pub(super) fn create(destination: &Path) -> io::Result<Staging> {
        for entry in fs::read_dir(destination)?.flatten() {
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder && entry.file_name().to_string_lossy().starts_with(PREFIX) {
                fs::remove_dir_all(entry.path())?;
            }
        }
        tempfile::Builder::new()
            .prefix(PREFIX)
            .tempdir_in(destination)
            .map(Staging)
    }

    /// Writes one file into the folder.
    pub(super) fn put(&self, path: &str, content: &Content) -> io::Result<()> {
        match content {
            Content::Bytes(bytes) => fs::write(self.staged(path), bytes),
            // Not `fs::copy`, which copies permissions too: a web server must be able to read what only the author can.
            Content::File(source) => {
                let mut staged = File::create(self.staged(path))?;
                io::copy(&mut File::open(source)?, &mut staged).map(|_| ())
            }
        }
    }

    /// Moves one file to its place.
    pub(super) fn publish(&self, path: &str, destination: &Path) -> io::Result<()> {
        let (staged, place) = (self.staged(path), destination.join(path));
        match fs::rename(&staged, &place) {
            // The first file of its folder.
            Err(error) if error.kind() == ErrorKind::NotFound => {
                fs::create_dir_all(place.parent().unwrap_or(destination))?;
                fs::rename(staged, place)
            }
            done => done,
        }
    }

    /// All staged files lie in one folder, so that no folder of the site has to be made before all is well.
    fn staged(&self, path: &str) -> PathBuf {
        self.0
            .path()
            .join(format!("{:032x}", xxh3_128(path.as_bytes())))
    }
}
