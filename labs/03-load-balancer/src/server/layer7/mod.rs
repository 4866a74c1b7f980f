//! Layer 7: requests, read and passed on one by one.

use std::sync::Arc;

use tokio::net::TcpStream;

use super::shared::{Client, Shared};

/// What the connections of one thread share, such as kept connections to servers.
#[derive(Debug)]
pub struct Worker {
    /// What all threads share.
    pub shared: Arc<Shared>,
}

impl Worker {
    /// One for each thread.
    pub fn new(shared: Arc<Shared>) -> Arc<Worker> {
        Arc::new(Worker { shared })
    }
}

/// Serves one connection of a client to its end. Nothing of it has been read, but a PROXY header.
pub async fn serve(_worker: Arc<Worker>, _stream: TcpStream, _client: Client) {}
