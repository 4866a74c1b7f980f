//! Medians and ratios as tables.

use crate::contender::{Contender, Sample};

/// The runs of one system, for each contender.
pub(crate) struct Row {
    pub(crate) servers: u64,
    pub(crate) busy_percent: u64,
    pub(crate) samples: Vec<Vec<Sample>>,
}

impl Row {
    fn name(&self) -> String {
        match self.servers {
            1 => format!("M/M/1 at {} %", self.busy_percent),
            servers => format!("{servers} servers, two choices, {} %", self.busy_percent),
        }
    }
}

/// Nanoseconds an event; a request is an arrival and a departure.
fn event_ns(sample: &Sample) -> f64 {
    sample.seconds * 1e9 / (2 * sample.answered) as f64
}

fn median(samples: &[Sample]) -> f64 {
    let mut times: Vec<f64> = samples.iter().map(event_ns).collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Nanoseconds an event of every contender, and how much longer than ours.
pub(crate) fn print_comparison(contenders: &[Contender], rows: &[Row]) {
    for row in rows {
        println!("{}", row.name());
        let ours = median(&row.samples[0]);
        for (contender, samples) in contenders.iter().zip(&row.samples) {
            let event_ns = median(samples);
            let mean_ms = samples[0].mean_ns as f64 / 1e6;
            println!(
                "  {:<11}{event_ns:>9.1} ns an event  {:>6.2} M events/s  {:>6.1} x  (mean latency {mean_ms:.3} ms)",
                contender.name(),
                1000.0 / event_ns,
                event_ns / ours,
            );
        }
    }
}

/// Ours, and how it grows from one row to the next.
pub(crate) fn print_growth(rows: &[Row]) {
    let first = median(&rows[0].samples[0]);
    for row in rows {
        let event_ns = median(&row.samples[0]);
        println!(
            "  {:<32}{event_ns:>7.1} ns an event  {:>6.2} M events/s  {:>5.2} x",
            row.name(),
            1000.0 / event_ns,
            event_ns / first,
        );
    }
}

/// The large run.
pub(crate) fn print_memory(requests: u64, sample: &Sample) {
    println!(
        "\n10000 servers, {requests} requests: {:.1} s, {:.1} MiB resident at most (1024 allowed)",
        sample.seconds,
        sample.resident_max_kib as f64 / 1024.0
    );
}
