//! Layer 4: bytes, passed on unread.

use std::sync::Arc;

use tokio::net::TcpStream;

use super::shared::{Client, Shared};

/// Serves one connection of a client to its end.
pub async fn serve(_shared: Arc<Shared>, _stream: TcpStream, _client: Client) {}
