//! A connection and what has come on it: reads heads and bodies, each within the time that its phase has.

use std::future::poll_fn;
use std::io;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::time::Instant;

use super::{BodyDecoder, Buffer, Buffers, Deadline, Limits, Refusal, Scan, head_end, poll_fill};

/// What kept a message from coming whole.
#[derive(Debug)]
pub(super) enum Broken {
    /// The connection ended before the first byte.
    Nothing,
    /// It was not there in time.
    TimedOut {
        /// Some bytes of it were.
        begun: bool,
    },
    /// It is not HTTP/1.1.
    Refused(Refusal),
    /// What the connection said.
    Failed(io::Error),
}

impl From<Refusal> for Broken {
    fn from(refusal: Refusal) -> Broken {
        Broken::Refused(refusal)
    }
}

/// A connection with its buffer and its deadline.
#[derive(Debug)]
pub(super) struct Stream<S> {
    pub(super) socket: S,
    buffer: Option<Buffer>,
    buffers: Arc<Buffers>,
    pub(super) deadline: Deadline,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Stream<S> {
    pub(super) fn new(socket: S, buffers: Arc<Buffers>, limit: Duration) -> Stream<S> {
        Stream {
            socket,
            buffer: None,
            buffers,
            deadline: Deadline::after(limit),
        }
    }

    /// What has come and is not yet consumed.
    pub(super) fn filled(&self) -> &[u8] {
        self.buffer.as_ref().map_or(&[], Buffer::filled)
    }

    pub(super) fn consume(&mut self, count: usize) {
        self.buffers.consume(&mut self.buffer, count);
    }

    /// Reads once; 0: the peer will send nothing more; `None`: nothing came in time.
    async fn fill(&mut self) -> Option<io::Result<usize>> {
        let Stream {
            socket,
            buffer,
            buffers,
            deadline,
        } = self;
        poll_fn(|context| {
            if let Poll::Ready(filled) = poll_fill(context, socket, buffer, buffers) {
                return Poll::Ready(Some(filled));
            }
            deadline.poll(context).map(|()| None)
        })
        .await
    }

    /// Waits until a whole head is in the buffer, and says how long it is. From its first byte on it has `limit`.
    pub(super) async fn head(&mut self, limits: &Limits, limit: Duration) -> Result<usize, Broken> {
        let mut scan = Scan::default();
        let mut is_timed = false;
        loop {
            if let Some(end) = head_end(self.filled(), &mut scan, limits)? {
                return Ok(end);
            }
            let begun = !self.filled().is_empty();
            if begun && !is_timed {
                is_timed = true;
                self.deadline.set(Instant::now(), limit);
            }
            match self.fill().await {
                Some(Ok(0)) if begun => return Err(Refusal::Truncated.into()),
                Some(Ok(0)) => return Err(Broken::Nothing),
                Some(Ok(_)) => {}
                Some(Err(error)) if error.kind() == io::ErrorKind::OutOfMemory => {
                    return Err(Refusal::HeadTooLarge.into());
                }
                Some(Err(error)) => return Err(Broken::Failed(error)),
                None => return Err(Broken::TimedOut { begun }),
            }
        }
    }

    /// Hands the body to `sink`, piece by piece; it may break off. Each piece has `idle` to come.
    pub(super) async fn body(
        &mut self,
        decoder: &mut BodyDecoder,
        idle: Duration,
        mut sink: impl FnMut(&[u8]) -> ControlFlow<()>,
    ) -> Result<(), Broken> {
        loop {
            while !self.filled().is_empty() && !decoder.is_complete() {
                let step = decoder.step(self.filled())?;
                let flow = sink(&self.filled()[step.data.clone()]);
                self.consume(step.consumed);
                if flow.is_break() {
                    return Err(Refusal::BodyTooLarge.into());
                }
            }
            if decoder.is_complete() {
                return Ok(());
            }
            self.deadline.set(Instant::now(), idle);
            match self.fill().await {
                Some(Ok(0)) => return Ok(decoder.end_of_input()?),
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(Broken::Failed(error)),
                None => return Err(Broken::TimedOut { begun: true }),
            }
        }
    }

    /// Writes all of it before the deadline; `None`: not done in time.
    pub(super) async fn write(&mut self, bytes: &[u8]) -> Option<io::Result<()>> {
        let Stream {
            socket, deadline, ..
        } = self;
        deadline.limit(socket.write_all(bytes)).await
    }

    /// Whether the peer has closed, or sent what nobody asked for.
    pub(super) fn is_spoiled(&mut self) -> bool {
        let mut byte = [0; 1];
        let mut room = tokio::io::ReadBuf::new(&mut byte);
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        !self.filled().is_empty()
            || Pin::new(&mut self.socket)
                .poll_read(&mut context, &mut room)
                .is_ready()
    }
}
