//! Which files a book may name: those of its own folder, or of the repository that holds it. A link on disk (symlink) is
//! judged by where it leads.

use std::fs;
use std::path::{Component, Path, PathBuf};

/// The folder outside which no file of a book may lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds(PathBuf);

impl Bounds {
    /// The bounds of the book in `root`: the nearest folder above with a `.git`, else `root` itself.
    pub fn of(root: &Path) -> Bounds {
        let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        let folder = root
            .ancestors()
            .find(|folder| folder.join(".git").exists())
            .unwrap_or(&root);
        Bounds(folder.to_owned())
    }

    /// Whether something that exists lies inside.
    pub fn hold(&self, file: &Path) -> bool {
        fs::canonicalize(file).is_ok_and(|real| real.starts_with(&self.0))
    }
}

/// Whether a relative path is absolute or climbs above where it starts.
pub(super) fn leaves_root(path: &Path) -> bool {
    let mut depth = 0_i64;
    for component in path.components() {
        match component {
            Component::ParentDir => depth -= 1,
            Component::Normal(_) => depth += 1,
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return true,
        }
        if depth < 0 {
            return true;
        }
    }
    false
}
