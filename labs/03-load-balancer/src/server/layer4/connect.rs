//! A connection to a server, or to another one when that fails. Nothing of the client has been read yet, so trying again
//! costs nothing but time.

use std::{io, net::IpAddr, vec::Vec};

use simulation::Duration;
use tokio::{io::AsyncWriteExt, net::TcpStream, time};

use crate::{
    policy::hash,
    server::{
        pool::{Ask, Failure, Lease},
        proxy_protocol,
        settings::ProxyVersion,
        shared::{Client, Shared},
    },
};

/// A server's connection, its lease, and how long it took; `None` when no server can be reached.
pub(super) async fn connect(
    shared: &Shared,
    client: &Client,
) -> Option<(TcpStream, Lease, Duration)> {
    let mut tried = Vec::new();
    loop {
        let chosen_at = shared.clock.now();
        let ask = Ask {
            key: key(client.address.ip()),
            cookie: None,
            tried: &tried,
        };
        let mut lease = shared.pool.choose(&ask, chosen_at)?;
        let opened = open(shared, client, &lease);
        let opened = time::timeout(shared.settings.timeouts.connect(), opened).await;
        let now = shared.clock.now();
        let reason = match opened {
            Ok(Ok(stream)) => {
                let took = now - chosen_at;
                lease.begun(took, now);
                return Some((stream, lease, took));
            }
            Ok(Err(error)) if error.kind() == io::ErrorKind::ConnectionRefused => {
                Failure::ConnectRefused
            }
            Ok(Err(_)) => Failure::ConnectFailed,
            Err(_) => Failure::ConnectTimeout,
        };
        tried.push(lease.server());
        lease.failed(reason, now);
        if tried.len() >= shared.settings.retries.tries_max as usize {
            return None;
        }
    }
}

/// Connects, and says who the client is when the server wants to know.
async fn open(shared: &Shared, client: &Client, lease: &Lease) -> io::Result<TcpStream> {
    let mut stream = TcpStream::connect(lease.address()).await?;
    stream.set_nodelay(true)?;
    let version = shared.settings.proxy_protocol.send;
    if version != ProxyVersion::Off {
        let header = proxy_protocol::header(version, client.address, client.reached);
        stream.write_all(&header).await?;
    }
    Ok(stream)
}

/// A client's key: its address, without the port, which is another for each of its connections.
fn key(address: IpAddr) -> u64 {
    match address {
        IpAddr::V4(address) => hash::bytes(&address.octets()),
        IpAddr::V6(address) => hash::bytes(&address.octets()),
    }
}
