//! Messages as load and origins read them: a strict head, and a body that nobody keeps.
//!
//! In: a connection. Out: where its next head ends, then the end of its body, or what was [`Lost`]. The buffer comes from
//! a pool and goes back to it while nothing is there, so that thousands of idle connections hold none.

use std::future::poll_fn;
use std::io;
use std::sync::Arc;

use tokio::io::AsyncRead;

use crate::http1::{
    BodyDecoder, Buffer, Buffers, Framing, Limits, Refusal, Scan, head_end, poll_fill,
};

/// Buffers that wait for their next use, at most.
const BUFFERS_KEPT_MAX: usize = 256;

/// What kept a message from coming whole.
#[derive(Debug)]
pub(crate) enum Lost {
    /// The connection was closed before the first byte.
    Nothing,
    /// The connection was closed in the middle.
    Rest,
    /// The connection broke.
    Connection(io::Error),
    /// It is not HTTP.
    Meaning(Refusal),
}

impl From<Refusal> for Lost {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Truncated => Self::Rest,
            refusal => Self::Meaning(refusal),
        }
    }
}

/// What has come on a connection and is not done with.
pub(crate) struct Incoming {
    buffer: Option<Buffer>,
    buffers: Arc<Buffers>,
}

impl Incoming {
    /// The buffers that connections of one thread share.
    pub(crate) fn buffers() -> Arc<Buffers> {
        let limits = Limits::default();
        Arc::new(Buffers::new(limits.head_bytes_max, BUFFERS_KEPT_MAX))
    }

    pub(crate) fn new(buffers: Arc<Buffers>) -> Self {
        Self {
            buffer: None,
            buffers,
        }
    }

    /// What is there.
    pub(crate) fn filled(&self) -> &[u8] {
        self.buffer.as_ref().map_or(&[], Buffer::filled)
    }

    /// Waits for a whole head, and says how many bytes it has.
    pub(crate) async fn head<S: AsyncRead + Unpin>(
        &mut self,
        from: &mut S,
        limits: &Limits,
    ) -> Result<usize, Lost> {
        let mut scan = Scan::default();
        loop {
            if let Some(end) = head_end(self.filled(), &mut scan, limits)? {
                return Ok(end);
            }
            let begun = !self.filled().is_empty();
            match self.fill(from).await {
                Ok(0) if begun => return Err(Lost::Rest),
                Ok(0) => return Err(Lost::Nothing),
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::OutOfMemory => {
                    return Err(Refusal::HeadTooLarge.into());
                }
                Err(error) => return Err(Lost::Connection(error)),
            }
        }
    }

    /// So many bytes are done with.
    pub(crate) fn consume(&mut self, count: usize) {
        if let Some(buffer) = &mut self.buffer {
            buffer.consume(count);
            if buffer.is_empty()
                && let Some(buffer) = self.buffer.take()
            {
                self.buffers.give(buffer);
            }
        }
    }

    /// Reads a body to its end, and forgets it.
    pub(crate) async fn skip_body<S: AsyncRead + Unpin>(
        &mut self,
        from: &mut S,
        framing: Framing,
        limits: &Limits,
    ) -> Result<(), Lost> {
        let mut decoder = BodyDecoder::new(framing, limits);
        while !decoder.is_complete() {
            if self.filled().is_empty() {
                match self.fill(from).await {
                    Ok(0) => return Ok(decoder.end_of_input()?),
                    Ok(_) => {}
                    Err(error) => return Err(Lost::Connection(error)),
                }
            }
            let step = decoder.step(self.filled())?;
            self.consume(step.consumed);
        }
        Ok(())
    }

    async fn fill<S: AsyncRead + Unpin>(&mut self, from: &mut S) -> io::Result<usize> {
        let Self { buffer, buffers } = self;
        poll_fn(|context| poll_fill(context, from, buffer, buffers)).await
    }
}
