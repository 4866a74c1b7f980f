//! What cannot be seen from outside: how much a connection weighs, and what is kept for later.

use std::net::SocketAddr;
use std::prelude::v1::*;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;

use super::kept::Kept;
use super::{Worker, serve};
use crate::server::shared::Client;
use crate::server::{Balancer, Settings};

async fn pair(listener: &TcpListener) -> (TcpStream, TcpStream) {
    let address = listener.local_addr().unwrap();
    let (near, far) = tokio::join!(TcpStream::connect(address), listener.accept());
    (near.unwrap(), far.unwrap().0)
}

#[tokio::test]
async fn a_connection_weighs_little() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (near, _far) = pair(&listener).await;
    let address: SocketAddr = listener.local_addr().unwrap();
    let balancer = Balancer::new(Settings::default()).unwrap();
    let worker = Worker::new(Arc::clone(balancer.shared()));
    let client = Client {
        address,
        reached: address,
        peer: address,
    };
    let task = serve(worker, near, client);
    // The task of each connection, idle or not. 10,000 of them: 30 MB.
    assert!(
        size_of_val(&task) <= 3 << 10,
        "{} bytes",
        size_of_val(&task)
    );
}

#[tokio::test]
async fn kept_connections_are_good_or_gone() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let kept = Kept::new(2, Duration::from_secs(4));
    let now = Instant::now();
    let mut far = Vec::new();
    for _ in 0..3 {
        let (near, other) = pair(&listener).await;
        kept.put(1, (near, address), now);
        far.push(other);
    }
    assert_eq!(kept.count(), 2, "no more than the limit");
    assert!(kept.take(2, address, now).is_none(), "of another server");
    let last = kept.take(1, address, now).unwrap();
    let is_last = last.local_addr().unwrap() == far[2].peer_addr().unwrap();
    assert!(is_last, "the one that was used last");
    kept.put(1, (last, address), now);
    // Nobody asked for it.
    far[2].write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
    let spoiled = kept.take(1, address, now + Duration::from_secs(5));
    assert!(spoiled.is_none() && kept.count() == 0, "too old");
}

#[tokio::test]
async fn kept_connections_of_servers_that_have_left_are_closed() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let kept = Kept::new(8, Duration::from_secs(4));
    let now = Instant::now();
    let (first, _held) = pair(&listener).await;
    let (second, closed) = pair(&listener).await;
    let (third, _left) = pair(&listener).await;
    kept.put(1, (first, address), now);
    kept.put(1, (second, address), now);
    kept.put(2, (third, address), now);
    drop(closed);
    // The event loop has to hear of it first.
    let quiet = async {
        while kept.count() > 1 {
            kept.sweep(now, |id, _| id == 1);
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), quiet)
        .await
        .unwrap();
    assert!(kept.take(1, address, now).is_some());
}
