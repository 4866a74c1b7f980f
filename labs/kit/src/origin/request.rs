//! Reads one request: what an origin wants to know of its head, and its body, which nobody keeps.

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::settings::BODY_BYTES_MAX;
use crate::http1::{Framing, HeaderSlots, Limits, Refusal, RequestHead};
use crate::incoming::{Incoming, Lost};

/// What an origin wants to know of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) path: Box<str>,
    /// `/bytes/N` asks for an answer of so many bytes, whatever the settings say.
    pub(super) bytes: Option<u64>,
    pub(super) is_head: bool,
    pub(super) keep_alive: bool,
}

impl Request {
    pub(super) fn is_health_check(&self) -> bool {
        &*self.path == "/healthz"
    }
}

/// Why there is no request.
pub(super) enum NoRequest {
    /// The client has gone.
    Gone,
    /// What it sent is not HTTP/1.1.
    Refused(Refusal),
}

impl From<Lost> for NoRequest {
    fn from(lost: Lost) -> Self {
        match lost {
            Lost::Meaning(refusal) => Self::Refused(refusal),
            Lost::Nothing | Lost::Rest | Lost::Connection(_) => Self::Gone,
        }
    }
}

/// Reads a request to the end of its body.
pub(super) async fn read(
    stream: &mut TcpStream,
    incoming: &mut Incoming,
) -> Result<Request, NoRequest> {
    let limits = Limits::default();
    let end = incoming.head(stream, &limits).await?;
    let (request, framing, expects_continue) = {
        let mut slots = HeaderSlots::new();
        let head = RequestHead::parse(&incoming.filled()[..end], &mut slots, &limits);
        let head = head.map_err(NoRequest::Refused)?;
        let request = Request {
            path: head.path.into(),
            bytes: head
                .path
                .strip_prefix("/bytes/")
                .and_then(|count| count.parse().ok())
                .map(|count: u64| count.min(BODY_BYTES_MAX as u64)),
            is_head: head.method == "HEAD",
            keep_alive: head.connection.persists(head.version),
        };
        (request, head.framing, head.expects_continue)
    };
    incoming.consume(end);
    if expects_continue && framing != Framing::None && incoming.filled().is_empty() {
        let continued = stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await;
        continued.map_err(|_| NoRequest::Gone)?;
    }
    incoming.skip_body(stream, framing, &limits).await?;
    Ok(request)
}
