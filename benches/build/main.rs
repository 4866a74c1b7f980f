//! Builds books with labbook and with mdBook's own renderer, one after the other in turns, and prints how they compare.
//!
//! `cargo bench --bench build`, or with `-- --quick` for fewer rounds, or with `-- --live` for nothing but how soon an edit
//! is seen under `serve`. Times of different machines, or of one machine at different hours, cannot be compared; ratios
//! from one run can.

mod books;
mod contender;
mod live;
mod random;
mod report;
mod synthetic_book;
mod synthetic_rust;

use std::process::ExitCode;

use books::{Book, FEW, MANY};
use contender::{ALL, Contender};
use report::Row;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.split_first() {
        Some((first, rest)) if first == contender::CHILD => contender::build_once(rest),
        _ if arguments.iter().any(|argument| argument == "--live") => live(),
        _ => compare(arguments.iter().any(|argument| argument == "--quick")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Measures how soon an edit is seen, and prints it.
fn live() -> anyhow::Result<()> {
    live::compare(tempfile::tempdir()?.path())
}

/// Measures everything and prints it.
fn compare(quick: bool) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let books = books::prepare(folder.path())?;
    let mut rows: Vec<Row> = books
        .into_iter()
        .map(|book| Row {
            book,
            runs: Default::default(),
        })
        .collect();
    let rounds = if quick { 2 } else { 7 };
    for round in 0..rounds {
        println!("Round {} of {rounds}", round + 1);
        for row in &mut rows {
            for contender in ALL {
                if round < rounds_of(contender, &row.book, quick).min(rounds) {
                    row.runs[contender as usize].push(contender.measure(&row.book.root, round)?);
                }
            }
        }
    }
    report::print(&rows);
    live::compare(folder.path())
}

/// mdBook needs half a minute for 4,000 pages: once says enough, and in a quick run nothing.
fn rounds_of(contender: Contender, book: &Book, quick: bool) -> usize {
    let is_mdbook = matches!(contender, Contender::MdbookSearch | Contender::Mdbook);
    match book.pages {
        MANY if is_mdbook => usize::from(!quick),
        FEW if is_mdbook => 2,
        _ => usize::MAX,
    }
}
