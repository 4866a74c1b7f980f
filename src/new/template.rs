//! The files in `templates/`, with values in the places of their `{{names}}`.

use std::path::PathBuf;

use include_dir::{Dir, include_dir};

static TEMPLATES: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/new/templates");

/// What each template's name ends in: cargo would take a Cargo.toml for a package of its own.
const ENDING: &str = ".template";

/// Names and what stands for them.
pub(super) type Values<'a> = [(&'a str, &'a str)];

/// One template, filled in.
pub(super) fn filled(name: &str, values: &Values) -> String {
    let file = TEMPLATES
        .get_file(format!("{name}{ENDING}"))
        .expect("the templates are compiled in");
    fill(file.contents_utf8().expect("templates are UTF-8"), values)
}

/// All templates of a folder, filled in, by the paths that their files shall have in it.
pub(super) fn folder(name: &str, values: &Values) -> Vec<(PathBuf, String)> {
    let folder = TEMPLATES
        .get_dir(name)
        .expect("the templates are compiled in");
    let mut files = Vec::new();
    collect(folder, name, values, &mut files);
    files
}

fn collect(folder: &Dir, below: &str, values: &Values, files: &mut Vec<(PathBuf, String)>) {
    for file in folder.files() {
        let path = file
            .path()
            .strip_prefix(below)
            .unwrap_or(file.path())
            .with_extension("");
        let text = file.contents_utf8().expect("templates are UTF-8");
        files.push((path, fill(text, values)));
    }
    for inner in folder.dirs() {
        collect(inner, below, values, files);
    }
}

fn fill(text: &str, values: &Values) -> String {
    let mut text = text.to_string();
    for (name, value) in values {
        text = text.replace(&format!("{{{{{name}}}}}"), value);
    }
    text
}

/// A text as a string of TOML, with its quotes.
pub(super) fn in_toml(text: &str) -> String {
    toml::Value::from(text).to_string()
}
