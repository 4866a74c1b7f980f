//! After a switch of protocols: bytes both ways, unread, until both sides have closed or nothing has come for too long.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::prelude::v1::*;
use std::task::{Context, Poll, ready};

use kit::http1::{Buffer, Buffers, poll_fill};
use simulation::Duration;
use tokio::io::AsyncWrite;
use tokio::net::TcpStream;
use tokio::time::Instant;

use super::front::Front;
use super::server::Server;
use crate::server::pool::{Failure, Lease};

/// One direction.
#[derive(Debug, Default)]
struct Flow {
    held: Option<Buffer>,
    has_ended: bool,
    is_closed: bool,
    bytes: u64,
}

impl Flow {
    /// Ready: this direction is over.
    fn poll(
        &mut self,
        context: &mut Context,
        (from, to): (&mut TcpStream, &mut TcpStream),
        buffers: &Buffers,
    ) -> Poll<io::Result<()>> {
        while !self.is_closed {
            if let Some(buffer) = &self.held {
                let count = ready!(Pin::new(&mut *to).poll_write(context, buffer.filled()))?;
                self.bytes += count as u64;
                buffers.consume(&mut self.held, count);
            } else if self.has_ended {
                ready!(Pin::new(&mut *to).poll_shutdown(context))?;
                self.is_closed = true;
            } else {
                self.has_ended = ready!(poll_fill(context, from, &mut self.held, buffers))? == 0;
            }
        }
        Poll::Ready(Ok(()))
    }
}

/// Passes bytes both ways. What came behind the two heads comes first.
pub(super) async fn tunnel(mut front: Front, (mut server, mut lease): (Server, Lease)) {
    let (buffers, patience) = (&front.worker.buffers, &front.worker.patience);
    let mut up = Flow {
        held: front.input.take(),
        ..Flow::default()
    };
    let mut down = Flow {
        held: server.input.take(),
        ..Flow::default()
    };
    let deadline = &mut front.deadline;
    deadline.set(Instant::now(), patience.tunnel);
    let both = poll_fn(|context| {
        let before = (up.bytes, down.bytes);
        let sent = up.poll(context, (&mut front.socket, &mut server.socket), buffers)?;
        let received = down.poll(context, (&mut server.socket, &mut front.socket), buffers)?;
        if sent.is_ready() && received.is_ready() {
            return Poll::Ready(io::Result::Ok(()));
        }
        if before != (up.bytes, down.bytes) {
            deadline.set(Instant::now(), patience.tunnel);
        }
        deadline
            .poll(context)
            .map(|()| Err(io::ErrorKind::TimedOut.into()))
    });
    let ended = both.await;
    lease.passed(up.bytes, down.bytes);
    let now = front.worker.shared.clock.now();
    match ended {
        // How long it took to begin is told already.
        Ok(()) => lease.answered(Duration::default(), now),
        Err(error) if error.kind() == io::ErrorKind::TimedOut => {
            lease.failed(Failure::StreamIdle, now);
        }
        Err(_) => lease.failed(Failure::StreamReset, now),
    }
}
