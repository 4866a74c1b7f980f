//! mdBook's own renderer: what labbook's pages are compared with.

use std::fs;
use std::path::Path;

use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use tempfile::TempDir;
use walkdir::WalkDir;

/// A book as mdBook builds it, in a folder of its own.
pub(super) struct Reference {
    folder: TempDir,
}

impl Reference {
    /// Builds the book in `root`, which stays as it is.
    pub(super) fn build(root: &Path) -> Reference {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::from_disk(root.join("book.toml")).unwrap();
        config.build.create_missing = false;
        config.build.build_dir = folder.path().to_owned();
        let book = MDBook::load_with_config(root, config)
            .unwrap_or_else(|error| panic!("mdBook cannot read the book: {error:#}"));
        book.build()
            .unwrap_or_else(|error| panic!("mdBook cannot build the book: {error:#}"));
        Reference { folder }
    }

    /// Every file, as path with `/` relative to the site's root, in order.
    pub(super) fn paths(&self) -> Vec<String> {
        let walk = WalkDir::new(self.folder.path()).sort_by_file_name();
        let files = walk
            .into_iter()
            .map(Result::unwrap)
            .filter(|entry| entry.file_type().is_file());
        files
            .map(|entry| {
                let path = entry.path().strip_prefix(self.folder.path()).unwrap();
                path.to_string_lossy().replace('\\', "/")
            })
            .collect()
    }

    /// A file's text.
    pub(super) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join(path)).unwrap()
    }
}
