//! Serves a site from memory, on loopback unless told otherwise.
//!
//! Only paths of the site are answered, and the stream of events by which an open page hears of changes. A request whose
//! `Host` is neither a loopback name nor the name that was asked for is refused, so that no other web page can read a book through its reader's browser (DNS rebinding).

mod connections;
mod events;
mod host;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use percent_encoding::percent_decode_str;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

pub use connections::run;
use host::host_is_ours;

use crate::live::{Moment, Wishes};
use crate::problem::Problem;
use crate::site::{Content, Site};

/// A site that may change, and the names under which it may be asked for.
pub struct Served {
    state: watch::Receiver<Arc<Moment>>,
    /// Makes what is only made on demand.
    wishes: Option<Wishes>,
    /// The name given on the command line: `127.0.0.1` when none was.
    hostname: String,
    /// As many pages may still open a stream of events.
    listeners: Arc<Semaphore>,
}

/// A request waits as long for a newer site or for what is made on demand, then it gets what there is.
const PATIENCE: Duration = Duration::from_secs(20);

impl Served {
    /// Serves what `state` holds.
    pub fn new(
        state: watch::Receiver<Arc<Moment>>,
        wishes: Option<Wishes>,
        hostname: &str,
    ) -> Served {
        Served {
            state,
            wishes,
            hostname: hostname.into(),
            listeners: Arc::new(Semaphore::new(events::LISTENERS_MAX)),
        }
    }

    /// What there is at the moment.
    pub fn state(&self) -> Arc<Moment> {
        self.state.borrow().clone()
    }

    /// The newest site: while one is being made, a request waits for it.
    async fn settled(&self) -> Arc<Moment> {
        self.state_in_which(|state| !state.is_assembling).await
    }

    /// The state with the scripts of search, which are made now if they are not there.
    async fn with_search(&self) -> Arc<Moment> {
        if let Some(wishes) = &self.wishes {
            wishes.search();
        }
        self.state_in_which(|state| state.has_search).await
    }

    /// The state with the whole book as one file, which is made now if it is not there.
    async fn with_download(&self, path: &str) -> Arc<Moment> {
        if let Some(wishes) = &self.wishes {
            wishes.download(path);
        }
        self.state_in_which(|state| state.has_tried(path)).await
    }

    async fn state_in_which(&self, is_so: impl Fn(&Moment) -> bool) -> Arc<Moment> {
        let now = self.state();
        if is_so(&now) {
            return now;
        }
        let mut state = self.state.clone();
        let awaited = state.wait_for(|state| is_so(state));
        match tokio::time::timeout(PATIENCE, awaited).await {
            Ok(Ok(state)) => state.clone(),
            _ => self.state(),
        }
    }
}

/// Opens the port.
///
/// # Errors
/// A name that is no address of this machine, a port in use.
pub async fn bind(hostname: &str, port: u16) -> Result<TcpListener, Problem> {
    TcpListener::bind((hostname, port)).await.map_err(|error| {
        let advice = match error.kind() {
            std::io::ErrorKind::AddrInUse => format!(
                "another program uses the port: stop it, or choose another with `-p {}`",
                if port < u16::MAX { port + 1 } else { port - 1 }
            ),
            std::io::ErrorKind::PermissionDenied => {
                "this port needs special rights: choose one above 1023 with `-p PORT`".into()
            }
            _ => "choose an address of this machine with `-n HOSTNAME`".into(),
        };
        Problem::general(format!(
            "cannot listen on {hostname}:{port} ({error}): {advice}"
        ))
    })
}

/// The site as an axum application.
pub fn app(served: Arc<Served>) -> Router {
    Router::new().fallback(answer).with_state(served)
}

async fn answer(State(served): State<Arc<Served>>, request: Request) -> Response {
    if !host_is_ours(&request, &served.hostname) {
        return text(
            StatusCode::MISDIRECTED_REQUEST,
            "This server answers only under its own name.\n",
        );
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = text(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD.\n");
        response
            .headers_mut()
            .insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    if request.uri().path() == events::PATH {
        return events::answer(&served, &request);
    }
    let asked = percent_decode_str(request.uri().path())
        .decode_utf8_lossy()
        .into_owned();
    let asked = asked.trim_start_matches('/');
    let mut state = served.settled().await;
    if !state.has_search && asked.starts_with(SEARCH) && !state.site.files.contains_key(asked) {
        state = served.with_search().await;
    }
    if !state.has_tried(asked) {
        state = served.with_download(asked).await;
    }
    match find(&state.site, asked) {
        Found::File(path) => file(&state.site, &path, StatusCode::OK).await,
        // One leading `/`: two would name another host.
        Found::Folder => {
            let path = request.uri().path().trim_start_matches('/');
            redirect(&format!("/{path}/"))
        }
        Found::Nothing => match &state.not_found {
            Some(path) if state.site.files.contains_key(path) => {
                file(&state.site, path, StatusCode::NOT_FOUND).await
            }
            _ => text(StatusCode::NOT_FOUND, "Not found.\n"),
        },
    }
}

/// The scripts of search begin so; after a change they are made when somebody asks for one.
const SEARCH: &str = "labbook/search-";

/// What a path leads to.
enum Found {
    File(String),
    /// A folder asked for without its `/`: relative links in its page would be wrong.
    Folder,
    Nothing,
}

fn find(site: &Site, path: &str) -> Found {
    let candidates = candidates(path);
    let folder = format!("{}/index.html", candidates[0]);
    match candidates
        .into_iter()
        .find(|path| site.files.contains_key(path))
    {
        Some(path) => Found::File(path),
        None if site.files.contains_key(&folder) => Found::Folder,
        None => Found::Nothing,
    }
}

/// The files that a path of an address may mean.
fn candidates(path: &str) -> [String; 2] {
    let index = if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_string()
    };
    [index.clone(), format!("{index}.html")]
}

async fn file(site: &Site, path: &str, status: StatusCode) -> Response {
    let body = match &site.files[path] {
        Content::Bytes(bytes) => Body::from(bytes.clone()),
        Content::File(source) => match std::fs::read(source) {
            Ok(bytes) => Body::from(bytes),
            Err(_) => {
                return text(
                    StatusCode::NOT_FOUND,
                    "This file has gone since the book was built.\n",
                );
            }
        },
    };
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let kind = if kind.type_() == "text" || kind.subtype() == "javascript" {
        format!("{kind}; charset=utf-8")
    } else {
        kind.to_string()
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_str(&kind)
            .unwrap_or(HeaderValue::from_static("application/octet-stream")),
    );
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    let policy = site
        .policies
        .of_page(path)
        .filter(|_| path.ends_with(".html"));
    if let Some(policy) = policy.and_then(|policy| HeaderValue::from_str(policy).ok()) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn redirect(to: &str) -> Response {
    let mut response = text(StatusCode::PERMANENT_REDIRECT, "");
    if let Ok(value) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    response
}

fn text(status: StatusCode, message: &'static str) -> Response {
    let mut response = Response::new(Body::from(message));
    *response.status_mut() = status;
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    response
}
