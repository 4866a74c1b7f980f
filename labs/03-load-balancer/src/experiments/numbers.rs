//! Writes numbers under their names: a variant gets the prefix of its source, and a key says its unit.

use std::{format, string::String};

use kit::experiment::{Axis, Findings, Number, Series, Source};

/// The numbers of one source, on their way into the findings.
pub(super) struct Numbers {
    source: Source,
    findings: Findings,
}

impl Numbers {
    pub(super) fn of(source: Source) -> Numbers {
        Numbers {
            source,
            findings: Findings::default(),
        }
    }

    pub(super) fn simulated() -> Numbers {
        Numbers::of(Source::Simulated)
    }

    /// Puts a number in. The last word of the key is its unit: `p99_ms`.
    pub(super) fn put(&mut self, variant: &str, key: &str, value: f64) {
        let number = Number::new(value, unit(key), self.source.clone());
        self.findings.put(&self.named(variant), key, number);
    }

    /// Puts a latency in that was counted in nanoseconds; nothing when there was none.
    pub(super) fn put_ns(&mut self, variant: &str, key: &str, nanos: Option<u64>) {
        if let Some(nanos) = nanos {
            self.put(variant, key, nanos as f64 / 1e6);
        }
    }

    /// Adds a point to a line; `axes` are the labels of x and y, each with its unit in brackets: `age of the news (ms)`.
    pub(super) fn point(&mut self, line: &str, axes: [&str; 2], point: [f64; 2]) {
        let [x, y] = axes.map(axis);
        let source = self.source.clone();
        let name = self.named(line);
        let series = self.findings.series.entry(name);
        let series = series.or_insert_with(|| Series::new(x, y, source));
        series.points.push(point);
    }

    /// Everything, with formulas' numbers of the same experiment if there are any.
    pub(super) fn with(mut self, other: Numbers) -> Numbers {
        self.findings.extend(other.findings);
        self
    }

    pub(super) fn findings(self) -> Findings {
        self.findings
    }

    fn named(&self, variant: &str) -> String {
        format!("{}{variant}", prefix(&self.source))
    }
}

/// What stands before a variant's name: nothing for what was measured on our balancer.
pub(super) fn prefix(source: &Source) -> String {
    match source {
        Source::Theory => "theory-".into(),
        Source::Simulated => "simulated-".into(),
        Source::Measured => String::new(),
        Source::Engine(engine) => format!("{engine}-"),
    }
}

/// `age of the news (ms)`: label and unit.
fn axis(text: &str) -> Axis {
    match text.trim_end_matches(')').split_once(" (") {
        Some((label, unit)) => Axis::new(label, unit),
        None => Axis::new(text, ""),
    }
}

fn unit(key: &str) -> &'static str {
    if key.ends_with("_per_s") {
        return "/s";
    }
    match key.rsplit('_').next() {
        Some("ms") => "ms",
        Some("us") => "µs",
        Some("s") => "s",
        Some("percent") => "%",
        _ => "",
    }
}
