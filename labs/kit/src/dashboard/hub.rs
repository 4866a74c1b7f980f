//! What pages share: the board, what was seen last, and the stream of changes.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;
use tokio::sync::{Semaphore, broadcast};
use tokio::time::{MissedTickBehavior, interval};

use super::{Board, Page, Seen};

/// The board is looked at so often: what moves in its picture should be seen moving.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Words, table and log follow at every tenth look.
const LOOKS_PER_NEWS: u32 = 10;

/// Streams at one time. A browser opens at most six.
const STREAMS_MAX: usize = 16;

/// A page that is so many messages behind is let go; it comes back by itself and gets the whole picture.
const BEHIND_MAX: usize = 64;

/// At most so many lines of the log are shown.
const LOG_LINES: usize = 50;

/// What pages share.
pub(super) struct Hub {
    state: Mutex<State>,
    /// What stands around the picture.
    pub(super) page: Page,
    /// Where the dashboard listens.
    pub(super) address: SocketAddr,
    /// As many pages may still open a stream.
    pub(super) places: Arc<Semaphore>,
}

struct State {
    board: Box<dyn Board>,
    seen: Seen,
    changes: broadcast::Sender<Message>,
}

/// An event of the stream.
#[derive(Debug, Clone)]
pub(super) struct Message {
    /// `picture`, `frame`, `news`.
    pub(super) kind: &'static str,
    /// Base64 or JSON.
    pub(super) data: Arc<str>,
}

/// What a page shows besides the picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct News {
    pub(super) at_ms: u64,
    pub(super) summary: String,
    pub(super) table: String,
    /// The picture of latencies.
    pub(super) latencies: String,
    /// Newest first: time and words.
    pub(super) log: Vec<(String, String)>,
    /// Control and value, as they are written.
    pub(super) controls: Vec<(&'static str, String)>,
}

impl Hub {
    pub(super) fn new(mut board: Box<dyn Board>, page: Page, address: SocketAddr) -> Hub {
        let seen = board.look();
        Hub {
            state: Mutex::new(State {
                board,
                seen,
                changes: broadcast::Sender::new(BEHIND_MAX),
            }),
            page,
            address,
            places: Arc::new(Semaphore::new(STREAMS_MAX)),
        }
    }

    /// Looks at the board again and again, and tells the pages.
    pub(super) async fn follow(&self) {
        let mut ticks = interval(LOOK_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            for look in 0..LOOKS_PER_NEWS {
                ticks.tick().await;
                self.state().look(look == 0);
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Whoever panicked with the board in hand was showing it: the next look shows it again.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The picture and what belongs to it, as they are now, and all changes from then on.
    pub(super) fn join(&self) -> (Vec<Message>, broadcast::Receiver<Message>) {
        let mut state = self.state();
        let picture = state.board.picture();
        let whole = serde_json::json!({"svg": picture.svg(), "nodes": picture.nodes()});
        let first = vec![
            Message::new("picture", &whole.to_string()),
            Message::new("news", &state.news().json()),
        ];
        (first, state.changes.subscribe())
    }

    /// The picture as it is now, and what stands around it.
    pub(super) fn still(&self) -> (String, News, Vec<scene::control::Control>) {
        let mut state = self.state();
        let svg = state.board.picture().svg();
        (svg, state.news(), state.board.controls().to_vec())
    }

    /// Carries out `control=value`, and gives it back as it is written.
    ///
    /// # Errors
    /// What can't be, and what there is.
    pub(super) fn set(&self, setting: &str) -> Result<String, String> {
        let (name, text) = setting
            .trim()
            .split_once('=')
            .ok_or("send a control and its value, as in stop=2")?;
        let mut state = self.state();
        let controls = state.board.controls();
        let found = controls.iter().position(|control| control.name == name);
        let Some(place) = found else {
            let names: Vec<&str> = controls.iter().map(|control| control.name).collect();
            let name: String = name.chars().take(40).collect();
            return Err(format!(
                "there is no control `{name}`; there are {}",
                names.join(", ")
            ));
        };
        let value = controls[place].parse(text)?;
        state.board.set(place, value);
        state.look(true);
        Ok(format!("{name}={}", controls[place].print(value)))
    }
}

impl State {
    /// Looks at the board, and tells what differs; `is_news`: words, too.
    fn look(&mut self, is_news: bool) {
        self.seen = self.board.look();
        let mut frame = Vec::new();
        self.board.picture().frame(&mut frame);
        if self.changes.receiver_count() == 0 {
            return;
        }
        if !frame.is_empty() {
            self.tell(Message::new("frame", &BASE64_STANDARD.encode(&frame)));
        }
        if is_news {
            self.tell(Message::new("news", &self.news().json()));
        }
    }

    fn tell(&self, message: Message) {
        // Nobody may listen any more.
        self.changes.send(message).ok();
    }

    fn news(&self) -> News {
        let log = self.seen.log.iter().rev().take(LOG_LINES);
        let controls = self.board.controls().iter().enumerate();
        News {
            at_ms: self.seen.at_ms,
            summary: self.seen.summary.clone(),
            table: self.seen.table.clone(),
            latencies: self.seen.latencies.svg(),
            log: log
                .map(|happening| (seconds(happening.at_ms), happening.what.clone()))
                .collect(),
            controls: controls
                .map(|(place, control)| (control.name, control.print(self.board.value(place))))
                .collect(),
        }
    }
}

impl News {
    fn json(&self) -> String {
        serde_json::to_string(self).expect("texts and numbers can be written as JSON")
    }
}

impl Message {
    fn new(kind: &'static str, data: &str) -> Message {
        Message {
            kind,
            data: data.into(),
        }
    }
}

/// `12.3 s`.
fn seconds(ms: u64) -> String {
    format!("{}.{} s", ms / 1_000, ms % 1_000 / 100)
}
