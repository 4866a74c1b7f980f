//! What a page shows: one short test for each feature, which fails without it.

mod around;
mod code;
mod figures;
mod labs;
mod opening;
mod policy;
mod prose;
mod published;

use crate::harness::Book;

/// A book with chapters 1 and 1.1, a prefix and a suffix chapter.
fn four_chapters() -> Book {
    Book::empty()
        .settings("")
        .file(
            "src/SUMMARY.md",
            "[Before](before.md)\n\n# The part\n\n- [One](one.md)\n  - [Inner](deep/inner.md)\n  - [Not yet]()\n\n---\n\n[After](after.md)\n",
        )
        .file("src/before.md", "# Before\n\nText.\n")
        .file("src/one.md", "# One\n\nText.\n\n## First\n\n## Second\n\n### Detail\n")
        .file("src/deep/inner.md", "# Inner\n\nText.\n")
        .file("src/after.md", "# After\n\nText.\n")
}
