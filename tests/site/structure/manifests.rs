//! Rules about manifests: lints of the workspace, a reason for each dependency, features set in one place.
//!
//! In: manifests as text, packages as cargo sees them. Out: violations at the line of the dependency.
//! The toml crate keeps no comments, and comments are what one rule is about: so dependencies are read line by line.

use std::collections::BTreeSet;

use super::imports::Package;
use super::{TextFile, Violation};

/// Every manifest that does not opt in to `[workspace.lints]`.
pub(super) fn members_without_lints(manifests: &[TextFile]) -> Vec<Violation> {
    manifests
        .iter()
        .filter(|manifest| !takes_workspace_lints(&manifest.text))
        .map(|manifest| {
            let header = manifest
                .text
                .lines()
                .position(|line| line.trim() == "[lints]");
            let line = header.map_or(1, |index| index + 1);
            Violation::new(
                &manifest.path,
                line,
                "needs `[lints]` with `workspace = true`, and nothing else",
            )
        })
        .collect()
}

fn takes_workspace_lints(text: &str) -> bool {
    let manifest: toml::Table = text.parse().expect("cargo has read this manifest");
    let lints = manifest.get("lints").and_then(toml::Value::as_table);
    lints.is_some_and(|lints| lints.get("workspace") == Some(&toml::Value::Boolean(true)))
}

/// Every dependency without a comment of at least two words on its lines or on the line above.
pub(super) fn dependencies_without_reason(manifests: &[TextFile]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for manifest in manifests {
        for entry in dependencies(&manifest.text) {
            if !entry
                .reasons
                .iter()
                .any(|reason| reason.split_whitespace().count() >= 2)
            {
                let message = format!("say in a comment why `{}` is needed", entry.name);
                violations.push(Violation::new(&manifest.path, entry.line, message));
            }
        }
    }
    violations
}

/// Every place but `[workspace.dependencies]` where features are set of a crate that labbook and the labs share:
/// set in two places, `cargo run --bin lab-03` would compile that crate anew for other features than the generator's.
/// Tests may ask for more: `cargo run` does not compile what only they need.
pub(super) fn features_set_twice(packages: &[Package]) -> Vec<Violation> {
    let is_labbook = |package: &&Package| package.name == "labbook";
    let names = |package: &Package| {
        package
            .imports
            .iter()
            .map(|import| import.name.clone())
            .collect::<Vec<_>>()
    };
    let generator: BTreeSet<String> = packages.iter().filter(is_labbook).flat_map(names).collect();
    let labs: BTreeSet<String> = packages
        .iter()
        .filter(|package| !is_labbook(package))
        .flat_map(names)
        .collect();
    let mut violations = Vec::new();
    for package in packages {
        for entry in dependencies(&package.manifest.text) {
            let is_shared = generator.contains(entry.name) && labs.contains(entry.name);
            let is_used = !entry.of_workspace && !entry.for_tests;
            if is_shared && is_used && entry.source.contains("features") {
                let message = format!(
                    "labbook and labs share `{}`: set its features in [workspace.dependencies] only",
                    entry.name
                );
                violations.push(Violation::new(&package.manifest.path, entry.line, message));
            }
        }
    }
    violations
}

/// The line that brings a package in, by its own name or as `package = "NAME"`; 1 when there is none.
pub(super) fn line_of_dependency(text: &str, name: &str) -> usize {
    let renamed = format!("package = \"{name}\"");
    let brings = |entry: &Entry| {
        entry.name == name && !entry.of_workspace || entry.source.contains(&renamed)
    };
    dependencies(text)
        .into_iter()
        .find(brings)
        .map_or(1, |entry| entry.line)
}

/// A dependency as it is written: `name = …`, `name.workspace = true` or a table `[dependencies.name]`.
struct Entry<'a> {
    line: usize,
    name: &'a str,
    /// Stands in `[workspace.dependencies]`, and brings nothing in by itself.
    of_workspace: bool,
    /// Stands in `[dev-dependencies]`.
    for_tests: bool,
    source: String,
    reasons: Vec<&'a str>,
}

