//! What the passes hand to each other: Markdown events, and HTML that an earlier pass has finished.

use pulldown_cmark::Event;

/// One step of a chapter.
#[derive(Debug, Clone)]
pub(crate) enum Piece<'a> {
    /// Still Markdown.
    Event(Event<'a>),
    /// Finished HTML; later passes leave it alone.
    Html(String),
}

/// A piece and where it stands in the Markdown (byte offset).
#[derive(Debug, Clone)]
pub(crate) struct Node<'a> {
    pub(crate) piece: Piece<'a>,
    pub(crate) at: usize,
}

impl<'a> Node<'a> {
    pub(crate) fn html(html: impl Into<String>, at: usize) -> Node<'a> {
        Node {
            piece: Piece::Html(html.into()),
            at,
        }
    }

    pub(crate) fn event(event: Event<'a>, at: usize) -> Node<'a> {
        Node {
            piece: Piece::Event(event),
            at,
        }
    }
}
