//! A small client: one server, connections that are used again, every phase within its time. It neither retries nor
//! follows redirects: who measures or probes wants to know what happened.

mod connection;
mod failure;
mod message;

use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use tokio::net::TcpStream;

pub use connection::Connection;
pub use failure::SendError;
pub use message::{Request, Response};

use super::{Limits, Timeouts};

/// Connections that wait for the next request; more than these are closed.
const IDLE_MAX: usize = 256;

/// A client of one server. Share it by reference or in an `Arc`.
#[derive(Debug)]
pub struct Client {
    address: SocketAddr,
    limits: Limits,
    timeouts: Timeouts,
    idle: Mutex<Vec<Connection<TcpStream>>>,
}

impl Client {
    /// A client with the default limits and time-outs, but bodies of at most 64 MiB, since they are held whole.
    pub fn new(address: SocketAddr) -> Client {
        let limits = Limits {
            body_bytes_max: 64 << 20,
            ..Limits::default()
        };
        Client::with(address, limits, Timeouts::default())
    }

    /// A client with limits and time-outs of its own.
    pub fn with(address: SocketAddr, limits: Limits, timeouts: Timeouts) -> Client {
        Client {
            address,
            limits,
            timeouts,
            idle: Mutex::default(),
        }
    }

    /// The server.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A new connection, for whoever wants to keep it himself.
    ///
    /// # Errors
    /// [`SendError::Connect`] or [`SendError::ConnectTimeout`].
    pub async fn connect(&self) -> Result<Connection<TcpStream>, SendError> {
        let connecting = TcpStream::connect(self.address);
        match tokio::time::timeout(self.timeouts.connect, connecting).await {
            Ok(Ok(socket)) => {
                socket.set_nodelay(true).map_err(SendError::Connect)?;
                Ok(Connection::new(socket, self.limits, self.timeouts))
            }
            Ok(Err(error)) => Err(SendError::Connect(error)),
            Err(_) => Err(SendError::ConnectTimeout),
        }
    }

    /// Sends a request, on a connection that is idle or on a new one, and waits for the whole answer.
    ///
    /// # Errors
    /// Whatever kept the answer from coming whole. A connection that failed is not used again.
    pub async fn send(&self, request: &Request) -> Result<Response, SendError> {
        let mut connection = match self.take() {
            Some(connection) => connection,
            None => self.connect().await?,
        };
        let response = connection.send(request).await?;
        self.give(connection);
        Ok(response)
    }

    fn take(&self) -> Option<Connection<TcpStream>> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        std::iter::from_fn(|| idle.pop()).find_map(|mut connection| {
            let is_usable = connection.is_reusable();
            is_usable.then_some(connection)
        })
    }

    fn give(&self, mut connection: Connection<TcpStream>) {
        if connection.is_reusable() {
            let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            if idle.len() < IDLE_MAX {
                idle.push(connection);
            }
        }
    }
}
