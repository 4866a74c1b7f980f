//! Writes answers: whole ones, and those that go wrong on purpose.

use std::io;

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::request::Request;
use super::shared::Shared;

/// Bodies up to this are sent together with their head.
const TOGETHER_BYTES_MAX: usize = 64 * 1024;
/// What long answers are made of.
static DOTS: [u8; 64 * 1024] = [b'.'; 64 * 1024];

/// What a head says.
pub(super) struct Head<'a> {
    pub(super) status: u16,
    /// What the cache said.
    pub(super) hit: Option<bool>,
    pub(super) body: &'a [u8],
    /// So many more bytes after the body's, all of them dots.
    pub(super) dots: u64,
    pub(super) keep_alive: bool,
}

/// Writes a whole answer.
pub(super) async fn write(
    stream: &mut TcpStream,
    head: &Head<'_>,
    shared: &Shared,
    request: &Request,
) -> io::Result<()> {
    let mut bytes = text(head, shared.name());
    if request.is_head {
        return stream.write_all(&bytes).await;
    }
    if head.body.len() <= TOGETHER_BYTES_MAX {
        bytes.extend_from_slice(head.body);
        stream.write_all(&bytes).await?;
    } else {
        stream.write_all(&bytes).await?;
        stream.write_all(head.body).await?;
    }
    let mut left = head.dots;
    while left > 0 {
        let piece = left.min(DOTS.len() as u64) as usize;
        stream.write_all(&DOTS[..piece]).await?;
        left -= piece as u64;
    }
    Ok(())
}

/// Writes the head and half of the body.
pub(super) async fn write_half(stream: &mut TcpStream, shared: &Shared) -> io::Result<()> {
    let head = Head {
        status: 200,
        hit: None,
        body: &shared.body,
        dots: 0,
        keep_alive: true,
    };
    stream.write_all(&text(&head, shared.name())).await?;
    stream
        .write_all(&shared.body[..shared.body.len() / 2])
        .await
}

/// Writes what no client can read as HTTP.
pub(super) async fn write_garbage(stream: &mut TcpStream) -> io::Result<()> {
    stream
        .write_all(b"\x16\x03\x01 this is not the protocol you are looking for\r\n\r\n")
        .await
}

fn text(head: &Head<'_>, name: &str) -> Vec<u8> {
    let reason = match head.status {
        200 => "OK",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "On Request",
    };
    let cache = match head.hit {
        Some(true) => "X-Cache: hit\r\n",
        Some(false) => "X-Cache: miss\r\n",
        None => "",
    };
    let close = if head.keep_alive {
        ""
    } else {
        "Connection: close\r\n"
    };
    let (status, bytes) = (head.status, head.body.len() as u64 + head.dots);
    format!(
        "HTTP/1.1 {status} {reason}\r\nX-Server: {name}\r\n{cache}{close}Content-Type: text/plain\r\nContent-Length: {bytes}\r\n\r\n"
    )
    .into_bytes()
}
