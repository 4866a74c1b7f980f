//! Files of the book that are copied as they are: everything in its source folder but Markdown, and the style sheets and
//! scripts that book.toml adds.

use std::fs;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::{Content, Site};
use crate::book::Book;
use crate::problem::{Problem, Problems};

/// Adds them. A link on disk that leads out of the book is left out and named.
pub(super) fn add(book: &Book, site: &mut Site) -> Result<(), Problems> {
    let destination = book.root.join(&book.settings.destination);
    let real_root = fs::canonicalize(&book.root).unwrap_or_else(|_| book.root.clone());
    let walk = WalkDir::new(&book.source)
        .follow_links(true)
        .sort_by_file_name();
    let wanted =
        |entry: &DirEntry| entry.path() != destination && entry.depth() < 64 && !is_private(entry);
    for entry in walk.into_iter().filter_entry(wanted).filter_map(Result::ok) {
        if !entry.file_type().is_file() || is_source(book, entry.path()) {
            continue;
        }
        let linked = entry.path_is_symlink()
            || entry
                .path()
                .ancestors()
                .take(entry.depth())
                .any(Path::is_symlink);
        if linked && !fs::canonicalize(entry.path()).is_ok_and(|real| real.starts_with(&real_root))
        {
            site.warnings.push(Problem::in_file(
                entry.path(),
                "is a link that leads out of the book and is left out: copy the file",
            ));
            continue;
        }
        let path = entry
            .path()
            .strip_prefix(&book.source)
            .unwrap_or(entry.path());
        site.files.insert(
            path.to_string_lossy().replace('\\', "/"),
            Content::File(entry.path().to_owned()),
        );
    }
    let html = &book.settings.html;
    for added in html.additional_css.iter().chain(&html.additional_js) {
        let file = book.root.join(added);
        if !file.is_file() {
            let message = format!(
                "`{}` is added to every page but does not exist: create it or remove it here",
                added.display()
            );
            return Err(Problem::in_file(&book.root.join("book.toml"), message).into());
        }
        site.files.insert(
            added.to_string_lossy().replace('\\', "/"),
            Content::File(file),
        );
    }
    Ok(())
}

/// Markdown, drawings and quizzes: readers get what is made of them.
fn is_source(book: &Book, path: &Path) -> bool {
    let ending = path.extension().and_then(|extension| extension.to_str());
    let is_quiz = || {
        book.chapters
            .iter()
            .flat_map(|chapter| chapter.attachments.values())
            .any(|attachment| attachment.file == path)
    };
    matches!(ending, Some("md" | "pikchr")) || (ending == Some("toml") && is_quiz())
}

/// Version control's and labbook's own folders, which no reader needs.
fn is_private(entry: &DirEntry) -> bool {
    entry.depth() > 0
        && entry.file_type().is_dir()
        && matches!(entry.file_name().to_str(), Some(".git" | ".labbook"))
}
