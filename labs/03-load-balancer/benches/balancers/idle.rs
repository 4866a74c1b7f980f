//! Memory of idle connections: many clients that have asked once, and keep their connection.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::backends::{BODY_BYTES, Backends};
use crate::contender::{ALL, Contender, Layer, Started};
use crate::machine::{LOAD_CORE, files_max, on_core};

/// Connections that are held, where the machine allows so many files.
const CONNECTIONS: usize = 10_000;
/// Files that a process needs beside its connections.
const OTHER_FILES: u64 = 500;
/// The goal: bytes for each.
const BYTES_MAX: u64 = 16 << 10;
/// Much longer than an answer takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// Measures all contenders, one after the other, and prints the table.
pub(crate) fn run() -> Result<()> {
    let count = CONNECTIONS.min(files_max().saturating_sub(OTHER_FILES) as usize);
    let backends = Backends::start()?;
    println!("## Memory of {count} idle connections at layer 7\n");
    println!("| | before, MiB | with them, MiB | bytes each |\n|---|--:|--:|--:|");
    let mut lab = 0;
    for contender in ALL {
        let started = contender.start(Layer::Seven, &backends.addresses)?;
        let each = hold(&started, count).with_context(|| started.name.clone())?;
        if contender == Contender::Lab {
            lab = each;
        }
    }
    let verdict = if lab <= BYTES_MAX {
        "holds"
    } else {
        "does not hold"
    };
    println!("\n- lab-03: {lab} bytes, goal ≤ {BYTES_MAX}: {verdict}\n");
    Ok(())
}

fn hold(started: &Started, count: usize) -> Result<u64> {
    // The first request makes what is made once.
    ask(&mut TcpStream::connect(started.address)?, started.address)?;
    let before = started.resident_bytes()?;
    let mut held = Vec::with_capacity(count);
    on_core(LOAD_CORE, || {
        for number in 0..count {
            let mut stream = TcpStream::connect(started.address)?;
            ask(&mut stream, started.address).with_context(|| format!("connection {number}"))?;
            held.push(stream);
        }
        Ok(())
    })?;
    let after = started.resident_bytes()?;
    for stream in held.iter_mut().step_by(100) {
        ask(stream, started.address).context("a connection was not held")?;
    }
    let each = after.saturating_sub(before) / count as u64;
    let mebibytes = |bytes: u64| bytes as f64 / f64::from(1 << 20);
    println!(
        "| {} | {:.1} | {:.1} | {each} |",
        started.name,
        mebibytes(before),
        mebibytes(after)
    );
    Ok(each)
}

/// Asks once and reads the answer.
fn ask(stream: &mut TcpStream, host: SocketAddr) -> Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes())?;
    let mut answer = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let count = stream.read(&mut piece)?;
        ensure!(count > 0, "the connection was closed");
        answer.extend_from_slice(&piece[..count]);
        let head = answer.windows(4).position(|window| window == b"\r\n\r\n");
        if head.is_some_and(|head| answer.len() >= head + 4 + BODY_BYTES) {
            ensure!(
                answer.starts_with(b"HTTP/1.1 200"),
                "{}",
                String::from_utf8_lossy(&answer)
            );
            return Ok(());
        }
    }
}
