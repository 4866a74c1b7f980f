//! One connection of a client: request after request.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::{Pin, pin};
use std::prelude::v1::*;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use kit::http1::{Buffer, Deadline, Refusal, Scan, head_end, poll_fill};
use tokio::io::{AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Instant;

use super::answer::Answer;
use super::exchange::{After, exchange};
use super::forwarded::Origin;
use super::outgoing::Outgoing;
use super::tunnel::tunnel;
use super::worker::Worker;
use crate::policy::hash;
use crate::server::shared::Client;

/// So long a connection whose request was not read to its end is listened to after the answer. Closed at once, its kernel
/// would reset it, and the client might never see the answer.
const FAREWELL: Duration = Duration::from_secs(3);

/// A client's connection.
#[derive(Debug)]
pub(super) struct Front {
    pub(super) worker: Arc<Worker>,
    pub(super) socket: TcpStream,
    /// What has come and is not yet done with.
    pub(super) input: Option<Buffer>,
    /// When the phase it is in must be over, whichever side it waits for.
    pub(super) deadline: Deadline,
    pub(super) origin: Origin,
    /// The client's address, for policies that keep it on one server.
    pub(super) client_key: u64,
}

impl Front {
    pub(super) fn new(worker: Arc<Worker>, socket: TcpStream, client: Client) -> Front {
        let patience = &worker.patience;
        let client_key = match client.address.ip().to_canonical() {
            std::net::IpAddr::V4(ip) => hash::bytes(&ip.octets()),
            std::net::IpAddr::V6(ip) => hash::bytes(&ip.octets()),
        };
        Front {
            socket,
            input: None,
            // Who connects and says nothing is waited for no longer than who stops in the middle of a head.
            deadline: Deadline::after(patience.head.min(patience.keep_alive)),
            origin: Origin::new(&client, &worker.shared.settings.forwarded),
            client_key,
            worker,
        }
    }

    /// Serves it to its end.
    pub(super) async fn serve(mut self) {
        let stopping = self.worker.shared.stopping.clone();
        let mut begun = pin!(stopping.begun());
        // Asked once, it wakes this task when the balancer stops; `poll_head` then sees the flag. Asked for each request, it
        // would take a lock each time.
        poll_fn(|context| {
            let _ = begun.as_mut().poll(context);
            Poll::Ready(())
        })
        .await;
        while let Some(request) = self.request().await {
            match exchange(&mut self, request).await {
                After::Next => {}
                After::Close => return,
                After::CloseGently => return self.say_goodbye().await,
                After::Reset => {
                    // A connection that ends in the usual way could be taken for the end of the answer.
                    let _ = self.socket.set_zero_linger();
                    return;
                }
                After::Switch(switched) => {
                    self.worker.shared.layer7.switch();
                    return tunnel(self, *switched).await;
                }
            }
        }
    }

    /// The next request; `None`: there will be none.
    async fn request(&mut self) -> Option<Outgoing> {
        let mut scan = Scan::default();
        let mut is_begun = false;
        let mut may_skip = true;
        loop {
            let end = poll_fn(|context| self.poll_head(context, (&mut scan, &mut is_begun))).await;
            let refusal = match end {
                // An empty line before a request is a habit of old clients (RFC 9112, 2.2). One is forgiven.
                Ok(2) if may_skip => {
                    self.consume(2);
                    (scan, may_skip) = (Scan::default(), false);
                    continue;
                }
                Ok(end) => match Outgoing::new(self, end) {
                    Ok(request) => return Some(request),
                    Err(refusal) => Answer::of_refusal(refusal),
                },
                Err(NoHead::Refused(refusal)) => Answer::of_refusal(refusal),
                Err(NoHead::TimedOut) => {
                    self.worker.shared.layer7.time_out();
                    Answer::HEAD_TIMEOUT
                }
                Err(NoHead::Ended) => return None,
            };
            self.worker.shared.layer7.refuse();
            self.refuse(refusal).await;
            return None;
        }
    }

    /// Ready with the length of a whole head in `input`.
    fn poll_head(
        &mut self,
        context: &mut Context,
        (scan, is_begun): (&mut Scan, &mut bool),
    ) -> Poll<Result<usize, NoHead>> {
        loop {
            if !self.is_empty() {
                let found = head_end(self.filled(), scan, &self.worker.requests);
                if let Some(end) = found.map_err(NoHead::Refused)? {
                    return Poll::Ready(Ok(end));
                }
                if !*is_begun {
                    *is_begun = true;
                    self.deadline.set(Instant::now(), self.worker.patience.head);
                }
            }
            match poll_fill(
                context,
                &mut self.socket,
                &mut self.input,
                &self.worker.buffers,
            ) {
                Poll::Ready(Ok(0)) if self.is_empty() => return Poll::Ready(Err(NoHead::Ended)),
                Poll::Ready(Ok(0)) => {
                    return Poll::Ready(Err(NoHead::Refused(Refusal::Truncated)));
                }
                Poll::Ready(Ok(_)) => {}
                Poll::Ready(Err(error)) => return Poll::Ready(Err(NoHead::of(&error))),
                Poll::Pending => {
                    if self.is_empty() && self.worker.shared.stopping.has_begun() {
                        return Poll::Ready(Err(NoHead::Ended));
                    }
                    ready!(self.deadline.poll(context));
                    let is_idle = self.is_empty();
                    let why = if is_idle {
                        NoHead::Ended
                    } else {
                        NoHead::TimedOut
                    };
                    return Poll::Ready(Err(why));
                }
            }
        }
    }

    /// Ready once the client has reset its connection: nobody waits for an answer any more, and the server can be told by
    /// closing its connection. A client that has only closed its own direction still reads.
    pub(super) fn poll_reset(&mut self, context: &mut Context) -> Poll<()> {
        let mut byte = [0];
        let peeked = ready!(self.socket.poll_peek(context, &mut ReadBuf::new(&mut byte)));
        match peeked {
            Err(_) => Poll::Ready(()),
            Ok(_) => Poll::Pending,
        }
    }

    /// What has come and is not yet done with.
    pub(super) fn filled(&self) -> &[u8] {
        self.input.as_ref().map_or(&[], Buffer::filled)
    }

    fn is_empty(&self) -> bool {
        self.input.is_none()
    }

    /// So many bytes are done with; a buffer with nothing in it goes back.
    pub(super) fn consume(&mut self, count: usize) {
        self.worker.buffers.consume(&mut self.input, count);
    }

    /// Says why, and closes.
    async fn refuse(&mut self, answer: Answer) {
        let bytes = answer.message(false, true);
        if self.write(&bytes).await.is_ok() {
            self.say_goodbye().await;
        }
    }

    /// Writes all of it, as long as the client reads.
    pub(super) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.deadline
            .set(Instant::now(), self.worker.patience.client);
        let mut written = 0;
        poll_fn(|context| {
            while written < bytes.len() {
                match Pin::new(&mut self.socket).poll_write(context, &bytes[written..]) {
                    Poll::Ready(Ok(count)) => written += count,
                    Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                    Poll::Pending => {
                        ready!(self.deadline.poll(context));
                        return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
                    }
                }
            }
            Poll::Ready(Ok(()))
        })
        .await
    }

    /// Sends nothing more, and drops what still comes, until the client has closed or has had its time.
    async fn say_goodbye(&mut self) {
        if self.socket.shutdown().await.is_err() {
            return;
        }
        self.deadline.set(Instant::now(), FAREWELL);
        let worker = Arc::clone(&self.worker);
        poll_fn(|context| {
            loop {
                self.consume(self.filled().len());
                match poll_fill(context, &mut self.socket, &mut self.input, &worker.buffers) {
                    Poll::Ready(Ok(0) | Err(_)) => return Poll::Ready(()),
                    Poll::Ready(Ok(_)) => {}
                    Poll::Pending => return self.deadline.poll(context),
                }
            }
        })
        .await;
    }
}

/// Why there is no head.
#[derive(Debug)]
enum NoHead {
    /// The client has closed, or has been silent for too long, or the balancer stops.
    Ended,
    /// It began and was not there in time.
    TimedOut,
    Refused(Refusal),
}

impl NoHead {
    fn of(error: &io::Error) -> NoHead {
        if error.kind() == io::ErrorKind::OutOfMemory {
            NoHead::Refused(Refusal::HeadTooLarge)
        } else {
            NoHead::Ended
        }
    }
}
