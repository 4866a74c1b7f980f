//! The balancer's memory while it runs.

use std::time::Duration;

use anyhow::Result;

use crate::system::System;

/// From here on it may grow no more, in runs that last long enough to tell.
const SETTLED: Duration = Duration::from_secs(120);
/// Runs that do.
const LONG: Duration = Duration::from_secs(480);
/// How much it may grow after that, in percent.
const GROWTH_PERCENT_MAX: f64 = 2.0;
/// The same in short runs, from their middle on: enough to find a leak for each request.
const SHORT_GROWTH_PERCENT_MAX: f64 = 10.0;
/// How much of the end, and of the time after settling, is looked at.
const WINDOW: Duration = Duration::from_secs(20);

/// Looks at resident memory.
pub(crate) struct Memory {
    duration: Duration,
    looks: Vec<(Duration, u64)>,
}

impl Memory {
    pub(crate) fn new(duration: Duration) -> Self {
        Self {
            duration,
            looks: Vec::new(),
        }
    }

    /// Looks now.
    pub(crate) fn look(&mut self, now: Duration, system: &System) -> Result<()> {
        self.looks.push((now, system.resident_bytes()?));
        Ok(())
    }

    /// Settled and last, in bytes: medians.
    fn ends(&self) -> (u64, u64) {
        let settled = if self.is_long() {
            SETTLED
        } else {
            self.duration / 2
        };
        let window = WINDOW.min(self.duration / 4);
        (
            self.median(settled, settled + window),
            self.median(self.duration.saturating_sub(window), Duration::MAX),
        )
    }

    fn median(&self, from: Duration, to: Duration) -> u64 {
        let within = self.looks.iter().filter(|(at, _)| (from..to).contains(at));
        let mut bytes: Vec<u64> = within.map(|(_, bytes)| *bytes).collect();
        bytes.sort_unstable();
        bytes.get(bytes.len() / 2).copied().unwrap_or(0)
    }

    fn growth_percent(&self) -> f64 {
        let (settled, last) = self.ends();
        (last as f64 - settled as f64) / (settled as f64).max(1.0) * 100.0
    }

    fn is_long(&self) -> bool {
        self.duration >= LONG
    }

    fn limit_percent(&self) -> f64 {
        if self.is_long() {
            GROWTH_PERCENT_MAX
        } else {
            SHORT_GROWTH_PERCENT_MAX
        }
    }

    /// What is wrong.
    pub(crate) fn check(&self) -> Option<String> {
        let (growth, limit) = (self.growth_percent(), self.limit_percent());
        (growth > limit).then(|| {
            format!(
                "memory grew by {growth:.1} % after it should have settled; {limit} % is the limit"
            )
        })
    }

    pub(crate) fn print(&self) {
        let (settled, last) = self.ends();
        let mebibytes = |bytes: u64| bytes as f64 / f64::from(1 << 20);
        let course = (0..8).map(|part| {
            let (from, to) = (self.duration * part / 8, self.duration * (part + 1) / 8);
            format!("{:.1}", mebibytes(self.median(from, to)))
        });
        println!(
            "memory, eighth by eighth: {} MiB",
            course.collect::<Vec<_>>().join(", ")
        );
        println!(
            "memory: {:.2} MiB settled, {:.2} MiB at the end, {:+.1} % (limit {} %)",
            mebibytes(settled),
            mebibytes(last),
            self.growth_percent(),
            self.limit_percent()
        );
    }
}
