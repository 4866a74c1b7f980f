//! The thread that serves an origin's port.

use std::net::TcpListener;
use std::sync::Arc;
use std::thread::JoinHandle;

use anyhow::{Context, Result};
use tokio::runtime;
use tokio::sync::oneshot;
use tokio::task::{JoinSet, LocalSet};

use super::connection::serve;
use super::shared::Shared;
use crate::incoming::Incoming;

/// A server that listens. Dropped, it ends, and its sockets are closed before the drop returns.
pub(super) struct Running {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    pub(super) fn start(listener: TcpListener, shared: &Arc<Shared>) -> Result<Self> {
        let (stop, stopped) = oneshot::channel();
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .context("can't start an origin")?;
        let shared = Arc::clone(shared);
        let run = move || {
            let tasks = LocalSet::new();
            runtime.block_on(tasks.run_until(async move {
                tokio::select! {
                    _ = stopped => {}
                    () = accept(listener, shared) => {}
                }
            }));
        };
        let thread = std::thread::Builder::new()
            .name("origin".to_owned())
            .spawn(run);
        let thread = thread.context("can't start a thread for an origin")?;
        Ok(Self {
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            // A panic of its thread was printed there; the port is free all the same.
            let _ = thread.join();
        }
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let listener =
        tokio::net::TcpListener::from_std(listener).expect("the socket was made non-blocking");
    let buffers = Incoming::buffers();
    let mut connections = JoinSet::new();
    loop {
        shared.thawed().await;
        match listener.accept().await {
            Ok((stream, _)) => {
                connections.spawn_local(serve(stream, Arc::clone(&shared), Arc::clone(&buffers)));
            }
            // No more files: those that are open will be closed some time.
            Err(_) => tokio::time::sleep(std::time::Duration::from_millis(10)).await,
        }
        while connections.try_join_next().is_some() {}
    }
}
