//! Takes the TOML between `+++` lines off the top of a chapter.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use mdbook_driver::book::{Book, BookItem};

use super::toml_lines::{line_of_key, toml_problem};
use crate::book::FrontMatter;
use crate::problem::{Problem, Problems};

/// Takes the front matter off every chapter, before preprocessors see the text. Keyed by source path.
pub(super) fn take_all(
    book: &mut Book,
    source: &Path,
) -> Result<HashMap<PathBuf, FrontMatter>, Problems> {
    let mut taken = HashMap::new();
    let mut problems = Vec::new();
    book.for_each_mut(|item| {
        let BookItem::Chapter(chapter) = item else {
            return;
        };
        let Some(path) = chapter.source_path.clone() else {
            return;
        };
        match take(&chapter.content, &source.join(&path)) {
            Ok((Some(front_matter), rest)) => {
                chapter.content = rest.to_string();
                taken.insert(path, front_matter);
            }
            Ok((None, _)) => {}
            Err(problem) => problems.push(problem),
        }
    });
    if problems.is_empty() {
        Ok(taken)
    } else {
        Err(Problems(problems))
    }
}

/// Chapters that begin as if with front matter, which then never ends: mdBook shows it as text, and so do we.
pub(super) fn never_closed(book: &Book, source: &Path) -> Vec<Problem> {
    let message = "this line opens front matter that is never closed: write `+++` on a line of its own behind it";
    let chapters = book.iter().filter_map(|item| match item {
        BookItem::Chapter(chapter) => Some(chapter),
        _ => None,
    });
    chapters
        .filter(|chapter| {
            let first = chapter.content.lines().next();
            first == Some("+++") && split(&chapter.content).is_none()
        })
        .filter_map(|chapter| {
            let path = chapter.source_path.as_ref()?;
            Some(Problem::at(&source.join(path), 1, message))
        })
        .collect()
}

/// The front matter of one text, and what follows it.
pub(super) fn take<'a>(
    text: &'a str,
    file: &Path,
) -> Result<(Option<FrontMatter>, &'a str), Problem> {
    let Some((toml, rest)) = split(text) else {
        return Ok((None, text));
    };
    match toml::from_str(toml) {
        Ok(front_matter) => Ok((Some(front_matter), rest)),
        Err(error) => Err(shifted(toml_problem(file, &error.to_string()))),
    }
}

/// The TOML and what follows, when the text begins with a `+++` line and has a second one.
pub(crate) fn split(text: &str) -> Option<(&str, &str)> {
    let inner = text
        .strip_prefix("+++\n")
        .or_else(|| text.strip_prefix("+++\r\n"))?;
    let mut offset = 0;
    for line in inner.split_inclusive('\n') {
        if line.trim_end() == "+++" {
            return Some((&inner[..offset], &inner[offset + line.len()..]));
        }
        offset += line.len();
    }
    None
}

/// The line (1-based) of a chapter's file on which its front matter sets a key.
pub fn line_in_front_matter(file: &Path, key: &str) -> Option<usize> {
    let text = std::fs::read_to_string(file).ok()?;
    let (toml, _) = split(&text)?;
    // Above it stands the opening `+++`.
    line_of_key(toml, key).map(|line| line + 1)
}

/// Lines are counted from the opening `+++`.
fn shifted(problem: Problem) -> Problem {
    Problem {
        line: problem.line.map(|line| line + 1),
        message: format!("front matter: {}", problem.message),
        ..problem
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_stands_between_two_plus_lines_at_the_top() {
        assert_eq!(
            split("+++\na = 1\n+++\n# One\n"),
            Some(("a = 1\n", "# One\n"))
        );
        assert_eq!(split("+++\n+++"), Some(("", "")));
        assert_eq!(split("# One\n+++\na = 1\n+++\n"), None);
        assert_eq!(split("+++\na = 1\n"), None, "never closed: it is text");
    }
}
