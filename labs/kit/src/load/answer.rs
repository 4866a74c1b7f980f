//! Reads one answer: what a load wants to know of its head, and its body, which nobody keeps.

use std::io;

use tokio::io::AsyncRead;

use super::report::Failure;
use crate::http1::{Framing, HeaderSlots, Limits, ResponseHead};
use crate::incoming::{Incoming, Lost};

/// What a load wants to know of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// The header `X-Server`.
    pub(super) server: Option<Box<[u8]>>,
    /// The headers `Set-Cookie`.
    pub(super) cookies: Vec<Box<[u8]>>,
    /// Whether the connection may be used again.
    pub(super) keep_alive: bool,
}

/// Reads an answer to its end; interim ones are passed over.
pub(super) async fn read<S: AsyncRead + Unpin>(
    stream: &mut S,
    incoming: &mut Incoming,
) -> Result<Answer, Failure> {
    let limits = Limits::default();
    loop {
        let end = incoming.head(stream, &limits).await.map_err(reason_of)?;
        let (answer, framing, is_interim) = {
            let mut slots = HeaderSlots::new();
            let head = ResponseHead::parse(&incoming.filled()[..end], &mut slots, &limits);
            let head = head.map_err(|refusal| reason_of(refusal.into()))?;
            (Answer::of(&head), head.framing, head.is_interim())
        };
        incoming.consume(end);
        if is_interim {
            continue;
        }
        if framing == Framing::Upgrade {
            // Nobody asked for it.
            return Err(Failure::Malformed);
        }
        // Nobody asks by HEAD, so the framing holds as it stands.
        incoming
            .skip_body(stream, framing, &limits)
            .await
            .map_err(in_the_middle)?;
        return Ok(answer);
    }
}

impl Answer {
    fn of(head: &ResponseHead<'_, '_>) -> Self {
        let mut answer = Self {
            status: head.status,
            keep_alive: head.persists,
            ..Self::default()
        };
        for header in head.headers {
            if header.name.eq_ignore_ascii_case("x-server") {
                answer.server = Some(header.value.into());
            } else if header.name.eq_ignore_ascii_case("set-cookie") {
                answer.cookies.push(header.value.into());
            }
        }
        answer
    }
}

fn reason_of(lost: Lost) -> Failure {
    match lost {
        Lost::Nothing => Failure::Empty,
        Lost::Rest => Failure::ClosedEarly,
        Lost::Connection(error) if error.kind() == io::ErrorKind::ConnectionReset => Failure::Reset,
        Lost::Connection(_) => Failure::ClosedEarly,
        Lost::Meaning(_) => Failure::Malformed,
    }
}

fn in_the_middle(lost: Lost) -> Failure {
    match reason_of(lost) {
        Failure::Empty => Failure::ClosedEarly,
        reason => reason,
    }
}
