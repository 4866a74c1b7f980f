//! `/.labbook/events?page=PATH`: server-sent events for one open page.
//!
//! `page` is the path part of the page's address, `since` the moment at which it was made ([`Moment::id`]). Each event
//! carries the moment as its id, with which a browser comes back after a break (`Last-Event-ID`). Nothing is queued: what
//! a page must be told follows from what it has seen and from the newest state, at the time when it can take something.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use hyper::body::{Bytes, Frame};
use percent_encoding::percent_decode_str;
use tokio::sync::{OwnedSemaphorePermit, watch};

use super::{Found, Served, find, text};
use crate::live::{Event, Moment, Revision};

/// Where pages listen.
pub(super) const PATH: &str = "/.labbook/events";

/// Streams at one time. Each costs some kilobytes; a browser opens at most six, and pages out of sight close theirs.
pub(super) const LISTENERS_MAX: usize = 64;

/// A browser comes back after so many milliseconds when a stream ends.
const RETRY: u32 = 1_000;

/// Opens a stream.
pub(super) fn answer(served: &Served, request: &Request) -> Response {
    let from = request.headers().get("sec-fetch-site");
    if from.is_some_and(|from| from != "same-origin" && from != "none") {
        return text(
            StatusCode::FORBIDDEN,
            "Only pages of this book may listen.\n",
        );
    }
    let Ok(place) = served.listeners.clone().try_acquire_owned() else {
        return text(
            StatusCode::SERVICE_UNAVAILABLE,
            "Too many pages listen: close some.\n",
        );
    };
    let query = request.uri().query().unwrap_or_default();
    let came_back = request.headers().get("last-event-id");
    let since = came_back.and_then(|id| id.to_str().ok().map(String::from));
    let since = since.or_else(|| value_of(query, "since"));
    let mut state = served.state.clone();
    state.mark_changed();
    let listener = Listener {
        page: value_of(query, "page").unwrap_or_default(),
        seen: since.and_then(|since| state.borrow().revision_of(&since)),
        greeted: false,
        change: Box::pin(next(state)),
        _place: place,
    };
    let mut response = Response::new(Body::new(listener));
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static("text/event-stream; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, kind);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A value of a query, decoded.
fn value_of(query: &str, name: &str) -> Option<String> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(key, _)| *key == name)?;
    Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
}

type Change = (watch::Receiver<Arc<Moment>>, bool);

/// Waits until the state is another one; `false` when there will be no more.
async fn next(mut state: watch::Receiver<Arc<Moment>>) -> Change {
    let is_more = state.changed().await.is_ok();
    (state, is_more)
}

/// The body of a stream.
struct Listener {
    page: String,
    /// What the page knows; `None` when it is of another run of the program.
    seen: Option<Revision>,
    greeted: bool,
    change: Pin<Box<dyn Future<Output = Change> + Send>>,
    _place: OwnedSemaphorePermit,
}

impl hyper::body::Body for Listener {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        loop {
            let (mut states, is_more) = ready!(self.change.as_mut().poll(context));
            if !is_more {
                return Poll::Ready(None);
            }
            let state = states.borrow_and_update().clone();
            self.change = Box::pin(next(states));
            let told = self.tell(&state);
            if !told.is_empty() {
                return Poll::Ready(Some(Ok(Frame::data(told.into()))));
            }
        }
    }
}

impl Listener {
    /// What the page must be told of a state, as it goes over the wire.
    fn tell(&mut self, state: &Moment) -> String {
        let path = path_of(state, &self.page);
        let mut told = String::new();
        if !self.greeted {
            self.greeted = true;
            told = format!("retry: {RETRY}\n\n");
            let data = serde_json::Value::Null;
            told += &written(
                &Event {
                    name: "hello",
                    data,
                },
                state,
            );
        }
        for event in state.events(&path, self.seen) {
            told += &written(&event, state);
        }
        self.seen = Some(state.revision);
        told
    }
}

/// An event as it goes over the wire. JSON has no line breaks.
fn written(event: &Event, state: &Moment) -> String {
    let Event { name, data } = event;
    format!("id: {}\nevent: {name}\ndata: {data}\n\n", state.id())
}

/// The path in the site of a page, from the path in its address.
fn path_of(state: &Moment, page: &str) -> String {
    let page = page.trim_start_matches('/');
    match find(&state.site, page) {
        Found::File(path) => path,
        _ => {
            let mut paths = super::candidates(page).into_iter();
            let gone = paths.find(|path| state.had(path));
            gone.unwrap_or_else(|| page.to_string())
        }
    }
}
