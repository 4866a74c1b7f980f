//! The generator's tests: one binary, one module a subject. Each speaks of a book and of what its reader sees.
#![allow(
    clippy::unwrap_used,
    reason = "a test that panics has failed, which is what it is for"
)]

#[allow(
    unreachable_pub,
    reason = "a harness is there for every module of this binary"
)]
mod harness;
#[allow(
    unreachable_pub,
    reason = "as the harness: for every module of this binary"
)]
mod program;

mod beginnings;
mod chapter_numbers;
mod charts;
mod checking;
mod errors;
mod live_figures;
mod measuring;
mod mutations;
mod our_book;
mod output;
mod outputs;
mod pages;
mod parity;
mod preprocessors;
mod searching;
mod serving;
mod structure;
mod testing;
