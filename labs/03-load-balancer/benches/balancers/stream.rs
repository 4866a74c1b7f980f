//! One long answer over one connection, through layer 4: bytes a second, and processor time.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::Options;
use crate::contender::{ALL, Contender, Layer, Started};
use crate::machine::{LOAD_CORE, on_core};
use crate::table::{self, Column, Goal, Row};

/// Bytes of the stream.
const BYTES: usize = 1 << 30;
/// What is written and read at once.
const PIECE_BYTES: usize = 256 << 10;
/// Longer than any machine needs for it.
const PATIENCE: Duration = Duration::from_secs(60);

const COLUMNS: [Column; 2] = [
    Column {
        name: "MiB/s",
        digits: 0,
    },
    Column {
        name: "CPU ms/GiB",
        digits: 0,
    },
];
const GOALS: [Goal; 1] = [Goal {
    column: 0,
    beside: Contender::Haproxy,
    limit: 1.0,
    at_most: false,
}];

/// Measures all contenders in turns, and prints the table.
pub(crate) fn run(options: &Options) -> Result<()> {
    let servers = on_core(LOAD_CORE, || {
        (0..3).map(|_| source()).collect::<Result<Vec<_>>>()
    })?;
    let mut contenders = Vec::new();
    for contender in ALL {
        contenders.push(contender.start(Layer::Four, &servers)?);
    }
    let mut rows: Vec<Row> = contenders
        .iter()
        .map(|started| Row::new(&started.name))
        .collect();
    for round in 0..options.rounds {
        eprintln!("Stream: round {} of {}", round + 1, options.rounds);
        for (started, row) in contenders.iter().zip(&mut rows) {
            row.add(&measure(started)?);
        }
    }
    println!("## Layer 4, one stream of 1 GiB\n");
    table::print(&rows, &COLUMNS, &GOALS);
    Ok(())
}

fn measure(started: &Started) -> Result<[f64; 2]> {
    let before = started.processor_time()?;
    let begun = Instant::now();
    on_core(LOAD_CORE, || read_all(started.address)).with_context(|| started.name.clone())?;
    let seconds = begun.elapsed().as_secs_f64();
    let used = started.processor_time()?.saturating_sub(before);
    let mebibytes = (BYTES >> 20) as f64;
    Ok([mebibytes / seconds, used.as_secs_f64() * 1000.0])
}

fn read_all(address: SocketAddr) -> Result<()> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(b"\n")?;
    let mut piece = vec![0; PIECE_BYTES];
    let mut read = 0;
    loop {
        match stream.read(&mut piece)? {
            0 => break,
            count => read += count,
        }
    }
    ensure!(read == BYTES, "{read} bytes came of {BYTES}");
    Ok(())
}

/// A server that sends the stream to whoever says a byte.
fn source() -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || send_all(stream));
        }
    });
    Ok(address)
}

fn send_all(mut stream: TcpStream) -> std::io::Result<()> {
    if stream.read(&mut [0])? == 0 {
        // A probe, or somebody who looked whether we listen.
        return Ok(());
    }
    let piece = vec![b'x'; PIECE_BYTES];
    for _ in 0..BYTES / PIECE_BYTES {
        stream.write_all(&piece)?;
    }
    Ok(())
}
