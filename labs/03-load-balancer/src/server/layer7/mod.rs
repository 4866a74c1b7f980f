//! Layer 7: requests, read and passed on one by one. What comes in is a client's connection; what goes out are its requests,
//! each to the server that the [pool](super::pool) chooses, and their answers.
//!
//! 1. [`Front`] waits for a request's head; [`Outgoing`] checks it, chooses what of it travels on, and writes the new head;
//! 2. [`exchange`] asks the pool for a server, takes a kept connection or makes one, sends, waits for the answer's head, and
//!    tries again where that is safe;
//! 3. [`Incoming`] checks that head as strictly and writes the new one; [`relay`] moves both bodies at the same time.
//!
//! One task serves one connection. Buffers are taken from the thread's [`Worker`] when bytes come and given back when they
//! are gone, one timer per connection is moved lazily, and a plain request costs four system calls: read, write, read, write.
//! It speaks HTTP/1.1 and 1.0; HTTP/2 and TLS are out of scope.

mod answer;
mod attempt;
mod cookie;
mod counts;
mod credit;
mod exchange;
mod forwarded;
mod front;
mod headers;
mod incoming;
mod kept;
mod outgoing;
mod relay;
mod server;
#[cfg(test)]
mod tests;
mod tunnel;
mod upload;
mod worker;

use std::sync::Arc;

use tokio::net::TcpStream;

pub use counts::{Counts, CountsView};
pub use worker::Worker;

use super::shared::Client;
use front::Front;

/// Serves one connection of a client to its end. Nothing of it has been read, but a PROXY header.
pub async fn serve(worker: Arc<Worker>, stream: TcpStream, client: Client) {
    // Without it, small answers wait for acknowledgements; where it cannot be set they are only slower.
    let _ = stream.set_nodelay(true);
    Front::new(worker, stream, client).serve().await;
}
