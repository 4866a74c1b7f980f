//! Cargo, as labbook calls it: how it is started, what it says, and from which files it made something.

pub(crate) mod messages;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What cargo says when it can't fetch a crate.
const NO_NETWORK: [&str; 3] = [
    "failed to download",
    "spurious network error",
    "attempting to make an HTTP request",
];

/// Cargo, to be run in a folder: its toolchain and its settings are those of that folder.
pub(crate) fn command(folder: &Path) -> Command {
    let mut command = Command::new("cargo");
    command
        .current_dir(folder)
        .env("CARGO_TERM_COLOR", "never")
        // A build installs nothing by itself.
        .env("RUSTUP_AUTO_INSTALL", "0")
        .stdin(Stdio::null());
    command
}

/// Why it could not be started, and how to get it.
pub(crate) fn not_started(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => {
            "`cargo` is not installed: it comes with Rust (https://rustup.rs)".into()
        }
        _ => format!("`cargo` cannot be started ({error})"),
    }
}

/// Whether it failed because it could not fetch a crate; `errors` is what it printed there.
pub(crate) fn lacks_network(errors: &str) -> bool {
    NO_NETWORK.iter().any(|words| errors.contains(words))
}

/// Why it failed, in its own words, from what it printed to standard error.
pub(crate) fn reason(errors: &str) -> String {
    let reason: Vec<&str> = errors
        .lines()
        .skip_while(|line| !line.starts_with("error"))
        .collect();
    match reason.is_empty() {
        true => errors.trim().to_string(),
        false => reason.join(" "),
    }
}

/// A file as the author knows it: below the book's root.
pub(crate) fn named(root: &Path, file: &Path) -> PathBuf {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let inside = real(root).and_then(|real_root| {
        let folder = real(file.parent()?)?;
        let inside = folder.strip_prefix(real_root).ok()?.to_owned();
        Some(root.join(inside).join(file.file_name()?))
    });
    inside.unwrap_or_else(|| file.to_owned())
}

/// The files that cargo's list beside a product names: `PRODUCT: FILE FILE …`, with `\ ` for a space in a name.
pub(crate) fn sources(list: &Path) -> Vec<PathBuf> {
    let text = std::fs::read_to_string(list).unwrap_or_default();
    let line = text.lines().next().unwrap_or_default();
    files_of(line.split_once(": ").map_or("", |(_, files)| files))
}

fn files_of(list: &str) -> Vec<PathBuf> {
    let mut files = vec![String::new()];
    let mut characters = list.chars();
    while let Some(character) = characters.next() {
        let last = files.last_mut().expect("there is always one");
        match character {
            '\\' => last.extend(characters.next()),
            ' ' => files.push(String::new()),
            other => last.push(other),
        }
    }
    files.retain(|file| !file.is_empty());
    files.into_iter().map(PathBuf::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_sources_may_have_names_with_spaces() {
        let files = files_of(r"/a/src/lib.rs /a/my\ book/x.rs");
        assert_eq!(
            files,
            [Path::new("/a/src/lib.rs"), Path::new("/a/my book/x.rs")]
        );
        assert!(files_of("").is_empty());
    }

    #[test]
    fn a_reason_begins_where_cargo_says_error() {
        assert_eq!(
            reason("   Compiling a\nerror: no such\nline two"),
            "error: no such line two"
        );
        assert_eq!(reason("killed\n"), "killed");
    }
}
