//! The order of headings, links to drafts, and terms of the glossary.

use super::{chapter, finds, finds_nothing};
use crate::harness::Book;

#[test]
fn headings_that_skip_a_level() {
    finds(
        chapter("# One\n\n## Two\n\n#### Four\n\n# Again\n\n<h3>raw</h3>\n"),
        &[
            (
                "src/one.md:8",
                "level 4, the one before it of level 2: write `###`",
            ),
            (
                "src/one.md:12",
                "level 3, the one before it of level 1: write `##`",
            ),
        ],
    );
}

#[test]
fn headings_in_order() {
    finds_nothing(chapter(
        "### First\n\n## Two\n\n### Three\n\n# One\n\n> [!NOTE]\n> text\n>\n> ##### Of a note\n\n## Two\n\n```html\n<h6>code</h6>\n```\n\n<!-- <h6>no</h6> -->\n",
    ));
}

/// A finished chapter, `one.md`, and a draft, `two.md`.
fn with_draft(text: &str) -> Book {
    Book::with(text)
        .file("src/SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n")
        .file(
            "src/two.md",
            "+++\ndraft = true\n+++\n# Two\n\n[one](one.md)\n\n[self](#two)\n",
        )
}

#[test]
fn links_to_drafts() {
    finds(
        with_draft("# One\n\n[two](two.md)\n\n- [also](two.md#two)\n"),
        &[
            ("src/one.md:3", "link to `two.md`, which is a draft"),
            ("src/one.md:5", "link to `two.md#two`, which is a draft"),
        ],
    );
    finds(
        with_draft("# One\n\n<a href=\"two.html\">raw</a>\n"),
        &[("src/one.md:3", "link to `two.html`, which is a draft")],
    );
}

#[test]
fn what_may_lead_to_a_draft() {
    // A draft's own links, the table of contents, the next chapter, the cards of the home page.
    finds_nothing(with_draft("# One\n"));
    finds_nothing(with_draft("+++\nlayout = \"home\"\n+++\n# One\n"));
    finds_nothing(with_draft(
        "+++\ndraft = true\n+++\n# One\n\n[two](two.md)\n",
    ));
}

const GLOSSARY: &str = "# Glossary\n\nLittle's law\n: text, queue\n\nHit, hit rate\n: text\n\nShard\n: text\n\nReplica (copy)\n: text\n";

/// A book with a glossary in the file `name`.
fn with_glossary(text: &str, name: &str) -> Book {
    Book::with(text)
        .settings("[output.labbook]\n")
        .file(
            "src/SUMMARY.md",
            &format!("- [One](one.md)\n- [Glossary]({name})\n"),
        )
        .file(&format!("src/{name}"), GLOSSARY)
}

#[test]
fn terms_that_no_chapter_uses() {
    finds(
        with_glossary("# One\n\nA sharded hit, *Little's* law.\n", "glossary.md"),
        &[
            ("src/glossary.md:9", "no chapter uses the term `Shard`"),
            ("src/glossary.md:12", "`Replica (copy)`"),
        ],
    );
}

#[test]
fn terms_that_a_chapter_uses() {
    let text = "# Shards\n\nThe hit rate of a\n**copy** follows from little’s\nlaw.\n";
    finds_nothing(with_glossary(text, "glossary.md"));
    // Only a book with our table, or one that names its glossary, has one.
    finds_nothing(with_glossary("# One\n", "glossary.md").settings(""));
    finds_nothing(with_glossary("# One\n", "words.md"));
}

#[test]
fn a_glossary_of_another_name() {
    let named = |name: &str| {
        with_glossary("# One\n\nhit, little's law, copy", "words.md")
            .settings(&format!("[output.labbook]\nglossary = \"{name}\"\n"))
    };
    finds(named("words.md"), &[("src/words.md:9", "`Shard`")]);
    finds(
        named("lost.md"),
        &[("book.toml:4", "`lost.md` is no chapter")],
    );
}

#[test]
fn a_glossary_of_bold_words_or_headings() {
    let with = |glossary: &str| {
        with_glossary("# One\n\nqueue\n", "glossary.md").file("src/glossary.md", glossary)
    };
    finds(
        with(
            "# Glossary\n\n## Q\n\n**Queue:** a line\n\n**Quorum**: enough\n\nMore **text**\n\n- **Quota**: a share\n",
        ),
        &[
            ("src/glossary.md:7", "`Quorum`"),
            ("src/glossary.md:11", "`Quota`"),
        ],
    );
    finds(
        with("# Glossary\n\n## Queue\n\ntext\n\n## Quorum\n\ntext\n"),
        &[("src/glossary.md:7", "`Quorum`")],
    );
}
