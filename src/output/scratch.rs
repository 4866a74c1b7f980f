//! Files that other programs read once and nobody keeps, and those of `.labbook/test/`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::cache::save;

/// A temporary folder with files for another program; removed when dropped.
pub struct Scratch(TempDir);

impl Scratch {
    /// A folder with one file in it.
    ///
    /// # Errors
    /// When the machine's folder for temporary files cannot be written.
    pub fn with(name: &str, text: &str) -> io::Result<Scratch> {
        let scratch = Scratch(tempfile::Builder::new().prefix("labbook-").tempdir()?);
        fs::write(scratch.file(name), text)?;
        Ok(scratch)
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.0.path()
    }

    /// A file in it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// Writes a file of `.labbook/test/` in a book's root, where the build of its snippets' crates is kept. One that says the
/// same already keeps its date. Gives its path.
///
/// # Errors
/// When it cannot be written.
pub fn keep_for_tests(root: &Path, name: &str, text: &str) -> io::Result<PathBuf> {
    let file = root.join(".labbook/test").join(name);
    if fs::read(&file).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(file);
    }
    save(&file, text.as_bytes())?;
    Ok(file)
}
