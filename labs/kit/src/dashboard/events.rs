//! `/events`: server-sent events for one open page. `picture` (JSON: the SVG and the ids of its nodes) and `news` (JSON) come
//! first, then each `frame` (base64) and `news`.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::sync::{OwnedSemaphorePermit, broadcast};

use super::hub::{Hub, Message};

/// A browser comes back after so long when a stream ends.
const RETRY: Duration = Duration::from_secs(1);

/// A stream with nothing to tell says so: shorter than connections may be quiet.
const ALIVE_EVERY: Duration = Duration::from_secs(10);

struct Listener {
    first: VecDeque<Message>,
    changes: broadcast::Receiver<Message>,
    _place: OwnedSemaphorePermit,
}

/// The stream, as long as `place` lasts.
pub(super) fn answer(hub: &Hub, place: OwnedSemaphorePermit) -> Response {
    let (first, changes) = hub.join();
    let listener = Listener {
        first: first.into(),
        changes,
        _place: place,
    };
    let events = stream::unfold(listener, |mut listener| async {
        let message = listener.next().await?;
        let event = Event::default().event(message.kind).retry(RETRY);
        let event = event.data(&*message.data);
        Some((Ok::<_, Infallible>(event), listener))
    });
    let alive = KeepAlive::new().interval(ALIVE_EVERY);
    Sse::new(events).keep_alive(alive).into_response()
}

impl Listener {
    /// The next message; `None` ends the stream: the lab ends, or this page is too far behind.
    async fn next(&mut self) -> Option<Message> {
        match self.first.pop_front() {
            Some(message) => Some(message),
            None => self.changes.recv().await.ok(),
        }
    }
}
