//! Changing the pool while it runs, and what `serve` says before it does.

use std::net::SocketAddr;

use kit::http1::client::{Client, Request, Response};
use load_balancer::server::{ServeOptions, Settings, serve};

use crate::running::{Program, Running, layer4, loopback, read, soon};

fn with_admin(servers: &[SocketAddr]) -> Settings {
    Settings {
        admin: Some(loopback()),
        ..layer4(servers)
    }
}

async fn ask(balancer: &Running, request: &Request) -> Response {
    let client = Client::new(balancer.admin.unwrap());
    soon(client.send(request)).await.unwrap()
}

async fn change(balancer: &Running, method: &str, path: &str, body: &str) -> Response {
    let headers = [("Host", "localhost"), ("X-Lab", "1")];
    let request = Request::new(method, path, &headers).body(body.as_bytes());
    ask(balancer, &request).await
}

async fn look(balancer: &Running, path: &str) -> serde_json::Value {
    let response = ask(balancer, &Request::get(path, "127.0.0.1")).await;
    assert_eq!(response.status, 200, "{}", response.text());
    assert_eq!(response.header("Content-Type"), Some("application/json"));
    serde_json::from_slice(&response.body).unwrap()
}

#[tokio::test]
async fn statistics_name_each_server_and_add_up() {
    let program = Program::echo("x").await;
    let balancer = Running::start(with_admin(&[program.address])).await;
    for _ in 0..3 {
        let mut client = balancer.connect().await;
        assert_eq!(read(&mut client, 1).await, "x");
        drop(client);
    }
    balancer.until_counted(|all| all.servers[0].open == 0).await;
    let all = look(&balancer, "/statistics").await;
    let server = &all["pool"]["servers"][0];
    assert_eq!(server["address"], program.address.to_string());
    assert_eq!(server["state"], "up");
    assert_eq!(
        (&server["counts"]["chosen"], &all["pool"]["requests"]),
        (&3.into(), &3.into())
    );
    assert_eq!(all["pool"]["latency"]["count"], 3);
    assert_eq!(all["connections"]["accepted"], 3);
}

#[tokio::test]
async fn servers_join_drain_and_leave_while_it_runs() {
    let programs = [Program::echo("0").await, Program::echo("1").await];
    let balancer = Running::start(with_admin(&[programs[0].address])).await;
    let body = format!("address={}&weight=2", programs[1].address);
    let added = change(&balancer, "POST", "/servers", &body).await;
    assert_eq!(added.text(), "{\"id\":1}\n");
    assert_eq!(balancer.server(1).weight, 2);
    change(&balancer, "POST", "/servers/0/drain", "").await;
    for _ in 0..3 {
        assert_eq!(read(&mut balancer.connect().await, 1).await, "1");
    }
    change(&balancer, "POST", "/servers/0/ready", "").await;
    assert_eq!(
        change(&balancer, "DELETE", "/servers/1", "").await.status,
        200
    );
    assert_eq!(read(&mut balancer.connect().await, 1).await, "0");
    assert_eq!(
        change(&balancer, "DELETE", "/servers/1", "").await.status,
        404
    );
    let events = look(&balancer, "/events?after=1").await;
    let told: Vec<_> = events
        .as_array()
        .unwrap()
        .iter()
        .map(|event| &event["what"])
        .collect();
    assert_eq!(told, ["joined", "draining", "drained", "ready", "removed"]);
}

#[tokio::test]
async fn the_policy_can_be_changed_and_a_wrong_name_lists_the_right_ones() {
    let program = Program::echo("").await;
    let balancer = Running::start(with_admin(&[program.address])).await;
    assert_eq!(
        change(&balancer, "POST", "/policy", "name=two-choices")
            .await
            .status,
        200
    );
    assert_eq!(balancer.pool().policy(), "two-choices");
    let refused = change(&balancer, "POST", "/policy", "name=fair").await;
    assert_eq!(refused.status, 400);
    assert!(
        refused.text().contains("write one of random, round-robin"),
        "{}",
        refused.text()
    );
    let refused = change(&balancer, "POST", "/policy", "name=sticky-cookie").await;
    assert_eq!(refused.status, 409, "layer 4 sees no cookies");
}

