//! One direction of a connection: reads from one side, writes to the other.
//!
//! Bytes that arrive go through a buffer that all connections of a thread share; only what the other side does not take at
//! once is kept, so an idle connection holds no memory for bytes. Nothing is read only to find that there is nothing: a read
//! that does not fill the buffer has emptied the socket. When reads fill the buffer again and again, the rest is
//! [spliced](super::splice): the kernel moves it from socket to socket.

use std::{
    boxed::Box,
    cell::RefCell,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    vec,
    vec::Vec,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};

#[cfg(target_os = "linux")]
use super::splice::Pipe;

/// Size of the buffer. Larger ones no longer make copying quicker, as they fall out of the processor's nearest caches.
const BUFFER_BYTES: usize = 64 << 10;

/// So many full buffers in a row are no exchange of messages, but a stream.
#[cfg(target_os = "linux")]
const FULL_READS_OF_A_STREAM: u32 = 4;

std::thread_local! {
    /// Filled and emptied within one call, so that all connections of a thread can share it.
    static BUFFER: RefCell<Box<[u8]>> = RefCell::new(vec![0; BUFFER_BYTES].into_boxed_slice());
}

/// Which side an error came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The one that is read.
    From,
    /// The one that is written to.
    To,
}

/// What a direction keeps between two calls.
#[derive(Debug, Default)]
pub(super) struct Direction {
    passed: u64,
    /// What was read and not written yet.
    rest: Vec<u8>,
    /// How much of `rest` is written.
    written: usize,
    full_reads: u32,
    state: State,
    #[cfg(target_os = "linux")]
    pipe: Option<Pipe>,
}

/// How far a direction is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum State {
    /// Bytes may come.
    #[default]
    Open,
    /// The one side has ended; what is left has to be written.
    Ended,
    /// The other side has been told so.
    Closed,
}

impl Direction {
    /// Bytes that were written.
    pub(super) fn passed(&self) -> u64 {
        self.passed
    }

    /// Gives back what only a busy connection needs.
    pub(super) fn rest(&mut self) {
        #[cfg(target_os = "linux")]
        if self.pipe.as_ref().is_some_and(Pipe::is_empty) {
            self.pipe = None;
            self.full_reads = 0;
        }
    }

    /// Moves what can be moved. Ready when one side has ended and the other knows.
    pub(super) fn poll(
        &mut self,
        context: &mut Context,
        from: &mut TcpStream,
        to: &mut TcpStream,
    ) -> Poll<Result<(), Side>> {
        loop {
            match self.state {
                State::Closed => return Poll::Ready(Ok(())),
                _ if !self.rest.is_empty() => ready!(self.write_rest(context, to))?,
                #[cfg(target_os = "linux")]
                _ if self.pipe.is_some() => ready!(self.splice(context, from, to))?,
                State::Open => ready!(self.pass(context, from, to))?,
                State::Ended => {
                    // An error here means that the other side is gone already.
                    let _ = ready!(Pin::new(&mut *to).poll_shutdown(context));
                    self.state = State::Closed;
                }
            }
        }
    }

    /// Reads once, and writes what was read.
    fn pass(
        &mut self,
        context: &mut Context,
        from: &mut TcpStream,
        to: &mut TcpStream,
    ) -> Poll<Result<(), Side>> {
        BUFFER.with_borrow_mut(|buffer| {
            let mut buffer = ReadBuf::new(buffer);
            let read = Pin::new(from).poll_read(context, &mut buffer);
            ready!(read).map_err(|_| Side::From)?;
            let bytes = buffer.filled();
            if bytes.is_empty() {
                self.state = State::Ended;
                return Poll::Ready(Ok(()));
            }
            self.note_read(bytes.len());
            let written = match Pin::new(to).poll_write(context, bytes) {
                Poll::Ready(written) => written.map_err(|_| Side::To)?,
                Poll::Pending => 0,
            };
            self.passed += written as u64;
            if written < bytes.len() {
                self.rest = bytes[written..].to_vec();
                self.written = 0;
            }
            Poll::Ready(Ok(()))
        })
    }

    #[cfg(target_os = "linux")]
    fn note_read(&mut self, length: usize) {
        let is_full = length == BUFFER_BYTES;
        self.full_reads = if is_full { self.full_reads + 1 } else { 0 };
        if self.full_reads == FULL_READS_OF_A_STREAM {
            // Without a pipe, as when there are too many files, copying goes on.
            self.pipe = Pipe::new().ok();
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn note_read(&mut self, _length: usize) {}

    fn write_rest(&mut self, context: &mut Context, to: &mut TcpStream) -> Poll<Result<(), Side>> {
        let written = Pin::new(to).poll_write(context, &self.rest[self.written..]);
        let written = ready!(written).map_err(|_| Side::To)?;
        self.passed += written as u64;
        self.written += written;
        if self.written == self.rest.len() {
            self.rest = Vec::new();
        }
        Poll::Ready(Ok(()))
    }

    /// Moves what can be moved through the pipe.
    #[cfg(target_os = "linux")]
    fn splice(
        &mut self,
        context: &mut Context,
        from: &TcpStream,
        to: &TcpStream,
    ) -> Poll<Result<(), Side>> {
        let Some(pipe) = &mut self.pipe else {
            return Poll::Ready(Ok(()));
        };
        if pipe.is_empty() {
            let filled = ready!(poll_io(from.poll_read_ready(context), || pipe.fill(from)));
            if filled.map_err(|_| Side::From)? == Some(0) {
                self.state = State::Ended;
            }
        }
        if !pipe.is_empty() {
            let emptied = ready!(poll_io(to.poll_write_ready(context), || pipe.empty(to)));
            self.passed += emptied.map_err(|_| Side::To)?.unwrap_or(0) as u64;
        }
        if pipe.is_empty() && (self.state == State::Ended || pipe.is_underused()) {
            self.pipe = None;
            self.full_reads = 0;
        }
        Poll::Ready(Ok(()))
    }
}

/// A call on a socket that said it was ready. `None`: it was not after all, and is asked again.
#[cfg(target_os = "linux")]
fn poll_io<T>(
    is_ready: Poll<io::Result<()>>,
    call: impl FnOnce() -> io::Result<T>,
) -> Poll<io::Result<Option<T>>> {
    ready!(is_ready)?;
    match call() {
        Ok(done) => Poll::Ready(Ok(Some(done))),
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Poll::Ready(Ok(None)),
        Err(error) => Poll::Ready(Err(error)),
    }
}
