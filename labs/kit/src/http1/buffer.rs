//! Buffers that are there only while something is in flight, so that an idle connection costs next to nothing.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, ReadBuf};

use super::Spare;

/// A pool of buffers of one size.
#[derive(Debug)]
pub struct Buffers {
    free: Spare<Buffer>,
    buffer_bytes: usize,
}

impl Buffers {
    /// A pool that hands out buffers of so many bytes and keeps at most `kept_max` that are not in use.
    pub fn new(buffer_bytes: usize, kept_max: usize) -> Buffers {
        Buffers {
            free: Spare::new(kept_max),
            buffer_bytes,
        }
    }

    /// An empty buffer.
    pub fn take(&self) -> Buffer {
        let free = self.free.take();
        free.unwrap_or_else(|| Buffer::new(self.buffer_bytes))
    }

    /// Takes a buffer back.
    pub fn give(&self, mut buffer: Buffer) {
        if buffer.bytes.len() == self.buffer_bytes {
            buffer.clear();
            self.free.give(buffer);
        }
    }

    /// Drops as many as nobody has needed since this was last called.
    pub fn trim(&self) {
        self.free.trim();
    }

    /// So many bytes of the buffer are done with; when nothing is left in it, it comes back.
    pub fn consume(&self, slot: &mut Option<Buffer>, count: usize) {
        if let Some(buffer) = slot {
            buffer.consume(count);
            if buffer.is_empty()
                && let Some(buffer) = slot.take()
            {
                self.give(buffer);
            }
        }
    }

    /// How many are kept at this moment.
    pub fn kept(&self) -> usize {
        self.free.kept()
    }
}

/// Bytes that came and are not yet done with. Its size is fixed: a peer cannot make it grow.
#[derive(Debug, Default)]
pub struct Buffer {
    bytes: Box<[u8]>,
    start: usize,
    end: usize,
}

impl Buffer {
    /// An empty buffer of so many bytes.
    pub fn new(buffer_bytes: usize) -> Buffer {
        Buffer {
            bytes: vec![0; buffer_bytes].into_boxed_slice(),
            start: 0,
            end: 0,
        }
    }

    /// What has come and is not yet done with.
    pub fn filled(&self) -> &[u8] {
        &self.bytes[self.start..self.end]
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Whether nothing more goes in, even when the rest is moved to the front.
    pub fn is_full(&self) -> bool {
        self.end - self.start == self.bytes.len()
    }

    /// The first `count` bytes are done with.
    pub fn consume(&mut self, count: usize) {
        self.start = (self.start + count).min(self.end);
        if self.start == self.end {
            self.clear();
        }
    }

    /// Nothing in it is needed any more.
    pub fn clear(&mut self) {
        self.start = 0;
        self.end = 0;
    }

    /// Reads once, behind what is there. 0 bytes: the peer will send nothing more.
    ///
    /// # Errors
    /// What the connection says; [`io::ErrorKind::OutOfMemory`] when the buffer is full.
    pub fn poll_fill<R: AsyncRead + Unpin>(
        &mut self,
        context: &mut Context,
        from: &mut R,
    ) -> Poll<io::Result<usize>> {
        if self.end == self.bytes.len() {
            if self.start == 0 {
                return Poll::Ready(Err(io::ErrorKind::OutOfMemory.into()));
            }
            self.bytes.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        let mut room = ReadBuf::new(&mut self.bytes[self.end..]);
        ready!(Pin::new(from).poll_read(context, &mut room))?;
        let count = room.filled().len();
        self.end += count;
        Poll::Ready(Ok(count))
    }
}

/// Reads once into a buffer that is there only while it holds something: when nothing has come yet, it goes straight back to
/// the pool. 0 bytes: the peer will send nothing more.
///
/// # Errors
/// As [`Buffer::poll_fill`].
pub fn poll_fill<R: AsyncRead + Unpin>(
    context: &mut Context,
    from: &mut R,
    slot: &mut Option<Buffer>,
    buffers: &Buffers,
) -> Poll<io::Result<usize>> {
    let mut buffer = slot.take().unwrap_or_else(|| buffers.take());
    let filled = buffer.poll_fill(context, from);
    if buffer.is_empty() {
        buffers.give(buffer);
    } else {
        *slot = Some(buffer);
    }
    filled
}