#[tokio::test]
async fn no_web_page_can_ask_or_change_anything() {
    let program = Program::echo("").await;
    let balancer = Running::start(with_admin(&[program.address])).await;
    let elsewhere = ask(&balancer, &Request::get("/statistics", "example.org")).await;
    assert_eq!(elsewhere.status, 403);
    let bare = Request::new("POST", "/servers/0/drain", &[("Host", "localhost")]).body(b"");
    let refused = ask(&balancer, &bare).await;
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("X-Lab: 1"));
    assert!(balancer.server(0).in_rotation);
    let large = "x".repeat(5_000);
    assert_eq!(
        change(&balancer, "POST", "/servers", &large).await.status,
        413
    );
}

/// What `serve` says when it does not start.
fn refusal(change: impl FnOnce(&mut ServeOptions)) -> String {
    let mut options = ServeOptions {
        listen: Some("127.0.0.1:0".into()),
        servers: vec!["127.0.0.1:9001".into()],
        ..ServeOptions::default()
    };
    change(&mut options);
    let served = serve(&options, std::future::ready(()), &mut Vec::new());
    format!("{:#}", served.unwrap_err())
}

#[test]
fn a_wrong_option_is_named_with_what_to_write() {
    let cases = [
        (
            refusal(|o| o.policy = Some("fair".into())),
            "--policy: there is no policy `fair`: write one of random",
        ),
        (
            refusal(|o| o.layer = Some("5".into())),
            "--layer: there is no layer 5 here: write 4",
        ),
        (
            refusal(|o| o.listen = Some("here".into())),
            "--listen: `here` is no address: write IP:PORT",
        ),
        (
            refusal(|o| o.servers = vec!["127.0.0.1".into()]),
            "--servers: `127.0.0.1` is no address",
        ),
        (
            refusal(|o| o.servers.clear()),
            "nobody is behind it: give --servers",
        ),
        (
            refusal(|o| o.threads = Some(0)),
            "--threads: 0 is out of bounds",
        ),
        (
            refusal(|o| o.admin = Some("0.0.0.0:1".into())),
            "--admin: 0.0.0.0:1 can be reached from elsewhere",
        ),
        (
            refusal(|o| o.settings = Some("/nowhere.toml".into())),
            "/nowhere.toml cannot be read",
        ),
    ];
    for (message, expected) in cases {
        assert!(message.starts_with(expected), "{message}");
    }
}

#[test]
fn a_busy_port_is_one_clear_message_also_with_several_threads() {
    let taken = std::net::TcpListener::bind(loopback()).unwrap();
    let address = taken.local_addr().unwrap();
    for threads in [1, 2] {
        let message = refusal(|options| {
            options.listen = Some(address.to_string());
            options.threads = Some(threads);
        });
        assert!(
            message.starts_with(&format!("port {} is busy", address.port())),
            "{message}"
        );
        assert!(message.contains("--listen 127.0.0.1:0"), "{message}");
    }
}

#[test]
fn the_first_lines_say_what_listens_where() {
    let options = ServeOptions {
        listen: Some("127.0.0.1:0".into()),
        servers: vec!["127.0.0.1:9001".into(), "127.0.0.1:9002=3".into()],
        admin: Some("127.0.0.1:0".into()),
        threads: Some(2),
        ..ServeOptions::default()
    };
    let mut out = Vec::new();
    let ended = serve(&options, std::future::ready(()), &mut out).unwrap();
    assert_eq!(ended.cut_off, 0);
    let said = String::from_utf8(out).unwrap();
    let lines: Vec<&str> = said.lines().collect();
    assert!(
        lines[0].starts_with("balancer  http://127.0.0.1:"),
        "{said}"
    );
    assert_eq!(
        lines[1..3],
        [
            "server    127.0.0.1:9001",
            "server    127.0.0.1:9002  (weight 3)"
        ]
    );
    assert!(
        lines[3].starts_with("admin     http://127.0.0.1:"),
        "{said}"
    );
}
