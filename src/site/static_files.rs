//! Files of the book that are copied as they are: everything in its source folder but Markdown, and the style sheets and
//! scripts that book.toml adds.

use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::{Content, Site};
use crate::book::Book;
use crate::load::Bounds;
use crate::problem::Problem;

/// Lies in every folder that a site was written into.
pub(crate) const SITE_MARK: &str = ".labbook-lock";

/// Folders nested deeper are a link that leads back to where it lies.
const DEPTH_MAX: usize = 64;

/// Adds them. A link on disk that leads out of the book is left out and named.
pub(super) fn add(book: &Book, site: &mut Site) {
    let destination = book.root.join(&book.settings.destination);
    let bounds = Bounds::of(&book.root);
    let mut outside = Vec::new();
    let wanted = |entry: &DirEntry| {
        // Asked here and not below: a link to `/` must not be walked.
        if entry.path_is_symlink() && !bounds.hold(entry.path()) {
            outside.push(entry.path().to_owned());
            return false;
        }
        entry.path() != destination && entry.depth() < DEPTH_MAX && !is_private(entry)
    };
    let walk = WalkDir::new(&book.source)
        .follow_links(true)
        .sort_by_file_name();
    for entry in walk.into_iter().filter_entry(wanted).filter_map(Result::ok) {
        if !entry.file_type().is_file() || is_source(book, entry.path()) {
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
    let message =
        "is a link that leads out of the book, or nowhere, and is left out: copy the file";
    let named = outside.iter().map(|path| Problem::in_file(path, message));
    site.warnings.extend(named);
    let html = &book.settings.html;
    for added in html.additional_css.iter().chain(&html.additional_js) {
        site.files.insert(
            added.to_string_lossy().replace('\\', "/"),
            Content::File(book.root.join(added)),
        );
    }
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

/// What no reader needs: version control's and labbook's own files, and a site that was written into the source folder.
fn is_private(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let is_site = || entry.file_type().is_dir() && entry.path().join(SITE_MARK).exists();
    entry.depth() > 0
        && (name.starts_with(".labbook")
            || (name == ".git" && entry.file_type().is_dir())
            || is_site())
}
