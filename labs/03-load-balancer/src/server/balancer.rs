//! The whole balancer: accepts connections on each of its threads, hands them to layer 4 or layer 7, probes the servers,
//! and stops without cutting anybody off, as long as that does not take too long.

use std::{format, io, net, process, string::String, sync::Arc, thread, time::Duration, vec::Vec};

use tokio::{
    net::{TcpListener, TcpStream},
    runtime,
    sync::oneshot,
    task::JoinSet,
    time,
};

use super::{
    admin,
    clock::Clock,
    layer4, layer7,
    listeners::Listeners,
    pool::{Failure, Pool},
    probe,
    proxy_protocol::{self, Header},
    settings::{Layer, Settings},
    shared::{Client, Connections, Counted, Shared},
    stopping::Stopping,
};

/// How long nothing is accepted when the process may open no more files.
const PAUSE_WHEN_OUT_OF_FILES: Duration = Duration::from_millis(50);

/// A balancer that is not running yet, or is.
#[derive(Debug, Clone)]
pub struct Balancer {
    shared: Arc<Shared>,
    seed: u64,
}

/// How a balancer came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// Connections that were cut off because the deadline was over.
    pub cut_off: u32,
}

impl Balancer {
    /// A balancer as its settings say.
    ///
    /// # Errors
    /// The settings do not go together; the message says what to write instead.
    pub fn new(settings: Settings) -> Result<Balancer, String> {
        if let Err(conflict) = settings.check() {
            return Err(format!("{}: {}", conflict.key, conflict.message));
        }
        let seed = settings.seed.unwrap_or_else(draw_seed);
        Ok(Balancer {
            seed,
            shared: Arc::new(Shared {
                pool: Pool::new(&settings.pool(), seed),
                clock: Clock::start(),
                stopping: Stopping::default(),
                connections: Connections::new(settings.limits.connections_max),
                layer7: layer7::Counts::default(),
                settings,
            }),
        })
    }

    /// What its connections share: the pool, the clock, the settings.
    pub fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// The servers, which can be changed while it runs.
    pub fn pool(&self) -> &Arc<Pool> {
        &self.shared.pool
    }

    /// Serves until `shutdown` is done; then accepts nobody, closes idle connections, and lets the others finish until the
    /// deadline. The first listener is served on the caller's thread, each further one on a thread of its own.
    ///
    /// # Errors
    /// A listener or a thread cannot be used.
    pub async fn run(
        &self,
        listeners: Listeners,
        shutdown: impl Future<Output = ()>,
    ) -> io::Result<Ended> {
        let mut service = listeners.service.into_iter();
        let first = service.next().ok_or(io::ErrorKind::InvalidInput)?;
        let others = service.map(|listener| serve_on_thread(Arc::clone(&self.shared), listener));
        let others = others.collect::<io::Result<Vec<_>>>()?;
        let mut tasks = JoinSet::new();
        if let Some(listener) = listeners.admin {
            let admin = admin::answer_all(Arc::clone(&self.shared), listen(listener)?);
            tasks.spawn(admin);
        }
        tasks.spawn(probe::probe_all(Arc::clone(&self.shared), self.seed));
        let stopping = self.shared.stopping.clone();
        let serving = serve(Arc::clone(&self.shared), listen(first)?);
        let stop = async {
            shutdown.await;
            stopping.begin();
        };
        let (served, ()) = tokio::join!(serving, stop);
        let mut cut_off = served;
        for other in others {
            cut_off += other.await.unwrap_or(0);
        }
        tasks.shutdown().await;
        Ok(Ended { cut_off })
    }
}

/// Another one at each start: several balancers with the same would make the same choices at the same time.
fn draw_seed() -> u64 {
    let now = std::time::SystemTime::now();
    let since_epoch = now
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    let nanos = since_epoch.as_nanos() as u64;
    crate::policy::hash::pair(nanos, u64::from(process::id()))
}

fn listen(listener: net::TcpListener) -> io::Result<TcpListener> {
    listener.set_nonblocking(true)?;
    TcpListener::from_std(listener)
}

