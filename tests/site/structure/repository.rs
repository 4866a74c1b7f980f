//! Reads the repository: its text files and, through `cargo metadata`, its packages.

use std::path::{Path, PathBuf};

use cargo_metadata::{Dependency, DependencyKind, Metadata, MetadataCommand};
use walkdir::{DirEntry, WalkDir};

use super::TextFile;
use super::imports::{Import, Package, Section};

/// Folders that hold nothing of ours: what tools build, fetch and keep.
const NOT_OURS: [&str; 4] = [".git", "target", "node_modules", ".labbook"];

/// What the rules read; pictures, fonts and wasm have no lines.
const TEXT_EXTENSIONS: [&str; 7] = ["rs", "toml", "md", "js", "mjs", "hbs", "css"];

/// How a manifest says that a dependency is not for the browser.
const NATIVE_TARGET: &str = r#"cfg(not(any(target_family = "wasm", policy_only)))"#;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every text file of the repository, whether git knows it yet or not, in a fixed order.
pub(super) fn files() -> Vec<TextFile> {
    WalkDir::new(root())
        .sort_by_file_name()
        .into_iter()
        .filter_entry(is_ours)
        .map(|entry| entry.expect("the repository can be read"))
        .filter(|entry| entry.file_type().is_file() && is_text(entry.path()))
        .map(|entry| read(entry.path()))
        .collect()
}

/// The manifests of the workspace's members; the root's is one of them.
pub(super) fn manifests() -> Vec<TextFile> {
    packages()
        .into_iter()
        .map(|package| package.manifest)
        .collect()
}

/// The workspace's members with what they import, as cargo sees them.
pub(super) fn packages() -> Vec<Package> {
    let metadata = metadata();
    metadata
        .workspace_packages()
        .into_iter()
        .map(|package| Package {
            name: package.name.to_string(),
            manifest: read(package.manifest_path.as_std_path()),
            imports: package.dependencies.iter().map(import).collect(),
        })
        .collect()
}

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo metadata describes the workspace")
}

/// A build script's dependencies count as everywhere, where the rules are strictest.
fn import(dependency: &Dependency) -> Import {
    let target = dependency.target.as_ref().map(ToString::to_string);
    let section = match (dependency.kind, target.as_deref()) {
        (DependencyKind::Development, _) => Section::Tests,
        (_, Some(NATIVE_TARGET)) => Section::Native,
        _ => Section::Everywhere,
    };
    Import {
        name: dependency.name.clone(),
        section,
        default_features: dependency.uses_default_features,
        features: dependency.features.clone(),
    }
}

/// Our own book is built into `book/` at the root; a folder of that name further down may be a book's source.
fn is_ours(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let is_built_book = entry.depth() == 1 && name == "book";
    !is_built_book && !NOT_OURS.contains(&name.as_ref())
}

fn is_text(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| TEXT_EXTENSIONS.iter().any(|text| extension == *text))
}

fn read(path: &Path) -> TextFile {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let from_root = path
        .strip_prefix(root())
        .expect("every file read is inside the repository");
    TextFile {
        path: from_root.to_string_lossy().replace('\\', "/"),
        text: String::from_utf8_lossy(&bytes).into_owned(),
    }
}
