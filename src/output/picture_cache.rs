//! Pictures that earlier builds drew, in `.labbook/cache/pictures`: drawing one takes longer than rendering a chapter.

use std::fs;
use std::path::{Path, PathBuf};

use super::cache::save;

/// The folder of a book's pictures, each named after the digest of all that makes it.
pub struct PictureCache {
    folder: PathBuf,
}

impl PictureCache {
    /// The cache of the book in `root`.
    pub fn open(root: &Path) -> PictureCache {
        PictureCache {
            folder: root.join(".labbook/cache/pictures"),
        }
    }

    /// A picture, if it was drawn before.
    pub fn picture(&self, digest: u128) -> Option<Vec<u8>> {
        fs::read(self.file(digest)).ok()
    }

    /// Keeps a picture. A folder that cannot be written is no error.
    pub fn keep(&self, digest: u128, png: &[u8]) {
        let _ = save(&self.file(digest), png);
    }

    /// Removes all pictures but these.
    pub fn keep_only(&self, digests: &[u128]) {
        let used: Vec<PathBuf> = digests.iter().map(|digest| self.file(*digest)).collect();
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if !used.contains(&entry.path()) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn file(&self, digest: u128) -> PathBuf {
        self.folder.join(format!("{digest:032x}.png"))
    }
}
