//! Requests as fast as they go: CPU time for each, how many a second, how long they take.

use std::time::Instant;

use anyhow::Result;

use crate::Options;
use crate::backends::{BODY_BYTES, Backends};
use crate::contender::{ALL, Contender, Layer, Started};
use crate::load::{self, CONNECTIONS};
use crate::machine::Busy;
use crate::table::{self, Column, Goal, Row};

/// What is measured at this speed.
pub(crate) struct Kind {
    title: &'static str,
    layer: Layer,
    keep_alive: bool,
    goals: &'static [Goal],
}

/// Requests at layer 7.
pub(crate) const LAYER7: Kind = Kind {
    title: "Layer 7, kept connections",
    layer: Layer::Seven,
    keep_alive: true,
    goals: &[
        Goal {
            column: CPU,
            beside: Contender::Nginx,
            limit: 1.2,
            at_most: true,
        },
        Goal {
            column: RATE,
            beside: Contender::Haproxy,
            limit: 0.9,
            at_most: false,
        },
        Goal {
            column: P99,
            beside: Contender::Nginx,
            limit: 1.3,
            at_most: true,
        },
    ],
};

/// Requests at layer 4.
pub(crate) const LAYER4: Kind = Kind {
    title: "Layer 4, kept connections",
    layer: Layer::Four,
    keep_alive: true,
    goals: &[Goal {
        column: CPU,
        beside: Contender::Haproxy,
        limit: 1.1,
        at_most: true,
    }],
};

/// A connection for each request, at layer 7.
pub(crate) const CLOSE7: Kind = Kind {
    title: "Layer 7, a connection for each request",
    layer: Layer::Seven,
    keep_alive: false,
    goals: &[],
};

/// A connection for each request, at layer 4.
pub(crate) const CLOSE4: Kind = Kind {
    title: "Layer 4, a connection for each request",
    layer: Layer::Four,
    keep_alive: false,
    goals: &[],
};

const RATE: usize = 0;
const P50: usize = 1;
const P99: usize = 2;
const CPU: usize = 3;
/// Each with its unit and digits.
const COLUMNS: [Column; 4] = [
    Column {
        name: "req/s",
        digits: 0,
    },
    Column {
        name: "p50 ms",
        digits: 2,
    },
    Column {
        name: "p99 ms",
        digits: 2,
    },
    Column {
        name: "CPU µs/req",
        digits: 2,
    },
];

/// Measures all contenders in turns, and prints the table.
pub(crate) fn run(kind: &Kind, options: &Options) -> Result<()> {
    let backends = Backends::start()?;
    let started = ALL.map(|contender| contender.start(kind.layer, &backends.addresses));
    let mut contenders = Vec::new();
    for started in started {
        contenders.push(started?);
    }
    let mut rows: Vec<Row> = contenders
        .iter()
        .map(|started| Row::new(&started.name))
        .collect();
    for started in &contenders {
        // Connections, caches and branch predictors warm up before anything counts.
        load::run(started.address, kind.keep_alive, 1)?;
    }
    for round in 0..options.rounds {
        eprintln!("{}: round {} of {}", kind.title, round + 1, options.rounds);
        for (started, row) in contenders.iter().zip(&mut rows) {
            measure(started, row, kind, options)?;
        }
    }
    println!(
        "## {} ({}, {BODY_BYTES} bytes, {CONNECTIONS} connections)\n",
        kind.title,
        load::name()
    );
    table::print(&rows, &COLUMNS, kind.goals);
    Ok(())
}

fn measure(started: &Started, row: &mut Row, kind: &Kind, options: &Options) -> Result<()> {
    let (busy, begun, before) = (Busy::now(), Instant::now(), started.processor_time()?);
    let outcome = load::run(started.address, kind.keep_alive, options.seconds)?;
    let used = started.processor_time()?.saturating_sub(before);
    let mut values = [0.0; COLUMNS.len()];
    values[RATE] = outcome.per_second;
    values[P50] = outcome.p50_ms;
    values[P99] = outcome.p99_ms;
    values[CPU] = used.as_secs_f64() * 1e6 / outcome.requests.max(1.0);
    row.add(&values);
    row.failed += outcome.failed;
    row.busy
        .push(Busy::now().since(busy) / begun.elapsed().as_secs_f64());
    Ok(())
}
