//! One request: a server for it, its answer, and another server when that is safe.

use std::boxed::Box;
use std::future::poll_fn;
use std::prelude::v1::*;
use std::sync::Arc;
use std::task::Poll;

use kit::http1::{Refusal, Scan, head_end, poll_fill};
use simulation::Duration;
use tokio::time::Instant;

use super::answer::Answer;
use super::front::Front;
use super::incoming::{Head, Incoming};
use super::outgoing::Outgoing;
use super::relay::{Relayed, relay};
use super::server::Server;
use super::upload::Cut;
use super::worker::Worker;
use crate::server::pool::{Ask, Failure, Lease};

/// Servers that one request may try at most, whatever the settings say.
const TRIES_CEILING: usize = 16;
/// A server that sends more interim responses than this has lost its way.
const INTERIM_MAX: u32 = 32;

/// What becomes of the client's connection.
pub(super) enum After {
    /// It carries the next request.
    Next,
    /// It is closed; nothing is on its way to us.
    Close,
    /// It is closed, but the client may still be sending.
    CloseGently,
    /// The answer broke off, and the client must notice.
    Reset,
    /// It speaks another protocol with this server now.
    Switch(Box<Server>),
}

/// Why an attempt did not get as far as an answer.
enum Trouble {
    /// The server failed.
    Server(Failure),
    /// The client failed; no other server can help.
    Client(Failure, Option<Refusal>),
}

/// Servers that have failed this request.
#[derive(Default)]
struct Tried {
    ids: [u32; TRIES_CEILING],
    count: usize,
}

impl Tried {
    fn add(&mut self, id: u32) {
        self.ids[self.count] = id;
        self.count += 1;
    }

    fn ids(&self) -> &[u32] {
        &self.ids[..self.count]
    }
}

/// Passes a request on and its answer back.
pub(super) async fn exchange(front: &mut Front, mut request: Outgoing) -> After {
    let worker = Arc::clone(&front.worker);
    let tries_max = (worker.shared.settings.retries.tries_max as usize).min(TRIES_CEILING);
    let mut tried = Tried::default();
    let mut answer = Answer::NO_SERVER;
    loop {
        let begun = Instant::now();
        let now = worker.shared.clock.at(begun);
        let ask = Ask {
            key: request.key,
            cookie: request.cookie,
            tried: tried.ids(),
        };
        let Some(mut lease) = worker.shared.pool.choose(&ask, now) else {
            return give_up(front, &request, answer).await;
        };
        match attempt(front, &mut request, (&lease, begun)).await {
            Ok((mut server, mut incoming)) => {
                let moment = Instant::now();
                let waited = moment.saturating_duration_since(begun).as_nanos();
                let latency = Duration::from_nanos(u64::try_from(waited).unwrap_or(u64::MAX));
                let relayed = relay(
                    front,
                    (&mut request, &mut server),
                    (&mut incoming, &mut lease),
                    (latency, moment),
                )
                .await;
                return finish(
                    &worker,
                    (request, server),
                    (incoming, lease),
                    (relayed, latency),
                );
            }
            Err(Trouble::Client(failure, refusal)) => {
                lease.failed(failure, worker.shared.clock.now());
                let answer = refusal.map_or(Answer::of_failure(failure), Answer::of_refusal);
                return give_up(front, &request, answer).await;
            }
            Err(Trouble::Server(failure)) => {
                let now = worker.shared.clock.now();
                tried.add(lease.server());
                lease.passed(std::mem::take(&mut request.bytes_sent), 0);
                lease.failed(failure, now);
                answer = Answer::of_failure(failure);
                let may_retry = is_safe(&request)
                    && tried.count < tries_max
                    && worker.shared.pool.may_retry(now);
                if !may_retry {
                    return give_up(front, &request, answer).await;
                }
                request.rewind();
            }
        }
    }
}

/// Whether it may be sent once more: everything is still here, and either no byte of it was taken by a server or doing it
/// twice is the same as doing it once.
fn is_safe(request: &Outgoing) -> bool {
    request.is_whole && (request.is_idempotent || request.sent == 0)
}

/// Sends the request on a kept or a new connection, until the head of the answer is there.
async fn attempt(
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
                front.worker.counts.send_again();
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
    if request.version == kit::http1::Version::Http11 {
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
                let limit = if waits_for_client {
                    patience.client
                } else {
                    patience.response
                };
                front.deadline.set(Instant::now(), limit);
            }
            waited_for_client = waits_for_client;
        }
        if let Poll::Ready(read) = poll_server_head(context, server, (&worker, &mut scan)) {
            return Poll::Ready(read.map_err(Trouble::Server));
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
    context: &mut std::task::Context,
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
        let failure = match std::task::ready!(filled) {
            Ok(0) if server.input.is_none() => Failure::EmptyResponse,
            Ok(0) => Failure::Truncated,
            Ok(_) => continue,
            Err(error) if error.kind() == std::io::ErrorKind::OutOfMemory => Failure::Malformed,
            Err(_) => Failure::Reset,
        };
        return Poll::Ready(Err(failure));
    }
}

/// Says why there is no answer. The connection goes on if the request was read to its end.
async fn give_up(front: &mut Front, request: &Outgoing, answer: Answer) -> After {
    let persists = request.client_persists() && !front.worker.shared.stopping.has_begun();
    let bytes = answer.message(request.is_head, !persists);
    match front.write(&bytes).await {
        Err(_) => After::Close,
        Ok(()) if persists => {
            front
                .deadline
                .set(Instant::now(), front.worker.patience.keep_alive);
            After::Next
        }
        Ok(()) => After::CloseGently,
    }
}

/// Gives everything back: buffers, the connection to the server, the lease.
fn finish(
    worker: &Worker,
    (request, mut server): (Outgoing, Server),
    (incoming, mut lease): (Incoming, Lease),
    (relayed, latency): (Relayed, Duration),
) -> After {
    let Relayed { moment, end } = relayed;
    let now = worker.shared.clock.at(moment);
    lease.passed(request.bytes_sent, incoming.bytes_written);
    let is_read = request.body.is_complete();
    let is_sent = request.is_sent() && !request.is_cut;
    worker.give(request.out);
    worker.give(incoming.out);
    if let Err(failure) = end {
        lease.failed(failure, now);
        return After::Reset;
    }
    let (id, address) = (lease.server(), lease.address());
    match incoming.status {
        500.. => lease.failed(Failure::ServerError, now),
        _ => lease.answered(latency, now),
    }
    if incoming.status == 101 {
        return After::Switch(Box::new(server));
    }
    // What a server sends after its answer is no answer to anything: the connection is not used again.
    if incoming.server_persists && is_sent && server.input.is_none() {
        worker.kept.put(id, (server.socket, address), moment);
    } else if let Some(buffer) = server.input.take() {
        worker.buffers.give(buffer);
    }
    match incoming.closes {
        false => After::Next,
        true if is_read => After::Close,
        true => After::CloseGently,
    }
}
