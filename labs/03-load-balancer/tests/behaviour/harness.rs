//! A balancer with servers behind it, as tests speak of them: a [`Front`] that runs in the test itself, [`Backend`]s whose
//! every byte the test decides, and a [`Visitor`] that sends bytes and reads answers.

use std::collections::BTreeMap;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use kit::http1::client::{Connection, Request, Response, SendError};
use kit::http1::{BodyDecoder, HeaderSlots, Limits, RequestHead, Scan, Timeouts, head_end};
use load_balancer::server::pool::Statistics;
use load_balancer::server::settings::{ProbeKind, Settings};
use load_balancer::server::{Balancer, Ended, Listeners};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;

use super::running::soon;

/// A balancer on a port of its own. Probes are off and the policy is round robin, unless a test says otherwise.
pub(crate) struct Front {
    pub(crate) address: SocketAddr,
    pub(crate) balancer: Balancer,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<Ended>,
}

impl Front {
    /// In front of these servers.
    pub(crate) async fn over(servers: &[SocketAddr]) -> Front {
        Front::with(servers, |_| {}).await
    }

    /// The same with other settings.
    pub(crate) async fn with(servers: &[SocketAddr], change: impl FnOnce(&mut Settings)) -> Front {
        let mut settings = Settings {
            policy: "round-robin".parse().unwrap(),
            servers: servers.iter().map(|address| (*address).into()).collect(),
            seed: Some(1),
            ..Settings::default()
        };
        settings.probes.kind = ProbeKind::Off;
        change(&mut settings);
        let balancer = Balancer::new(settings).unwrap();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let listeners = Listeners::on(listener);
        let address = listeners.address().unwrap();
        let (stop, stopped) = oneshot::channel();
        let runner = balancer.clone();
        let running = tokio::spawn(async move {
            let stopped = async {
                let _: Result<(), _> = stopped.await;
            };
            runner.run(listeners, stopped).await.unwrap()
        });
        Front {
            address,
            balancer,
            stop: Some(stop),
            running,
        }
    }

    /// A new connection.
    pub(crate) async fn visitor(&self) -> Visitor {
        Visitor::new(TcpStream::connect(self.address).await.unwrap())
    }

    /// `GET path` on a new connection.
    pub(crate) async fn get(&self, path: &str) -> Response {
        self.visitor().await.get(path).await
    }

    /// Sends these bytes on a new connection and reads until the balancer closes.
    pub(crate) async fn send_raw(&self, bytes: &[u8]) -> String {
        let mut socket = TcpStream::connect(self.address).await.unwrap();
        // The balancer may refuse and close while we still write.
        let _ = socket.write_all(bytes).await;
        read_to_end(&mut socket).await
    }

    /// Begins to stop, without waiting.
    pub(crate) fn begin_to_stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            stop.send(()).unwrap();
        }
    }

    /// Stops and waits until it has.
    pub(crate) async fn stop(mut self) -> Ended {
        self.begin_to_stop();
        self.running.await.unwrap()
    }

    /// How often requests have failed on servers, by reason.
    pub(crate) fn failures(&self) -> BTreeMap<&'static str, u64> {
        self.statistics().total.failed.by_name()
    }

    /// Everything that the pool has counted.
    pub(crate) fn statistics(&self) -> Statistics {
        let now = self.balancer.shared().clock.now();
        self.balancer.pool().statistics(now)
    }
}

