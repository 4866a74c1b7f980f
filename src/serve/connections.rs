//! From a listener to the application: one task for each connection, none of which can hold up another or the end.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;

use super::{Served, app};

/// Time for a client to send a request's head, counted from the end of its last one; then its connection is closed.
const HEAD_TIME: Duration = Duration::from_secs(30);

/// Pause after a connection that could not be accepted: with no file handles left, trying at once would only burn time.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);

/// Answers requests until `shutdown` is ready. Connections that are open then are dropped with the runtime: a client that
/// is slow to ask must not keep the program from ending.
pub async fn run(listener: TcpListener, served: Arc<Served>, shutdown: impl Future<Output = ()>) {
    let app = TowerToHyperService::new(app(served));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME);
    let mut shutdown = pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut shutdown => return,
        };
        match accepted {
            Ok((stream, _)) => {
                let connection = http.serve_connection(TokioIo::new(stream), app.clone());
                // What a client did wrong is its own affair.
                tokio::spawn(async { drop(connection.await) });
            }
            Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
        }
    }
}
