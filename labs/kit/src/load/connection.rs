//! One connection of a load: sends a request, reads its answer, says whether it can be used again.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;

use super::answer::{self, Answer};
use super::report::Failure;
use super::request::Request;
use crate::http1::Buffers;
use crate::incoming::Incoming;

/// Makes connections: over TCP, or in a test over pipes in memory.
pub(super) trait Dial: 'static {
    type Stream: AsyncRead + AsyncWrite + Unpin + 'static;

    fn dial(&self) -> impl Future<Output = io::Result<Self::Stream>>;
}

/// Connections to an address.
pub(super) struct Tcp(pub(super) SocketAddr);

impl Dial for Tcp {
    type Stream = TcpStream;

    async fn dial(&self) -> io::Result<TcpStream> {
        let stream = TcpStream::connect(self.0).await?;
        stream.set_nodelay(true)?;
        Ok(stream)
    }
}

/// A connection, and what was read of it ahead of time.
pub(super) struct Connection<S> {
    stream: S,
    incoming: Incoming,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Connection<S> {
    pub(super) fn new(stream: S, buffers: Arc<Buffers>) -> Self {
        Self {
            stream,
            incoming: Incoming::new(buffers),
        }
    }

    /// Whether an idle connection is still good: neither closed nor with bytes that nobody asked for.
    pub(super) fn is_quiet(&mut self) -> bool {
        if !self.incoming.filled().is_empty() {
            return false;
        }
        let mut byte = [0];
        let mut read = ReadBuf::new(&mut byte);
        let mut context = Context::from_waker(Waker::noop());
        matches!(
            Pin::new(&mut self.stream).poll_read(&mut context, &mut read),
            Poll::Pending
        )
    }

    /// Sends a request and reads the whole answer.
    pub(super) async fn exchange(&mut self, request: &Request) -> Result<Answer, Failure> {
        // A server may answer and close before it has read everything: what it says counts more than that.
        let written = self.stream.write_all(&request.bytes).await;
        match answer::read(&mut self.stream, &mut self.incoming).await {
            Err(Failure::Empty) if written.is_err() => Err(Failure::Reset),
            read => read,
        }
    }
}
