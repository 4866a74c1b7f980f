//! The body of a request, from the client to the server, while the answer may already come.

use std::io;
use std::pin::Pin;
use std::prelude::v1::*;
use std::task::{Context, Poll, ready};

use kit::http1::{Refusal, poll_fill, put_chunk, put_last_chunk};
use tokio::io::AsyncWrite;
use tokio::net::TcpStream;

use super::front::Front;
use super::outgoing::Outgoing;
use crate::server::pool::Failure;

/// What ends an upload early.
#[derive(Debug)]
pub(super) enum Cut {
    /// The server takes no more of it; its answer may still come.
    ByServer,
    /// The client has gone, or has sent what is no body.
    ByClient(Failure, Option<Refusal>),
}

impl Outgoing {
    /// Moves what has come of the body from the client's input to `out`.
    ///
    /// # Errors
    /// The body is none, or too large.
    pub(super) fn take_body(&mut self, front: &mut Front) -> Result<(), Refusal> {
        while !self.body.is_complete() && front.input.is_some() {
            let filled = front.filled();
            let step = self.body.step(filled)?;
            if self.is_chunked {
                put_chunk(&filled[step.data.clone()], &mut self.out);
                if step.is_end {
                    put_last_chunk(&mut self.out);
                }
            } else {
                self.out.extend_from_slice(&filled[step.data.clone()]);
            }
            front.consume(step.consumed);
        }
        Ok(())
    }

    /// Whether all of it is written.
    pub(super) fn is_sent(&self) -> bool {
        self.sent == self.out.len() && self.body.is_complete()
    }

    /// Whether the next step is the client's.
    pub(super) fn waits_for_client(&self) -> bool {
        !self.is_cut && self.sent == self.out.len() && !self.body.is_complete()
    }

    /// To be written from its start, to another connection.
    pub(super) fn rewind(&mut self) {
        self.sent = 0;
        self.is_cut = false;
    }

    /// Moves on as far as both sides allow. Ready: all is written.
    pub(super) fn poll_upload(
        &mut self,
        context: &mut Context,
        front: &mut Front,
        server: &mut TcpStream,
    ) -> Poll<Result<(), Cut>> {
        loop {
            while self.sent < self.out.len() {
                let written =
                    ready!(Pin::new(&mut *server).poll_write(context, &self.out[self.sent..]));
                match written {
                    Ok(count) if count > 0 => {
                        self.sent += count;
                        self.bytes_sent += count as u64;
                    }
                    _ => return Poll::Ready(Err(Cut::ByServer)),
                }
            }
            if self.body.is_complete() {
                return Poll::Ready(Ok(()));
            }
            if self.out.len() > front.worker.replay_bytes_max {
                self.out.clear();
                self.sent = 0;
                self.is_whole = false;
            }
            ready!(self.poll_more(context, front))?;
        }
    }

    fn poll_more(&mut self, context: &mut Context, front: &mut Front) -> Poll<Result<(), Cut>> {
        let filled = poll_fill(
            context,
            &mut front.socket,
            &mut front.input,
            &front.worker.buffers,
        );
        let cut = match ready!(filled) {
            Ok(0) => Cut::ByClient(Failure::ClientGone, Some(Refusal::Truncated)),
            Ok(_) => match self.take_body(front) {
                Ok(()) => return Poll::Ready(Ok(())),
                Err(refusal) => Cut::ByClient(Failure::ClientMalformed, Some(refusal)),
            },
            Err(error) => gone(&error),
        };
        Poll::Ready(Err(cut))
    }
}

fn gone(_error: &io::Error) -> Cut {
    Cut::ByClient(Failure::ClientGone, None)
}
