//! A new chapter.

use std::path::{Path, PathBuf};

use super::name::{Name, in_markdown, title};
use super::summary::with_chapter;
use super::template::filled;
use super::{Plan, new_file};
use crate::book::{Book, FrontMatter, Item};
use crate::output::Creation;
use crate::problem::{Problem, shown};

/// A chapter after the last numbered one, with its line in SUMMARY.md. Its file has the next number where the book numbers
/// its files, and front matter where the book's chapters have some.
///
/// # Errors
/// A name that is none or that is taken.
pub fn chapter(book: &Book, name: &str, given_title: Option<&str>) -> Result<Plan, Problem> {
    let name = Name::read(name)?;
    let title = in_markdown(&title(given_title, || name.title())?);
    let files = files(book);
    if let Some(taken) = files.iter().find(|file| words(file) == name.words) {
        return Err(Problem::in_file(
            &book.source.join(taken),
            format!(
                "is a chapter named `{}` already: choose another name",
                name.words
            ),
        ));
    }
    let file = place(&files, &name).map_err(|taken| {
        let message = "has this number already: choose another, or leave it out";
        Problem::in_file(&book.source.join(taken), message)
    })?;
    let has_front_matter = |front_matter: &FrontMatter| *front_matter != FrontMatter::default();
    let front_matter = match book
        .chapters
        .iter()
        .any(|chapter| has_front_matter(&chapter.front_matter))
    {
        true => filled("front-matter", &[]),
        false => String::new(),
    };
    let text = filled(
        "chapter.md",
        &[("front-matter", &front_matter), ("title", &title)],
    );
    let summary = book.source.join("SUMMARY.md");
    let before = std::fs::read_to_string(&summary)
        .map_err(|error| Problem::in_file(&summary, format!("cannot be read: {error}")))?;
    let link = file.display().to_string().replace('\\', "/");
    Ok(Plan {
        next: format!("write {}", shown(&book.source.join(&file))),
        files: vec![
            new_file(book.source.join(&file), text),
            Creation {
                file: summary,
                text: with_chapter(&before, &title, &link),
                before: Some(before),
            },
        ],
        paste: None,
    })
}

/// The files of the numbered chapters, in reading order.
fn files(book: &Book) -> Vec<&Path> {
    let numbered = book.items.iter().filter_map(|item| match item {
        Item::Chapter {
            number: Some(_),
            chapter: Some(chapter),
            ..
        } => Some(*chapter),
        _ => None,
    });
    numbered
        .filter_map(|chapter| book.chapters[chapter].source.as_deref())
        .collect()
}

/// Digits at the start of a file's name, before a hyphen.
fn number(file: &Path) -> Option<&str> {
    let (number, _) = file.file_name()?.to_str()?.split_once('-')?;
    number
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then_some(number)
        .filter(|number| !number.is_empty())
}

/// A file's name without number and extension.
fn words(file: &Path) -> &str {
    let stem = file
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or("");
    match number(file) {
        Some(number) => &stem[number.len() + 1..],
        None => stem,
    }
}

/// The new file, beside the last numbered one; or the file that has the number which the author wants.
fn place<'a>(files: &[&'a Path], name: &Name) -> Result<PathBuf, &'a Path> {
    let numbers: Vec<(&Path, &str)> = files
        .iter()
        .filter_map(|file| Some((*file, number(file)?)))
        .collect();
    let value = |number: &str| number.parse::<u64>().unwrap_or(0);
    let next = numbers
        .iter()
        .map(|(_, number)| value(number))
        .max()
        .map(|last| {
            let width = numbers.last().map_or(2, |(_, number)| number.len());
            format!("{:0width$}", last + 1)
        });
    let wanted = name.number.map(str::to_string);
    let taken = |wanted: &String| {
        numbers
            .iter()
            .find(|(_, number)| value(number) == value(wanted))
    };
    if let Some((file, _)) = wanted.as_ref().and_then(taken) {
        return Err(file);
    }
    let folder = numbers
        .last()
        .and_then(|(file, _)| file.parent())
        .unwrap_or(Path::new(""));
    Ok(folder.join(match wanted.or(next) {
        Some(number) => format!("{number}-{}.md", name.words),
        None => format!("{}.md", name.words),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(files: &[&str], name: &str) -> Option<String> {
        let files: Vec<&Path> = files.iter().map(Path::new).collect();
        let name = Name::read(name).expect("it is a name");
        place(&files, &name)
            .ok()
            .map(|file| file.display().to_string())
    }

    #[test]
    fn files_are_numbered_as_the_book_numbers_them() {
        let place = |files: &[&str], name| placed(files, name).expect("the name is free");
        assert_eq!(place(&["01-a.md", "08-b.md"], "new"), "09-new.md");
        assert_eq!(place(&["01-a.md", "08-b.md"], "12-new"), "12-new.md");
        assert_eq!(
            place(&["part/1-a.md", "part/9-b.md"], "new"),
            "part/10-new.md"
        );
        assert_eq!(place(&["a.md", "ch02-b.md"], "new"), "new.md");
        assert_eq!(placed(&["01-a.md"], "1-new"), None, "taken");
        assert_eq!(words(Path::new("x/01-a-b.md")), "a-b");
    }
}
