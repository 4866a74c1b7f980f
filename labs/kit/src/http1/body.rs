//! Where a body ends, and what of the bytes that come is data.

use std::ops::Range;

use super::{ChunkDecoder, Limits, Refusal};

/// How the end of a body is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Framing {
    /// No body.
    None,
    /// So many bytes.
    Length(u64),
    /// Chunks, until one of size 0.
    Chunked,
    /// All that comes until the connection is closed; responses only.
    UntilClose,
    /// What follows is another protocol, in both directions; responses only.
    Upgrade,
}

/// What a decoder made of the bytes it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// So many bytes are done with. The next call gets what follows them.
    pub consumed: usize,
    /// Which of them are data; may be empty.
    pub data: Range<usize>,
    /// The body is complete; what follows belongs to the next message.
    pub is_end: bool,
}

/// Follows the bytes of a body.
#[derive(Debug, Clone)]
pub struct BodyDecoder {
    state: State,
    /// Data bytes that may still come.
    allowed: u64,
}

#[derive(Debug, Clone)]
enum State {
    Length(u64),
    Chunked(ChunkDecoder),
    UntilClose,
}

impl BodyDecoder {
    /// For a body of this framing.
    pub fn new(framing: Framing, limits: &Limits) -> BodyDecoder {
        let state = match framing {
            Framing::None => State::Length(0),
            Framing::Length(length) => State::Length(length),
            Framing::Chunked => State::Chunked(ChunkDecoder::new(limits)),
            Framing::UntilClose | Framing::Upgrade => State::UntilClose,
        };
        // What is passed through until the end of a connection is not a body of ours to limit.
        let is_switched = framing == Framing::Upgrade;
        let allowed = if is_switched {
            u64::MAX
        } else {
            limits.body_bytes_max
        };
        BodyDecoder { state, allowed }
    }

    /// Looks at the bytes that came: as many as belong to the next piece of data.
    ///
    /// # Errors
    /// Chunks that are none, or a body larger than the limit.
    pub fn step(&mut self, bytes: &[u8]) -> Result<Step, Refusal> {
        let step = match &mut self.state {
            State::Length(left) => {
                let here = usize::try_from(*left)
                    .unwrap_or(usize::MAX)
                    .min(bytes.len());
                *left -= here as u64;
                Step {
                    consumed: here,
                    data: 0..here,
                    is_end: *left == 0,
                }
            }
            State::Chunked(decoder) => decoder.step(bytes)?,
            State::UntilClose => Step {
                consumed: bytes.len(),
                data: 0..bytes.len(),
                is_end: false,
            },
        };
        let left = self.allowed.checked_sub(step.data.len() as u64);
        self.allowed = left.ok_or(Refusal::BodyTooLarge)?;
        Ok(step)
    }

    /// Whether the body is complete.
    pub fn is_complete(&self) -> bool {
        match &self.state {
            State::Length(left) => *left == 0,
            State::Chunked(decoder) => decoder.is_complete(),
            State::UntilClose => false,
        }
    }

    /// The connection has ended.
    ///
    /// # Errors
    /// [`Refusal::Truncated`] when the body was not complete.
    pub fn end_of_input(&self) -> Result<(), Refusal> {
        let may_end = matches!(self.state, State::UntilClose) || self.is_complete();
        if may_end {
            Ok(())
        } else {
            Err(Refusal::Truncated)
        }
    }
}

/// Appends data as one chunk; nothing when it is empty, since an empty chunk is the last.
pub fn put_chunk(data: &[u8], out: &mut Vec<u8>) {
    if data.is_empty() {
        return;
    }
    let digits = (usize::BITS - data.len().leading_zeros()).div_ceil(4);
    for place in (0..digits).rev() {
        out.push(b"0123456789abcdef"[data.len() >> (4 * place) & 0xf]);
    }
    out.extend_from_slice(b"\r\n");
    out.extend_from_slice(data);
    out.extend_from_slice(b"\r\n");
}

/// Appends the chunk that ends a body.
pub fn put_last_chunk(out: &mut Vec<u8>) {
    out.extend_from_slice(b"0\r\n\r\n");
}
