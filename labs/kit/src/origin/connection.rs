//! One connection to an origin: request after request, until either side closes it.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

use super::answer::{self, Head};
use super::fault::Fault;
use super::request::{self, NoRequest, Request};
use super::shared::{Shared, Verdict};
use crate::clock::Clock;
use crate::http1::Buffers;
use crate::incoming::Incoming;

/// Serves a connection.
pub(super) async fn serve(mut stream: TcpStream, shared: Arc<Shared>, buffers: Arc<Buffers>) {
    shared.count(|counts| {
        counts.connections += 1;
        counts.connections_accepted += 1;
    });
    // Without it, small answers wait for acknowledgements.
    if stream.set_nodelay(true).is_ok() {
        requests(&mut stream, &shared, Incoming::new(buffers)).await;
    }
    shared.count(|counts| counts.connections -= 1);
}

async fn requests(stream: &mut TcpStream, shared: &Shared, mut incoming: Incoming) {
    loop {
        let read = request::read(stream, &mut incoming).await;
        shared.thawed().await;
        let request = match read {
            Ok(request) => request,
            Err(NoRequest::Gone) => return,
            Err(NoRequest::Refused(refusal)) => {
                let body = format!("{refusal}\n");
                let head = Head {
                    status: refusal.status(),
                    hit: None,
                    body: body.as_bytes(),
                    dots: 0,
                    keep_alive: false,
                };
                let _ = answer::write(stream, &head, shared, &Request::default()).await;
                return;
            }
        };
        shared.count(|counts| counts.open += 1);
        let goes_on = answer(stream, shared, &request).await;
        shared.count(|counts| counts.open -= 1);
        if !matches!(goes_on, Ok(true)) {
            return;
        }
    }
}

/// Answers one request; whether the connection stays.
async fn answer(stream: &mut TcpStream, shared: &Shared, request: &Request) -> io::Result<bool> {
    let mut dots = 0;
    let (status, hit, body): (u16, _, &[u8]) = match shared.judge(request) {
        Verdict::Health { healthy: true } => (200, None, b"ok\n"),
        Verdict::Health { healthy: false } => (503, None, b"not ready\n"),
        Verdict::Full => (503, None, b"The queue is full.\n"),
        Verdict::Fault(Fault::Status(status)) => (status, None, b"Told to fail.\n"),
        Verdict::Fault(fault) => return fail(stream, shared, fault).await,
        Verdict::Serve { ends, hit } => {
            Clock::Exact.sleep_until(ends).await;
            match request.bytes {
                Some(bytes) => {
                    dots = bytes;
                    (200, hit, b"")
                }
                None => (200, hit, &shared.body),
            }
        }
    };
    shared.thawed().await;
    let keep_alive = request.keep_alive && !shared.is_draining();
    let head = Head {
        status,
        hit,
        body,
        dots,
        keep_alive,
    };
    answer::write(stream, &head, shared, request).await?;
    if status == 200 && !request.is_health_check() {
        shared.count(|counts| counts.served += 1);
    }
    Ok(keep_alive)
}

/// Fails as told; the connection does not stay.
async fn fail(stream: &mut TcpStream, shared: &Shared, fault: Fault) -> io::Result<bool> {
    match fault {
        Fault::Reset => socket2::SockRef::from(&*stream).set_linger(Some(Duration::ZERO))?,
        Fault::Garbage => answer::write_garbage(stream).await?,
        Fault::CloseEarly => answer::write_half(stream, shared).await?,
        Fault::Stall => while stream.read(&mut [0; 1024]).await? > 0 {},
        Fault::Empty | Fault::Status(_) => {}
    }
    Ok(false)
}
