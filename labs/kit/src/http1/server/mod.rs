//! A small server, for origins that a lab puts behind what it shows: one handler, keep-alive, limits, time-outs, a clean
//! end. It reads a request whole before it is handled. Its answers may also be faults: see [`Response`].

mod connection;
mod message;

use std::future::Future;
use std::sync::Arc;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

pub use message::{Body, Request, Response};

use super::{Buffers, Limits, Timeouts};

/// Connections beyond these are closed at once.
const CONNECTIONS_MAX: usize = 16_384;

/// What a server allows.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How much a client may send. Default as everywhere, but bodies of at most 16 MiB, since they are held whole.
    pub limits: Limits,
    /// How long it may take.
    pub timeouts: Timeouts,
}

impl Default for Options {
    fn default() -> Options {
        let limits = Limits {
            body_bytes_max: 16 << 20,
            ..Limits::default()
        };
        Options {
            limits,
            timeouts: Timeouts::default(),
        }
    }
}

/// Serves until `shutdown` is done: then idle connections are closed, and the others after the answer they are at.
pub async fn serve<H, F>(
    listener: TcpListener,
    handler: H,
    options: Options,
    shutdown: impl Future<Output = ()>,
) where
    H: Fn(Request) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Response> + Send + 'static,
{
    let buffers = Arc::new(Buffers::new(options.limits.head_bytes_max, 64));
    let (stop, stopped) = watch::channel(false);
    let mut connections = JoinSet::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        tokio::select! {
            () = &mut shutdown => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((socket, _)) if connections.len() < CONNECTIONS_MAX => {
                    let shared = connection::Shared { options, buffers: Arc::clone(&buffers), stopped: stopped.clone() };
                    connections.spawn(connection::run(prepared(socket), handler.clone(), shared));
                }
                Ok(_) => {}
                // No file descriptor is free: another connection has to end first.
                Err(_) => tokio::time::sleep(std::time::Duration::from_millis(10)).await,
            },
        }
    }
    drop(listener);
    stop.send_replace(true);
    while connections.join_next().await.is_some() {}
}

fn prepared(socket: TcpStream) -> TcpStream {
    // Without it, small answers wait for acknowledgements; where it cannot be set they are only slower.
    let _ = socket.set_nodelay(true);
    socket
}
