//! The dashboard of a running lab: its picture with real state, pokes, how long answers take, what happened.
//!
//! A lab gives a [`Board`]; [`run`] answers a browser on loopback. The picture and the controls are those of the lab's
//! live figure, so that both look alike and take the same words.

use scene::Picture;
use scene::control::Control;

/// A lab as its dashboard sees it.
pub trait Board: Send + 'static {
    /// What can be poked: the controls of the live figure.
    fn controls(&self) -> &'static [Control];

    /// The present value of a control, by its place.
    fn value(&self, control: usize) -> i32;

    /// Gives a control a value in its range. It must not take long: picture and pages wait for it.
    fn set(&mut self, control: usize, value: i32);

    /// Puts the present state into the picture, and says it. Asked about ten times a second.
    fn look(&mut self) -> Seen;

    /// The picture. Its ids begin with `board`.
    fn picture(&mut self) -> &mut Picture;
}

/// What is seen at one moment, besides the picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// In one sentence.
    pub summary: String,
    /// As tab-separated lines: the caption, the heads of the columns, the rows.
    pub table: String,
    /// Answers of the last seconds by how long they took.
    pub latencies: Latencies,
    /// What happened lately, oldest first.
    pub log: Vec<Happening>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// Milliseconds since the lab started.
    pub at_ms: u64,
    /// What, in words.
    pub what: String,
}

/// Counts of answers by how long they took.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Latencies {}

/// What stands around the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// `lab-03`.
    pub lab: String,
    /// The lab's title.
    pub title: String,
    /// Things to try.
    pub pokes: Vec<String>,
    /// What listens, and where.
    pub listening: Vec<(String, String)>,
}

/// Answers browsers until `stop` is ready.
///
/// # Errors
/// The listener fails.
pub async fn run<B: Board>(
    listener: tokio::net::TcpListener,
    page: Page,
    (board, stop): (B, impl Future<Output = ()> + Send + 'static),
) -> anyhow::Result<()> {
    let _ = (listener, page, board);
    stop.await;
    Ok(())
}
