//! Reads one request: its head, what an origin wants to know of it, and its body, which nobody keeps.

use bytes::{Buf, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt};

const HEAD_BYTES_MAX: usize = 64 * 1024;

/// What an origin wants to know of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) path: Box<[u8]>,
    pub(super) is_head: bool,
    pub(super) keep_alive: bool,
}

impl Request {
    pub(super) fn is_health_check(&self) -> bool {
        &*self.path == b"/healthz"
    }
}

/// Why there is no request.
pub(super) enum NoRequest {
    /// The client has gone.
    Gone,
    /// What it sent is not HTTP.
    Malformed,
}

/// Reads a request to the end of its body. `buffer` holds what was read ahead of time.
pub(super) async fn read<S: AsyncRead + Unpin>(
    stream: &mut S,
    buffer: &mut BytesMut,
) -> Result<Request, NoRequest> {
    loop {
        let mut headers = [httparse::EMPTY_HEADER; 64];
        let mut head = httparse::Request::new(&mut headers);
        match head.parse(buffer) {
            Ok(httparse::Status::Complete(length)) => {
                let path = head.path.unwrap_or("/").as_bytes().into();
                let mut request = Request {
                    path,
                    is_head: head.method == Some("HEAD"),
                    keep_alive: true,
                };
                let mut body = 0_usize;
                for header in head.headers.iter() {
                    if header.name.eq_ignore_ascii_case("content-length") {
                        body = std::str::from_utf8(header.value)
                            .ok()
                            .and_then(|text| text.parse().ok())
                            .ok_or(NoRequest::Malformed)?;
                    } else if header.name.eq_ignore_ascii_case("connection") {
                        request.keep_alive = !header.value.eq_ignore_ascii_case(b"close");
                    }
                }
                buffer.advance(length);
                while body > 0 {
                    if buffer.is_empty() {
                        fill(stream, buffer).await?;
                    }
                    let part = body.min(buffer.len());
                    buffer.advance(part);
                    body -= part;
                }
                return Ok(request);
            }
            Ok(httparse::Status::Partial) if buffer.len() < HEAD_BYTES_MAX => {
                fill(stream, buffer).await?
            }
            _ => return Err(NoRequest::Malformed),
        }
    }
}

async fn fill<S: AsyncRead + Unpin>(
    stream: &mut S,
    buffer: &mut BytesMut,
) -> Result<(), NoRequest> {
    buffer.reserve(4 * 1024);
    match stream.read_buf(buffer).await {
        Ok(0) | Err(_) => Err(NoRequest::Gone),
        Ok(_) => Ok(()),
    }
}
