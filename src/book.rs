//! A loaded book as plain data: what [`crate::load`] hands to everything after it.
//!
//! No type of mdBook's appears here. Paths are relative to the book's source folder and use `/`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::live_figures::LiveFigures;
use crate::policy::Use;
use crate::problem::Problem;
use crate::settings::Settings;

/// A whole book, in reading order.
#[derive(Debug, Clone)]
pub struct Book {
    /// The folder that holds book.toml.
    pub root: PathBuf,
    /// The folder that holds SUMMARY.md.
    pub source: PathBuf,
    /// What book.toml says.
    pub settings: Settings,
    /// The lines of SUMMARY.md, flat, in reading order.
    pub items: Vec<Item>,
    /// The chapters that have a page, in reading order; [`Item::Chapter`] points here.
    pub chapters: Vec<Chapter>,
    /// The author's 404.md, which stands in no table of contents; `None` for the default text.
    pub not_found: Option<Chapter>,
    /// Files and folders outside the source folder of which the book is made, too: what chapters include, mdBook's theme,
    /// `extra-watch-dirs`. `serve` watches them.
    pub beside: Vec<PathBuf>,
    /// Warnings met while loading; printed, never fatal.
    pub warnings: Vec<Problem>,
    /// What the book has and labbook does not use; printed, and no fault of the book.
    pub notes: Vec<Problem>,
    /// The book's own icon, an SVG.
    pub favicon: Option<Vec<u8>>,
    /// The module of the book's live figures; [`crate::build`] has it compiled.
    pub figures: LiveFigures,
    /// Names of the labs (`lab-03`) to their folders.
    pub labs: BTreeMap<String, PathBuf>,
    /// What the book's own style sheets load from elsewhere, by file.
    pub style_uses: Vec<(PathBuf, Use)>,
}

/// One line of the table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// The title of a part.
    Part(String),
    /// A horizontal line.
    Separator,
    /// A chapter: `level` is 1 at the top, `chapter` its index in [`Book::chapters`], `None` for a draft without a page.
    Chapter {
        /// Name in the table of contents, as plain text.
        name: String,
        /// `3.1`, or `None` for prefix and suffix chapters.
        number: Option<String>,
        /// Depth of nesting, 1 at the top.
        level: usize,
        /// Index in [`Book::chapters`]; `None` for a draft without a page.
        chapter: Option<usize>,
    },
}

/// One chapter with a page.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// Name in the table of contents, as plain text.
    pub name: String,
    /// `3` or `3.1`; `None` for prefix and suffix chapters.
    pub number: Option<String>,
    /// The page's path in the site: `guide/intro.html`.
    pub path: String,
    /// The Markdown file, relative to the source folder; `None` when a preprocessor made the chapter.
    pub source: Option<PathBuf>,
    /// The title of the document where `{{#title …}}` sets one.
    pub document_title: Option<String>,
    /// What stood between the `+++` lines.
    pub front_matter: FrontMatter,
    /// Markdown after includes and preprocessors, without front matter.
    pub content: String,
    /// Files that the content names and that its rendering needs, by the name used there.
    pub attachments: BTreeMap<String, Attachment>,
    /// The day of the last commit that touched the source file, `2026-11-21`.
    pub modified: Option<String>,
}

/// What an author may write between `+++` lines at the top of a chapter; any field may be absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FrontMatter {
    /// The lead: one sentence under the title, also the page's description.
    pub description: Option<String>,
    /// The everyday scene of the chapter.
    pub metaphor: Option<String>,
    /// The one image to keep.
    pub picture: Option<String>,
    /// The chapter in one sentence, set large at its end.
    pub essence: Option<String>,
    /// The lab that belongs to the chapter: `lab-03`.
    pub lab: Option<String>,
    /// True while the chapter is not finished; shown as a badge.
    pub draft: bool,
    /// `home` for the page that shows the course and its chapters as cards.
    pub layout: Layout,
}

/// Which template a chapter uses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// A chapter.
    #[default]
    Chapter,
    /// The home page: hero and cards.
    Home,
}

/// A file that a chapter's content names: a figure's source, a quiz, a lab's manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The file as messages name it.
    pub file: PathBuf,
    /// Its text, or one sentence that says why there is none and what to do.
    pub text: Result<String, String>,
    /// There is none because there is no such lab, or because it has recorded nothing: a draft may name what is to come.
    pub lab_to_come: bool,
}
