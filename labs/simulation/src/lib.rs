//! Systems in virtual time: events, seeded randomness, clients, links, servers, faults, statistics, checkpoints.
#![no_std]

extern crate alloc;

mod time;

pub use time::{Duration, Time};
