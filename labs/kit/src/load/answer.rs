//! Reads one answer: its head, what a load wants to know of it, and its body, which nobody keeps.

use std::io;

use bytes::{Buf, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt};

use super::connection::Answer;
use super::report::Failure;

const HEAD_BYTES_MAX: usize = 64 * 1024;

/// Reads an answer to its end. `buffer` holds what was read ahead of time.
pub(super) async fn read<S: AsyncRead + Unpin>(
    stream: &mut S,
    buffer: &mut BytesMut,
) -> Result<Answer, Failure> {
    loop {
        let mut headers = [httparse::EMPTY_HEADER; 64];
        let mut head = httparse::Response::new(&mut headers);
        match head.parse(buffer) {
            Ok(httparse::Status::Complete(length)) => {
                let mut answer = Answer {
                    status: head.code.unwrap_or(0),
                    keep_alive: true,
                    ..Answer::default()
                };
                let mut body = 0_usize;
                for header in head.headers.iter() {
                    if header.name.eq_ignore_ascii_case("content-length") {
                        body = std::str::from_utf8(header.value)
                            .ok()
                            .and_then(|text| text.parse().ok())
                            .ok_or(Failure::Malformed)?;
                    } else if header.name.eq_ignore_ascii_case("x-server") {
                        answer.server = Some(header.value.into());
                    } else if header.name.eq_ignore_ascii_case("set-cookie") {
                        answer.cookies.push(header.value.into());
                    } else if header.name.eq_ignore_ascii_case("connection") {
                        answer.keep_alive = !header.value.eq_ignore_ascii_case(b"close");
                    }
                }
                buffer.advance(length);
                while body > 0 {
                    if buffer.is_empty() {
                        fill(stream, buffer, Failure::ClosedEarly).await?;
                    }
                    let part = body.min(buffer.len());
                    buffer.advance(part);
                    body -= part;
                }
                return Ok(answer);
            }
            Ok(httparse::Status::Partial) if buffer.len() < HEAD_BYTES_MAX => {
                let reason = if buffer.is_empty() {
                    Failure::Empty
                } else {
                    Failure::ClosedEarly
                };
                fill(stream, buffer, reason).await?;
            }
            _ => return Err(Failure::Malformed),
        }
    }
}

async fn fill<S: AsyncRead + Unpin>(
    stream: &mut S,
    buffer: &mut BytesMut,
    closed: Failure,
) -> Result<(), Failure> {
    buffer.reserve(8 * 1024);
    match stream.read_buf(buffer).await {
        Ok(0) => Err(closed),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::ConnectionReset => Err(Failure::Reset),
        Err(_) => Err(closed),
    }
}
