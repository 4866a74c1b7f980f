//! What became of a load. Every request that was sent is accounted for: answered, or failed with a reason.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::Serialize;

use super::histogram::Histogram;

/// Why a request got no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Failure {
    /// Nobody listens there.
    ConnectRefused,
    /// The connection was not made in time.
    ConnectTimeout,
    /// The connection could not be made for another reason, such as no free port.
    ConnectFailed,
    /// No whole answer in time, be it that all connections were in use until then.
    Timeout,
    /// The connection was reset.
    Reset,
    /// The connection was closed before the first byte of the answer.
    Empty,
    /// The connection was closed in the middle of the answer.
    ClosedEarly,
    /// The answer is not HTTP.
    Malformed,
    /// So many requests were waiting already that this one was not even begun.
    TooManyWaiting,
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::ConnectRefused => "connection refused",
            Self::ConnectTimeout => "no connection in time",
            Self::ConnectFailed => "connection failed",
            Self::Timeout => "no answer in time",
            Self::Reset => "connection reset",
            Self::Empty => "closed without an answer",
            Self::ClosedEarly => "closed in the middle of the answer",
            Self::Malformed => "the answer is not HTTP",
            Self::TooManyWaiting => "too many waiting",
        })
    }
}

/// What became of a load; while it runs, what has become of it so far.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Requests that were begun. `sent == answered() + failed() + open`.
    pub sent: u64,
    /// Whole answers by the first digit of their status: `by_status[5]` are 500 to 599.
    pub by_status: [u64; 6],
    /// Requests without a whole answer, by reason.
    pub by_failure: BTreeMap<Failure, u64>,
    /// Requests whose end is not known yet; 0 when the load is over.
    pub open: u64,
    /// Latencies of answers below 500. Open loop: from the intended start.
    pub latency: Histogram,
    /// The longest of all requests, failed ones too.
    pub longest: Duration,
    /// From the beginning of the load to the last end.
    pub elapsed: Duration,
    /// By the second in which requests were meant to start, from the beginning of the load on.
    pub seconds: Vec<Second>,
    /// Answers by their header `X-Server`.
    pub by_server: BTreeMap<String, u64>,
}

/// What became of the requests that were meant to start within one second.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Second {
    /// Seconds since the load began.
    pub second: u64,
    /// Requests begun.
    pub sent: u64,
    /// Whole answers below 500.
    pub succeeded: u64,
    /// Answers of 500 and more.
    pub server_errors: u64,
    /// Requests without a whole answer.
    pub failed: u64,
    /// Median latency of answers below 500.
    pub p50_ms: f64,
    /// 99th percentile of the same.
    pub p99_ms: f64,
    /// The longest of all requests, failed ones too.
    pub longest_ms: f64,
    /// Answers by their header `X-Server`.
    pub by_server: BTreeMap<String, u64>,
}

impl Report {
    /// Whole answers, of any status.
    pub fn answered(&self) -> u64 {
        self.by_status.iter().sum()
    }

    /// Requests without a whole answer.
    pub fn failed(&self) -> u64 {
        self.by_failure.values().sum()
    }

    /// Requests of which a client would say that they went wrong: failed, or answered with 500 and more.
    pub fn unsuccessful(&self) -> u64 {
        self.failed() + self.by_status[5]
    }

    /// Answers below 500 a second.
    pub fn rate(&self) -> f64 {
        let succeeded = self.answered() - self.by_status[5];
        succeeded as f64 / self.elapsed.as_secs_f64().max(f64::MIN_POSITIVE)
    }

    /// The reasons of failures in words, the most frequent first; empty when there are none.
    pub fn failures(&self) -> String {
        let mut reasons: Vec<_> = self.by_failure.iter().collect();
        reasons.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let reasons: Vec<String> = reasons
            .iter()
            .map(|(reason, count)| format!("{count} {reason}"))
            .collect();
        reasons.join(", ")
    }
}
