//! A configuration of nginx as a load balancer.

use std::fmt::Write;

use anyhow::Result;

use super::Place;
use super::balancing::{Balancing, Layer, ms};

/// Policies by the lab's names, and how nginx says them at layer 7 and at layer 4. What it hashes is the lab's key: the
/// path, or at layer 4 the client's address.
pub(super) const POLICIES: [(&str, &str, &str); 8] = [
    ("round-robin", "", ""),
    ("weighted-round-robin", "", ""),
    ("random", "random;", "random;"),
    ("least-connections", "least_conn;", "least_conn;"),
    (
        "two-choices",
        "random two least_conn;",
        "random two least_conn;",
    ),
    (
        "hash-ring",
        "hash $request_uri consistent;",
        "hash $remote_addr consistent;",
    ),
    ("modulo", "hash $request_uri;", "hash $remote_addr;"),
    ("client-address", "ip_hash;", "hash $remote_addr;"),
];

/// Uses of one connection: no fewer than any load has requests.
const REQUESTS_MAX: u32 = 1_000_000_000;

/// The text of nginx.conf.
pub(super) fn configuration(
    balancing: &Balancing,
    drained: &[usize],
    place: &Place<'_>,
) -> Result<String> {
    let mut text = String::from("worker_processes 1;\npid nginx.pid;\nerror_log stderr error;\n");
    if balancing.layer == Layer::Four && !place.modules.is_empty() {
        writeln!(text, "load_module {}/ngx_stream_module.so;", place.modules)?;
    }
    // A connection of a client and one to a server for each; a few for itself.
    let connections = balancing.connections_max * 2 + 64;
    writeln!(text, "worker_rlimit_nofile {};", connections + 64)?;
    writeln!(text, "events {{ worker_connections {connections}; }}\n")?;
    match balancing.layer {
        Layer::Seven => requests(&mut text, balancing, drained, place)?,
        Layer::Four => connections_of(&mut text, balancing, drained, place)?,
    }
    Ok(text)
}

fn requests(
    text: &mut String,
    balancing: &Balancing,
    drained: &[usize],
    place: &Place<'_>,
) -> Result<()> {
    text.push_str("http {\n    access_log off;\n");
    for folder in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"] {
        writeln!(text, "    {folder}_temp_path {folder};")?;
    }
    writeln!(
        text,
        "    keepalive_requests {REQUESTS_MAX};\n    keepalive_timeout 600s;\n"
    )?;
    upstream(text, balancing, drained)?;
    writeln!(
        text,
        "    server {{\n        listen {};\n        location / {{",
        place.address
    )?;
    let mut say = |line: &str| writeln!(text, "            {line}");
    say("proxy_pass http://servers;")?;
    if balancing.keep_alive {
        say("proxy_http_version 1.1;")?;
        say("proxy_set_header Connection \"\";")?;
    }
    say("proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;")?;
    say(&format!(
        "proxy_connect_timeout {};",
        ms(balancing.connect_timeout)
    ))?;
    say(&format!(
        "proxy_send_timeout {};",
        ms(balancing.answer_timeout)
    ))?;
    say(&format!(
        "proxy_read_timeout {};",
        ms(balancing.answer_timeout)
    ))?;
    if balancing.retries == 0 {
        say("proxy_next_upstream off;")?;
    } else {
        say("proxy_next_upstream error timeout;")?;
        say(&format!(
            "proxy_next_upstream_tries {};",
            balancing.retries + 1
        ))?;
    }
    text.push_str("        }\n    }\n}\n");
    Ok(())
}

fn connections_of(
    text: &mut String,
    balancing: &Balancing,
    drained: &[usize],
    place: &Place<'_>,
) -> Result<()> {
    text.push_str("stream {\n    access_log off;\n\n");
    upstream(text, balancing, drained)?;
    writeln!(
        text,
        "    server {{\n        listen {};\n        proxy_pass servers;",
        place.address
    )?;
    writeln!(
        text,
        "        proxy_connect_timeout {};",
        ms(balancing.connect_timeout)
    )?;
    if balancing.retries == 0 {
        text.push_str("        proxy_next_upstream off;\n");
    } else {
        writeln!(
            text,
            "        proxy_next_upstream_tries {};",
            balancing.retries + 1
        )?;
    }
    text.push_str("    }\n}\n");
    Ok(())
}

fn upstream(text: &mut String, balancing: &Balancing, drained: &[usize]) -> Result<()> {
    text.push_str("    upstream servers {\n");
    let policy = POLICIES.iter().find(|(name, ..)| *name == balancing.policy);
    let (_, at_seven, at_four) = policy.expect("it was checked that nginx has it");
    let policy = if balancing.layer == Layer::Seven {
        at_seven
    } else {
        at_four
    };
    if !policy.is_empty() {
        writeln!(text, "        {policy}")?;
    }
    for (place, server) in balancing.servers.iter().enumerate() {
        write!(
            text,
            "        server {} weight={}",
            server.address, server.weight
        )?;
        match balancing.passive {
            Some(passive) => {
                // nginx counts whole seconds here.
                let pause_s = passive.pause.as_secs().max(1);
                write!(
                    text,
                    " max_fails={} fail_timeout={pause_s}s",
                    passive.failures
                )?;
            }
            None => text.push_str(" max_fails=0"),
        }
        text.push_str(if drained.contains(&place) {
            " down;\n"
        } else {
            ";\n"
        });
    }
    if balancing.keep_alive && balancing.layer == Layer::Seven {
        writeln!(
            text,
            "        keepalive 256;\n        keepalive_requests {REQUESTS_MAX};"
        )?;
    }
    text.push_str("    }\n\n");
    Ok(())
}
