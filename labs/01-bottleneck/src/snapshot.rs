//! What can be seen of the chain at one moment, as plain data.

use alloc::vec::Vec;

use simulation::{Duration, Time};

/// A chain of stages that every request passes, one after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Chain {
    /// The moment that is seen.
    pub time: Time,
    /// Requests a second that come in.
    pub arriving_per_s: u32,
    /// Requests a second that left the last stage, over the last five seconds.
    pub leaving_per_s: u32,
    /// The stages, at most 4.
    pub stages: Vec<Stage>,
    /// The stage of the lowest capacity, from 0.
    pub narrowest: u8,
    /// Requests between stages or being worked on.
    pub travellers: Vec<Traveller>,
    /// Half of the last hundred requests took at most this long from end to end.
    pub latency_p50: Option<Duration>,
    /// Requests turned away because a line was full, since the start.
    pub refused: u64,
}

/// One stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage {
    /// What it is: `network`, `program`, `database`.
    pub name: &'static str,
    /// Requests a second that it can finish: the pipe's width.
    pub capacity_per_s: u32,
    /// Requests in front of it.
    pub waiting: u32,
    /// Share of the last five seconds that it worked, in percent.
    pub utilisation_percent: u32,
}

/// A request inside a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Traveller {
    /// Which stage, from 0.
    pub stage: u8,
    /// How far through it, in thousandths.
    pub progress: u16,
    /// In which lane of the pipe, from 0; a stage has as many lanes as workers.
    pub lane: u8,
}
