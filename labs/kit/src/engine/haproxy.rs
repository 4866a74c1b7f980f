//! A configuration of haproxy as a load balancer, and its socket.

use std::fmt::Write;
use std::io::{Read, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::Place;
use super::balancing::{Balancing, Layer, ms};

/// Policies by the lab's names, and how haproxy says them at layer 7 and at layer 4 (empty: it can't). What it hashes
/// is the lab's key: the path, or at layer 4 the client's address.
pub(super) const POLICIES: [(&str, &[&str], &[&str]); 11] = [
    (
        "round-robin",
        &["balance roundrobin"],
        &["balance roundrobin"],
    ),
    (
        "weighted-round-robin",
        &["balance roundrobin"],
        &["balance roundrobin"],
    ),
    ("random", &["balance random(1)"], &["balance random(1)"]),
    (
        "least-connections",
        &["balance leastconn"],
        &["balance leastconn"],
    ),
    (
        "two-choices",
        &["balance random(2)"],
        &["balance random(2)"],
    ),
    (
        "hash-ring",
        &["balance uri", "hash-type consistent"],
        &["balance source", "hash-type consistent"],
    ),
    (
        "bounded-loads",
        &[
            "balance uri",
            "hash-type consistent",
            "hash-balance-factor 125",
        ],
        &[
            "balance source",
            "hash-type consistent",
            "hash-balance-factor 125",
        ],
    ),
    (
        "modulo",
        &["balance uri", "hash-type map-based"],
        &["balance source", "hash-type map-based"],
    ),
    ("client-address", &["balance source"], &["balance source"]),
    (
        "sticky-cookie",
        &["balance roundrobin", "cookie LAB insert indirect nocache"],
        &[],
    ),
    (
        "sticky-table",
        &[
            "balance roundrobin",
            "stick-table type string len 64 size 100k",
            "stick on path",
        ],
        &[
            "balance roundrobin",
            "stick-table type ip size 100k",
            "stick on src",
        ],
    ),
];

/// How long its socket may take to answer.
const SOCKET_TIMEOUT: Duration = Duration::from_secs(2);

/// The text of haproxy.cfg.
pub(super) fn configuration(balancing: &Balancing, place: &Place<'_>) -> Result<String> {
    let mut text = String::from("global\n    nbthread 1\n");
    writeln!(text, "    maxconn {}", balancing.connections_max)?;
    let socket = place.folder.join("admin.sock");
    writeln!(
        text,
        "    stats socket {} mode 600 level admin\n\ndefaults",
        socket.display()
    )?;
    let mode = if balancing.layer == Layer::Seven {
        "http"
    } else {
        "tcp"
    };
    let mut say = |line: &str| writeln!(text, "    {line}");
    say(&format!("mode {mode}"))?;
    say(&format!(
        "timeout connect {}",
        ms(balancing.connect_timeout)
    ))?;
    say(&format!("timeout server {}", ms(balancing.answer_timeout)))?;
    say("timeout client 600s")?;
    say(&format!("retries {}", balancing.retries))?;
    if balancing.retries > 0 {
        say("option redispatch 1")?;
    }
    if balancing.layer == Layer::Seven {
        say("timeout http-keep-alive 600s")?;
        if balancing.retries > 0 {
            say("retry-on conn-failure empty-response response-timeout")?;
        }
        say("option forwardfor")?;
        say(if balancing.keep_alive {
            "http-reuse always"
        } else {
            "option httpclose"
        })?;
    }
    writeln!(
        text,
        "\nfrontend front\n    bind {}\n    default_backend servers\n",
        place.address
    )?;
    servers(&mut text, balancing)?;
    Ok(text)
}

fn servers(text: &mut String, balancing: &Balancing) -> Result<()> {
    text.push_str("backend servers\n");
    let policy = POLICIES.iter().find(|(name, ..)| *name == balancing.policy);
    let (_, at_seven, at_four) = policy.expect("it was checked that haproxy has it");
    for line in if balancing.layer == Layer::Seven {
        *at_seven
    } else {
        *at_four
    } {
        writeln!(text, "    {line}")?;
    }
    if let Some(checks) = balancing.checks {
        text.push_str("    option httpchk GET /healthz HTTP/1.1\\r\\nHost:\\ localhost\n");
        text.push_str("    http-check expect status 200\n");
        writeln!(text, "    timeout check {}", ms(checks.timeout))?;
    }
    for server in &balancing.servers {
        write!(
            text,
            "    server {} {} weight {}",
            server.name, server.address, server.weight
        )?;
        if let Some(checks) = balancing.checks {
            write!(
                text,
                " check inter {} rise {} fall {}",
                ms(checks.interval),
                checks.rise,
                checks.fall
            )?;
        }
        if let Some(passive) = balancing.passive {
            ensure!(
                balancing.checks.is_some(),
                "haproxy's passive checks need active ones beside them"
            );
            let layer = if balancing.layer == Layer::Seven {
                "layer7"
            } else {
                "layer4"
            };
            write!(
                text,
                " observe {layer} error-limit {} on-error mark-down",
                passive.failures
            )?;
        }
        if balancing.policy == "sticky-cookie" {
            write!(text, " cookie {}", server.name)?;
        }
        text.push('\n');
    }
    Ok(())
}

/// Tells haproxy through its socket whether a server gets new requests.
pub(super) fn set_draining(folder: &Path, server: &str, draining: bool) -> Result<()> {
    let state = if draining { "drain" } else { "ready" };
    let answer = ask(
        folder,
        &format!("set server servers/{server} state {state}"),
    )?;
    ensure!(answer.trim().is_empty(), "haproxy says: {}", answer.trim());
    Ok(())
}

/// Whether haproxy, asked through its socket, takes a server to be up.
///
/// A line of `show servers state` holds the back end's number and name, the server's number and name, its address, and then
/// its operational state, where 0 is stopped (HAProxy Management Guide, "show servers state").
pub(super) fn is_up(folder: &Path, server: &str) -> Result<bool> {
    let answer = ask(folder, "show servers state servers")?;
    let mut lines = answer
        .lines()
        .map(|line| line.split_ascii_whitespace().collect::<Vec<_>>());
    let line = lines.find(|fields| fields.get(3) == Some(&server));
    let state = line.and_then(|fields| fields.get(5).copied());
    let state = state.with_context(|| format!("haproxy does not know {server}: {answer}"))?;
    Ok(state != "0")
}

/// Its answer to one command.
fn ask(folder: &Path, command: &str) -> Result<String> {
    let deaf = "haproxy's socket does not answer";
    let mut socket = UnixStream::connect(folder.join("admin.sock")).context(deaf)?;
    socket.set_read_timeout(Some(SOCKET_TIMEOUT))?;
    writeln!(socket, "{command}")?;
    let mut answer = String::new();
    socket.read_to_string(&mut answer).context(deaf)?;
    Ok(answer)
}
