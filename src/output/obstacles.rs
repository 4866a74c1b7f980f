//! What stands in the way of a site, found before anything is moved into place.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rayon::prelude::*;

use super::manifest::Manifest;
use crate::problem::Problem;
use crate::site::Site;

/// Finds a file where the site needs a folder, a folder where it needs a file, and a folder that is a link: written through
/// it, the site would lie somewhere else. What an earlier build wrote is no obstacle.
pub(super) fn check(site: &Site, before: &Manifest, destination: &Path) -> Result<(), Problem> {
    let mut folders = BTreeSet::new();
    for path in site.files.keys() {
        folders.extend(path.match_indices('/').map(|(end, _)| &path[..end]));
    }
    let found = |path: &str| fs::symlink_metadata(destination.join(path)).ok();
    for folder in folders {
        let Some(metadata) = found(folder) else {
            continue;
        };
        let ours = before.names(folder) && !site.files.contains_key(folder);
        if metadata.is_symlink() && !ours {
            return Err(problem(
                destination,
                folder,
                "is a link where the site needs a folder",
            ));
        }
        if !metadata.is_dir() && !ours {
            return Err(problem(
                destination,
                folder,
                "is a file where the site needs a folder",
            ));
        }
    }
    let is_folder = |path: &str| found(path).is_some_and(|metadata| metadata.is_dir());
    let files = site.files.par_iter();
    match files.find_first(|(path, _)| is_folder(path)) {
        Some((path, _)) => Err(problem(
            destination,
            path,
            "is a folder where the site needs a file",
        )),
        None => Ok(()),
    }
}

fn problem(destination: &Path, path: &str, what: &str) -> Problem {
    let message = format!(
        "{what}: move it away, or name another destination with `-d DEST`; the site from before is unchanged"
    );
    Problem::in_file(&destination.join(path), message)
}
