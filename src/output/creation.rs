//! New files for an author, and lines added to old ones: all of them or none.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::problem::Problem;

/// A file as it shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creation {
    /// Where it lies.
    pub file: PathBuf,
    /// Its whole text.
    pub text: String,
    /// The text that it has now and that is replaced; `None` for a file that must not exist yet.
    pub before: Option<String>,
}

/// Makes files. When one cannot be made, those made before it are taken back.
///
/// # Errors
/// A file that exists already, that somebody changed meanwhile, or that cannot be written.
pub fn create(files: &[Creation]) -> Result<(), Problem> {
    let mut done = Done::default();
    for creation in files {
        if let Err(error) = done.make(creation) {
            done.undo();
            let what = match error.kind() {
                ErrorKind::AlreadyExists => "exists already: choose another name".to_string(),
                _ => format!("cannot be written ({error}): nothing was changed"),
            };
            return Err(Problem::in_file(&creation.file, what));
        }
    }
    Ok(())
}

/// What was made so far.
#[derive(Default)]
struct Done<'a> {
    folders: Vec<PathBuf>,
    files: Vec<&'a Creation>,
}

impl<'a> Done<'a> {
    fn make(&mut self, creation: &'a Creation) -> io::Result<()> {
        let folder = match creation.file.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        self.make_folder(folder)?;
        let mut staged = tempfile::Builder::new()
            .permissions(permissions(creation))
            .tempfile_in(folder)?;
        staged.write_all(creation.text.as_bytes())?;
        place(staged, creation)?;
        self.files.push(creation);
        Ok(())
    }

    fn make_folder(&mut self, folder: &Path) -> io::Result<()> {
        let is_missing = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.exists();
        let missing: Vec<&Path> = folder.ancestors().take_while(is_missing).collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder)?;
            self.folders.push(folder.to_owned());
        }
        Ok(())
    }

    /// Takes everything back, as far as the disk lets it.
    fn undo(self) {
        for creation in self.files.iter().rev() {
            let _ = match &creation.before {
                Some(before) => fs::write(&creation.file, before),
                None => fs::remove_file(&creation.file),
            };
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Moves a staged file to its place.
fn place(staged: NamedTempFile, creation: &Creation) -> io::Result<()> {
    let Some(before) = &creation.before else {
        staged.persist_noclobber(&creation.file)?;
        return Ok(());
    };
    if fs::read(&creation.file)? != before.as_bytes() {
        return Err(io::Error::other("it has changed meanwhile"));
    }
    staged.persist(&creation.file)?;
    Ok(())
}

/// Those of the file before, or what a new file usually has: temporary files are closed to others.
#[cfg(unix)]
fn permissions(creation: &Creation) -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(&creation.file).map_or_else(
        |_| fs::Permissions::from_mode(0o666),
        |metadata| metadata.permissions(),
    )
}

#[cfg(not(unix))]
fn permissions(creation: &Creation) -> fs::Permissions {
    let known = fs::metadata(&creation.file).or_else(|_| fs::metadata("."));
    known.expect("the current folder exists").permissions()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_files_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, before: Option<&str>| Creation {
            file: folder.path().join(name),
            text: "new".into(),
            before: before.map(str::to_string),
        };
        fs::write(folder.path().join("old"), "old").unwrap();
        fs::write(folder.path().join("theirs"), "kept").unwrap();
        let problem = create(&[
            file("a/b/c", None),
            file("old", Some("old")),
            file("theirs", None),
        ])
        .expect_err("theirs exists");
        assert!(problem.message.contains("exists already"), "{problem}");
        assert!(!folder.path().join("a").exists(), "folders go, too");
        let text = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!((text("old"), text("theirs")), ("old".into(), "kept".into()));
        create(&[file("old", Some("other"))]).expect_err("somebody changed it");
        create(&[file("a/b/c", None), file("old", Some("old"))]).unwrap();
        assert_eq!((text("old"), text("a/b/c")), ("new".into(), "new".into()));
    }
}
