//! What cargo says in JSON while it compiles: what it made, and the compiler's errors as [`Problem`]s.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::problem::Problem;

/// What cargo made of a crate of live figures.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Artifact {
    /// The module.
    pub(crate) module: PathBuf,
    /// The Cargo.toml of each crate that was compiled for it.
    pub(crate) manifests: Vec<PathBuf>,
}

/// The programs that cargo made.
pub(crate) fn programs(json: &str) -> Vec<PathBuf> {
    messages(json, "compiler-artifact")
        .filter_map(|artifact| artifact["executable"].as_str().map(PathBuf::from))
        .collect()
}

/// The Cargo.toml of each crate that was compiled.
pub(crate) fn manifests(json: &str) -> Vec<PathBuf> {
    messages(json, "compiler-artifact")
        .filter_map(|artifact| artifact["manifest_path"].as_str().map(PathBuf::from))
        .collect()
}

fn messages<'a>(json: &'a str, reason: &'a str) -> impl Iterator<Item = Value> + 'a {
    let values = json
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    values.filter(move |value: &Value| value["reason"] == reason)
}

/// The module that was made last; `None` where a crate makes none.
pub(crate) fn artifact(json: &str) -> Option<Artifact> {
    let mut module = None;
    let mut manifests = Vec::new();
    for artifact in messages(json, "compiler-artifact") {
        let files = artifact["filenames"].as_array().into_iter().flatten();
        let files = files.filter_map(Value::as_str);
        if let Some(file) = files.into_iter().find(|file| file.ends_with(".wasm")) {
            module = Some(file.into());
        }
        manifests.extend(artifact["manifest_path"].as_str().map(PathBuf::from));
    }
    let module = module?;
    Some(Artifact { module, manifests })
}

/// The compiler's errors; `place` is how the author knows a file that the compiler names.
pub(crate) fn problems(json: &str, place: impl Fn(&Path) -> PathBuf) -> Vec<Problem> {
    let errors = messages(json, "compiler-message")
        .map(|mut value| value["message"].take())
        .filter(|message| message["level"] == "error");
    // Without a place, an error only counts the others.
    errors.filter_map(|error| problem(&error, &place)).collect()
}

fn problem(error: &Value, place: &impl Fn(&Path) -> PathBuf) -> Option<Problem> {
    let spans = error["spans"].as_array()?;
    let span = spans.iter().find(|span| span["is_primary"] == true)?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let mut message = text(&error["message"]);
    for more in [&span["label"], &help(error)] {
        let more = text(more);
        if !more.is_empty() && !message.contains(&more) {
            message += &format!(": {more}");
        }
    }
    let line = usize::try_from(span["line_start"].as_u64()?).ok()?;
    let file = place(Path::new(span["file_name"].as_str()?));
    Some(Problem::at(&file, line, message))
}

/// What the compiler would do about it.
fn help(error: &Value) -> Value {
    let children = error["children"].as_array().into_iter().flatten();
    let mut help = children.filter(|child| child["level"] == "help");
    help.next()
        .map_or(Value::Null, |help| help["message"].clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_stands_where_the_compiler_puts_it() {
        let json = r#"{"reason":"compiler-message","message":{"level":"error","message":"mismatched types","spans":[{"is_primary":false,"file_name":"src/b.rs","line_start":1,"label":"because of this"},{"is_primary":true,"file_name":"src/lib.rs","line_start":7,"label":"expected `u32`, found `&str`"}],"children":[{"level":"help","message":"call `len`"}]}}
{"reason":"compiler-message","message":{"level":"warning","message":"unused","spans":[{"is_primary":true,"file_name":"src/lib.rs","line_start":1,"label":null}],"children":[]}}
{"reason":"compiler-message","message":{"level":"error","message":"aborting due to 1 previous error","spans":[],"children":[]}}"#;
        let problems: Vec<String> = problems(json, |file| Path::new("figures").join(file))
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            problems,
            ["figures/src/lib.rs:7: mismatched types: expected `u32`, found `&str`: call `len`"]
        );
    }

    #[test]
    fn the_module_is_found_among_what_was_made() {
        let json = r#"{"reason":"compiler-artifact","manifest_path":"/a/Cargo.toml","filenames":["/t/liba.rlib"]}
{"reason":"compiler-artifact","manifest_path":"/f/Cargo.toml","filenames":["/t/f.wasm","/t/libf.rlib"]}"#;
        let found = artifact(json).expect("there is a module");
        assert_eq!(found.module, Path::new("/t/f.wasm"));
        assert_eq!(found.manifests.len(), 2);
        assert_eq!(artifact(""), None);
    }
}
