//! One attempt on one server: a connection to it, the request on its way, and the head of the answer.

use std::future::poll_fn;
use std::prelude::v1::*;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use kit::http1::{Refusal, Scan, Version, head_end, poll_fill};
use tokio::time::Instant;

use super::credit::Turns;
use super::front::Front;
use super::incoming::{Head, Incoming};
use super::outgoing::Outgoing;
use super::server::Server;
use super::upload::Cut;
use super::worker::Worker;
use crate::server::pool::{Failure, Lease};

/// A server that sends more interim responses than this has lost its way.
const INTERIM_MAX: u32 = 32;

/// Why an attempt did not get as far as an answer.
pub(super) enum Trouble {
    /// The server failed.
    Server(Failure),
    /// The client failed; no other server can help.
    Client(Failure, Option<Refusal>),
}

/// Whether it may be sent once more: everything is still here, and either no byte of it was taken by a server or doing it
/// twice is the same as doing it once.
pub(super) fn is_safe(request: &Outgoing) -> bool {
    request.is_whole && (request.is_idempotent || request.sent == 0)
}

/// Sends the request on a kept or a new connection, until the head of the answer is there.
pub(super) async fn attempt(
    front: &mut Front,
    request: &mut Outgoing,
    (lease, now): (&Lease, Instant),
) -> Result<(Server, Incoming), Trouble> {
    let kept = front.worker.kept.take(lease.server(), lease.address(), now);
    let mut server = match kept {
        Some(socket) => Server::kept(socket),
        None => Server::connect(front, lease)
            .await
            .map_err(Trouble::Server)?,
    };
    let mut now = now;
    let mut interim_count = 0;
    loop {
        let end = match answer_head(front, (&mut *request, &mut server), now).await {
            Ok(end) => end,
            Err(Trouble::Server(failure)) if is_stale(&server, failure) => {
                if !is_safe(request) {
                    return Err(Trouble::Server(Failure::StaleConnection));
                }
                front.worker.shared.layer7.send_again();
                request.rewind();
                server = Server::connect(front, lease)
                    .await
                    .map_err(Trouble::Server)?;
                now = Instant::now();
                continue;
            }
            Err(trouble) => return Err(trouble),
        };
        let read = Head::new(
            &front.worker,
            request,
            (&mut server, end),
            lease.cookie_to_set(),
        );
        match read.map_err(|_| Trouble::Server(Failure::Malformed))? {
            Head::Final(incoming) => return Ok((server, incoming)),
            Head::Interim(_) if interim_count == INTERIM_MAX => {
                return Err(Trouble::Server(Failure::Malformed));
            }
            Head::Interim(bytes) => {
                interim_count += 1;
                server.is_kept = false;
                pass_interim(front, request, bytes).await?;
                now = Instant::now();
            }
        }
    }
}

/// HTTP/1.0 has no interim responses (RFC 9110, 15.2).
async fn pass_interim(
    front: &mut Front,
    request: &Outgoing,
    bytes: Vec<u8>,
) -> Result<(), Trouble> {
    if request.version == Version::Http11 {
        let written = front.write(&bytes).await;
        written.map_err(|_| Trouble::Client(Failure::ClientGone, None))?;
    }
    front.worker.give(bytes);
    Ok(())
}

/// A kept connection that ended before the first byte of an answer: the server closed it as the request came. It says nothing
/// of the server.
fn is_stale(server: &Server, failure: Failure) -> bool {
    server.is_kept
        && server.input.is_none()
        && matches!(failure, Failure::Reset | Failure::EmptyResponse)
}

/// Sends, and waits until a whole head is in the server's input: its length.
async fn answer_head(
    front: &mut Front,
    (request, server): (&mut Outgoing, &mut Server),
    now: Instant,
) -> Result<usize, Trouble> {
    let worker = Arc::clone(&front.worker);
    let patience = &worker.patience;
    let mut waited_for_client = !request.body.is_complete();
    front.deadline.set(
        now,
        if waited_for_client {
            patience.client
        } else {
            patience.response
        },
    );
    let mut turns = Turns::new(patience.credit(), waited_for_client, now);
    let mut scan = Scan::default();
    poll_fn(|context| {
        if !request.is_cut && !request.is_sent() {
            let before = request.bytes_sent;
            match request.poll_upload(context, front, &mut server.socket) {
                Poll::Ready(Err(Cut::ByClient(failure, refusal))) => {
                    return Poll::Ready(Err(Trouble::Client(failure, refusal)));
                }
                Poll::Ready(Err(Cut::ByServer)) => request.is_cut = true,
                Poll::Ready(Ok(())) | Poll::Pending => {}
            }
            let waits_for_client = request.waits_for_client();
            if request.bytes_sent != before && (waited_for_client || waits_for_client) {
                let now = Instant::now();
                let left = turns.next(now, waits_for_client, request.bytes_sent - before);
                let limit = left.filter(|_| waits_for_client);
                front.deadline.set(now, limit.unwrap_or(patience.response));
            }
            waited_for_client = waits_for_client;
        }
        if let Poll::Ready(read) = poll_server_head(context, server, (&worker, &mut scan)) {
            return Poll::Ready(read.map_err(Trouble::Server));
        }
        if request.is_sent() && front.poll_reset(context).is_ready() {
            return Poll::Ready(Err(Trouble::Client(Failure::ClientGone, None)));
        }
        front.deadline.poll(context).map(|()| {
            Err(match waited_for_client {
                true => Trouble::Client(Failure::ClientTimeout, None),
                false => Trouble::Server(Failure::ResponseTimeout),
            })
        })
    })
    .await
}

fn poll_server_head(
    context: &mut Context,
    server: &mut Server,
    (worker, scan): (&Worker, &mut Scan),
) -> Poll<Result<usize, Failure>> {
    loop {
        if server.input.is_some() {
            match head_end(server.filled(), scan, &worker.responses) {
                Ok(Some(end)) => return Poll::Ready(Ok(end)),
                Ok(None) => {}
                Err(_) => return Poll::Ready(Err(Failure::Malformed)),
            }
        }
        let filled = poll_fill(
            context,
            &mut server.socket,
            &mut server.input,
            &worker.buffers,
        );
        let failure = match ready!(filled) {
            Ok(0) if server.input.is_none() => Failure::EmptyResponse,
            Ok(0) => Failure::Truncated,
            Ok(_) => continue,
            Err(error) if error.kind() == std::io::ErrorKind::OutOfMemory => Failure::Malformed,
            Err(_) => Failure::Reset,
        };
        return Poll::Ready(Err(failure));
    }
}
