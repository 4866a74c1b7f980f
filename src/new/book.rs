//! A new book.

use std::fs;
use std::path::Path;

use super::name::{capitalised, in_markdown, title};
use super::template::{folder, in_toml};
use super::{Plan, new_file};
use crate::problem::{Problem, shown};

/// A book in a folder that is empty or not there yet.
///
/// # Errors
/// A folder that has something in it; a title that is none.
pub fn book(path: &Path, given_title: Option<&str>) -> Result<Plan, Problem> {
    let entries = fs::read_dir(path).map(|mut entries| entries.next().is_some());
    match entries {
        Ok(true) => return Err(Problem::in_file(path, "is not empty: name a new folder")),
        Err(_) if path.exists() => {
            let message = "is no folder that can be read: name a new one";
            return Err(Problem::in_file(path, message));
        }
        _ => {}
    }
    let title = title(given_title, || title_of(path))?;
    let values = [
        ("title-as-toml", &*in_toml(&title)),
        ("title", &in_markdown(&title)),
    ];
    let files = folder("book", &values).into_iter();
    Ok(Plan {
        files: files
            .map(|(name, text)| new_file(path.join(name), text))
            .collect(),
        next: format!("`labbook serve {}` shows it", shown(path)),
        paste: None,
    })
}

/// The folder's name in words.
fn title_of(path: &Path) -> String {
    let absolute = std::path::absolute(path).unwrap_or(path.to_owned());
    let name = absolute.file_name().unwrap_or_default().to_string_lossy();
    let words = capitalised(name.replace(['-', '_'], " ").trim());
    match words.is_empty() || words.contains(char::is_control) {
        true => "A new book".into(),
        false => words,
    }
}
