//! book.toml: mdBook's configuration and our settings, from one text.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::str::FromStr;

use mdbook_driver::config::Config;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::toml_lines::{in_words, line_of_key, toml_problem};
use super::{mdbook_theme, named_files};
use crate::problem::{Problem, Problems};
use crate::settings::{HtmlSettings, LabbookSettings, Settings};

/// What book.toml gives.
pub(super) struct Read {
    /// Handed to mdBook.
    pub(super) mdbook: Config,
    /// Ours.
    pub(super) settings: Settings,
    /// Keys that mean nothing here, templates that are skipped.
    pub(super) warnings: Vec<Problem>,
    /// What mdBook's theme folder holds.
    pub(super) mdbook_theme: mdbook_theme::Found,
}

/// Keys of `[output.html]` that mdBook knows and that need nothing from us: what they ask for is always so here
/// (hashed names, copy buttons), or belongs to mdBook's own theme, playground and ranking of search results.
const MDBOOK_ONLY: [&str; 18] = [
    "theme",
    "preferred-dark-theme",
    "hash-files",
    "sidebar-header-nav",
    "git-repository-icon",
    "live-reload-endpoint",
    "playground.copyable",
    "playground.copy-js",
    "playground.line-numbers",
    "search.limit-results",
    "search.teaser-word-count",
    "search.use-boolean-and",
    "search.boost-title",
    "search.boost-hierarchy",
    "search.boost-paragraph",
    "search.expand",
    "search.heading-split-level",
    "search.copy-js",
];

/// Reads `root`/book.toml, with mdBook's environment overrides.
pub(super) fn read(root: &Path) -> Result<Read, Problems> {
    let file = root.join("book.toml");
    let text = fs::read_to_string(&file).map_err(|error| {
        let message = match error.kind() {
            ErrorKind::NotFound => {
                "does not exist: go to the folder of a book, or name it, as in `labbook build PATH`"
                    .into()
            }
            _ => format!("cannot be read as UTF-8 text: {error}"),
        };
        Problem::in_file(&file, message)
    })?;
    let mut mdbook =
        Config::from_str(&text).map_err(|error| toml_problem(&file, &format!("{error:#}")))?;
    mdbook.update_from_env().map_err(|error| {
        Problem::general(format!(
            "an environment variable MDBOOK_… does not fit book.toml: {error:#}"
        ))
    })?;
    check_tables(&file, &text)?;
    // mdBook would write missing chapters into the author's folder.
    mdbook.build.create_missing = false;
    let mut warnings = Vec::new();
    let mut table = Table {
        file: &file,
        text: &text,
        mdbook: &mdbook,
        warnings: &mut warnings,
    };
    let html: HtmlSettings = table.read("output.html", &MDBOOK_ONLY)?;
    let mut labbook: LabbookSettings = table.read("output.labbook", &[])?;
    labbook.is_given = mdbook.contains_key("output.labbook");
    let settings = settings(&mdbook, html, labbook);
    named_files::check_paths(&file, &text, &settings)?;
    named_files::check_files(root, &text, &settings)?;
    warnings.extend(misspelt_renderer(&file, &text));
    let mdbook_theme = mdbook_theme::Found::of(root, &settings, &mdbook);
    Ok(Read {
        mdbook,
        settings,
        warnings,
        mdbook_theme,
    })
}

/// What mdBook takes for tables must be some: it looks later, and then blames SUMMARY.md.
fn check_tables(file: &Path, text: &str) -> Result<(), Problem> {
    let table: toml::Table = toml::from_str(text).unwrap_or_default();
    for name in ["output", "preprocessor"] {
        if table.get(name).is_some_and(|value| !value.is_table()) {
            let message = format!("`{name}` must be a table, as in `[{name}.…]`");
            return Err(Problem::in_file(file, message).on_line(line_of_key(text, name)));
        }
    }
    Ok(())
}

/// What reading one table of book.toml needs.
struct Table<'a> {
    file: &'a Path,
    text: &'a str,
    mdbook: &'a Config,
    warnings: &'a mut Vec<Problem>,
}

impl Table<'_> {
    /// Reads a table; a key that is neither ours nor in `known` becomes a warning that names it.
    fn read<T: DeserializeOwned + Default>(
        &mut self,
        name: &str,
        known: &[&str],
    ) -> Result<T, Problem> {
        let Ok(Some(value)) = self.mdbook.get::<toml::Value>(name) else {
            return Ok(T::default());
        };
        let mut ignored = Vec::new();
        let read = serde_ignored::deserialize(value, |path| ignored.push(path.to_string()));
        for key in ignored {
            let expected = known
                .iter()
                .any(|known| key == *known || key.starts_with(&format!("{known}.")));
            if !expected {
                let message =
                    format!("`{key}` in [{name}] means nothing to labbook and is ignored");
                self.warnings
                    .push(self.problem(&format!("{name}.{key}"), message));
            }
        }
        read.map_err(|error: toml::de::Error| {
            let key = key_in(&error.to_string());
            let path = key.map_or(name.to_string(), |key| format!("{name}.{key}"));
            self.problem(&path, format!("`{path}`: {}", in_words(error.message())))
        })
    }

    /// A problem on the line of a key.
    fn problem(&self, path: &str, message: String) -> Problem {
        Problem::in_file(self.file, message).on_line(line_of_key(self.text, path))
    }
}

/// The key that an error of `toml` names in its last line.
pub(super) fn key_in(error: &str) -> Option<String> {
    let named = |line: &str| Some(line.strip_prefix("in `")?.strip_suffix('`')?.to_string());
    error.lines().find_map(named)
}

/// mdBook's and our part of the settings as one.
fn settings(mdbook: &Config, html: HtmlSettings, labbook: LabbookSettings) -> Settings {
    let edition = mdbook.rust.edition.and_then(|edition| {
        let value = toml::Value::try_from(edition).ok()?;
        String::deserialize(value).ok()
    });
    let direction = format!("{:?}", mdbook.book.realized_text_direction());
    Settings {
        title: mdbook.book.title.clone().unwrap_or_default(),
        authors: mdbook.book.authors.clone(),
        description: mdbook.book.description.clone(),
        language: mdbook.book.language.clone().unwrap_or_else(|| "en".into()),
        direction: if direction == "RightToLeft" {
            "rtl".into()
        } else {
            "ltr".into()
        },
        source_name: mdbook.book.src.display().to_string(),
        destination: mdbook.build.build_dir.clone(),
        edition,
        html,
        labbook,
    }
}

/// Other renderers' tables are none of ours; one that looks like ours is probably meant for us.
fn misspelt_renderer(file: &Path, text: &str) -> Option<Problem> {
    let table: toml::Table = toml::from_str(text).ok()?;
    let names = table.get("output")?.as_table()?.keys();
    let name = names
        .filter(|name| *name != "labbook")
        .find(|name| name.starts_with("lab"))?;
    let message = format!("[output.{name}] is not read: write [output.labbook]");
    Some(Problem::in_file(file, message).on_line(line_of_key(text, &format!("output.{name}"))))
}
