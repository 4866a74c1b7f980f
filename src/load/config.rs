//! book.toml: mdBook's configuration and our settings, from one text.

use std::fs;
use std::path::Path;
use std::str::FromStr;

use mdbook_driver::config::Config;
use regex::Regex;
use serde::Deserialize;
use serde::de::DeserializeOwned;

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
}

/// Keys of `[output.html]` that mdBook knows and that need nothing from us: what they ask for is always so here
/// (hashed names, copy buttons, search), or belongs to mdBook's own theme and playground.
const MDBOOK_ONLY: [&str; 10] = [
    "theme",
    "preferred-dark-theme",
    "hash-files",
    "search",
    "sidebar-header-nav",
    "git-repository-icon",
    "live-reload-endpoint",
    "playground.copyable",
    "playground.copy-js",
    "playground.line-numbers",
];

/// Reads `root`/book.toml, with mdBook's environment overrides.
pub(super) fn read(root: &Path) -> Result<Read, Problems> {
    let file = root.join("book.toml");
    let text = fs::read_to_string(&file).map_err(|error| {
        Problem::in_file(
            &file,
            format!("cannot be read ({error}): name a folder that holds a book.toml, as in `labbook build PATH`"),
        )
    })?;
    let mut mdbook =
        Config::from_str(&text).map_err(|error| toml_problem(&file, &format!("{error:#}")))?;
    mdbook.update_from_env().map_err(|error| {
        Problem::general(format!(
            "an environment variable MDBOOK_… does not fit book.toml: {error:#}"
        ))
    })?;
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
    let labbook: LabbookSettings = table.read("output.labbook", &[])?;
    let settings = settings(&mdbook, html, labbook);
    check_paths(&file, &text, &settings)?;
    warnings.extend(skipped_templates(root, &settings, &mdbook));
    Ok(Read {
        mdbook,
        settings,
        warnings,
    })
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
        let value = self.mdbook.get::<toml::Value>(name).ok().flatten();
        let Some(value) = value else {
            return Ok(T::default());
        };
        let mut ignored = Vec::new();
        let read = serde_ignored::deserialize(value, |path| ignored.push(path.to_string()));
        for key in ignored {
            let expected = known
                .iter()
                .any(|known| key == *known || key.starts_with(&format!("{known}.")));
            if !expected {
                let line = key_line(self.text, &key);
                let message =
                    format!("`{key}` in [{name}] means nothing to labbook and is ignored");
                self.warnings.push(Problem {
                    file: self.file.display().to_string(),
                    line,
                    message,
                });
            }
        }
        read.map_err(|error| {
            let message = format!("[{name}]: {}", error.to_string().trim());
            let line = section_line(self.text, name);
            Problem {
                file: self.file.display().to_string(),
                line,
                message,
            }
        })
    }
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

/// Paths in the settings must stay inside the book.
fn check_paths(file: &Path, text: &str, settings: &Settings) -> Result<(), Problems> {
    let html = &settings.html;
    let files = html.additional_css.iter().chain(&html.additional_js);
    let outside = files
        .filter(|path| leaves_root(path))
        .map(|path| (path.display().to_string(), "style sheets and scripts"))
        .chain(
            html.redirect
                .keys()
                .filter(|key| leaves_root(Path::new(key.trim_start_matches('/'))))
                .map(|key| (key.clone(), "redirects")),
        )
        .chain(
            html.input_404
                .iter()
                .filter(|name| leaves_root(Path::new(name)))
                .map(|name| (name.clone(), "the 404 page")),
        );
    let problems: Vec<Problem> = outside
        .map(|(path, what)| {
            let message = format!("`{path}` leaves the book: {what} are named relative to it, without `..` or a leading `/`");
            Problem { file: file.display().to_string(), line: line_with(text, &path), message }
        })
        .collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Problems(problems))
    }
}

/// Whether a relative path is absolute or climbs above where it starts.
pub(super) fn leaves_root(path: &Path) -> bool {
    let mut depth = 0_i64;
    for component in path.components() {
        match component {
            std::path::Component::ParentDir => depth -= 1,
            std::path::Component::Normal(_) => depth += 1,
            std::path::Component::CurDir => {}
            std::path::Component::RootDir | std::path::Component::Prefix(_) => return true,
        }
        if depth < 0 {
            return true;
        }
    }
    false
}

/// mdBook's templates in the book's theme folder are not ours: say so, once for each.
fn skipped_templates(root: &Path, settings: &Settings, mdbook: &Config) -> Vec<Problem> {
    let named = mdbook.get::<String>("output.html.theme").ok().flatten();
    let ours = settings
        .labbook
        .theme
        .as_ref()
        .map(|theme| root.join(theme));
    let theirs = root.join(named.as_deref().unwrap_or("theme"));
    if ours.is_some_and(|ours| ours == theirs) {
        return Vec::new();
    }
    let Ok(entries) = fs::read_dir(&theirs) else {
        return Vec::new();
    };
    let mut names: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    names.sort();
    // A script that the book adds itself may lie there, too.
    let added = |path: &Path| {
        let mut scripts = settings.html.additional_js.iter();
        scripts.any(|script| root.join(script) == path)
    };
    names
        .iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "hbs" || extension == "js"))
        .filter(|path| !added(path))
        .map(|path| {
            Problem::in_file(path, "belongs to mdBook's theme and is skipped: set `theme` in [output.labbook] for a theme of labbook's")
        })
        .collect()
}

/// A problem from the text of a TOML error, which names its line.
pub(crate) fn toml_problem(file: &Path, error: &str) -> Problem {
    let line = Regex::new(r"at line (\d+)")
        .ok()
        .and_then(|found| found.captures(error)?[1].parse().ok());
    let message = error
        .lines()
        .rev()
        .map(str::trim)
        .find(|line| !line.is_empty())
        .unwrap_or("is not TOML");
    Problem {
        file: file.display().to_string(),
        line,
        message: message.to_string(),
    }
}

/// The line on which a key such as `fold.enabel` is set, if it can be seen.
fn key_line(text: &str, key: &str) -> Option<usize> {
    let last = key.rsplit('.').next()?;
    text.lines()
        .position(|line| {
            line.split('=')
                .next()
                .is_some_and(|left| left.trim().rsplit('.').next() == Some(last))
                && line.contains('=')
        })
        .map(|index| index + 1)
}

/// The line of a table's header.
pub(super) fn section_line(text: &str, name: &str) -> Option<usize> {
    let header = format!("[{name}]");
    text.lines()
        .position(|line| line.trim() == header)
        .map(|index| index + 1)
}

/// The first line that holds a text.
pub(super) fn line_with(text: &str, wanted: &str) -> Option<usize> {
    text.lines()
        .position(|line| line.contains(wanted))
        .map(|index| index + 1)
}
