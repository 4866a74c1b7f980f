//! One request: a server for it, its answer, and another server when that is safe.

use std::boxed::Box;
use std::prelude::v1::*;
use std::sync::Arc;

use simulation::Duration;
use tokio::time::Instant;

use super::answer::Answer;
use super::attempt::{Trouble, attempt, is_safe};
use super::front::Front;
use super::incoming::Incoming;
use super::outgoing::Outgoing;
use super::relay::{Relayed, relay};
use super::server::Server;
use super::worker::Worker;
use crate::server::pool::{Ask, Failure, Lease};

/// Servers that one request may try at most, whatever the settings say.
const TRIES_CEILING: usize = 16;
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
    /// It speaks another protocol with this server now; the lease lasts as long.
    Switch(Box<(Server, Lease)>),
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
                if !is_safe(&request) || tried.count >= tries_max {
                    return give_up(front, &request, answer).await;
                }
                request.rewind();
            }
        }
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
    if incoming.status == 101 {
        lease.begun(latency, now);
        return After::Switch(Box::new((server, lease)));
    }
    let (id, address) = (lease.server(), lease.address());
    match incoming.status {
        500.. => lease.failed(Failure::ServerError, now),
        _ => lease.answered(latency, now),
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
