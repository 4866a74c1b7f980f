//! One connection of a load: sends a request, reads its answer, says whether it can be used again.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use bytes::BytesMut;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;

use super::answer;
use super::report::Failure;
use super::request::Request;

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

/// A connection, and what was read of it ahead of time.
pub(super) struct Connection<S> {
    stream: S,
    buffer: BytesMut,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Connection<S> {
    pub(super) fn new(stream: S) -> Self {
        Self {
            stream,
            buffer: BytesMut::new(),
        }
    }

    /// Whether an idle connection is still good: neither closed nor with bytes that nobody asked for.
    pub(super) fn is_quiet(&mut self) -> bool {
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
        match answer::read(&mut self.stream, &mut self.buffer).await {
            Err(Failure::Empty) if written.is_err() => Err(Failure::Reset),
            read => read,
        }
    }
}
