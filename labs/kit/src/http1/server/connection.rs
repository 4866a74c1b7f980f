//! One connection of a client: request, answer, request …

use std::ops::ControlFlow;
use std::sync::Arc;

use bytes::Bytes;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::Instant;

use super::super::stream::{Broken, Stream};
use super::super::{
    BodyDecoder, Buffers, Connection, Framing, HeaderSlots, RequestHead, Version, put_chunk,
    put_last_chunk,
};
use super::{Body, Options, Request, Response};

/// What all connections have in common.
pub(super) struct Shared {
    pub(super) options: Options,
    pub(super) buffers: Arc<Buffers>,
    pub(super) stopped: watch::Receiver<bool>,
}

/// What is needed of a request after it was handled.
struct Asked {
    is_head: bool,
    version: Version,
    connection: Connection,
}

/// Serves one connection until one side closes it.
pub(super) async fn run<H, F>(socket: TcpStream, handler: H, mut shared: Shared)
where
    H: Fn(Request) -> F,
    F: Future<Output = Response> + Send,
{
    let timeouts = shared.options.timeouts;
    let mut stream = Stream::new(socket, Arc::clone(&shared.buffers), timeouts.keep_alive);
    loop {
        let stopped = shared.stopped.clone();
        let asked = tokio::select! {
            biased;
            asked = receive(&mut stream, &shared.options) => asked,
            _ = shared.stopped.wait_for(|stop| *stop) => return,
        };
        let (request, asked) = match asked {
            Ok(received) => received,
            Err(broken) => return refuse(&mut stream, &broken).await,
        };
        let response = handler(request).await;
        stream.deadline.set(Instant::now(), timeouts.body_idle);
        let persists = asked.connection.persists(asked.version) && !*stopped.borrow();
        if answer(&mut stream, response, &asked, persists)
            .await
            .is_break()
        {
            return;
        }
        stream.deadline.set(Instant::now(), timeouts.keep_alive);
    }
}

async fn receive(
    stream: &mut Stream<TcpStream>,
    options: &Options,
) -> Result<(Request, Asked), Broken> {
    let mut end = stream.head(&options.limits, options.timeouts.head).await?;
    if stream.filled().starts_with(b"\r\n") {
        // An empty line before a request is a habit of old clients (RFC 9112, 2.2). One is forgiven.
        stream.consume(end);
        end = stream.head(&options.limits, options.timeouts.head).await?;
    }
    let (mut request, asked, framing, expects) = {
        let mut slots = HeaderSlots::new();
        let head = RequestHead::parse(&stream.filled()[..end], &mut slots, &options.limits)?;
        let is_head = head.method == "HEAD";
        let asked = Asked {
            is_head,
            version: head.version,
            connection: head.connection,
        };
        (
            Request::of(&head),
            asked,
            head.framing,
            head.expects_continue,
        )
    };
    stream.consume(end);
    if framing != Framing::None {
        if expects && stream.filled().is_empty() {
            let _ = stream.write(b"HTTP/1.1 100 Continue\r\n\r\n").await;
        }
        let mut decoder = BodyDecoder::new(framing, &options.limits);
        let idle = options.timeouts.body_idle;
        let body = &mut request.body;
        let reading = stream.body(&mut decoder, idle, |data| {
            body.extend_from_slice(data);
            ControlFlow::Continue(())
        });
        reading.await?;
    }
    Ok((request, asked))
}

/// Says what was wrong, where somebody may still listen.
async fn refuse(stream: &mut Stream<TcpStream>, broken: &Broken) {
    let (status, reason) = match broken {
        Broken::Refused(refusal) => (refusal.status(), refusal.reason()),
        Broken::TimedOut { begun: true } => (408, "the request did not come in time"),
        _ => return,
    };
    stream
        .deadline
        .set(Instant::now(), std::time::Duration::from_secs(1));
    let answer = format!(
        "HTTP/1.1 {status} Refused\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{reason}\n",
        reason.len() + 1
    );
    let _ = stream.write(answer.as_bytes()).await;
}

async fn answer(
    stream: &mut Stream<TcpStream>,
    response: Response,
    asked: &Asked,
    persists: bool,
) -> ControlFlow<()> {
    let (status, headers, body, interim, close) = match response {
        Response::Message {
            status,
            headers,
            body,
            interim,
            close,
        } => (status, headers, body, interim, close),
        Response::Raw { bytes, close } => {
            let written = matches!(stream.write(&bytes).await, Some(Ok(())));
            return go_on(written && !close);
        }
        Response::Close => return ControlFlow::Break(()),
        Response::Reset => {
            let _ = stream.socket.set_zero_linger();
            return ControlFlow::Break(());
        }
    };
    let persists = persists && !close;
    let mut out = Vec::with_capacity(512);
    if asked.version == Version::Http11 {
        for (status, headers) in &interim {
            put_head(*status, headers, &mut out);
            out.extend_from_slice(b"\r\n");
        }
    }
    put_head(status, &headers, &mut out);
    if !persists {
        out.extend_from_slice(b"Connection: close\r\n");
    }
    match body {
        Body::Whole(data) => {
            if status != 204 && status != 304 {
                out.extend_from_slice(format!("Content-Length: {}\r\n", data.len()).as_bytes());
            }
            out.extend_from_slice(b"\r\n");
            if !asked.is_head && status != 204 && status != 304 {
                out.extend_from_slice(&data);
            }
            let written = matches!(stream.write(&out).await, Some(Ok(())));
            go_on(written && persists)
        }
        Body::Stream(pieces) => {
            out.extend_from_slice(b"Transfer-Encoding: chunked\r\n\r\n");
            let written = stream_out(stream, out, pieces).await;
            go_on(written && persists && asked.version == Version::Http11)
        }
    }
}

/// HTTP/1.0 clients do not know chunks: whoever answers them streams nothing.
async fn stream_out(
    stream: &mut Stream<TcpStream>,
    mut out: Vec<u8>,
    mut pieces: tokio::sync::mpsc::Receiver<Bytes>,
) -> bool {
    loop {
        let is_written = matches!(stream.write(&out).await, Some(Ok(())));
        if !is_written {
            return false;
        }
        out.clear();
        match pieces.recv().await {
            Some(piece) => put_chunk(&piece, &mut out),
            None => break,
        }
    }
    put_last_chunk(&mut out);
    matches!(stream.write(&out).await, Some(Ok(())))
}

fn put_head(status: u16, headers: &[(String, String)], out: &mut Vec<u8>) {
    out.extend_from_slice(format!("HTTP/1.1 {status} {}\r\n", reason(status)).as_bytes());
    for (name, value) in headers {
        out.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        100 => "Continue",
        103 => "Early Hints",
        200 => "OK",
        204 => "No Content",
        304 => "Not Modified",
        404 => "Not Found",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "",
    }
}

fn go_on(yes: bool) -> ControlFlow<()> {
    if yes {
        ControlFlow::Continue(())
    } else {
        ControlFlow::Break(())
    }
}
