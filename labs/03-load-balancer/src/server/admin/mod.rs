//! The admin address: statistics as JSON, and changes while the balancer runs. Each is one `curl` line:
//!
//! ```text
//! curl localhost:7103/statistics
//! curl localhost:7103/events?after=12
//! curl -H 'X-Lab: 1' -d address=127.0.0.1:9004 -d weight=2   localhost:7103/servers
//! curl -H 'X-Lab: 1' -X POST   localhost:7103/servers/3/drain        (or ready)
//! curl -H 'X-Lab: 1' -d weight=5 localhost:7103/servers/3/weight
//! curl -H 'X-Lab: 1' -X DELETE localhost:7103/servers/3
//! curl -H 'X-Lab: 1' -d name=two-choices localhost:7103/policy
//! ```
//!
//! It listens on this machine only, answers only to a loopback name (a page of any web site could otherwise ask through the
//! reader's browser, by DNS rebinding), and changes nothing without the header, which no such page can send.

mod change;
mod form;
#[cfg(test)]
mod tests;

use std::{net::IpAddr, string::String, sync::Arc, time::Duration};

use kit::http1::{
    Limits, Timeouts,
    server::{Options, Request, Response, serve},
};
use serde::Serialize;
use tokio::net::TcpListener;

use super::{
    layer7,
    pool::Statistics,
    shared::{ConnectionCounts, Shared},
};
use change::Change;

/// No request of this address is larger.
const BODY_BYTES_MAX: u64 = 4 << 10;

/// Everything that `GET /statistics` says.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Milliseconds since the start.
    pub uptime_ms: u64,
    /// Whether it is stopping.
    pub is_stopping: bool,
    /// Connections of clients.
    pub connections: ConnectionCounts,
    /// What layer 7 counts beside the pool: requests that never reached a server, and the like.
    pub layer7: layer7::CountsView,
    /// The servers, each and all together.
    pub pool: Statistics,
}

impl Report {
    /// As it is now.
    pub fn of(shared: &Shared) -> Report {
        let now = shared.clock.now();
        Report {
            uptime_ms: now.as_millis(),
            is_stopping: shared.stopping.has_begun(),
            connections: shared.connections.counts(),
            layer7: shared.layer7.view(),
            pool: shared.pool.statistics(now),
        }
    }
}

/// What is answered instead of what was asked for.
#[derive(Debug, PartialEq, Eq)]
struct Refused {
    status: u16,
    advice: String,
}

impl Refused {
    fn new(status: u16, advice: impl Into<String>) -> Refused {
        Refused {
            status,
            advice: advice.into(),
        }
    }
}

/// Answers until it is dropped.
pub(super) async fn answer_all(shared: Arc<Shared>, listener: TcpListener) {
    let options = Options {
        limits: Limits {
            body_bytes_max: BODY_BYTES_MAX,
            ..Limits::default()
        },
        timeouts: Timeouts {
            body_idle: Duration::from_secs(5),
            keep_alive: Duration::from_secs(15),
            ..Timeouts::default()
        },
    };
    let handler = move |request: Request| {
        let response = answer(&shared, &request);
        async move { response }
    };
    serve(listener, handler, options, std::future::pending()).await;
}

/// The answer to one request.
fn answer(shared: &Shared, request: &Request) -> Response {
    match respond(shared, request) {
        Ok(json) => Response::new(200, json + "\n").header("Content-Type", "application/json"),
        Err(refused) => Response::new(refused.status, refused.advice + "\n")
            .header("Content-Type", "text/plain; charset=utf-8"),
    }
    .header("Cache-Control", "no-store")
}

fn respond(shared: &Shared, request: &Request) -> Result<String, Refused> {
    if !is_loopback(request.header("Host").unwrap_or("")) {
        let advice = "This address answers only as 127.0.0.1, [::1] or localhost.";
        return Err(Refused::new(403, advice));
    }
    let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
    match (request.method.as_str(), path) {
        ("GET", "/statistics") => Ok(json(&Report::of(shared))),
        ("GET", "/events") => {
            let after = form::read(query, &["after"])?.number("after")?.unwrap_or(0);
            Ok(json(&shared.pool.events(after)))
        }
        ("POST" | "DELETE", _) => {
            if request.header("X-Lab") != Some("1") {
                let advice = "Changes need the header X-Lab: 1, as in curl -H 'X-Lab: 1' …";
                return Err(Refused::new(403, advice));
            }
            Change::of(&request.method, path, &request.body)?.make(shared)
        }
        (_, "/statistics" | "/events") => Err(Refused::new(405, "Only GET is answered here.")),
        _ => Err(Refused::new(
            404,
            "There are GET /statistics, GET /events?after=NUMBER, POST /servers, DELETE /servers/ID, POST /servers/ID/drain, …/ready, …/weight, and POST /policy.",
        )),
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("numbers and names are JSON")
}

/// Whether a Host header names this machine.
fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let bare = name
        .strip_prefix('[')
        .and_then(|name| name.strip_suffix(']'));
    let address = bare.unwrap_or(name).parse::<IpAddr>();
    name.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}
