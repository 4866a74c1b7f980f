//! Runs mdBook's own and external preprocessors.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use mdbook_driver::MDBook;
use mdbook_driver::book::Book;
use mdbook_renderer::{RenderContext, Renderer};
use regex::Regex;

use super::toml_lines::line_of_key;
use crate::problem::Problem;

/// A book after its preprocessors.
pub(super) struct Preprocessed {
    /// mdBook's tree of chapters.
    pub(super) book: Book,
    /// Titles that `{{#title …}}` set, by path.
    pub(super) titles: HashMap<PathBuf, String>,
}

/// The name under which preprocessors are asked whether they support us.
struct HtmlName;

impl Renderer for HtmlName {
    fn name(&self) -> &str {
        "html"
    }

    fn render(&self, _: &RenderContext) -> anyhow::Result<()> {
        Ok(())
    }
}

/// Runs the preprocessors that book.toml asks for.
pub(super) fn run(mdbook: &MDBook, root: &Path) -> Result<Preprocessed, Problem> {
    let (book, context) = mdbook
        .preprocess_book(&HtmlName)
        .map_err(|error| problem(root, &error))?;
    let titles = context.chapter_titles.borrow_mut().drain().collect();
    Ok(Preprocessed { book, titles })
}

/// What failed, with the line of book.toml that asked for it.
fn problem(root: &Path, error: &anyhow::Error) -> Problem {
    let file = root.join("book.toml");
    let text = fs::read_to_string(&file).unwrap_or_default();
    let message = format!("{error:#}");
    let name = Regex::new("preprocessor `([^`]+)`|\"([^\"]+)\" (?:pre)?processor")
        .ok()
        .and_then(|pattern| {
            let captures = pattern.captures(&message)?;
            captures
                .get(1)
                .or_else(|| captures.get(2))
                .map(|name| name.as_str().to_string())
        });
    let Some(name) = name else {
        return Problem::in_file(&file, message);
    };
    let missing = error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|error| error.kind() == std::io::ErrorKind::NotFound)
    });
    let advice = if missing {
        format!(
            "its command was not found: install `mdbook-{name}`, set `command`, or set `optional = true`"
        )
    } else {
        format!("{message}: run its command by hand to see why, or remove the section")
    };
    Problem::in_file(&file, format!("preprocessor `{name}`: {advice}"))
        .on_line(line_of_key(&text, &format!("preprocessor.{name}")))
}
