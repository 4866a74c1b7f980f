//! How much a peer may send, and how long it may take.

use std::time::Duration;

/// No head has more header lines than this, whatever [`Limits`] say: they are split into an array on the stack.
pub const HEADER_COUNT_CEILING: usize = 128;

/// How much a peer may send. What is larger is refused before it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// A head, from its first line to the empty one, in bytes. Default 16 KiB, haproxy's buffer.
    pub head_bytes_max: usize,
    /// Header lines of a head. Default 100, haproxy's limit; never more than [`HEADER_COUNT_CEILING`].
    pub header_count_max: usize,
    /// A body without its framing, in bytes. Default 1 GiB.
    pub body_bytes_max: u64,
    /// A chunk's size with its extensions, in bytes. Default 256; all extensions of a body together: 64 times that.
    pub chunk_line_bytes_max: usize,
    /// The trailer section of a chunked body, in bytes. Default 4 KiB.
    pub trailer_bytes_max: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            head_bytes_max: 16 << 10,
            header_count_max: 100,
            body_bytes_max: 1 << 30,
            chunk_line_bytes_max: 256,
            trailer_bytes_max: 4 << 10,
        }
    }
}

/// How long each phase may take. A phase that takes longer ends the exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// From the first byte of a head to its last, of requests. Default 10 s: slow writers hold a connection no longer.
    pub head: Duration,
    /// Between two pieces of a body, in either direction, reading or writing. Default 30 s.
    pub body_idle: Duration,
    /// Between an answer and the next request. Default 60 s.
    pub keep_alive: Duration,
    /// Until a connection is established. Default 2 s.
    pub connect: Duration,
    /// From the request, sent as far as it was there, to the head of its answer. Default 30 s.
    pub response_head: Duration,
}

impl Default for Timeouts {
    fn default() -> Timeouts {
        Timeouts {
            head: Duration::from_secs(10),
            body_idle: Duration::from_secs(30),
            keep_alive: Duration::from_secs(60),
            connect: Duration::from_secs(2),
            response_head: Duration::from_secs(30),
        }
    }
}
