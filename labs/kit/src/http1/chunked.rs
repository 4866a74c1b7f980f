//! Chunks: sizes in hexadecimal digits, data, CRLF, until a chunk of size 0 and the trailer section after it.

use super::{Limits, Refusal, Step};

/// More digits than this are no size: they would not fit into 64 bits.
const SIZE_DIGITS_MAX: u8 = 16;
/// All extensions of a body together may have so many times the bytes of one line: nobody needs them, and each costs work.
const EXTENSION_LINES_MAX: usize = 64;

/// Follows chunked bytes. Extensions and trailers are checked and left out.
#[derive(Debug, Clone)]
pub struct ChunkDecoder {
    state: State,
    /// Of the line that is being read: bytes that may still come.
    line_left: usize,
    line_bytes_max: usize,
    extension_left: usize,
    trailer_left: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Size { value: u64, digits: u8 },
    Extension { value: u64 },
    SizeEnd { value: u64 },
    Data { left: u64 },
    DataReturn,
    DataEnd,
    TrailerStart,
    TrailerName,
    TrailerValue,
    TrailerEnd,
    LastEnd,
    Complete,
}

impl ChunkDecoder {
    /// At the start of a body.
    pub fn new(limits: &Limits) -> ChunkDecoder {
        let line_bytes_max = limits.chunk_line_bytes_max;
        ChunkDecoder {
            state: State::Size {
                value: 0,
                digits: 0,
            },
            line_left: line_bytes_max,
            line_bytes_max,
            extension_left: line_bytes_max.saturating_mul(EXTENSION_LINES_MAX),
            trailer_left: limits.trailer_bytes_max,
        }
    }

    /// Whether the last chunk and the trailer section have come.
    pub fn is_complete(&self) -> bool {
        self.state == State::Complete
    }

    /// Looks at the bytes that came, up to the end of one piece of data.
    ///
    /// # Errors
    /// Anything but chunks as RFC 9112, 7.1 has them; lines larger than the limits.
    pub fn step(&mut self, bytes: &[u8]) -> Result<Step, Refusal> {
        let mut at = 0;
        while at < bytes.len() && self.state != State::Complete {
            if let State::Data { left } = self.state {
                let here = usize::try_from(left)
                    .unwrap_or(usize::MAX)
                    .min(bytes.len() - at);
                let left = left - here as u64;
                self.state = if left == 0 {
                    State::DataReturn
                } else {
                    State::Data { left }
                };
                return Ok(Step {
                    consumed: at + here,
                    data: at..at + here,
                    is_end: false,
                });
            }
            self.state = self.after(bytes[at])?;
            at += 1;
        }
        Ok(Step {
            consumed: at,
            data: at..at,
            is_end: self.is_complete(),
        })
    }

    /// The state after one byte of framing.
    fn after(&mut self, byte: u8) -> Result<State, Refusal> {
        match self.state {
            State::Size { value, digits } => self.after_size(byte, value, digits),
            State::Extension { value } => self.after_extension(byte, value),
            State::SizeEnd { value } if byte == b'\n' => {
                self.line_left = self.line_bytes_max;
                let is_last = value == 0;
                Ok(if is_last {
                    State::TrailerStart
                } else {
                    State::Data { left: value }
                })
            }
            State::SizeEnd { .. } => Err(Refusal::ChunkSize),
            State::DataReturn if byte == b'\r' => Ok(State::DataEnd),
            State::DataEnd if byte == b'\n' => Ok(State::Size {
                value: 0,
                digits: 0,
            }),
            State::DataReturn | State::DataEnd => Err(Refusal::ChunkEnd),
            State::TrailerStart
            | State::TrailerName
            | State::TrailerValue
            | State::TrailerEnd
            | State::LastEnd => self.after_trailer(byte),
            state @ (State::Data { .. } | State::Complete) => Ok(state),
        }
    }

    fn after_size(&mut self, byte: u8, value: u64, digits: u8) -> Result<State, Refusal> {
        self.count_line()?;
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'f' => byte - b'a' + 10,
            b'A'..=b'F' => byte - b'A' + 10,
            b'\r' if digits > 0 => return Ok(State::SizeEnd { value }),
            b';' if digits > 0 => return Ok(State::Extension { value }),
            _ => return Err(Refusal::ChunkSize),
        };
        if digits == SIZE_DIGITS_MAX {
            return Err(Refusal::ChunkSize);
        }
        Ok(State::Size {
            value: value << 4 | u64::from(digit),
            digits: digits + 1,
        })
    }

    fn after_extension(&mut self, byte: u8, value: u64) -> Result<State, Refusal> {
        self.count_line()?;
        self.extension_left = self
            .extension_left
            .checked_sub(1)
            .ok_or(Refusal::ChunkLineTooLarge)?;
        match byte {
            b'\r' => Ok(State::SizeEnd { value }),
            b'\t' | b' '..=b'~' => Ok(State::Extension { value }),
            _ => Err(Refusal::ChunkExtension),
        }
    }

    fn after_trailer(&mut self, byte: u8) -> Result<State, Refusal> {
        self.trailer_left = self
            .trailer_left
            .checked_sub(1)
            .ok_or(Refusal::TrailerTooLarge)?;
        match (self.state, byte) {
            (State::TrailerStart, b'\r') => Ok(State::LastEnd),
            (State::LastEnd, b'\n') => Ok(State::Complete),
            (State::TrailerName, b':') => Ok(State::TrailerValue),
            (State::TrailerStart | State::TrailerName, byte) if is_token(byte) => {
                Ok(State::TrailerName)
            }
            (State::TrailerValue, b'\r') => Ok(State::TrailerEnd),
            (State::TrailerValue, b'\t' | b' '..=b'~' | 0x80..) => Ok(State::TrailerValue),
            (State::TrailerEnd, b'\n') => Ok(State::TrailerStart),
            _ => Err(Refusal::Trailer),
        }
    }

    fn count_line(&mut self) -> Result<(), Refusal> {
        self.line_left = self
            .line_left
            .checked_sub(1)
            .ok_or(Refusal::ChunkLineTooLarge)?;
        Ok(())
    }
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}
