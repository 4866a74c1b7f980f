//! Programs of the real world before and behind the balancer: curl, wrk, HAProxy with the PROXY protocol. Where one is
//! missing, its test says so and passes; with `CI=true` it fails. Browsers have their test in `tests/browser`.

use std::{
    io::Write,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
};

use kit::engine::{Engine, Program};
use load_balancer::server::settings::ProxyVersion;
use tokio::task::spawn_blocking;

use super::harness::{Backend, Front, Peer};
use super::running::{Running, layer4};

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/// Another address of this machine: whom servers must be told of, as everybody else here is 127.0.0.1.
const CLIENT: &str = "127.0.0.2";

/// Whether a program is installed.
fn has(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).any(|folder| folder.join(name).is_file());
    found || missing(&format!("{name} is not installed here"))
}

fn missing(what: &str) -> bool {
    assert!(std::env::var_os("CI").is_none(), "{what}");
    let _ = writeln!(std::io::stderr(), "skipped: {what}");
    false
}

/// Runs a program to its end, and gives what it says.
async fn run(program: &'static str, words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let run = move || Command::new(program).args(words).output().unwrap();
    let output = spawn_blocking(run).await.unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program}: {said}{complained}");
    said
}

async fn curl(words: &[&str]) -> String {
    let mut all = vec!["--silent", "--show-error", "--fail", "--max-time", "20"];
    all.extend(words);
    run("curl", &all).await
}

/// A file with so many bytes.
fn file(folder: &Path, bytes: usize) -> PathBuf {
    let path = folder.join("upload");
    std::fs::write(&path, vec![b'x'; bytes]).unwrap();
    path
}

#[tokio::test]
async fn curl_asks_again_on_one_connection_in_both_versions() {
    if !has("curl") {
        return;
    }
    let backend = Backend::saying(OK).await;
    let front = Front::over(&[backend.address]).await;
    let url = format!("http://{}/", front.address);
    let connections = ["--write-out", "%{num_connects} "];
    let three = curl(&[&connections[..], &[&url, &url, &url]].concat()).await;
    assert_eq!(three, "ok1 ok0 ok0 ");
    assert_eq!(curl(&["--http1.0", &url]).await, "ok");
    let head = curl(&["--head", &url]).await;
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    assert!(front.failures().is_empty(), "{:?}", front.failures());
}

#[tokio::test]
async fn curl_uploads_after_100_continue_and_in_chunks() {
    if !has("curl") {
        return;
    }
    // Says 100 only once it has been asked for it, as servers do that look at the head first.
    let backend = Backend::scripted(|mut peer: Peer| async move {
        while let Some(head) = peer.head().await {
            if head.contains("Expect: 100-continue\r\n") {
                peer.say("HTTP/1.1 100 Continue\r\n\r\n").await;
            }
            let body = peer.body(&head).await.unwrap();
            let chunked = head.contains("Transfer-Encoding: chunked\r\n");
            let text = format!("{} bytes, chunked: {chunked}", body.len());
            peer.say(format!(
                "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{text}",
                text.len()
            ))
            .await;
        }
    })
    .await;
    let front = Front::over(&[backend.address]).await;
    let url = format!("http://{}/", front.address);
    let folder = tempfile::tempdir().unwrap();
    let upload = file(folder.path(), 3_000_000);
    let upload = upload.to_str().unwrap();
    let asks = [
        "--expect100-timeout",
        "20",
        "--header",
        "Expect: 100-continue",
    ];
    let whole = curl(&[&asks[..], &["--upload-file", upload, &url]].concat()).await;
    assert_eq!(whole, "3000000 bytes, chunked: false");
    let chunks = [
        "--header",
        "Transfer-Encoding: chunked",
        "--upload-file",
        upload,
        &url,
    ];
    assert_eq!(
        curl(&[&asks[..], &chunks].concat()).await,
        "3000000 bytes, chunked: true"
    );
    assert!(front.failures().is_empty(), "{:?}", front.failures());
}

#[tokio::test]
async fn wrk_finds_nothing_wrong() {
    if !has("wrk") {
        return;
    }
    let backend = Backend::saying(OK).await;
    let front = Front::over(&[backend.address]).await;
    let url = format!("http://{}/", front.address);
    let said = run("wrk", &["-t1", "-c16", "-d1s", &url]).await;
    assert!(said.contains("Requests/sec"), "{said}");
    assert!(!said.contains("Socket errors"), "{said}");
    assert!(!said.contains("Non-2xx"), "{said}");
}

/// HAProxy that listens with these words after `bind`, and passes requests on with these after `server`.
fn haproxy(bind: &str, to: SocketAddr, server: &str) -> Option<Engine> {
    let configuration = |address: SocketAddr| {
        format!(
            "global\n    nbthread 1\ndefaults\n    mode http\n    timeout connect 5s\n    timeout client 20s\n    timeout server 20s\n    option forwardfor\nfrontend front\n    bind {address} {bind}\n    default_backend back\nbackend back\n    server one {to} {server}\n"
        )
    };
    if let Err(problem) = Program::Haproxy.find() {
        missing(&problem.to_string());
        return None;
    }
    let started = Engine::start(Program::Haproxy, &|place| Ok(configuration(place.address)));
    Some(started.unwrap())
}

#[tokio::test]
#[cfg_attr(
    not(target_os = "linux"),
    ignore = "elsewhere 127.0.0.2 is no address of the machine"
)]
async fn behind_haproxy_the_proxy_protocol_says_who_the_client_is() {
    for send in ["send-proxy", "send-proxy-v2"] {
        let backend = Backend::saying(OK).await;
        let front = Front::with(&[backend.address], |settings| {
            settings.proxy_protocol.accept = true;
            settings.proxy_protocol.trusted = vec![[127, 0, 0, 1].into()];
        })
        .await;
        let Some(haproxy) = haproxy("", front.address, send) else {
            return;
        };
        let url = format!("http://{}/", haproxy.address());
        assert_eq!(curl(&["--interface", CLIENT, &url]).await, "ok", "{send}");
        let request = backend.last();
        // HAProxy names it in a header, too; the last one in the list is ours.
        let told = format!("X-Forwarded-For: {CLIENT}, {CLIENT}\r\n");
        assert!(request.contains(&told), "{send}: {request}");
        assert!(
            request.contains(&format!("for={CLIENT};")),
            "{send}: {request}"
        );
    }
}

#[tokio::test]
#[cfg_attr(
    not(target_os = "linux"),
    ignore = "elsewhere 127.0.0.2 is no address of the machine"
)]
async fn in_front_of_haproxy_layer_4_says_who_the_client_is() {
    for version in [ProxyVersion::V1, ProxyVersion::V2] {
        let backend = Backend::saying(OK).await;
        let Some(haproxy) = haproxy("accept-proxy", backend.address, "") else {
            return;
        };
        let mut settings = layer4(&[haproxy.address()]);
        settings.proxy_protocol.send = version;
        let balancer = Running::start(settings).await;
        let url = format!("http://{}/", balancer.address);
        assert_eq!(
            curl(&["--interface", CLIENT, &url]).await,
            "ok",
            "{version:?}"
        );
        let told = format!("x-forwarded-for: {CLIENT}\r\n");
        let request = backend.last().to_lowercase();
        assert!(request.contains(&told), "{version:?}: {request}");
    }
}
