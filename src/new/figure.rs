//! A new figure.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use super::name::Name;
use super::template::filled;
use super::{Plan, new_file};
use crate::build::Built;
use crate::output::Creation;
use crate::problem::{Problem, shown};

/// What stands below a chapter's text: a note or the address of a link.
static DEFINITION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^ {0,3}\[[^\]]+\]:").expect("the pattern is constant"));

/// A drawing, and its block in a chapter: before the notes at the chapter's end. Without a chapter the block is for the
/// author to paste.
///
/// # Errors
/// A name that is none or that is taken; a chapter that is not there.
pub fn figure(built: &Built, name: &str, chapter: Option<&Path>) -> Result<Plan, Problem> {
    let name = Name::without_number(name)?;
    let source = &built.book.source;
    let Some(wanted) = chapter else {
        let (file, block) = drawing(source, &name);
        return Ok(Plan {
            next: "paste this into a chapter of that folder:".into(),
            files: vec![file],
            paste: Some(block),
        });
    };
    let (file, page) = find(built, wanted)?;
    let anchors = page.headings.iter().map(|heading| &heading.id);
    if anchors
        .chain(page.figures.iter().map(|figure| &figure.id))
        .any(|id| id == name.words)
    {
        return Err(Problem::in_file(
            &file,
            format!(
                "has a heading or a figure with the id `{}` already: choose another name",
                name.words
            ),
        ));
    }
    let (drawing, block) = drawing(file.parent().unwrap_or(source), &name);
    let before = std::fs::read_to_string(&file)
        .map_err(|error| Problem::in_file(&file, format!("cannot be read: {error}")))?;
    Ok(Plan {
        next: format!(
            "draw {}, and say in {} what it shows",
            shown(&drawing.file),
            shown(&file)
        ),
        files: vec![
            drawing,
            Creation {
                file,
                text: with_block(&before, &block),
                before: Some(before),
            },
        ],
        paste: None,
    })
}

/// The file of a drawing for chapters in `folder`, and the block that shows it.
fn drawing(folder: &Path, name: &Name) -> (Creation, String) {
    let source = format!("figures/{}.pikchr", name.words);
    let block = filled(
        "figure-block.md",
        &[("name", name.words), ("source", &source)],
    );
    (
        new_file(folder.join(source), filled("figure.pikchr", &[])),
        block,
    )
}

/// A chapter's file and page, by a path from the source folder, the book's root or where labbook was called.
fn find<'a>(built: &'a Built, wanted: &Path) -> Result<(PathBuf, &'a crate::page::Page), Problem> {
    let book = &built.book;
    let real = |path: PathBuf| std::fs::canonicalize(path).ok();
    let candidates = [
        book.source.join(wanted),
        book.root.join(wanted),
        wanted.to_owned(),
    ];
    let candidates: Vec<PathBuf> = candidates.into_iter().filter_map(real).collect();
    for (chapter, page) in book.chapters.iter().zip(&built.pages) {
        let Some(file) = &chapter.source else {
            continue;
        };
        let file = book.source.join(file);
        if real(file.clone()).is_some_and(|file| candidates.contains(&file)) {
            return Ok((file, page));
        }
    }
    Err(Problem::in_file(
        wanted,
        "is no chapter of this book: name a file of SUMMARY.md",
    ))
}

/// A chapter with a block at its end, but before its notes and the addresses of its links.
fn with_block(text: &str, block: &str) -> String {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let block = block.replace('\n', newline);
    let (before, after) = text.split_at(start_of_end_matter(text));
    let body = before.trim_end_matches(['\r', '\n']);
    match after {
        "" => format!("{body}{newline}{newline}{block}"),
        _ => format!("{body}{newline}{newline}{block}{newline}{after}"),
    }
}

/// Where the paragraphs begin that are only notes and addresses, down to the end.
fn start_of_end_matter(text: &str) -> usize {
    let mut start = text.len();
    let mut paragraph = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        match (line.trim().is_empty(), paragraph) {
            (true, _) => paragraph = None,
            (false, Some(_)) => {}
            (false, None) => {
                paragraph = Some(at);
                let belongs = DEFINITION.is_match(line) || (start < at && line.starts_with("    "));
                start = match belongs {
                    true => start.min(at),
                    false => text.len(),
                };
            }
        }
        at += line.len();
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_stands_before_the_notes() {
        assert_eq!(with_block("# One\n", "B\n"), "# One\n\nB\n");
        assert_eq!(
            with_block(
                "text[^a]\n\n[^b]: early\n\nmore\n\n[^a]: note\ngoes on\n\n    and on\n\n[x]: y\n",
                "B\n"
            ),
            "text[^a]\n\n[^b]: early\n\nmore\n\nB\n\n[^a]: note\ngoes on\n\n    and on\n\n[x]: y\n"
        );
        assert_eq!(
            with_block("a\r\n\r\n[x]: y\r\n", "B\n"),
            "a\r\n\r\nB\r\n\r\n[x]: y\r\n"
        );
    }
}
