//! A connection to a server, new or kept.

use std::future::Future;
use std::io;
use std::prelude::v1::*;

use kit::http1::Buffer;
use tokio::net::TcpStream;
use tokio::time::Instant;

use super::front::Front;
use crate::server::pool::{Failure, Lease};

/// A connection to a server.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) socket: TcpStream,
    /// What has come and is not yet done with.
    pub(super) input: Option<Buffer>,
    /// It has served an earlier request.
    pub(super) is_kept: bool,
}

impl Server {
    pub(super) fn kept(socket: TcpStream) -> Server {
        Server {
            socket,
            input: None,
            is_kept: true,
        }
    }

    /// A new connection.
    pub(super) async fn connect(front: &mut Front, lease: &Lease) -> Result<Server, Failure> {
        front
            .deadline
            .set(Instant::now(), front.worker.patience.connect);
        // A future of its own on the heap: connecting is rare, and its room would be in every connection's task.
        let connecting: std::pin::Pin<Box<dyn Future<Output = io::Result<TcpStream>> + Send>> =
            Box::pin(TcpStream::connect(lease.address()));
        match front.deadline.limit(connecting).await {
            None => Err(Failure::ConnectTimeout),
            Some(Ok(socket)) => {
                // Where it cannot be set, small requests are only slower.
                let _ = socket.set_nodelay(true);
                Ok(Server {
                    socket,
                    input: None,
                    is_kept: false,
                })
            }
            Some(Err(error)) => Err(match error.kind() {
                io::ErrorKind::ConnectionRefused => Failure::ConnectRefused,
                io::ErrorKind::TimedOut => Failure::ConnectTimeout,
                _ => Failure::ConnectFailed,
            }),
        }
    }

    pub(super) fn filled(&self) -> &[u8] {
        self.input.as_ref().map_or(&[], Buffer::filled)
    }
}
