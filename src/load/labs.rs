//! Which labs there are: the folders of the labs' folder whose Cargo.toml has `[package.metadata.lab]`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// Names of packages to their folders; empty for a book without labs. A Cargo.toml that can't be read is no lab: what
/// names it is told so.
pub(super) fn named(labs: Option<PathBuf>) -> BTreeMap<String, PathBuf> {
    let folders = labs.and_then(|labs| fs::read_dir(labs).ok());
    let folders = folders.into_iter().flatten().flatten();
    let named = |folder: PathBuf| {
        let text = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
        let manifest: toml::Table = toml::from_str(&text).ok()?;
        let package = manifest.get("package")?;
        package.get("metadata")?.get("lab")?;
        Some((package.get("name")?.as_str()?.to_string(), folder))
    };
    folders.filter_map(|entry| named(entry.path())).collect()
}
