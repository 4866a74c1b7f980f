//! The answer to the client, and at the same time what is left of the request to the server.

use std::future::poll_fn;
use std::pin::Pin;
use std::prelude::v1::*;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use kit::http1::poll_fill;
use simulation::Duration;
use tokio::io::AsyncWrite;
use tokio::time::Instant;

use super::credit::Turns;
use super::front::Front;
use super::incoming::Incoming;
use super::outgoing::Outgoing;
use super::server::Server;
use super::upload::Cut;
use super::worker::Worker;
use crate::server::pool::{Failure, Lease};

/// How the answer ended, and when.
pub(super) struct Relayed {
    pub(super) moment: Instant,
    pub(super) end: Result<(), Failure>,
}

/// Moves the answer to its end. When it ends before the request does, the rest of the request is not read.
pub(super) async fn relay(
    front: &mut Front,
    (request, server): (&mut Outgoing, &mut Server),
    (incoming, lease): (&mut Incoming, &mut Lease),
    (latency, begun): (Duration, Instant),
) -> Relayed {
    let worker = Arc::clone(&front.worker);
    let mut turns = Turns::new(worker.patience.credit(), false, begun);
    let mut moment = begun;
    let mut is_first = true;
    let end = poll_fn(|context| {
        if !is_first {
            moment = Instant::now();
        }
        let before = (incoming.bytes_written, request.bytes_sent);
        if let Poll::Ready(end) = incoming.poll_back(context, front, (&mut *server, &worker)) {
            return Poll::Ready(end);
        }
        if !request.is_cut && !request.is_sent() {
            let upload = request.poll_upload(context, front, &mut server.socket);
            if let Poll::Ready(Err(Cut::ByServer | Cut::ByClient(..))) = upload {
                request.is_cut = true;
            }
        }
        let (down, up) = (
            incoming.bytes_written - before.0,
            request.bytes_sent - before.1,
        );
        // Who sends the rest of a request with a byte now and then does not keep its answer waiting for ever, either.
        let is_clients = !incoming.waits_for_server() || (request.waits_for_client() && down == 0);
        let left = turns.next(moment, is_clients, down + up);
        if is_first {
            is_first = false;
            lease.begun(latency, worker.shared.clock.at(begun));
            front.deadline.set(begun, incoming.limit(&worker));
        } else if let Some(left) = left {
            let limit = incoming.limit(&worker);
            front
                .deadline
                .set(moment, if is_clients { limit.min(left) } else { limit });
        }
        front
            .deadline
            .poll(context)
            .map(|()| Err(who_stalls(incoming, request)))
    })
    .await;
    front.deadline.set(moment, worker.patience.keep_alive);
    Relayed { moment, end }
}

/// A server is not blamed while it may be waiting for the rest of the request.
fn who_stalls(incoming: &Incoming, request: &Outgoing) -> Failure {
    if incoming.waits_for_server() && !request.waits_for_client() {
        Failure::BodyTimeout
    } else {
        Failure::ClientTimeout
    }
}

impl Incoming {
    /// How long the next step may take, by whose it is.
    fn limit(&self, worker: &Worker) -> std::time::Duration {
        if self.waits_for_server() {
            worker.patience.body
        } else {
            worker.patience.client
        }
    }

    fn waits_for_server(&self) -> bool {
        self.written == self.out.len() && self.plain == 0
    }

    /// Moves on as far as both sides allow. Ready: the client's kernel has all of it.
    fn poll_back(
        &mut self,
        context: &mut Context,
        front: &mut Front,
        (server, worker): (&mut Server, &Worker),
    ) -> Poll<Result<(), Failure>> {
        loop {
            ready!(self.poll_write(context, front, (server, worker)))?;
            if self.is_written() || self.status == 101 {
                return Poll::Ready(Ok(()));
            }
            self.out.clear();
            self.written = 0;
            let filled = poll_fill(
                context,
                &mut server.socket,
                &mut server.input,
                &worker.buffers,
            );
            let taken = match ready!(filled) {
                Ok(0) => self.end().map_err(|_| Failure::Truncated),
                Ok(_) => self
                    .take_body(worker, server)
                    .map_err(|_| Failure::Malformed),
                Err(_) => Err(Failure::Reset),
            };
            taken?;
        }
    }

    fn poll_write(
        &mut self,
        context: &mut Context,
        front: &mut Front,
        (server, worker): (&mut Server, &Worker),
    ) -> Poll<Result<(), Failure>> {
        loop {
            let is_out = self.written < self.out.len();
            let bytes = match is_out {
                true => &self.out[self.written..],
                false => &server.filled()[..self.plain],
            };
            if bytes.is_empty() {
                return Poll::Ready(Ok(()));
            }
            let written = ready!(Pin::new(&mut front.socket).poll_write(context, bytes));
            let count = written.unwrap_or(0);
            if count == 0 {
                return Poll::Ready(Err(Failure::ClientGone));
            }
            self.bytes_written += count as u64;
            if is_out {
                self.written += count;
            } else {
                self.plain -= count;
                worker.buffers.consume(&mut server.input, count);
            }
        }
    }
}
