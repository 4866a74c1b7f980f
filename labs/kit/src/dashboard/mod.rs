//! The dashboard of a running lab: its picture with real state, pokes, how long answers take, what happened.
//!
//! A lab gives a [`Board`]; [`run`] answers browsers on loopback. The picture and the controls are those of the lab's live
//! figure, so that both look alike and take the same words. A page is complete when it comes and stands still without
//! scripts; with them it hears of changes by server-sent events. Who asks under a strange name, asks for too much or does
//! not read is let go.

mod answers;
mod assets;
mod connections;
mod events;
mod hub;
mod latencies;
mod page;

use std::sync::Arc;

use anyhow::Context;
use scene::Picture;
use scene::control::Control;
use tokio::net::TcpListener;

use connections::Connections;
use hub::Hub;
pub use latencies::{EDGES_MS, Latencies};

/// A lab as its dashboard sees it.
pub trait Board: Send + 'static {
    /// What can be poked: the controls of the live figure.
    fn controls(&self) -> &'static [Control];

    /// The present value of a control, by its place.
    fn value(&self, control: usize) -> i32;

    /// Gives a control a value in its range. It must not take long: picture and pages wait for it.
    fn set(&mut self, control: usize, value: i32);

    /// Puts the present state into the picture, and says it. Asked about twenty times a second.
    fn look(&mut self) -> Seen;

    /// The picture. Its ids begin with `board`.
    fn picture(&mut self) -> &mut Picture;
}

/// What is seen at one moment, besides the picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// Milliseconds since the lab started.
    pub at_ms: u64,
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

/// Answers browsers until `stop` is ready. Pages that are open then lose their connection, and say so.
///
/// # Errors
/// The listener fails.
pub async fn run<B: Board>(
    listener: TcpListener,
    page: Page,
    (board, stop): (B, impl Future<Output = ()>),
) -> anyhow::Result<()> {
    let address = listener.local_addr().context("the dashboard's listener")?;
    let hub = Arc::new(Hub::new(Box::new(board), page, address));
    let listener = Connections::new(listener);
    let serving = axum::serve(listener, answers::router(hub.clone()));
    tokio::select! {
        served = async { serving.await } => served.context("the dashboard's listener"),
        () = hub.follow() => Ok(()),
        () = stop => Ok(()),
    }
}
