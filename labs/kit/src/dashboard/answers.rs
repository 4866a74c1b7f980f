//! What is answered: the page, its files, the stream of events, and pokes.
//!
//! Only under a loopback name (otherwise a page of any web site could ask through the reader's browser, by DNS rebinding),
//! and a poke needs a header that no other site's page can send without being asked first.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use super::hub::Hub;
use super::{assets, events, page};

/// A poke is a word, an equals sign and a value.
const POKE_BYTES_MAX: usize = 1_024;

/// The header that a poke needs: a page of another site may not send it.
const LAB_HEADER: &str = "x-lab";

/// Nothing from elsewhere, nothing inline, and in no other site's frame.
const POLICY: &str = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

pub(super) fn router(hub: Arc<Hub>) -> Router {
    let mut router = Router::new()
        .route("/", get(whole_page))
        .route("/state", get(state))
        .route("/events", get(listen))
        .route("/set", post(poke));
    for asset in assets::ALL {
        router = router.route(asset.path, get(|| async { asset.response() }));
    }
    router
        .fallback(|| async { text(StatusCode::NOT_FOUND, "Not found.\n") })
        .method_not_allowed_fallback(|| async {
            let advice = "Pages are read with GET; pokes are sent to /set with POST.\n";
            text(StatusCode::METHOD_NOT_ALLOWED, advice)
        })
        .layer(DefaultBodyLimit::max(POKE_BYTES_MAX))
        .layer(from_fn(guarded))
        .with_state(hub)
}

/// Lets only those in who ask for this machine, and puts on what every answer carries.
async fn guarded(request: Request, next: Next) -> Response {
    let mut response = if is_loopback(request.headers(), request.uri().host()) {
        next.run(request).await
    } else {
        let advice = "This dashboard answers only as 127.0.0.1, [::1] or localhost.\n";
        text(StatusCode::MISDIRECTED_REQUEST, advice)
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether `Host` names this machine.
fn is_loopback(headers: &HeaderMap, of_target: Option<&str>) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok());
    if hosts.next().is_some() {
        return false;
    }
    let Some(host) = host.or(of_target) else {
        return false;
    };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_matches(['[', ']']);
    let address: Option<IpAddr> = name.parse().ok();
    name.eq_ignore_ascii_case("localhost") || address.is_some_and(|address| address.is_loopback())
}

async fn whole_page(State(hub): State<Arc<Hub>>) -> Response {
    let mut response = Response::new(Body::from(page::html(&hub)));
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// Everything but the picture, for programs.
async fn state(State(hub): State<Arc<Hub>>) -> Response {
    let (_, news, _) = hub.still();
    let controls: serde_json::Map<_, _> = news
        .controls
        .into_iter()
        .map(|(name, value)| (name.into(), value.into()))
        .collect();
    let json = serde_json::json!({"at_ms": news.at_ms, "summary": news.summary,
        "table": news.table, "log": news.log, "controls": controls});
    let mut response = Response::new(Body::from(format!("{json}\n")));
    let kind = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

async fn listen(State(hub): State<Arc<Hub>>, headers: HeaderMap) -> Response {
    if !is_of_this_site(&headers) {
        return text(
            StatusCode::FORBIDDEN,
            "Only the lab's own page may listen.\n",
        );
    }
    match hub.places.clone().try_acquire_owned() {
        Ok(place) => events::answer(&hub, place),
        Err(_) => text(
            StatusCode::SERVICE_UNAVAILABLE,
            "Too many pages listen: close some.\n",
        ),
    }
}

async fn poke(State(hub): State<Arc<Hub>>, headers: HeaderMap, setting: String) -> Response {
    if headers.get(LAB_HEADER).is_none_or(|value| value != "1") || !is_of_this_site(&headers) {
        let advice = "A poke needs the header X-Lab: 1, which other sites can't send.\n";
        return text(StatusCode::FORBIDDEN, advice);
    }
    match hub.set(&setting) {
        Ok(set) => text(StatusCode::OK, &format!("{set}\n")),
        Err(problem) => text(StatusCode::BAD_REQUEST, &format!("{problem}\n")),
    }
}

/// Browsers say where a request comes from; other programs do not.
fn is_of_this_site(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site");
    site.is_none_or(|site| site == "same-origin" || site == "none")
}

fn text(status: StatusCode, words: &str) -> Response {
    (status, words.to_string()).into_response()
}
