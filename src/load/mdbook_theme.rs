//! The folder in which a book keeps changes to mdBook's own theme. Its icon is used; its templates, styles and
//! scripts are mdBook's and mean nothing here, which is said once for each.

use std::fs;
use std::path::{Path, PathBuf};

use mdbook_driver::config::Config;

use crate::problem::Problem;
use crate::settings::Settings;

/// The styles of highlighted code, which lie beside mdBook's folder `css`.
const PAINTED: [&str; 3] = ["highlight.css", "tomorrow-night.css", "ayu-highlight.css"];

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

/// Notes about mdBook's templates, styles and scripts. A style or a script that the book adds itself may lie there, too.
fn skipped(folder: &Path, root: &Path, settings: &Settings) -> Vec<Problem> {
    let html = &settings.html;
    let added = |path: &PathBuf| {
        let mut files = html.additional_css.iter().chain(&html.additional_js);
        files.any(|file| root.join(file) == *path)
    };
    let mut paths = files(folder, &["hbs", "js"]);
    paths.extend(files(&folder.join("css"), &["css"]));
    let painted = PAINTED.map(|name| folder.join(name));
    paths.extend(painted.into_iter().filter(|path| path.is_file()));
    paths.sort();
    let note = |path: &PathBuf| {
        let instead = if path.extension().is_some_and(|ending| ending == "css") {
            "add a style sheet of your own in `additional-css`, or set `theme` in [output.labbook]"
        } else {
            "set `theme` in [output.labbook] for a theme of labbook's"
        };
        let message = format!("belongs to mdBook's theme and is skipped: {instead}");
        Problem::in_file(path, message)
    };
    let unused = paths.iter().filter(|path| !added(path));
    unused.map(note).collect()
}

/// The files of a folder that have one of some endings.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).ok();
    let paths = entries.into_iter().flatten().flatten();
    let has_ending = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|ending| endings.contains(&ending))
    };
    paths.map(|entry| entry.path()).filter(has_ending).collect()
}
