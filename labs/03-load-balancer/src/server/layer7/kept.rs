//! Connections to servers that wait for the next request.

use std::net::SocketAddr;
use std::prelude::v1::*;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::Instant;

/// The kept connections of one thread, by server. The one that was used last is used next, so that the others grow old and go.
#[derive(Debug)]
pub(super) struct Kept {
    servers: Mutex<Vec<OfServer>>,
    each_max: usize,
    idle: Duration,
}

#[derive(Debug)]
struct OfServer {
    id: u32,
    address: SocketAddr,
    connections: Vec<(TcpStream, Instant)>,
}

impl Kept {
    pub(super) fn new(each_max: usize, idle: Duration) -> Kept {
        Kept {
            servers: Mutex::default(),
            each_max,
            idle,
        }
    }

    /// A connection to this server that is open as far as anybody knows.
    pub(super) fn take(&self, id: u32, address: SocketAddr, now: Instant) -> Option<TcpStream> {
        let mut servers = self.servers.lock().unwrap_or_else(PoisonError::into_inner);
        let server = servers
            .iter_mut()
            .find(|server| server.id == id && server.address == address)?;
        while let Some((connection, since)) = server.connections.pop() {
            if now.saturating_duration_since(since) >= self.idle {
                // The others have waited longer still.
                server.connections.clear();
                return None;
            }
            if is_quiet(&connection) {
                return Some(connection);
            }
        }
        None
    }

    /// Keeps a connection on which nothing is under way.
    pub(super) fn put(&self, id: u32, connection: (TcpStream, SocketAddr), now: Instant) {
        let (connection, address) = connection;
        let mut servers = self.servers.lock().unwrap_or_else(PoisonError::into_inner);
        let found = servers
            .iter_mut()
            .find(|server| server.id == id && server.address == address);
        if let Some(server) = found {
            let oldest = server.connections.first();
            if server.connections.len() >= self.each_max
                || oldest
                    .is_some_and(|(_, since)| now.saturating_duration_since(*since) >= self.idle)
            {
                server.connections.drain(..1.min(server.connections.len()));
            }
            server.connections.push((connection, now));
        } else {
            servers.push(OfServer {
                id,
                address,
                connections: vec![(connection, now)],
            });
        }
        if self.each_max == 0 {
            servers.clear();
        }
    }

    /// Closes those that have waited too long, that their server has closed, or whose server `is_wanted` no more.
    pub(super) fn sweep(&self, now: Instant, is_wanted: impl Fn(u32, SocketAddr) -> bool) {
        let mut servers = self.servers.lock().unwrap_or_else(PoisonError::into_inner);
        servers.retain_mut(|server| {
            server.connections.retain(|(connection, since)| {
                now.saturating_duration_since(*since) < self.idle && is_quiet(connection)
            });
            !server.connections.is_empty() && is_wanted(server.id, server.address)
        });
    }

    /// How many there are.
    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        let servers = self.servers.lock().unwrap_or_else(PoisonError::into_inner);
        servers.iter().map(|server| server.connections.len()).sum()
    }
}

/// Whether the server has neither closed it nor sent anything. Costs no system call as long as the event loop has heard
/// nothing of this socket.
fn is_quiet(connection: &TcpStream) -> bool {
    let read = connection.try_read(&mut [0]);
    matches!(read, Err(error) if error.kind() == std::io::ErrorKind::WouldBlock)
}