/// Where in a manifest a line stands.
#[derive(Clone, Copy)]
enum Place {
    Elsewhere,
    Dependencies {
        of_workspace: bool,
        for_tests: bool,
    },
    /// Inside `[dependencies.name]`: the lines belong to the entry that its header began.
    OneDependency,
}

fn dependencies(text: &str) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut place = Place::Elsewhere;
    let mut open_brackets = 0;
    let mut above = None;
    for (index, line) in text.lines().enumerate() {
        let (content, comment) = split_comment(line);
        let content = content.trim();
        let begun = if let (0, Some(header)) = (open_brackets, header(content)) {
            let name;
            (place, name) = place_of(header);
            name
        } else {
            let starts_entry = open_brackets == 0 && !content.is_empty();
            open_brackets += bracket_balance(content);
            key(content).filter(|_| starts_entry && matches!(place, Place::Dependencies { .. }))
        };
        if let Some(name) = begun {
            let (of_workspace, for_tests) = match place {
                Place::Dependencies {
                    of_workspace,
                    for_tests,
                } => (of_workspace, for_tests),
                _ => (false, false),
            };
            let reasons = above.into_iter().collect();
            entries.push(Entry {
                line: index + 1,
                name,
                of_workspace,
                for_tests,
                source: String::new(),
                reasons,
            });
        }
        let belongs = !content.is_empty() && !matches!(place, Place::Elsewhere);
        if let (true, Some(entry)) = (belongs, entries.last_mut()) {
            entry.source.push_str(content);
            entry.reasons.extend(comment);
        }
        above = comment.filter(|_| content.is_empty());
    }
    entries
}

/// What stands between the brackets of a table's header.
fn header(content: &str) -> Option<&str> {
    content.strip_prefix('[')?.strip_suffix(']')
}

/// Where a header leads, and the dependency that it begins itself, as `[dependencies.serde]` does.
fn place_of(header: &str) -> (Place, Option<&str>) {
    let of_workspace = header.starts_with("workspace.");
    if header.ends_with("dependencies") {
        let for_tests = header.ends_with("dev-dependencies");
        let place = Place::Dependencies {
            of_workspace,
            for_tests,
        };
        return (place, None);
    }
    match header.rsplit_once("dependencies.") {
        Some((_, name)) => (Place::OneDependency, Some(name.trim_matches(['"', '\'']))),
        None => (Place::Elsewhere, None),
    }
}

/// The first part of a key: `serde` in `serde.workspace = true`.
fn key(content: &str) -> Option<&str> {
    let (key, _) = content.split_once('=')?;
    let first = key.split('.').next().unwrap_or(key);
    Some(first.trim().trim_matches(['"', '\'']))
}

fn bracket_balance(content: &str) -> i32 {
    let brackets = outside_strings(content).map(|(_, character)| match character {
        '{' | '[' => 1,
        '}' | ']' => -1,
        _ => 0,
    });
    brackets.sum()
}

/// A line of TOML without its comment, and the comment's words.
fn split_comment(line: &str) -> (&str, Option<&str>) {
    match outside_strings(line).find(|(_, character)| *character == '#') {
        Some((at, _)) => (&line[..at], Some(line[at..].trim_start_matches('#').trim())),
        None => (line, None),
    }
}

/// The characters of a line that no quotes hold.
fn outside_strings(line: &str) -> impl Iterator<Item = (usize, char)> {
    let mut quote = None;
    line.char_indices().filter(move |(_, character)| {
        match quote {
            Some(open) if open == *character => quote = None,
            None if ['"', '\''].contains(character) => quote = Some(*character),
            None => return true,
            Some(_) => {}
        }
        false
    })
}

mod tests;
