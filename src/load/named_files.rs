//! The files and folders that book.toml names: inside the book, and there.

use std::path::Path;

use super::bounds::{Bounds, leaves_root};
use super::toml_lines::{line_of_key, line_with};
use crate::problem::{Problem, Problems};
use crate::settings::Settings;

/// Paths in the settings must stay inside the book.
pub(super) fn check_paths(file: &Path, text: &str, settings: &Settings) -> Result<(), Problems> {
    let html = &settings.html;
    let files = html.additional_css.iter().chain(&html.additional_js);
    let advice = "write it relative to the book's folder, without `..` or a leading `/`";
    let outside = files
        .filter(|path| leaves_root(path))
        .map(|path| (path.display().to_string(), advice))
        .chain(
            html.redirect
                .keys()
                .filter(|key| leaves_root(Path::new(key.trim_start_matches('/'))))
                .map(|key| (key.clone(), "write the old page's address without `..`")),
        )
        .chain(
            html.input_404
                .iter()
                .filter(|name| leaves_root(Path::new(name)))
                .map(|name| (name.clone(), advice)),
        );
    let problems: Vec<Problem> = outside
        .map(|(path, advice)| {
            Problem::in_file(file, format!("`{path}` leaves the book: {advice}"))
                .on_line(line_with(text, &path))
        })
        .collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Problems(problems))
    }
}

/// Folders and files that book.toml names must be there, and inside the book.
pub(super) fn check_files(root: &Path, text: &str, settings: &Settings) -> Result<(), Problems> {
    let bounds = Bounds::of(root);
    let file = root.join("book.toml");
    let html = &settings.html;
    let mut problems = Vec::new();
    let mut complain = |line, message: String| {
        problems.push(Problem::in_file(&file, message).on_line(line));
    };
    let source = root.join(&settings.source_name);
    if !source.is_dir() {
        let message = format!(
            "the source folder `{}` is not there: create it with a SUMMARY.md, or set `src`",
            settings.source_name
        );
        complain(line_of_key(text, "book.src"), message);
    } else if !bounds.hold(&source) {
        let message = format!(
            "`{}` lies outside the book: name a folder inside it",
            settings.source_name
        );
        complain(line_of_key(text, "book.src"), message);
    }
    for added in html.additional_css.iter().chain(&html.additional_js) {
        let (place, name) = (root.join(added), added.display());
        if !place.is_file() {
            let message = format!(
                "`{name}` is added to every page but is no file: create it or remove it here"
            );
            complain(line_with(text, &name.to_string()), message);
        } else if !bounds.hold(&place) {
            let message = format!("`{name}` is a link that leads out of the book: copy the file");
            complain(line_with(text, &name.to_string()), message);
        }
    }
    let labbook = &settings.labbook;
    let folders = [
        ("theme", &labbook.theme),
        ("labs", &labbook.labs),
        ("figures", &labbook.figures),
    ];
    for (key, folder) in folders {
        let Some(folder) = folder else { continue };
        let (place, name) = (root.join(folder), folder.display());
        let line = line_of_key(text, &format!("output.labbook.{key}"));
        if !place.is_dir() {
            complain(
                line,
                format!("the folder `{name}` is not there: create it, or remove `{key}`"),
            );
        } else if !bounds.hold(&place) {
            complain(
                line,
                format!("`{name}` lies outside the book: name a folder inside it"),
            );
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Problems(problems))
    }
}
