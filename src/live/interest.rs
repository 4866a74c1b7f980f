//! Which files make a book, and which folders must be watched to hear of them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::book::Book;
use crate::load::{Bounds, own_files};
use crate::site::SITE_MARK;

/// Folders nested deeper are a link that leads back to where it lies.
const DEPTH_MAX: usize = 64;

/// Folders in which nobody writes by hand: version control, our own caches, what is compiled or installed.
const NEVER: [&str; 5] = [".git", ".labbook", "target", "node_modules", ".jj"];

/// What makes a book. All paths are absolute and begin as the book's root does, with links resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Interest {
    /// The book's root, links resolved.
    pub(super) root: PathBuf,
    /// Folders of which everything counts.
    trees: BTreeSet<PathBuf>,
    /// Single files elsewhere.
    files: BTreeSet<PathBuf>,
    /// Where sites are written.
    destination: PathBuf,
    bounds: Bounds,
}

impl Interest {
    /// What makes this book: book.toml, the source folder, theme, labs, added styles and scripts, and what chapters include.
    pub(super) fn of(book: &Book) -> Interest {
        let root = std::fs::canonicalize(&book.root).unwrap_or_else(|_| book.root.clone());
        let place = |path: &Path| root.join(path.strip_prefix(&book.root).unwrap_or(path));
        let settings = &book.settings;
        let labbook = &settings.labbook;
        let mut trees = BTreeSet::from([place(&book.source)]);
        trees.extend(
            [&labbook.theme, &labbook.labs]
                .into_iter()
                .flatten()
                .map(|path| place(path)),
        );
        let mut files = BTreeSet::from([root.join("book.toml")]);
        let added = settings
            .html
            .additional_css
            .iter()
            .chain(&settings.html.additional_js);
        files.extend(added.map(|path| place(path)));
        files.extend(book.figures.sources().iter().cloned());
        files.extend(own_files(&root, book.labs.keys()));
        for path in &book.beside {
            if path.is_dir() {
                trees.insert(place(path));
            } else {
                files.insert(place(path));
            }
        }
        Interest {
            destination: place(&settings.destination),
            bounds: Bounds::of(&root),
            root,
            trees,
            files: files.iter().map(|file| tidy(file)).collect(),
        }
    }

    /// Whether a change of this file or folder may change the book.
    pub(super) fn concerns(&self, path: &Path) -> bool {
        if self.files.contains(path) {
            return true;
        }
        let inside = |tree: &PathBuf| path.strip_prefix(tree).is_ok_and(|inside| !is_idle(inside));
        !path.starts_with(&self.destination) && self.trees.iter().any(inside)
    }

    /// The folders to watch, none with those inside it: every folder of the trees, and those in which single files lie.
    pub(super) fn folders(&self) -> BTreeSet<PathBuf> {
        let parents = self
            .files
            .iter()
            .chain(&self.trees)
            .filter_map(|path| path.parent());
        let mut folders: BTreeSet<PathBuf> = parents
            .filter(|parent| parent.is_dir())
            .map(Path::to_owned)
            .collect();
        for tree in &self.trees {
            let walk = WalkDir::new(tree).follow_links(true).max_depth(DEPTH_MAX);
            let entries = walk.into_iter().filter_entry(|entry| self.is_wanted(entry));
            folders.extend(entries.filter_map(Result::ok).map(DirEntry::into_path));
        }
        folders
    }

    /// Whether a folder of a tree is watched.
    fn is_wanted(&self, entry: &DirEntry) -> bool {
        let is_never = || {
            entry
                .file_name()
                .to_str()
                .is_some_and(|name| NEVER.contains(&name))
        };
        entry.file_type().is_dir()
            && (entry.depth() == 0
                || !(is_never()
                    || entry.path() == self.destination
                    || entry.path().join(SITE_MARK).exists()
                    || entry.path_is_symlink() && !self.bounds.hold(entry.path())))
    }
}

/// Whether a path below a tree is none of the book's: a folder that is never watched, or a file that editors put beside
/// the one they write.
fn is_idle(inside: &Path) -> bool {
    let mut names = inside
        .components()
        .filter_map(|part| part.as_os_str().to_str());
    let is_editors = |name: &str| {
        name.ends_with('~')
            || name.starts_with(".#")
            || name.starts_with('#')
            || name == "4913"
            || [".swp", ".swx", "___jb_tmp___", "___jb_old___"]
                .iter()
                .any(|end| name.ends_with(end))
    };
    names.any(|name| NEVER.contains(&name) || name.starts_with(".labbook") || is_editors(name))
}

/// A path without `..`, as the system names a file that changed.
fn tidy(path: &Path) -> PathBuf {
    let folder = path
        .parent()
        .and_then(|parent| std::fs::canonicalize(parent).ok());
    match (folder, path.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_and_tools_put_beside_chapters_is_idle() {
        for idle in [
            "one.md~",
            ".one.md.swp",
            "4913",
            ".#one.md",
            "#one.md#",
            "one.md___jb_tmp___",
            "target/debug/x",
            ".git/index",
            ".labbook/cache/pages",
            ".labbook-lock",
        ] {
            assert!(is_idle(Path::new(idle)), "{idle}");
        }
        for counts in ["one.md", "part/two.md", "targets.md", "", "images/a b.png"] {
            assert!(!is_idle(Path::new(counts)), "{counts}");
        }
    }
}
