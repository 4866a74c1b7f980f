//! The folder in which a book keeps changes to mdBook's own theme. Its icon is used; its templates and scripts are
//! mdBook's and mean nothing here, which is said once for each.

use std::fs;
use std::path::{Path, PathBuf};

use mdbook_driver::config::Config;

use crate::problem::Problem;
use crate::settings::Settings;

/// What was found in the folder.
#[derive(Default)]
pub(super) struct Found {
    /// One note for each file that is skipped.
    pub(super) notes: Vec<Problem>,
    /// The book's own icon, an SVG.
    pub(super) favicon: Option<Vec<u8>>,
    /// The folder, where there is one.
    pub(super) folder: Option<PathBuf>,
}

impl Found {
    /// Looks into the folder that book.toml names, or `theme`, unless it is a theme of labbook's.
    pub(super) fn of(root: &Path, settings: &Settings, mdbook: &Config) -> Found {
        let named = mdbook.get::<String>("output.html.theme").ok().flatten();
        let folder = root.join(named.as_deref().unwrap_or("theme"));
        let ours = settings.labbook.theme.as_ref();
        if ours.is_some_and(|ours| root.join(ours) == folder) {
            return Found::default();
        }
        Found {
            notes: skipped(&folder, root, settings),
            favicon: fs::read(folder.join("favicon.svg")).ok(),
            folder: folder.is_dir().then_some(folder),
        }
    }
}

/// Notes about mdBook's templates and scripts. A script that the book adds itself may lie there, too.
fn skipped(folder: &Path, root: &Path, settings: &Settings) -> Vec<Problem> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let ending = |path: &PathBuf| {
        path.extension()
            .is_some_and(|ending| ending == "hbs" || ending == "js")
    };
    let added = |path: &PathBuf| {
        settings
            .html
            .additional_js
            .iter()
            .any(|script| root.join(script) == *path)
    };
    let message = "belongs to mdBook's theme and is skipped: set `theme` in [output.labbook] for a theme of labbook's";
    paths
        .iter()
        .filter(|path| ending(path) && !added(path))
        .map(|path| Problem::in_file(path, message))
        .collect()
}
