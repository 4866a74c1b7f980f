//! Connections to the dashboard: a bounded number, and none to which nothing can be written for long.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::serve::Listener;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep};

/// Connections at one time; more wait to be accepted.
const CONNECTIONS_MAX: usize = 64;

/// A connection to which nothing could be written for so long is closed: its client asks nothing, or asks without an end,
/// or does not read. Streams of events write more often.
const QUIET_MAX: Duration = Duration::from_secs(30);

/// Pause after a connection that could not be accepted: with no file handles left, trying at once would only burn time.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);

/// A listener whose connections are bounded.
pub(super) struct Connections {
    listener: TcpListener,
    places: Arc<Semaphore>,
}

impl Connections {
    pub(super) fn new(listener: TcpListener) -> Connections {
        Connections {
            listener,
            places: Arc::new(Semaphore::new(CONNECTIONS_MAX)),
        }
    }
}

impl Listener for Connections {
    type Io = Connection<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, SocketAddr) {
        let place = self.places.clone().acquire_owned().await.ok();
        loop {
            match self.listener.accept().await {
                Ok((stream, address)) => return (Connection::new(stream, place), address),
                Err(_) => sleep(ACCEPT_PAUSE).await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// A connection that fails when nothing was written to it for [`QUIET_MAX`].
pub(super) struct Connection<S> {
    stream: S,
    end: Pin<Box<Sleep>>,
    _place: Option<OwnedSemaphorePermit>,
}

impl<S> Connection<S> {
    fn new(stream: S, place: Option<OwnedSemaphorePermit>) -> Connection<S> {
        Connection {
            stream,
            end: Box::pin(sleep(QUIET_MAX)),
            _place: place,
        }
    }

    /// What to say while the stream is not ready.
    fn waiting<T>(&mut self, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        let end = self.end.as_mut().poll(context);
        end.map(|()| Err(io::ErrorKind::TimedOut.into()))
    }

    fn wrote(&mut self) {
        self.end.as_mut().reset(Instant::now() + QUIET_MAX);
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Connection<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        // Asked first: who sends a byte now and then is never kept waiting.
        if let Poll::Ready(over) = self.waiting(context) {
            return Poll::Ready(over);
        }
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Connection<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match Pin::new(&mut self.stream).poll_write(context, bytes) {
            Poll::Pending => self.waiting(context),
            ready => {
                self.wrote();
                ready
            }
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_client_that_sends_a_byte_now_and_then_is_let_go() {
        let (mut client, server) = duplex(64);
        let mut connection = Connection::new(server, None);
        let slow = tokio::spawn(async move {
            while client.write_all(b"G").await.is_ok() {
                sleep(Duration::from_secs(7)).await;
            }
        });
        let mut bytes = Vec::new();
        let error = connection.read_to_end(&mut bytes).await.expect_err("slow");
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        drop(connection);
        slow.await.expect("it ends");
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_does_not_read_is_let_go() {
        let (_client, server) = duplex(64);
        let mut connection = Connection::new(server, None);
        let error = connection.write_all(&[0; 1_000]).await.expect_err("stuck");
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test(start_paused = true)]
    async fn a_stream_that_writes_stays() {
        let (mut client, server) = duplex(64);
        let mut connection = Connection::new(server, None);
        for _ in 0..10 {
            let mut byte = [0; 1];
            let read = connection.read(&mut byte);
            let waited = tokio::time::timeout(Duration::from_secs(10), read).await;
            assert!(
                waited.is_err(),
                "its client says nothing, and it is not closed"
            );
            connection.write_all(b"data").await.expect("it reads");
            client.read_exact(&mut [0; 4]).await.expect("it is written");
        }
    }
}
