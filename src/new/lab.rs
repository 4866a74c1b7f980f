//! A new lab.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::name::{Name, in_markdown, title};
use super::template::{filled, folder, in_toml};
use super::workspace::Workspace;
use super::{Plan, new_file};
use crate::book::Book;
use crate::output::Creation;
use crate::problem::Problem;

/// Where labs lie when book.toml does not say.
const LABS: &str = "labs";

/// Rust's own words and crates that are words in lower case; no library may be called so.
const NOT_FOR_CRATES: [&str; 54] = [
    "abstract", "alloc", "as", "async", "await", "become", "box", "break", "const", "continue",
    "core", "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen",
    "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv",
    "pub", "ref", "return", "self", "static", "std", "struct", "super", "test", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while",
];

/// A lab: a package with one decision, a program and tests. Where the book has no labs yet, book.toml learns where they
/// lie; where its root has no Cargo.toml, it gets a workspace, so that `cargo run --bin lab-01` works there.
///
/// # Errors
/// A name that is none, a name or number that is taken.
pub fn lab(book: &Book, name: &str, given_title: Option<&str>) -> Result<Plan, Problem> {
    let name = Name::read(name)?;
    let title = title(given_title, || name.title())?;
    let mut files = Vec::new();
    let labs = match &book.settings.labbook.labs {
        Some(labs) => labs.clone(),
        None => {
            files.push(book_toml(&book.root)?);
            PathBuf::from(LABS)
        }
    };
    let number = number(&book.root.join(&labs), &name)?;
    let library = library(name.words)?;
    let members = format!("{}/*", labs.display().to_string().replace('\\', "/"));
    let manifest = book.root.join("Cargo.toml");
    let text = match manifest.exists() {
        true => fs::read_to_string(&manifest)
            .map_err(|error| Problem::in_file(&manifest, format!("cannot be read: {error}")))?,
        false => {
            let text = filled("workspace.toml", &[("members", &members)]);
            files.push(new_file(manifest.clone(), text.clone()));
            text
        }
    };
    let workspace = Workspace::read(&manifest, &text)?;
    let place = book
        .root
        .join(&labs)
        .join(format!("{number}-{}", name.words));
    let package = format!("lab-{number}");
    let description = format!("{title}: a lab of the book {}.", book.settings.title);
    let folder_name = format!("{}/{number}-{}", labs.display(), name.words);
    let values = [
        ("package", &*package),
        ("number", &number),
        ("folder", &in_rust(&folder_name)),
        ("library", &library),
        ("title", &in_markdown(&title)),
        ("title-as-toml", &in_toml(&title)),
        ("description-as-toml", &in_toml(&description)),
        ("package-keys", &workspace.package_keys),
        ("lints", workspace.lints),
    ];
    let mut sources: BTreeMap<PathBuf, String> = folder("lab", &values).into_iter().collect();
    if workspace.has_kit(&book.root.join(&labs)) {
        // What every lab here has, in the place of what a lab without the kit has.
        sources.extend(folder("lab-with-kit", &values));
    }
    let sources = sources.into_iter();
    files.extend(sources.map(|(file, text)| new_file(place.join(file), text)));
    let first = match workspace.has_member(&members) {
        true => String::new(),
        false => format!("write `members = [\"{members}\"]` in [workspace] of Cargo.toml; then "),
    };
    Ok(Plan {
        files,
        next: format!(
            "{first}`cargo run --bin {package}` runs it, and `{{{{#lab {number}}}}}` shows its card in a chapter"
        ),
        paste: None,
    })
}

/// A path as it stands in a string of Rust.
fn in_rust(path: &str) -> String {
    path.replace('\\', "/")
}

/// The library's name: that of the lab, as Rust writes it.
fn library(words: &str) -> Result<String, Problem> {
    match NOT_FOR_CRATES.contains(&words) {
        false => Ok(words.replace('-', "_")),
        true => Err(Problem::general(format!(
            "`{words}` means something to Rust, and a lab's library has the lab's name: choose another"
        ))),
    }
}

/// The number that was asked for, or the next one: two digits.
fn number(labs: &Path, name: &Name) -> Result<String, Problem> {
    let entries = fs::read_dir(labs).into_iter().flatten().flatten();
    let taken: Vec<(PathBuf, u32, String)> = entries
        .filter_map(|entry| {
            let file = entry.file_name().to_string_lossy().into_owned();
            let (number, words) = file.split_once('-')?;
            Some((entry.path(), number.parse().ok()?, words.to_string()))
        })
        .collect();
    if let Some((path, ..)) = taken.iter().find(|(_, _, words)| words == name.words) {
        return Err(Problem::in_file(
            path,
            "is a lab of this name already: choose another name",
        ));
    }
    let number = match name.number {
        Some(number) => number.parse().unwrap_or(0),
        None => taken
            .iter()
            .map(|(_, number, _)| number.saturating_add(1))
            .max()
            .unwrap_or(1),
    };
    if let Some((path, ..)) = taken.iter().find(|(_, other, _)| *other == number) {
        return Err(Problem::in_file(
            path,
            "has this number already: choose another, or leave it out",
        ));
    }
    match number {
        1..=99 => Ok(format!("{number:02}")),
        _ => Err(Problem::general(format!(
            "a lab has a number from 01 to 99, not {number}: choose another"
        ))),
    }
}

/// book.toml with the folder of the labs.
fn book_toml(root: &Path) -> Result<Creation, Problem> {
    let file = root.join("book.toml");
    let before = fs::read_to_string(&file)
        .map_err(|error| Problem::in_file(&file, format!("cannot be read: {error}")))?;
    let text = with_labs(&before).ok_or_else(|| {
        Problem::in_file(
            &file,
            format!("write `labs = \"{LABS}\"` into [output.labbook], and make that folder"),
        )
    })?;
    Ok(Creation {
        file,
        text,
        before: Some(before),
    })
}

/// The text with a line that names the folder, below the table's header; `None` where there is no place for it.
fn with_labs(text: &str) -> Option<String> {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let line = format!("labs = \"{LABS}\"{newline}");
    let mut at = 0;
    let mut header_end = None;
    for part in text.split_inclusive('\n') {
        at += part.len();
        if part.trim_end() == "[output.labbook]" {
            header_end = Some(at);
        }
    }
    let changed = match header_end {
        Some(end) if text[..end].ends_with('\n') => {
            format!("{}{line}{}", &text[..end], &text[end..])
        }
        Some(_) => format!("{text}{newline}{line}"),
        None => {
            let body = text.trim_end();
            format!("{body}{newline}{newline}[output.labbook]{newline}{line}")
        }
    };
    let table: toml::Table = changed.parse().ok()?;
    let set = table.get("output")?.get("labbook")?.get("labs")?;
    (set.as_str() == Some(LABS)).then_some(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn book_toml_learns_where_labs_lie() {
        let with = |text| with_labs(text).expect("there is a place");
        assert_eq!(
            with("[output.labbook]\nmath = true\n"),
            "[output.labbook]\nlabs = \"labs\"\nmath = true\n"
        );
        assert_eq!(
            with("[book]\n"),
            "[book]\n\n[output.labbook]\nlabs = \"labs\"\n"
        );
        assert_eq!(
            with("[output.labbook]"),
            "[output.labbook]\nlabs = \"labs\"\n"
        );
        assert_eq!(with_labs("[output]\nlabbook = { math = true }\n"), None);
    }
}
