//! HTTP/1.1 on the data path, strictly. What comes in are bytes that nobody vouches for; what goes out are heads whose
//! framing has one meaning only, ranges of body bytes, or a [`Refusal`] that says what is wrong.
//!
//! 1. [`head_end`] finds the end of a head and refuses lines that do not end in CRLF;
//! 2. [`RequestHead`] and [`ResponseHead`] split it (by httparse), check what httparse lets through, and derive [`Framing`];
//! 3. [`BodyDecoder`] turns the bytes that follow into data, chunk by chunk, and says where the message ends.
//!
//! These three are pure: bytes in, ranges out, no socket and no clock. [`client`] and [`server`] put sockets around them for
//! whoever needs a few requests; a balancer takes the pieces. Message syntax is RFC 9112, semantics are RFC 9110. HTTP/2 and
//! TLS are out of scope.

mod body;
mod buffer;
mod chunked;
pub mod client;
mod deadline;
mod fields;
mod host;
mod limits;
mod lines;
mod refusal;
mod request;
mod response;
pub mod server;
mod spare;
mod stream;
mod target;
#[cfg(test)]
mod tests;

pub use body::{BodyDecoder, Framing, Step, put_chunk, put_last_chunk};
pub use buffer::{Buffer, Buffers, poll_fill};
pub use chunked::ChunkDecoder;
pub use deadline::Deadline;
pub use fields::{Connection, Header, HeaderSlots, Version, has_token, tokens};
pub use limits::{HEADER_COUNT_CEILING, Limits, Timeouts};
pub use lines::{Scan, head_end};
pub use refusal::Refusal;
pub use request::RequestHead;
pub use response::ResponseHead;
pub use spare::Spare;