/// A thread with an event loop of its own; how many connections it had to cut off.
fn serve_on_thread(
    shared: Arc<Shared>,
    listener: net::TcpListener,
) -> io::Result<oneshot::Receiver<u32>> {
    let (ended, end) = oneshot::channel();
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    thread::Builder::new()
        .name("balancer".into())
        .spawn(move || {
            let cut_off = runtime.block_on(async move {
                let listener = listen(listener)?;
                io::Result::Ok(serve(shared, listener).await)
            });
            // Nobody listens any more only when the balancer itself is gone.
            let _ = ended.send(cut_off.unwrap_or(0));
        })?;
    Ok(end)
}

/// Accepts until the balancer stops, then waits for what still runs; how many had to be cut off.
async fn serve(shared: Arc<Shared>, listener: TcpListener) -> u32 {
    let worker = layer7::Worker::new(Arc::clone(&shared));
    let stopping = shared.stopping.clone();
    let mut connections = JoinSet::new();
    let begun = stopping.begun();
    tokio::pin!(begun);
    loop {
        tokio::select! {
            biased;
            () = &mut begun => break,
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            accepted = accept(&shared, &listener) => {
                if let Some(stream) = accepted {
                    connections.spawn(pass_on(Arc::clone(&worker), stream));
                }
            }
        }
    }
    drop(listener);
    let deadline = Duration::from_millis(shared.settings.drain_deadline_ms);
    let all = async { while connections.join_next().await.is_some() {} };
    if time::timeout(deadline, all).await.is_ok() {
        return 0;
    }
    let cut_off = connections.len() as u32;
    shared.pool.abandon_as(Failure::Stopped);
    connections.shutdown().await;
    cut_off
}

/// The next connection, when there is room for it.
async fn accept(shared: &Arc<Shared>, listener: &TcpListener) -> Option<Accepted> {
    shared.connections.room().await;
    match listener.accept().await {
        Ok((stream, peer)) => Some(Accepted {
            stream,
            peer,
            counted: Counted::new(shared),
        }),
        Err(error) => {
            // The client may have gone before it was accepted. When there are no more files, only time helps: the connection
            // stays in the kernel's queue, and accept would fail again at once.
            let is_out_of_files = !matches!(
                error.kind(),
                io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
            );
            if is_out_of_files {
                time::sleep(PAUSE_WHEN_OUT_OF_FILES).await;
            }
            None
        }
    }
}

struct Accepted {
    stream: TcpStream,
    peer: net::SocketAddr,
    counted: Counted,
}

async fn pass_on(worker: Arc<layer7::Worker>, accepted: Accepted) {
    let Accepted {
        mut stream,
        peer,
        counted,
    } = accepted;
    let shared = Arc::clone(&worker.shared);
    let Some(client) = identify(&shared, &mut stream, peer).await else {
        shared.connections.refuse();
        return;
    };
    match shared.settings.layer {
        Layer::Four => layer4::serve(shared, stream, client).await,
        Layer::Seven => layer7::serve(worker, stream, client).await,
    }
    drop(counted);
}

/// Who the client is; `None` when a proxy that has to say it says nothing, or nonsense.
async fn identify(
    shared: &Shared,
    stream: &mut TcpStream,
    peer: net::SocketAddr,
) -> Option<Client> {
    let reached = stream.local_addr().ok()?;
    let own = Client {
        address: peer,
        reached,
        peer,
    };
    let proxy = &shared.settings.proxy_protocol;
    if !proxy.accept || !proxy.trusted.contains(&peer.ip().to_canonical()) {
        return Some(own);
    }
    let patience = Duration::from_millis(shared.settings.timeouts.head_ms);
    let header = time::timeout(patience, proxy_protocol::read(stream)).await;
    match header.ok()?.ok()? {
        Header::Own => Some(own),
        Header::Client {
            source,
            destination,
        } => Some(Client {
            address: source,
            reached: destination,
            peer,
        }),
    }
}
