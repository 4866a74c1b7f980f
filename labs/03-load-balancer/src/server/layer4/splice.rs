//! A pipe between two sockets: splice(2) moves what has arrived at one to the other without bringing it into this program.

use std::{io, os::fd::OwnedFd};

use rustix::pipe::{PipeFlags, SpliceFlags, fcntl_setpipe_size, pipe_with, splice};
use tokio::{io::Interest, net::TcpStream};

/// What the pipe should hold: Linux gives that much to anybody.
const PIPE_BYTES: usize = 1 << 20;

/// Less than this at once is no stream any more.
const STREAM_BYTES: usize = 16 << 10;

/// So many small portions in a row, and the connection goes back to copying.
const SMALL_PORTIONS_MAX: u32 = 16;

/// A pipe, and how full it is.
#[derive(Debug)]
pub(super) struct Pipe {
    read_end: OwnedFd,
    write_end: OwnedFd,
    capacity: usize,
    held: usize,
    small_portions: u32,
}

impl Pipe {
    pub(super) fn new() -> io::Result<Pipe> {
        let (read_end, write_end) = pipe_with(PipeFlags::CLOEXEC | PipeFlags::NONBLOCK)?;
        // When the user has too many pipes already, the usual 64 KiB have to do.
        let capacity = fcntl_setpipe_size(&write_end, PIPE_BYTES).unwrap_or(64 << 10);
        Ok(Pipe {
            read_end,
            write_end,
            capacity,
            held: 0,
            small_portions: 0,
        })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.held == 0
    }

    /// Whether the stream has become an exchange of small messages.
    pub(super) fn is_underused(&self) -> bool {
        self.small_portions >= SMALL_PORTIONS_MAX
    }

    /// Takes in what has arrived; 0: the stream has ended. Only for an empty pipe: then nothing but an empty socket can make it
    /// wait.
    pub(super) fn fill(&mut self, from: &TcpStream) -> io::Result<usize> {
        let flags = SpliceFlags::MOVE | SpliceFlags::NONBLOCK;
        let filled = from.try_io(Interest::READABLE, || {
            let into = &self.write_end;
            Ok(splice(from, None, into, None, self.capacity, flags)?)
        })?;
        self.held = filled;
        self.small_portions = if filled < STREAM_BYTES {
            self.small_portions + 1
        } else {
            0
        };
        Ok(filled)
    }

    /// Gives out what is held.
    pub(super) fn empty(&mut self, to: &TcpStream) -> io::Result<usize> {
        let flags = SpliceFlags::MOVE | SpliceFlags::NONBLOCK;
        let emptied = to.try_io(Interest::WRITABLE, || {
            Ok(splice(&self.read_end, None, to, None, self.held, flags)?)
        })?;
        self.held -= emptied;
        Ok(emptied)
    }
}
