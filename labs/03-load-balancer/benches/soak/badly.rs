//! Clients that behave badly: slow heads, slow bodies, slow readers, floods of connections, half-open ones, nonsense.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

/// Connections of one flood.
const FLOOD: usize = 500;
/// Longer than the balancer waits for anything.
const PATIENCE: Duration = Duration::from_secs(10);

/// Requests that could be read in two ways. The balancer answers each with 400 and closes.
const NONSENSE: [&[u8]; 6] = [
    b"GET / HTTP/1.1\nHost: a\n\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost : a\r\n\r\n",
];

/// What they did, and what they saw.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    /// Heads that never ended.
    pub(crate) slow_heads: AtomicU64,
    /// Bodies that came in drops; their heads were whole, so each is a request.
    pub(crate) slow_bodies: AtomicU64,
    /// Long answers that were read in drops; each is a request.
    pub(crate) slow_readers: AtomicU64,
    /// Connections that said nothing.
    pub(crate) silent: AtomicU64,
    /// Connections that ended in the middle of a head.
    pub(crate) half_open: AtomicU64,
    /// Nonsense that was sent.
    pub(crate) nonsense: AtomicU64,
    /// Nonsense that was answered with 400.
    pub(crate) refused: AtomicU64,
    /// Connections that were not accepted.
    pub(crate) not_accepted: AtomicU64,
}

/// Clients that behave badly until they are stopped.
pub(crate) struct Badly {
    counts: Arc<Counts>,
    tasks: JoinSet<()>,
}

type Act =
    fn(SocketAddr, Arc<Counts>) -> std::pin::Pin<Box<dyn Future<Output = io::Result<()>> + Send>>;

impl Badly {
    pub(crate) fn start(target: SocketAddr) -> Self {
        let counts: Arc<Counts> = Arc::default();
        let mut tasks = JoinSet::new();
        let acts: [(usize, Act); 6] = [
            (20, |target, counts| Box::pin(slow_head(target, counts))),
            (5, |target, counts| Box::pin(slow_body(target, counts))),
            (5, |target, counts| Box::pin(slow_reader(target, counts))),
            (1, |target, counts| Box::pin(flood(target, counts))),
            (2, |target, counts| Box::pin(half_open(target, counts))),
            (2, |target, counts| Box::pin(nonsense(target, counts))),
        ];
        for (count, act) in acts {
            for _ in 0..count {
                let counts = Arc::clone(&counts);
                tasks.spawn(async move {
                    loop {
                        // A connection that the balancer ends in the middle is what these clients deserve.
                        let _ = act(target, Arc::clone(&counts)).await;
                        sleep(Duration::from_millis(200)).await;
                    }
                });
            }
        }
        Self { counts, tasks }
    }

    pub(crate) async fn stop(mut self) -> Arc<Counts> {
        self.tasks.shutdown().await;
        self.counts
    }
}

async fn connect(target: SocketAddr, counts: &Counts) -> io::Result<TcpStream> {
    let connected = TcpStream::connect(target).await;
    if connected.is_err() {
        count(&counts.not_accepted);
    }
    connected
}

fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

/// Says a head letter by letter, and never ends it.
async fn slow_head(target: SocketAddr, counts: Arc<Counts>) -> io::Result<()> {
    let mut stream = connect(target, &counts).await?;
    count(&counts.slow_heads);
    stream
        .write_all(b"GET /slow HTTP/1.1\r\nHost: a\r\nX-Slow: ")
        .await?;
    for _ in 0..100 {
        sleep(Duration::from_millis(100)).await;
        stream.write_all(b"o").await?;
    }
    Ok(())
}

/// Promises a body and sends it in drops; goes away before its end.
async fn slow_body(target: SocketAddr, counts: Arc<Counts>) -> io::Result<()> {
    let mut stream = connect(target, &counts).await?;
    stream
        .write_all(b"POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n")
        .await?;
    count(&counts.slow_bodies);
    for _ in 0..30 {
        sleep(Duration::from_millis(100)).await;
        stream.write_all(&[b'o'; 100]).await?;
    }
    Ok(())
}

/// Asks for much and reads it in drops; goes away before its end.
async fn slow_reader(target: SocketAddr, counts: Arc<Counts>) -> io::Result<()> {
    let socket = TcpSocket::new_v4()?;
    // Much smaller, and on loopback with its huge segments the kernels would wait for each other.
    socket.set_recv_buffer_size(256 * 1024)?;
    let mut stream = socket.connect(target).await?;
    stream
        .write_all(b"GET /bytes/20000000 HTTP/1.1\r\nHost: a\r\n\r\n")
        .await?;
    count(&counts.slow_readers);
    let mut drops = vec![0; 32 * 1024];
    for _ in 0..30 {
        sleep(Duration::from_millis(100)).await;
        if timeout(PATIENCE, stream.read(&mut drops)).await?? == 0 {
            break;
        }
    }
    Ok(())
}

/// Many connections at once that say nothing; every second one is reset.
async fn flood(target: SocketAddr, counts: Arc<Counts>) -> io::Result<()> {
    let mut held = Vec::with_capacity(FLOOD);
    for _ in 0..FLOOD {
        held.push(connect(target, &counts).await?);
        count(&counts.silent);
    }
    sleep(Duration::from_secs(1)).await;
    for stream in held.iter().step_by(2) {
        stream.set_zero_linger()?;
    }
    drop(held);
    sleep(Duration::from_secs(4)).await;
    Ok(())
}

/// Says half of a head, and that nothing more will come.
async fn half_open(target: SocketAddr, counts: Arc<Counts>) -> io::Result<()> {
    let mut stream = connect(target, &counts).await?;
    count(&counts.half_open);
    stream.write_all(b"GET /half HTTP/1.1\r\nHo").await?;
    stream.shutdown().await?;
    let mut rest = Vec::new();
    let _ = timeout(PATIENCE, stream.read_to_end(&mut rest)).await;
    Ok(())
}

/// Nonsense of each kind.
async fn nonsense(target: SocketAddr, counts: Arc<Counts>) -> io::Result<()> {
    for bytes in NONSENSE {
        let mut stream = connect(target, &counts).await?;
        stream.write_all(bytes).await?;
        count(&counts.nonsense);
        let mut answer = Vec::new();
        // Read to the end: the balancer closes after it.
        let whole = timeout(PATIENCE, stream.read_to_end(&mut answer)).await;
        if whole.is_ok() && answer.starts_with(b"HTTP/1.1 400 ") {
            count(&counts.refused);
        }
    }
    Ok(())
}
