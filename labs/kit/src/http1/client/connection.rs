//! One connection to a server, one request after the other.

use std::ops::ControlFlow;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::Instant;

use super::super::stream::Stream;
use super::super::{BodyDecoder, Buffers, Framing, HeaderSlots, Limits, ResponseHead, Timeouts};
use super::{Request, Response, SendError};

/// A connection to a server. After an error it is of no more use.
#[derive(Debug)]
pub struct Connection<S> {
    stream: Stream<S>,
    limits: Limits,
    timeouts: Timeouts,
    persists: bool,
    body: Option<BodyDecoder>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Connection<S> {
    /// Around an established connection.
    pub fn new(socket: S, limits: Limits, timeouts: Timeouts) -> Connection<S> {
        let buffers = Arc::new(Buffers::new(limits.head_bytes_max, 1));
        let stream = Stream::new(socket, buffers, timeouts.response_head);
        Connection {
            stream,
            limits,
            timeouts,
            persists: true,
            body: None,
        }
    }

    /// Whether another request may be sent on it: the last answer was whole, the server did not say that it closes, and it
    /// has neither closed nor sent more.
    pub fn is_reusable(&mut self) -> bool {
        self.persists && self.body.is_none() && !self.stream.is_spoiled()
    }

    /// Sends a request and waits for the whole answer.
    ///
    /// # Errors
    /// Whatever kept the answer from coming whole.
    pub async fn send(&mut self, request: &Request) -> Result<Response, SendError> {
        let mut response = Response::default();
        loop {
            let begun = self
                .start(request, response.interim.is_empty(), owned)
                .await?;
            if begun.status >= 200 || begun.status == 101 {
                response = Response {
                    interim: response.interim,
                    ..begun
                };
                break;
            }
            response.interim.push(begun.status);
        }
        let body = &mut response.body;
        self.finish(|data| body.extend_from_slice(data)).await?;
        Ok(response)
    }

    /// Sends a request and takes what `read` makes of the head of its answer; the body is read and dropped. Nothing is
    /// allocated: made for load generators.
    ///
    /// # Errors
    /// Whatever kept the answer from coming whole.
    pub async fn exchange<T>(
        &mut self,
        request: &Request,
        read: impl Fn(&ResponseHead) -> T,
    ) -> Result<T, SendError> {
        let mut send = true;
        loop {
            let (read, is_interim) = self
                .start(request, send, |head| (read(head), head.is_interim()))
                .await?;
            if !is_interim {
                self.finish(|_| {}).await?;
                return Ok(read);
            }
            send = false;
        }
    }

    /// Sends a request (or not, after an interim response) and waits for the next head.
    ///
    /// # Errors
    /// Whatever kept the head from coming.
    pub async fn start<T>(
        &mut self,
        request: &Request,
        send: bool,
        read: impl FnOnce(&ResponseHead) -> T,
    ) -> Result<T, SendError> {
        self.stream
            .deadline
            .set(Instant::now(), self.timeouts.response_head);
        if send {
            self.persists = false;
            match self.stream.write(&request.bytes).await {
                Some(Ok(())) => {}
                // A server may answer and close before it has read the whole request: the answer may be there.
                Some(Err(_)) => {}
                None => return Err(SendError::ResponseTimeout),
            }
        }
        let end = self
            .stream
            .head(&self.limits, self.timeouts.response_head)
            .await?;
        let mut slots = HeaderSlots::new();
        let head = ResponseHead::parse(&self.stream.filled()[..end], &mut slots, &self.limits)
            .map_err(SendError::Malformed)?;
        let framing = head.framing_for(request.is_head);
        self.persists =
            head.persists || (request.is_head && head.connection.persists(head.version));
        self.body = (!head.is_interim() && framing != Framing::Upgrade)
            .then(|| BodyDecoder::new(framing, &self.limits));
        let read = read(&head);
        self.stream.consume(end);
        Ok(read)
    }

    /// Reads the rest of the body.
    async fn finish(&mut self, mut sink: impl FnMut(&[u8])) -> Result<(), SendError> {
        if let Some(mut decoder) = self.body.take() {
            let idle = self.timeouts.body_idle;
            let reading = self.stream.body(&mut decoder, idle, |data| {
                sink(data);
                ControlFlow::Continue(())
            });
            let read = reading.await;
            self.persists &= read.is_ok();
            read?;
        }
        Ok(())
    }

    /// The connection itself, with what came behind the last head: after 101, it speaks another protocol.
    pub fn into_parts(self) -> (S, Vec<u8>) {
        let rest = self.stream.filled().to_vec();
        (self.stream.socket, rest)
    }
}

fn owned(head: &ResponseHead) -> Response {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let headers = head.headers.iter();
    Response {
        status: head.status,
        headers: headers
            .map(|header| (header.name.to_owned(), text(header.value)))
            .collect(),
        ..Response::default()
    }
}
