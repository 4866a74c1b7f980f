//! Load: requests at a rate (open loop), or from so many clients that wait for their answers (closed loop).
//!
//! 1. `arrivals` decides when a request is meant to start, `request` what it says; a seed decides both.
//! 2. `generator` sends it over one of `connections` when one is free; `connection` speaks HTTP.
//! 3. `recorder` counts what became of it; [`Report`] says it: every request sent was answered or failed with a reason.
//!
//! A load runs on a thread of its own. [`open`] and [`closed`] wait for its end; [`Running`] can be watched and told.

mod answer;
mod arrivals;
mod connection;
mod connections;
mod generator;
mod histogram;
mod recorder;
mod report;
mod request;
mod running;
#[cfg(test)]
mod running_tests;
mod settings;
#[cfg(test)]
mod tests;

pub use histogram::Histogram;
pub use report::{Failure, Report, Second};
pub use running::Running;
pub use settings::{Arrivals, Closed, Open, Paths, Requests, Think, Visitors};

/// Runs an open loop to its end. An error: a setting is wrong; what goes wrong with requests is in the report.
pub async fn open(open: Open) -> anyhow::Result<Report> {
    Running::open(open)?.report().await
}

/// Runs a closed loop to its end. An error: a setting is wrong; what goes wrong with requests is in the report.
pub async fn closed(closed: Closed) -> anyhow::Result<Report> {
    Running::closed(closed)?.report().await
}
