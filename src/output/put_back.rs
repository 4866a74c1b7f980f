//! Files that another program may write, kept so that they can be put back.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file as it was, or that it was not there.
#[derive(Debug)]
pub struct PutBack {
    file: PathBuf,
    before: Option<Vec<u8>>,
}

impl PutBack {
    /// Keeps a file in mind.
    pub fn of(file: &Path) -> PutBack {
        PutBack {
            file: file.to_owned(),
            before: fs::read(file).ok(),
        }
    }

    /// Makes it what it was, by rename; whether it had changed.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn restore(self) -> io::Result<bool> {
        let now = fs::read(&self.file).ok();
        if now == self.before {
            return Ok(false);
        }
        match self.before {
            None => fs::remove_file(&self.file)?,
            Some(bytes) => {
                let folder = self.file.parent().unwrap_or(Path::new("."));
                let temporary = NamedTempFile::new_in(folder)?;
                fs::write(temporary.path(), bytes)?;
                temporary.persist(&self.file).map_err(|error| error.error)?;
            }
        }
        Ok(true)
    }
}
