//! From the write of a chapter to the event that a browser gets: the real program, its watcher, and a socket.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;

use super::synthetic_book::{self, RUST_BOOK, Shape, short_pages};

/// Chapters of the book that is edited.
const PAGES: usize = 500;

/// The target in milliseconds.
const LIMIT: f64 = 50.0;

/// Edits of each book; the first, which also opens files for the first time, counts like the others.
const EDITS: usize = 24;

/// An event must come within this, or something is broken.
const PATIENCE: Duration = Duration::from_secs(30);

/// Measures two books of [`PAGES`] chapters, and says whether the target holds.
pub(crate) fn compare(folder: &Path) -> anyhow::Result<()> {
    println!(
        "\nOne chapter of {PAGES} edited under `serve`, milliseconds from the write to the event:\n"
    );
    println!("| book | median | longest of {EDITS} | |\n|---|--:|--:|---|");
    // As long as the Rust Book's chapters: 1,570 words and 8.6 blocks of code each.
    let long = Shape {
        pages: PAGES,
        words: RUST_BOOK.words * PAGES / RUST_BOOK.pages,
        blocks: RUST_BOOK.blocks * PAGES / RUST_BOOK.pages,
        rust_lines: RUST_BOOK.rust_lines * PAGES / RUST_BOOK.pages,
    };
    for (name, shape) in [
        ("short chapters", short_pages(PAGES)),
        ("chapters as long as the Rust Book's", long),
    ] {
        let root = folder.join(format!("live-{}", shape.words));
        synthetic_book::write(&shape, &root)?;
        let mut times = measure(&root)?;
        times.sort_by(f64::total_cmp);
        let (median, longest) = (times[times.len() / 2], times[times.len() - 1]);
        let verdict = match (median <= LIMIT, longest <= LIMIT) {
            (true, true) => "holds, each time",
            (true, false) => "holds, by the median",
            (false, _) => "DOES NOT HOLD",
        };
        println!("| {name} | {median:.1} | {longest:.1} | at most {LIMIT}: {verdict} |");
    }
    Ok(())
}

/// Serves a book and edits one chapter again and again; the times in milliseconds.
fn measure(root: &Path) -> anyhow::Result<Vec<f64>> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_labbook"))
        .args(["serve", "-p", "0"])
        .arg(root)
        .stdout(Stdio::piped())
        .spawn()?;
    let times = edit(root, &mut program);
    program.kill()?;
    program.wait()?;
    times
}

fn edit(root: &Path, program: &mut Child) -> anyhow::Result<Vec<f64>> {
    let mut said = BufReader::new(program.stdout.take().context("its output is piped")?);
    let mut line = String::new();
    said.read_line(&mut line)?;
    let address = line
        .split("http://")
        .nth(1)
        .and_then(|rest| rest.split('/').next());
    let address = address.with_context(|| format!("no address in: {line}"))?;
    let name = format!("page-{:04}", PAGES / 2);
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(
        stream,
        "GET /.labbook/events?page=/{name}.html HTTP/1.1\r\nHost: {address}\r\n\r\n"
    )?;
    let mut events = BufReader::new(stream);
    wait_for(&mut events, "event: site")?;
    let chapter = root.join(format!("src/{name}.md"));
    let text = fs::read_to_string(&chapter)?;
    let mut times = Vec::new();
    for edit in 0..EDITS {
        let mark = format!("freshly written {edit}.");
        let start = Instant::now();
        fs::write(&chapter, format!("{text}\n{mark}\n"))?;
        wait_for(&mut events, &mark)?;
        times.push(start.elapsed().as_secs_f64() * 1_000.0);
        wait_for(&mut events, "event: site")?;
    }
    Ok(times)
}

/// Reads lines until one holds `text`.
fn wait_for(events: &mut impl BufRead, text: &str) -> anyhow::Result<()> {
    let mut line = String::new();
    while !line.contains(text) {
        line.clear();
        let read = events.read_line(&mut line)?;
        anyhow::ensure!(read > 0, "the stream of events ended before `{text}`");
    }
    Ok(())
}
