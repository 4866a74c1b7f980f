//! The crates that a book's Rust snippets may use: cargo builds a small package that has them as its dependencies, in
//! `.labbook/test/` of the book's root, and rustdoc is told where each of them lies.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use super::Failure;
use crate::book::Book;
use crate::load::line_of_key;
use crate::output::keep_for_tests;
use crate::problem::Problem;

/// The table of book.toml that names the crates.
const TABLE: &str = "output.labbook.test.dependencies";

/// Builds the crates that book.toml names. What rustdoc must be told: nothing when there are none.
///
/// # Errors
/// A missing cargo; a crate that is not found or does not build, with the line of book.toml.
pub(super) fn build(book: &Book) -> Result<Vec<OsString>, Failure> {
    let dependencies = &book.settings.labbook.test.dependencies;
    if dependencies.is_empty() {
        return Ok(Vec::new());
    }
    let root = std::path::absolute(&book.root).unwrap_or(book.root.clone());
    let manifest = package(&root, dependencies)
        .map_err(|error| Failure::general(format!("`.labbook/test` cannot be written: {error}")))?;
    let target = manifest.with_file_name("target");
    let cargo = |verb: &str, arguments: &[&str]| {
        let mut command = Command::new("cargo");
        command
            .args([verb, "--manifest-path"])
            .arg(&manifest)
            .args(arguments)
            .current_dir(&root)
            .env("CARGO_TARGET_DIR", &target)
            .env("CARGO_TERM_COLOR", "never")
            .stdin(Stdio::null());
        let output = command.output().map_err(|error| not_started(&error))?;
        succeeded(&output, &book.root, dependencies)?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let artifacts = cargo("build", &["--message-format", "json"])?;
    let metadata = cargo("metadata", &["--format-version", "1"])?;
    Ok(arguments(&libraries(&artifacts), &imports(&metadata)))
}

/// Writes the package and gives its manifest. Its own `[workspace]` keeps it out of one that the book may stand in.
fn package(root: &Path, dependencies: &toml::Table) -> std::io::Result<PathBuf> {
    let mut manifest = toml::Table::new();
    let package = toml::toml! {
        name = "snippets-of-a-book"
        version = "0.0.0"
        edition = "2024"
        publish = false
    };
    manifest.insert("package".into(), package.into());
    manifest.insert("workspace".into(), toml::Table::new().into());
    manifest.insert("dependencies".into(), from_root(root, dependencies).into());
    keep_for_tests(root, "src/lib.rs", "")?;
    keep_for_tests(root, "Cargo.toml", &manifest.to_string())
}

/// The table with paths that hold from any folder.
fn from_root(root: &Path, dependencies: &toml::Table) -> toml::Table {
    let mut dependencies = dependencies.clone();
    for (_, dependency) in &mut dependencies {
        if let Some(path) = dependency.get_mut("path")
            && let Some(relative) = path.as_str()
        {
            *path = root.join(relative).display().to_string().into();
        }
    }
    dependencies
}

fn not_started(error: &std::io::Error) -> Failure {
    let why = match error.kind() {
        ErrorKind::NotFound => "is not installed".to_string(),
        _ => format!("cannot be started ({error})"),
    };
    Failure::general(format!(
        "`cargo` {why}: it builds the crates of [{TABLE}], and comes with Rust (https://rustup.rs). `build`, `serve` and `check` work without it"
    ))
}

/// Fails with what cargo said, on the line of the dependency that it names.
fn succeeded(output: &Output, root: &Path, dependencies: &toml::Table) -> Result<(), Failure> {
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let file = root.join("book.toml");
    let text = std::fs::read_to_string(&file).unwrap_or_default();
    let names = |name: &&String| {
        let quoted = [
            format!("`{name}`"),
            format!("`{name} v"),
            format!("{name} = "),
        ];
        quoted.iter().any(|quoted| said.contains(quoted))
    };
    let named = dependencies.keys().find(names);
    let (key, what) = match named {
        Some(name) => (format!("{TABLE}.{name}"), format!("crate `{name}`")),
        None => (TABLE.to_string(), "a crate".to_string()),
    };
    let error = said.lines().find(|line| line.starts_with("error"));
    let message = format!(
        "{what}, for Rust snippets, cannot be built: {}",
        error.unwrap_or("cargo says why below")
    );
    // A compiler's messages go to standard output with the artifacts.
    let compiler = compiler_messages(&String::from_utf8_lossy(&output.stdout));
    Err(Failure {
        problem: Problem::in_file(&file, message).on_line(line_of_key(&text, &key)),
        details: compiler + &said,
    })
}

/// The lines of cargo's JSON that have this reason.
fn messages<'a>(json: &'a str, reason: &'a str) -> impl Iterator<Item = Value> + 'a {
    let values = json
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    values.filter(move |value: &Value| value["reason"] == reason)
}

fn compiler_messages(json: &str) -> String {
    messages(json, "compiler-message")
        .filter(|value| value["message"]["level"] == "error")
        .filter_map(|value| Some(value["message"]["rendered"].as_str()?.to_string()))
        .collect()
}

/// The library of each package, by the package's id.
fn libraries(json: &str) -> BTreeMap<String, String> {
    let mut libraries = BTreeMap::new();
    for artifact in messages(json, "compiler-artifact") {
        let files = artifact["filenames"].as_array().into_iter().flatten();
        let library = files.filter_map(Value::as_str).find(|file| {
            let extension = Path::new(file)
                .extension()
                .and_then(|extension| extension.to_str());
            matches!(extension, Some("rlib" | "so" | "dylib" | "dll"))
        });
        let is_library = artifact["target"]["kind"].as_array().is_some_and(|kinds| {
            kinds
                .iter()
                .any(|kind| kind == "lib" || kind == "rlib" || kind == "proc-macro")
        });
        if let (true, Some(library), Some(package)) =
            (is_library, library, artifact["package_id"].as_str())
        {
            libraries.insert(package.to_string(), library.to_string());
        }
    }
    libraries
}

/// The name under which our package sees each dependency, and the dependency's id.
fn imports(metadata: &str) -> Vec<(String, String)> {
    let metadata: Value = serde_json::from_str(metadata).unwrap_or_default();
    let resolve = &metadata["resolve"];
    let nodes = resolve["nodes"].as_array().into_iter().flatten();
    let root = nodes.filter(|node| node["id"] == resolve["root"]);
    root.flat_map(|node| node["deps"].as_array().into_iter().flatten())
        .filter_map(|import| {
            Some((
                import["name"].as_str()?.to_string(),
                import["pkg"].as_str()?.to_string(),
            ))
        })
        .collect()
}

/// rustdoc's arguments: where all crates lie, and the file of each that a snippet may name.
fn arguments(libraries: &BTreeMap<String, String>, imports: &[(String, String)]) -> Vec<OsString> {
    let folders: BTreeSet<&Path> = libraries
        .values()
        .filter_map(|file| Path::new(file).parent())
        .collect();
    let mut arguments: Vec<OsString> = folders
        .iter()
        .flat_map(|folder| ["-L".to_string(), format!("dependency={}", folder.display())])
        .map(OsString::from)
        .collect();
    for (name, package) in imports {
        if let Some(library) = libraries.get(package) {
            arguments.push("--extern".into());
            arguments.push(format!("{name}={library}").into());
        }
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_is_named_as_the_table_names_it_and_found_by_its_package() {
        let artifacts = r#"{"reason":"compiler-artifact","package_id":"registry#left@1.0.0","target":{"kind":["lib"]},"filenames":["/t/libleft-1.rlib","/t/libleft-1.rmeta"]}
{"reason":"compiler-artifact","package_id":"registry#left@1.0.0","target":{"kind":["custom-build"]},"filenames":["/t/build-script"]}
{"reason":"compiler-artifact","package_id":"registry#left@2.0.0","target":{"kind":["lib"]},"filenames":["/t/libleft-2.rlib"]}
{"reason":"build-finished","success":true}"#;
        let metadata = r#"{"resolve":{"root":"us","nodes":[{"id":"registry#left@1.0.0","deps":[]},{"id":"us","deps":[{"name":"renamed","pkg":"registry#left@1.0.0"}]}]}}"#;
        let arguments = arguments(&libraries(artifacts), &imports(metadata));
        assert_eq!(
            arguments,
            [
                "-L",
                "dependency=/t",
                "--extern",
                "renamed=/t/libleft-1.rlib"
            ]
        );
    }

    #[test]
    fn paths_are_relative_to_the_books_root() {
        let table: toml::Table = "a = \"1\"\nb = { path = \"labs/b\" }"
            .parse()
            .expect("it is TOML");
        let table = from_root(Path::new("/book"), &table);
        assert_eq!(table["b"]["path"].as_str(), Some("/book/labs/b"));
        assert_eq!(table["a"].as_str(), Some("1"));
    }
}
