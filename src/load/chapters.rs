//! From mdBook's tree of chapters to our flat lists.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use mdbook_driver::book::{BookItem, Chapter as MdbookChapter};

use super::bounds::leaves_root;
use super::preprocess::Preprocessed;
use crate::book::{Chapter, FrontMatter, Item};
use crate::problem::{Problem, Problems};

/// The table of contents and the chapters it points at.
pub(super) struct Flat {
    /// Lines of the table of contents.
    pub(super) items: Vec<Item>,
    /// Chapters that have a page.
    pub(super) chapters: Vec<Chapter>,
}

/// Flattens a preprocessed book; a preprocessor may have put a chapter's page outside the site, which is refused.
pub(super) fn flatten(
    preprocessed: Preprocessed,
    front_matters: HashMap<PathBuf, FrontMatter>,
    source: &Path,
) -> Result<Flat, Problems> {
    let mut flattening = Flattening {
        flat: Flat {
            items: Vec::new(),
            chapters: Vec::new(),
        },
        titles: preprocessed.titles,
        front_matters,
        problems: Vec::new(),
        source,
    };
    flattening.items(preprocessed.book.items, 1);
    if flattening.problems.is_empty() {
        Ok(flattening.flat)
    } else {
        Err(Problems(flattening.problems))
    }
}

struct Flattening<'a> {
    flat: Flat,
    titles: HashMap<PathBuf, String>,
    front_matters: HashMap<PathBuf, FrontMatter>,
    problems: Vec<Problem>,
    source: &'a Path,
}

impl Flattening<'_> {
    fn items(&mut self, items: Vec<BookItem>, level: usize) {
        for item in items {
            match item {
                BookItem::PartTitle(title) => self.flat.items.push(Item::Part(title)),
                BookItem::Separator => self.flat.items.push(Item::Separator),
                BookItem::Chapter(chapter) => self.chapter(chapter, level),
            }
        }
    }

    fn chapter(&mut self, mut chapter: MdbookChapter, level: usize) {
        let number = chapter
            .number
            .as_ref()
            .map(|number| number.to_string().trim_end_matches('.').to_string());
        let name = chapter.name.clone();
        let nested = std::mem::take(&mut chapter.sub_items);
        let index = self.page(chapter, number.clone());
        self.flat.items.push(Item::Chapter {
            name,
            number,
            level,
            chapter: index,
        });
        self.items(nested, level + 1);
    }

    /// Adds a chapter that has a page; its index, or `None` for a draft.
    fn page(&mut self, chapter: MdbookChapter, number: Option<String>) -> Option<usize> {
        let path = chapter.path?;
        let page = path
            .with_extension("html")
            .to_string_lossy()
            .replace('\\', "/");
        let file = self
            .source
            .join(chapter.source_path.as_deref().unwrap_or(&path));
        if leaves_root(&path) {
            let message = format!(
                "its page would be written to `{page}`, outside the site: a preprocessor set this path"
            );
            self.problems.push(Problem::in_file(&file, message));
            return None;
        }
        self.flat.chapters.push(Chapter {
            name: chapter.name,
            number,
            path: page,
            document_title: self.titles.remove(&path),
            front_matter: chapter
                .source_path
                .as_ref()
                .and_then(|source| self.front_matters.remove(source))
                .unwrap_or_default(),
            source: chapter.source_path,
            content: chapter.content,
            attachments: Default::default(),
            modified: None,
        });
        Some(self.flat.chapters.len() - 1)
    }
}
