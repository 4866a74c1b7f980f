//! From a chapter's Markdown to its page: a row of small passes over pulldown-cmark's events, none of which does I/O.
//!
//! In: a [`Chapter`] with everything it needs read. Out: a [`Page`]. File names, heading ids, text and links are those of
//! mdBook 0.5, so that links into an existing book keep working (a test compares whole books).
//! 1. parse, with mdBook's options; 2. images; 3. raw HTML, balanced as mdBook does; 4. icons; 5. code blocks and figures;
//! 6. directives; 7. math; 8. checklists; 9. footnote references; 10. links; 11. headings and ids; 12. notes, to the end;
//! 13. the opening; 14. HTML, and its sections as text for search.

mod chart_figure;
mod checklist;
mod code;
mod code_info;
mod directives;
mod exercises;
mod figures;
mod footnotes;
mod headings;
mod hidden_lines;
mod icons;
mod images;
mod inline;
mod lab_data;
mod line_breaks;
mod links;
mod live_figure;
mod math_pass;
mod opening;
mod own_run;
mod piece;
mod raw_code;
mod raw_html;
mod words;
mod write;

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, TextMergeWithOffset};

pub use crate::escape::{escape_attribute, escape_text};
pub(crate) use code_info::CodeInfo;
pub(crate) use headings::{id_from_text, unique};
pub use hidden_lines::wrap_rust_main;

use crate::book::Chapter;
use crate::figure::Fonts;
use crate::live_figures::LiveFigures;
use crate::page::{Fault, Page};
use crate::search;
use crate::settings::Settings;
use piece::{Node, Piece};

/// What every chapter is rendered with.
pub struct Renderer<'a> {
    /// The book's settings.
    pub settings: &'a Settings,
    /// Fonts that labels of figures are measured with.
    pub fonts: &'a Fonts<'a>,
    /// The module of live figures.
    pub live_figures: &'a LiveFigures,
}

/// What the passes of one chapter share: what they read, and the page that they fill.
pub(crate) struct Context<'a> {
    pub(crate) chapter: &'a Chapter,
    pub(crate) settings: &'a Settings,
    pub(crate) fonts: &'a Fonts<'a>,
    pub(crate) live_figures: &'a LiveFigures,
    pub(crate) page: Page,
    line: LineCounter<'a>,
}

impl Context<'_> {
    /// The 1-based line of a byte offset. Cheap when it is near the last one that was asked for.
    pub(crate) fn line(&mut self, at: usize) -> usize {
        self.line.line(at)
    }

    /// Records what is wrong at a byte offset.
    pub(crate) fn fault(&mut self, at: usize, message: impl Into<String>) {
        self.fault_below(at, 0, message);
    }

    /// Records what is wrong some lines below a byte offset.
    pub(crate) fn fault_below(&mut self, at: usize, lines: usize, message: impl Into<String>) {
        let line = self.line(at) + lines;
        self.page.faults.push(Fault {
            line,
            message: message.into(),
        });
    }

    /// Records what the author should know about a byte offset.
    pub(crate) fn warning(&mut self, at: usize, message: impl Into<String>) {
        let line = self.line(at);
        self.page.warnings.push(Fault {
            line,
            message: message.into(),
        });
    }
}

/// Counts newlines from the last question, forwards or backwards.
struct LineCounter<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl LineCounter<'_> {
    fn line(&mut self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let between = &self.text.as_bytes()[self.at.min(at)..self.at.max(at)];
        let newlines = between.iter().filter(|byte| **byte == b'\n').count();
        if at < self.at {
            self.line -= newlines;
        } else {
            self.line += newlines;
        }
        self.at = at;
        self.line
    }
}

impl Renderer<'_> {
    /// Renders one chapter.
    pub fn render(&self, chapter: &Chapter) -> Page {
        let line = LineCounter {
            text: &chapter.content,
            at: 0,
            line: 1,
        };
        let mut context = Context {
            chapter,
            settings: self.settings,
            fonts: self.fonts,
            live_figures: self.live_figures,
            page: Page::default(),
            line,
        };
        let context = &mut context;
        let nodes: Vec<Node> = parse(&chapter.content, self.settings)
            .map(|(event, range)| Node::event(event, range.start))
            .collect();
        context.page.words = words::count(&nodes);
        let nodes = images::pass(nodes, context);
        let nodes = raw_html::pass(nodes, context);
        let nodes = icons::pass(nodes);
        let nodes = code::pass(nodes, context);
        let nodes = directives::pass(nodes, context);
        let nodes = math_pass::pass(nodes, context);
        let nodes = checklist::pass(nodes, context);
        let (nodes, uses) = footnotes::references(nodes, context);
        let nodes = links::pass(nodes, context);
        let nodes = headings::pass(nodes, context);
        let nodes = footnotes::notes(nodes, &uses, context);
        let nodes = opening::pass(nodes, context);
        write::page(&nodes, context);
        if self.settings.html.search.enable {
            context.page.pieces = search::split(&context.page.html);
        }
        std::mem::take(&mut context.page)
    }
}

/// The events of a chapter, with where each stands, by the options that mdBook has, and math where the book asks for it.
pub(crate) fn parse<'a>(
    text: &'a str,
    settings: &Settings,
) -> impl Iterator<Item = (Event<'a>, Range<usize>)> {
    let html = &settings.html;
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    options.set(Options::ENABLE_SMART_PUNCTUATION, html.smart_punctuation);
    options.set(Options::ENABLE_DEFINITION_LIST, html.definition_lists);
    options.set(Options::ENABLE_GFM, html.admonitions);
    options.set(Options::ENABLE_MATH, settings.labbook.math);
    TextMergeWithOffset::new(Parser::new_ext(text, options).into_offset_iter())
}

/// The position of the `End` that closes the `Start` at `start`; the last node if there is none.
fn end_of(nodes: &[Node], start: usize) -> usize {
    let mut depth = 0_usize;
    for (index, node) in nodes.iter().enumerate().skip(start) {
        match &node.piece {
            Piece::Event(Event::Start(_)) => depth += 1,
            Piece::Event(Event::End(_)) => {
                depth -= 1;
                if depth == 0 {
                    return index;
                }
            }
            _ => {}
        }
    }
    nodes.len().saturating_sub(1)
}
