//! The generator's tests: one binary, one module a subject. Each speaks of a book and of what its reader sees.
#![allow(
    clippy::unwrap_used,
    reason = "a test that panics has failed, which is what it is for"
)]

mod harness;
mod our_book;
mod structure;
