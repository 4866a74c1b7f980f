//! Who comes before and after whom, and who stands inside whom.

use crate::book::{Book, Item};

/// The table of contents with what each page needs to know of it.
pub(super) struct Navigation {
    /// For each chapter with a page, its index in [`Book::items`].
    pub(super) item_of_chapter: Vec<usize>,
    /// For each item, the index of the chapter that it stands in.
    pub(super) parents: Vec<Option<usize>>,
    /// For each item, whether other chapters stand in it.
    pub(super) has_children: Vec<bool>,
}

impl Navigation {
    /// Reads the table of contents once.
    pub(super) fn of(book: &Book) -> Navigation {
        let mut navigation = Navigation {
            item_of_chapter: vec![0; book.chapters.len()],
            parents: vec![None; book.items.len()],
            has_children: vec![false; book.items.len()],
        };
        let mut open: Vec<usize> = Vec::new();
        for (index, item) in book.items.iter().enumerate() {
            let Item::Chapter { level, chapter, .. } = item else {
                if matches!(item, Item::Part(_)) {
                    open.clear();
                }
                continue;
            };
            open.truncate(level - 1);
            if let Some(parent) = open.last() {
                navigation.parents[index] = Some(*parent);
                navigation.has_children[*parent] = true;
            }
            open.push(index);
            if let Some(chapter) = chapter {
                navigation.item_of_chapter[*chapter] = index;
            }
        }
        navigation
    }
}
