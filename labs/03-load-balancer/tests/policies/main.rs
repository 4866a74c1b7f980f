//! The policies against what theory, independent simulations and their sources say of them.
#![allow(
    clippy::unwrap_used,
    reason = "a test that panics has failed, which is what it is for"
)]

mod balls;
mod choosing;
mod health;
mod keys;
mod queues;
mod sticking;