/// What comes until the peer closes; what was read before an error counts.
pub(crate) async fn read_to_end(socket: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let _ = soon(socket.read_to_end(&mut bytes)).await;
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A client's connection.
pub(crate) struct Visitor {
    connection: Connection<TcpStream>,
}

impl Visitor {
    fn new(socket: TcpStream) -> Visitor {
        socket.set_nodelay(true).unwrap();
        Visitor {
            connection: Connection::new(socket, Limits::default(), Timeouts::default()),
        }
    }

    /// `GET path`.
    pub(crate) async fn get(&mut self, path: &str) -> Response {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: test\r\n\r\n"))
            .await
    }

    /// Sends these bytes and reads one answer.
    pub(crate) async fn send(&mut self, bytes: &str) -> Response {
        self.try_send(bytes.as_bytes()).await.unwrap()
    }

    /// The same, where something may go wrong.
    pub(crate) async fn try_send(&mut self, bytes: &[u8]) -> Result<Response, SendError> {
        soon(self.connection.send(&Request::raw(bytes))).await
    }

    /// Whether the balancer would read another request on it.
    pub(crate) fn is_open(&mut self) -> bool {
        self.connection.is_reusable()
    }

    /// The connection, with what came behind the last answer.
    pub(crate) fn into_socket(self) -> (TcpStream, Vec<u8>) {
        self.connection.into_parts()
    }
}

/// A server whose connections a test serves.
pub(crate) struct Backend {
    pub(crate) address: SocketAddr,
    seen: Arc<Seen>,
    serving: JoinHandle<()>,
}

/// What a backend has seen.
#[derive(Default)]
pub(crate) struct Seen {
    requests: Mutex<Vec<String>>,
    connections: AtomicUsize,
    gone: AtomicUsize,
    changed: Notify,
}

impl Backend {
    /// Each connection is served by this function.
    pub(crate) async fn scripted<F, W>(serve: F) -> Backend
    where
        F: Fn(Peer) -> W + Send + 'static,
        W: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Seen::default());
        let shared = Arc::clone(&seen);
        let serving = tokio::spawn(async move {
            loop {
                let Ok((socket, _)) = listener.accept().await else {
                    return;
                };
                shared.connections.fetch_add(1, Ordering::SeqCst);
                shared.changed.notify_waiters();
                tokio::spawn(serve(Peer {
                    socket,
                    rest: Vec::new(),
                    seen: Arc::clone(&shared),
                }));
            }
        });
        Backend {
            address,
            seen,
            serving,
        }
    }

    /// Answers every request with these bytes, and keeps the connection.
    pub(crate) async fn saying(answer: impl Into<String>) -> Backend {
        let answer = answer.into();
        Backend::scripted(move |mut peer| {
            let answer = answer.clone();
            async move {
                while peer.request().await.is_some() {
                    peer.say(&answer).await;
                }
            }
        })
        .await
    }

    /// Answers every request with its name.
    pub(crate) async fn named(name: &str) -> Backend {
        let length = name.len();
        Backend::saying(format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{name}"
        ))
        .await
    }

    /// Answers every request with these bytes and closes.
    pub(crate) async fn saying_last(answer: impl Into<String>) -> Backend {
        let answer = answer.into();
        Backend::scripted(move |mut peer| {
            let answer = answer.clone();
            async move {
                if peer.request().await.is_some() {
                    peer.say(&answer).await;
                }
            }
        })
        .await
    }

    /// Where nobody listens.
    pub(crate) async fn nobody() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap()
    }

    /// Every request that has come whole: head and data, as text.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.seen.requests.lock().unwrap().clone()
    }

    /// The last request that has come whole.
    pub(crate) fn last(&self) -> String {
        self.requests().pop().expect("no request has come")
    }

    /// Connections that were made to it.
    pub(crate) fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    /// Waits until so many requests have come whole.
    pub(crate) async fn has_seen(&self, count: usize) {
        self.until(|backend| backend.requests().len() >= count)
            .await;
    }

    /// Waits until so many connections have said that they are [gone](Peer::gone).
    pub(crate) async fn has_lost(&self, count: usize) {
        self.until(|backend| backend.seen.gone.load(Ordering::SeqCst) >= count)
            .await;
    }

    async fn until(&self, is_so: impl Fn(&Backend) -> bool) {
        loop {
            let changed = self.seen.changed.notified();
            if is_so(self) {
                return;
            }
            soon(changed).await;
        }
    }
}

impl Drop for Backend {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// A connection of the balancer to a backend.
pub(crate) struct Peer {
    pub(crate) socket: TcpStream,
    rest: Vec<u8>,
    seen: Arc<Seen>,
}

impl Peer {
    /// The next request, head and data; `None`: there is none.
    pub(crate) async fn request(&mut self) -> Option<String> {
        let head = self.head().await?;
        let body = self.body(&head).await?;
        let request = head + &body;
        self.seen.requests.lock().unwrap().push(request.clone());
        self.seen.changed.notify_waiters();
        Some(request)
    }

    /// The next head; `None`: there is none.
    pub(crate) async fn head(&mut self) -> Option<String> {
        loop {
            let found = head_end(&self.rest, &mut Scan::default(), &Limits::default());
            if let Some(end) = found.expect("the balancer sends proper lines") {
                let head = self.rest.drain(..end).collect();
                return Some(String::from_utf8(head).unwrap());
            }
            self.more().await?;
        }
    }

    /// The data of the body that follows this head.
    pub(crate) async fn body(&mut self, head: &str) -> Option<String> {
        let limits = Limits::default();
        let mut slots = HeaderSlots::new();
        let framing = RequestHead::parse(head.as_bytes(), &mut slots, &limits)
            .expect("the balancer sends proper heads")
            .framing;
        let mut decoder = BodyDecoder::new(framing, &limits);
        let mut body = Vec::new();
        while !decoder.is_complete() {
            if self.rest.is_empty() {
                self.more().await?;
            }
            let step = decoder
                .step(&self.rest)
                .expect("the balancer sends proper chunks");
            body.extend_from_slice(&self.rest[step.data.clone()]);
            self.rest.drain(..step.consumed);
        }
        Some(String::from_utf8_lossy(&body).into_owned())
    }

    async fn more(&mut self) -> Option<()> {
        let read = self.socket.read_buf(&mut self.rest).await;
        (read.ok()? > 0).then_some(())
    }

    /// Writes; the balancer may have gone.
    pub(crate) async fn say(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = self.socket.write_all(bytes.as_ref()).await;
    }

    /// Says that the balancer has closed the connection.
    pub(crate) fn gone(self) {
        self.seen.gone.fetch_add(1, Ordering::SeqCst);
        self.seen.changed.notify_waiters();
    }

    /// Resets the connection.
    pub(crate) fn reset(self) {
        self.socket.set_zero_linger().unwrap();
    }
}
