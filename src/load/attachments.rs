//! Finds the files that a chapter's figures and directives name, and reads them, so that rendering does no I/O.
//!
//! The key of an attachment is what the author wrote: `figures/x.pikchr`, `quizzes/03.toml`, and for labs `lab 03` (its
//! Cargo.toml) and `measured lab-03` (its measured.json).

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use rayon::prelude::*;
use regex::Regex;

use super::bounds::{Bounds, leaves_root};
use crate::book::{Attachment, Chapter};
use crate::problem::shown;
use crate::settings::Settings;

static FIGURE_SOURCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?m)^[ \t>]*source\s*=\s*["']([^"'\n]+)["']"#).expect("the pattern is constant")
});
static CHART: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?m)^[ \t>]*chart\s*=\s*["']([^"'/\n]+)"#).expect("the pattern is constant")
});
static DIRECTIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\{\{\s*#(quiz|predict|lab|measured|claims|exercises)\s+([^}\s]+)\s*\}\}")
        .expect("the pattern is constant")
});

/// Reads what every chapter names.
pub(super) fn read_all(chapters: &mut [Chapter], source: &Path, root: &Path, settings: &Settings) {
    let labs = settings.labbook.labs.as_ref().map(|labs| root.join(labs));
    let bounds = Bounds::of(root);
    chapters.par_iter_mut().for_each(|chapter| {
        let folder = source.join(
            chapter
                .source
                .as_deref()
                .unwrap_or(Path::new(&chapter.path)),
        );
        let places = Places {
            source,
            folder: folder.parent().unwrap_or(source),
            bounds: &bounds,
            labs: labs.as_deref(),
        };
        chapter.attachments = named(&chapter.content, &places);
    });
}

/// Where the files that a chapter names may lie.
struct Places<'a> {
    source: &'a Path,
    /// The chapter's folder, which names are relative to.
    folder: &'a Path,
    bounds: &'a Bounds,
    labs: Option<&'a Path>,
}

/// The attachments that one text names.
fn named(content: &str, places: &Places) -> BTreeMap<String, Attachment> {
    let mut found = BTreeMap::new();
    if content.contains("```figure") || content.contains("~~~figure") {
        for capture in FIGURE_SOURCE.captures_iter(content) {
            found
                .entry(capture[1].to_string())
                .or_insert_with(|| local(&capture[1], places));
        }
        for capture in CHART.captures_iter(content) {
            found
                .entry(format!("measured {}", &capture[1]))
                .or_insert_with(|| of_lab(places.labs, &capture[1], "measured.json"));
        }
    }
    if content.contains("{{") {
        for capture in DIRECTIVE.captures_iter(content) {
            let argument = &capture[2];
            let (key, attachment) = match &capture[1] {
                "quiz" | "predict" => (argument.to_string(), local(argument, places)),
                "lab" => (
                    format!("lab {argument}"),
                    of_lab(places.labs, argument, "Cargo.toml"),
                ),
                "exercises" => (
                    format!("lab {argument}"),
                    of_lab(places.labs, argument, "Cargo.toml"),
                ),
                _ => {
                    let lab = argument.split('.').next().unwrap_or(argument);
                    (
                        format!("measured {lab}"),
                        of_lab(places.labs, lab, "measured.json"),
                    )
                }
            };
            found.insert(key, attachment);
        }
    }
    found
}

/// A file named relative to the chapter; it must lie in the book's source folder.
fn local(name: &str, places: &Places) -> Attachment {
    let file = places.folder.join(name);
    let inside = file
        .strip_prefix(places.source)
        .is_ok_and(|relative| !leaves_root(relative));
    let text = if !inside {
        Err(format!(
            "`{name}` lies outside the book: copy it below the folder of SUMMARY.md"
        ))
    } else if !file.exists() {
        Err(format!("there is no {}: create it", shown(&file)))
    } else if !places.bounds.hold(&file) {
        Err(format!(
            "`{name}` is a link that leads out of the book: copy the file"
        ))
    } else if !file.is_file() {
        Err(format!("`{name}` is no plain file: name one"))
    } else {
        fs::read_to_string(&file)
            .map_err(|error| format!("`{name}` cannot be read as UTF-8 text: {error}"))
    };
    Attachment {
        file,
        text,
        lab_to_come: false,
    }
}

/// A file of the lab with this number (`03` or `lab-03`).
fn of_lab(labs: Option<&Path>, name: &str, wanted: &str) -> Attachment {
    let number = name.strip_prefix("lab-").unwrap_or(name);
    let missing = |file: PathBuf, message: String| Attachment {
        file,
        text: Err(message),
        lab_to_come: true,
    };
    let Some(labs) = labs else {
        return missing(
            PathBuf::new(),
            format!(
                "lab `{name}` cannot be found: set `labs = \"labs\"` in [output.labbook] of book.toml"
            ),
        );
    };
    let folder = fs::read_dir(labs).ok().and_then(|entries| {
        let mut folders = entries.flatten().map(|entry| entry.path());
        folders.find(|path| {
            path.is_dir()
                && path
                    .file_name()
                    .is_some_and(|file| file.to_string_lossy().starts_with(&format!("{number}-")))
        })
    });
    let Some(folder) = folder else {
        let message = format!(
            "there is no lab `{name}`: no folder {}/{number}-…; add the lab, or remove this line until it exists",
            shown(labs)
        );
        return missing(labs.to_owned(), message);
    };
    let file = folder.join(wanted);
    let read = fs::read_to_string(&file);
    let is_missing = |error: &std::io::Error| error.kind() == ErrorKind::NotFound;
    let lab_to_come = wanted == "measured.json" && read.as_ref().is_err_and(is_missing);
    let text = read.map_err(|error| match wanted {
        "measured.json" => format!(
            "{} cannot be read ({error}): record the measurements of lab `{name}` first, with `labbook measure lab-{number}`",
            shown(&file)
        ),
        _ => format!("{} cannot be read ({error})", shown(&file)),
    });
    Attachment {
        file,
        text,
        lab_to_come,
    }
}
