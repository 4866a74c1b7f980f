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
mod our_book;
mod parity;
mod preprocessors;
mod structure;
