//! A rendered chapter: what the Markdown passes produce and everything after them uses. Kept in the cache.

use serde::{Deserialize, Serialize};

use crate::live_figures::Opening;
use crate::policy::Use;
use crate::search::Piece;

/// One chapter, rendered.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// The content of `<main>`.
    pub html: String,
    /// Headings in reading order.
    pub headings: Vec<Heading>,
    /// Links and images, as they stand in the page.
    pub links: Vec<Link>,
    /// Figures in reading order.
    pub figures: Vec<Figure>,
    /// Words of prose, code blocks left out; a CJK character counts as half a word.
    pub words: usize,
    /// Cards of labs, in reading order.
    pub lab_cards: Vec<LabCard>,
    /// What is wrong: the build fails.
    pub faults: Vec<Fault>,
    /// What the author should know: the build goes on, `check` fails.
    pub warnings: Vec<Fault>,
    /// What is not built yet, said once at build time.
    pub notes: Vec<Fault>,
    /// Where in `html` (byte offset, rising) the text of which line (1-based) of the rendered Markdown begins.
    pub lines: Vec<(usize, usize)>,
    /// What search knows of the page: its sections as plain text. Empty in a book without search.
    pub pieces: Vec<Piece>,
    /// What a content security policy may forbid; lines (1-based) of the rendered Markdown.
    pub uses: Vec<Use>,
}

/// A heading of a chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Plain text.
    pub text: String,
    /// The text with code and emphasis, without links.
    pub html: String,
    /// `3.1` where the book numbers its sections.
    pub number: Option<String>,
}

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkKind {
    /// Something to follow.
    Page,
    /// Something shown or loaded: image, video, script.
    Resource,
}

/// A link or an image of a chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The address in the page.
    pub target: String,
    /// The line (1-based) in the rendered Markdown.
    pub line: usize,
    /// What it is for.
    pub kind: LinkKind,
}

/// A numbered figure of a chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Its anchor.
    pub id: String,
    /// `3.2`, or `2` in a chapter without a number.
    pub number: String,
    /// The caption as plain text.
    pub caption: String,
    /// How it was opened, if it is a live one and has its module.
    pub live: Option<LiveFigure>,
}

/// A live figure of a chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveFigure {
    /// The line (1-based) in the rendered Markdown.
    pub line: usize,
    /// The figure of the module, and what is set of it.
    pub opening: Opening,
}

/// The card of a lab: it names a program that its reader starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabCard {
    /// The line (1-based) in the rendered Markdown.
    pub line: usize,
    /// As the author names the lab.
    pub name: String,
    /// The lab's package and program.
    pub package: String,
}

/// Something about one line (1-based) of the rendered Markdown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The line.
    pub line: usize,
    /// One sentence that says what to write instead.
    pub message: String,
}

/// Words a minute for prose like ours; a figure costs as much time as [`WORDS_PER_FIGURE`].
/// Brysbaert, "How many words do we read per minute?", J. Mem. Lang. 109, 2019: 238 for non-fiction; technical text is slower.
const WORDS_PER_MINUTE: usize = 200;

/// Half a minute to look at a picture.
const WORDS_PER_FIGURE: usize = 100;

impl Page {
    /// The line (1-based) of the rendered Markdown that made a byte of [`Page::html`].
    pub fn line_at(&self, offset: usize) -> usize {
        let next = self.lines.partition_point(|(start, _)| *start <= offset);
        let Some((start, line)) = next.checked_sub(1).map(|index| self.lines[index]) else {
            return 1;
        };
        // Raw HTML and code keep their line breaks.
        let inside = &self.html.as_bytes()[start..offset.min(self.html.len())];
        let below = line + inside.iter().filter(|byte| **byte == b'\n').count();
        match self.lines.get(next) {
            Some((_, end)) if *end > line => below.min(*end),
            _ => below,
        }
    }

    /// Whether the page has a figure that needs the module of live figures.
    pub fn is_live(&self) -> bool {
        self.figures.iter().any(|figure| figure.live.is_some())
    }

    /// Minutes a reader needs, at least one.
    pub fn minutes(&self) -> usize {
        (self.words + self.figures.len() * WORDS_PER_FIGURE)
            .div_ceil(WORDS_PER_MINUTE)
            .max(1)
    }
}
