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

    /// Moves the node out; what stays is empty and not to be used. Passes look at several nodes before they hand one on, and
    /// copies of all were a twentieth of a build.
    pub(crate) fn take(&mut self) -> Node<'a> {
        std::mem::replace(self, Node::html(String::new(), self.at))
    }

    pub(crate) fn event(event: Event<'a>, at: usize) -> Node<'a> {
        Node {
            piece: Piece::Event(event),
            at,
        }
    }
}
