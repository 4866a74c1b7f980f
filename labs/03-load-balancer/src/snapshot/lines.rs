//! One line or many: the same requests at one line and at four.

use alloc::vec::Vec;

use simulation::{Duration, Time};

/// The system of the figure "One line or many".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    /// The moment that is seen.
    pub time: Time,
    /// The policy of the many lines, as readers know it: `Round robin`.
    pub policy: &'static str,
    /// How busy the requests keep the servers, in percent.
    pub busy_percent: u32,
    /// Requests a second that the clients send to either half.
    pub rate_per_s: u32,
    /// What a server needs for an average request.
    pub work: Duration,
    /// Requests on their way to both halves: how far along, in thousandths.
    pub travellers: Vec<u16>,
    /// The servers with one line, and those with a line each.
    pub halves: [Half; 2],
}

/// Four servers, their line or lines, and what was counted since a control was last changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Half {
    /// How much of its request each server has done, in thousandths; `None`: it is idle.
    pub servers: [Option<u16>; 4],
    /// How many wait in each line: one line, or as many as servers.
    pub lines: Vec<u32>,
    /// From a request's arrival to its answer, on average; `None` before the first answer.
    pub mean: Option<Duration>,
    /// What theory says of that; `None` where it has no simple formula.
    pub theory: Option<Duration>,
    /// The share of the time in which somebody waited while a server was idle, in thousandths.
    pub wasted_permille: u32,
}

impl Half {
    /// How many wait, in all lines.
    #[must_use]
    pub fn waiting(&self) -> u32 {
        self.lines.iter().sum()
    }

    /// How many servers are idle.
    #[must_use]
    pub fn idle(&self) -> u32 {
        self.servers
            .iter()
            .filter(|server| server.is_none())
            .count() as u32
    }

    /// Whether somebody waits while a server is idle.
    #[must_use]
    pub fn is_wasting(&self) -> bool {
        self.waiting() > 0 && self.idle() > 0
    }
}

impl Lines {
    /// A length of time in tenths of an average request's work, rounded to the nearest.
    #[must_use]
    pub fn works_tenths(&self, time: Duration) -> u32 {
        let work = self.work.as_nanos().max(1);
        ((time.as_nanos() * 10 + work / 2) / work) as u32
    }
}
