//! Layer 4: bytes, passed on unread. A connection of a client gets a server before its first byte is known, as on some
//! protocols the server speaks first; then both directions are [pumped](pump) until both have ended.

mod connect;
mod direction;
mod pump;
#[cfg(target_os = "linux")]
mod splice;

use std::sync::Arc;

use tokio::net::TcpStream;

use super::{
    pool::Failure,
    shared::{Client, Shared},
};
use pump::{End, Pump};

/// Serves one connection of a client to its end.
pub async fn serve(shared: Arc<Shared>, client_stream: TcpStream, client: Client) {
    // Small exchanges must not wait for the other side's delayed acknowledgement. It fails only when the client is gone.
    let _ = client_stream.set_nodelay(true);
    let Some((server_stream, mut lease, took)) = connect::connect(&shared, &client).await else {
        // A plain close would look like an empty answer; a reset says that something went wrong.
        let _ = client_stream.set_zero_linger();
        return;
    };
    let idle = shared.settings.timeouts.tunnel_idle();
    let mut pump = Pump::new(client_stream, server_stream, idle);
    let end = (&mut pump).await;
    let (bytes_sent, bytes_received) = pump.passed();
    lease.passed(bytes_sent, bytes_received);
    let now = shared.clock.now();
    match end {
        End::Closed => lease.answered(took, now),
        End::ClientReset => lease.failed(Failure::ClientGone, now),
        End::ServerReset => lease.failed(Failure::StreamReset, now),
        End::Idle => lease.failed(Failure::StreamIdle, now),
    }
}
