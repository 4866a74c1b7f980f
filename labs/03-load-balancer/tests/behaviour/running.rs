//! A balancer that runs within a test, and small programs that speak bytes behind it.

use std::{
    future::Future,
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use load_balancer::server::{
    Balancer, Ended, Listeners, Settings,
    pool::{Pool, ServerView, Statistics},
    settings::{Layer, ProbeKind, ServerSettings},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
    time,
};

/// No wait of a test lasts longer: what hangs fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// Waits, but not for ever.
pub(crate) async fn soon<T>(future: impl Future<Output = T>) -> T {
    let waited = time::timeout(PATIENCE, future).await;
    waited.expect("it should have happened long ago")
}

/// Settings for layer 4 in front of these servers, without probes.
pub(crate) fn layer4(servers: &[SocketAddr]) -> Settings {
    let mut settings = layer7(servers);
    settings.layer = Layer::Four;
    settings
}

/// Settings for layer 7 in front of these servers, without probes; round robin, so that each gets its turn.
pub(crate) fn layer7(servers: &[SocketAddr]) -> Settings {
    let mut settings = Settings {
        listen: loopback(),
        servers: servers.iter().copied().map(ServerSettings::from).collect(),
        policy: "round-robin".parse().unwrap(),
        seed: Some(1),
        ..Settings::default()
    };
    settings.probes.kind = ProbeKind::Off;
    settings
}

/// The same with quick probes of this kind.
pub(crate) fn probed(mut settings: Settings, kind: ProbeKind) -> Settings {
    settings.probes.kind = kind;
    settings.probes.interval_ms = 100;
    settings.probes.timeout_ms = 100;
    settings
}

/// Any free port of this machine.
pub(crate) fn loopback() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 0))
}

/// An address at which nobody listens.
pub(crate) async fn nobody() -> SocketAddr {
    // The port stays ours until it is dropped; nobody takes it again so soon.
    let listener = TcpListener::bind(loopback()).await.unwrap();
    listener.local_addr().unwrap()
}

/// A balancer, until it is stopped or the test is over.
pub(crate) struct Running {
    pub(crate) balancer: Balancer,
    pub(crate) address: SocketAddr,
    pub(crate) admin: Option<SocketAddr>,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<io::Result<Ended>>,
}

impl Running {
    pub(crate) async fn start(settings: Settings) -> Running {
        let listeners = Listeners::bind(&settings).unwrap();
        let address = listeners.address().unwrap();
        let admin = listeners.admin_address();
        let balancer = Balancer::new(settings).unwrap();
        let (stop, stopped) = oneshot::channel();
        let ended = tokio::spawn({
            let balancer = balancer.clone();
            async move {
                let shutdown = async {
                    let _ = stopped.await;
                };
                balancer.run(listeners, shutdown).await
            }
        });
        Running {
            balancer,
            address,
            admin,
            stop,
            ended,
        }
    }

    pub(crate) async fn connect(&self) -> TcpStream {
        let stream = soon(TcpStream::connect(self.address)).await.unwrap();
        stream.set_nodelay(true).unwrap();
        stream
    }

    pub(crate) fn pool(&self) -> &Arc<Pool> {
        self.balancer.pool()
    }

    pub(crate) fn now(&self) -> load_balancer::server::Time {
        self.balancer.shared().clock.now()
    }

    pub(crate) fn statistics(&self) -> Statistics {
        self.pool().statistics(self.now())
    }

    pub(crate) fn server(&self, id: u32) -> ServerView {
        let servers = self.pool().servers(self.now());
        servers.into_iter().find(|server| server.id == id).unwrap()
    }

    /// Waits until a server is as it should be.
    pub(crate) async fn until(&self, id: u32, is_so: impl Fn(&ServerView) -> bool) {
        soon(self.pool().wait_until(|_| is_so(&self.server(id)))).await;
    }

    /// Waits until the statistics are as they should be; they change without a word when a connection ends.
    pub(crate) async fn until_counted(&self, is_so: impl Fn(&Statistics) -> bool) {
        soon(async {
            while !is_so(&self.statistics()) {
                time::sleep(Duration::from_millis(1)).await;
            }
        })
        .await;
    }

    /// Tells it to stop; what it says when it has.
    pub(crate) fn stop(self) -> JoinHandle<io::Result<Ended>> {
        let _ = self.stop.send(());
        self.ended
    }
}

/// A program that does something with each connection.
pub(crate) struct Program {
    pub(crate) address: SocketAddr,
    accepted: Arc<AtomicU32>,
}

impl Program {
    pub(crate) async fn start<F>(serve: impl Fn(TcpStream) -> F + Send + 'static) -> Program
    where
        F: Future<Output = io::Result<()>> + Send + 'static,
    {
        let listener = TcpListener::bind(loopback()).await.unwrap();
        let address = listener.local_addr().unwrap();
        let accepted = Arc::new(AtomicU32::new(0));
        let count = Arc::clone(&accepted);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                count.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(serve(stream));
            }
        });
        Program { address, accepted }
    }

    /// Says its name, then returns what it gets.
    pub(crate) async fn echo(name: &'static str) -> Program {
        Program::start(move |stream| echo(name, stream)).await
    }

    /// Connections that it has accepted.
    pub(crate) fn accepted(&self) -> u32 {
        self.accepted.load(Ordering::Relaxed)
    }
}

async fn echo(name: &str, mut stream: TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.write_all(name.as_bytes()).await?;
    let (mut from, mut to) = stream.split();
    tokio::io::copy(&mut from, &mut to).await?;
    to.shutdown().await
}

/// So many bytes from a connection, as text.
pub(crate) async fn read(stream: &mut TcpStream, count: usize) -> String {
    let mut bytes = vec![0; count];
    soon(stream.read_exact(&mut bytes)).await.unwrap();
    String::from_utf8(bytes).unwrap()
}

/// Everything until the end, as text.
pub(crate) async fn read_all(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    soon(stream.read_to_end(&mut bytes)).await.unwrap();
    String::from_utf8(bytes).unwrap()
}

/// What kind of end a connection comes to when nothing more is said.
pub(crate) async fn end(stream: &mut TcpStream) -> Result<usize, io::ErrorKind> {
    let mut bytes = [0; 1];
    soon(stream.read(&mut bytes))
        .await
        .map_err(|error| error.kind())
}
